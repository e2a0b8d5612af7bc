package draw

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// deep is a tree that asks one question after another, each with a leaf beside
// it.
func deep(questions int) *view.Tree {
	v := &view.Tree{Head: head("tree-outline", "Tree 1 of 2", "A sentence."), Number: 1, Of: 2, Score: "margin of yes", Adds: true, Share: "training rows"}
	for i := range questions {
		v.Nodes = append(v.Nodes, view.TreeNode{Index: i, Depth: i, Yes: i > 0, Feature: fmt.Sprint("feature ", i), Asks: "< 3.5 mm", Value: "2 mm", Share: 1 / float64(i+1), OnPath: true, Open: true, Below: questions - i - 1})
	}
	for depth := questions; depth > 0; depth-- {
		v.Nodes = append(v.Nodes, view.TreeNode{Index: len(v.Nodes), Depth: depth, Leaf: "+0.1", Amount: 0.1, Share: 0.001})
	}
	return v
}

// full is a tree with every question open.
func full(levels int) *view.Tree {
	v := &view.Tree{Head: head("tree-outline", "Tree 1 of 1", "A sentence."), Number: 1, Of: 1, Score: "probability of yes"}
	var grow func(depth int, yes bool)
	grow = func(depth int, yes bool) {
		n := view.TreeNode{Index: len(v.Nodes), Depth: depth, Yes: yes, Leaf: "12 %", Amount: 0.12}
		if depth < levels {
			n.Leaf, n.Feature, n.Asks, n.Open = "", "petal length", "< 4.8 cm", true
		}
		v.Nodes = append(v.Nodes, n)
		if depth < levels {
			grow(depth+1, true)
			grow(depth+1, false)
		}
	}
	grow(0, false)
	return v
}

func TestTreeExtremes(t *testing.T) {
	for _, adds := range []bool{true, false} {
		for _, share := range []string{"", "training rows"} {
			for _, amount := range []float64{0, 1e-300, -1e120} {
				leaf := &view.Tree{Adds: adds, Share: share, Score: "margin of yes", Nodes: []view.TreeNode{{Leaf: "0", Amount: amount, OnPath: true}}}
				draws(t, leaf)
			}
		}
	}
	draws(t, deep(1))
	draws(t, deep(512))
	draws(t, full(6))
	for _, name := range []string{"", strings.Repeat("a very long name of a feature ", 12), strings.Repeat("W", 300), `<script>alert("x")</script>&amp;`, "質問票の合計点（満点百点）", "\xff\xfe"} {
		v := correction()
		v.Score, v.Share = name, name
		for i := range v.Nodes {
			n := &v.Nodes[i]
			if n.Leaf == "" {
				n.Feature, n.Asks, n.Value = name, name, name
			}
		}
		draws(t, v)
	}
}

// TestTreeOfTenThousandNodes holds a picture of every node of a large tree to a
// size that a page takes.
func TestTreeOfTenThousandNodes(t *testing.T) {
	v := full(13)
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d nodes: %d kB, %d parts", len(v.Nodes), len(d.SVG)/1000, len(d.Parts))
	if len(d.Marks) != len(v.Nodes) || len(v.Nodes) < 10000 || len(d.SVG) > 600*len(v.Nodes) || len(d.Parts) > 8 {
		t.Errorf("%d marks, %d bytes, %d parts", len(d.Marks), len(d.SVG), len(d.Parts))
	}
}

// TestTreeMarks: a line is a node that can be pointed at, under the one before
// it, and says in words what the picture shows.
func TestTreeMarks(t *testing.T) {
	v := correction()
	for _, width := range []int{340, 640} {
		d, err := SVG(v, Size{Width: width})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Marks) != len(v.Nodes) {
			t.Fatalf("%d marks for %d nodes", len(d.Marks), len(v.Nodes))
		}
		for i, m := range d.Marks {
			if m.Index != v.Nodes[i].Index || m.H < 24 || i > 0 && m.Y != d.Marks[i-1].Y+d.Marks[i-1].H {
				t.Errorf("mark %d of %d px is %+v", i, width, m)
			}
		}
		for i, want := range map[int]string{
			0: "savings ≤ 16,487 USD?; here 14,990 USD; 100 % of the training rows; on the way of this row; open",
			2: "yes: income per year ≤ 35,927 USD?; 23 % of the training rows; closed, 15 more questions",
			4: "yes: lowers the margin of approved by 0.12; 10 % of the training rows; on the way of this row",
			8: "no: debt ≤ 18,200 USD?; 66 % of the training rows; closed, 2 leaves",
		} {
			if got := d.Marks[i].Label; got != want {
				t.Errorf("line %d says %q, want %q", i, got, want)
			}
		}
		if !strings.Contains(d.SVG, "f-lower") || !strings.Contains(d.SVG, "f-raise") || !strings.Contains(d.SVG, "s-accent") {
			t.Error("the colours of signs and path are not there")
		}
	}
	if d, err := SVG(v, Size{Width: 640}); err != nil || !strings.Contains(d.SVG, "15 more questions") {
		t.Errorf("a closed question hides how much is below (%v)", err)
	}
}

// TestTreeInLittleHeight keeps to the height and says how much is left out.
func TestTreeInLittleHeight(t *testing.T) {
	v := full(5) // 63 lines
	d, err := SVG(v, Size{Width: 640, Height: 300})
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprintf("%d more lines need a taller picture", len(v.Nodes)-len(d.Marks))
	if d.Frame.Height != 300 || len(d.Marks) < 10 || !strings.Contains(d.SVG, said) {
		t.Errorf("height %v, %d lines, want %q", d.Frame.Height, len(d.Marks), said)
	}
	checkTexts(t, elements(t, d.SVG), d.Frame)
}

func TestBrokenTreesAreErrors(t *testing.T) {
	for what, edit := range map[string]func(v *view.Tree){
		"no nodes":           func(v *view.Tree) { v.Nodes = nil },
		"no number":          func(v *view.Tree) { v.Nodes[4].Amount = math.NaN() },
		"no share":           func(v *view.Tree) { v.Nodes[2].Share = math.Inf(1) },
		"a level left out":   func(v *view.Tree) { v.Nodes[3].Depth = 9 },
		"a second root":      func(v *view.Tree) { v.Nodes[3].Depth = 0 },
		"a root that is not": func(v *view.Tree) { v.Nodes[0].Depth = 1 },
	} {
		v := correction()
		edit(v)
		if _, err := SVG(v, Size{}); err == nil || !strings.Contains(err.Error(), "cannot draw") {
			t.Errorf("%s: error %v", what, err)
		}
	}
}
