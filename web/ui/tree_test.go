package ui

import (
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

// showTree puts a tree of three lines on the workbench: a root, a closed
// question (node 1) and a leaf (node 8).
func showTree(t *testing.T, r *rig) *Shown {
	t.Helper()
	d, err := draw.SVG(&view.Tree{Number: 1, Of: 50, Adds: true, Score: "margin of refused", Nodes: []view.TreeNode{
		{Feature: "income", Asks: "≤ 30,000 USD", Value: "24,000 USD", OnPath: true, Open: true, Below: 4},
		{Index: 1, Depth: 1, Yes: true, Feature: "debt", Asks: "≤ 5,000 USD", Below: 2},
		{Index: 8, Depth: 1, Leaf: "+0.12", Amount: 0.12, OnPath: true},
	}}, draw.Size{Width: 480})
	if err != nil {
		t.Fatal(err)
	}
	r.session.SetView("tree-outline")
	r.answer()
	r.session.status.Trees = 50
	r.session.SetSeed(4)
	p := figure.Panel{Head: view.Head{Name: "tree-outline"}, Drawing: &d}
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.PanelKind, View: "tree-outline", Panel: &p, SVG: d.SVG})
	return r.session.Panel("tree-outline")
}

// TestPickingALineOpensIt picks lines of a tree by pointer and by key.
func TestPickingALineOpensIt(t *testing.T) {
	r := newBench(t)
	shown := showTree(t, r)
	b := &Bench{A: r.App}
	c := &Plot{Drawing: shown.Drawing, Walk: walk("tree-outline"), Pick: b.pick("tree-outline"), Light: b.light("tree-outline"), Say: func(string) {}}
	open := func() []int { return r.session.Spec().View.Open }
	line := c.Drawing.Marks[1]
	x, y := (line.X+line.W/2)/c.Drawing.Frame.Width, (line.Y+line.H/2)/c.Drawing.Frame.Height
	c.Down(x, y)
	c.Up(x, y)
	if !slices.Equal(open(), []int{1}) {
		t.Fatalf("after a click on node 1: %v", open())
	}
	c.Focus(true)
	c.WalkKey("Home", false)
	c.Choose()
	if !slices.Equal(open(), []int{1, 0}) {
		t.Errorf("after Enter on the root: %v", open())
	}
	c.WalkKey("ArrowDown", false)
	c.Choose()
	if !slices.Equal(open(), []int{0}) {
		t.Errorf("after Enter on node 1, again: %v", open())
	}
	r.session.Undo()
	if !slices.Equal(open(), []int{1, 0}) {
		t.Errorf("undone: %v", open())
	}
	has(t, html(t, c), "Lines, 3. Arrow keys walk over them, Enter picks one.", "yes: debt ≤ 5,000 USD?")
	for node := range spec.MaxOpen + 5 {
		r.session.ToggleNode(100 + node)
	}
	if n := len(open()); n != spec.MaxOpen {
		t.Errorf("%d nodes are turned", n)
	}
	if _, err := spec.Parse(encoded(t, r.session.Spec()), r.session.Menu.Vocabulary); err != nil {
		t.Error(err)
	}
}

func encoded(t *testing.T, s *spec.Spec) []byte {
	t.Helper()
	text, err := spec.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestToolsChooseTheTree goes from tree to tree by number and by step.
func TestToolsChooseTheTree(t *testing.T) {
	r := newBench(t)
	showTree(t, r)
	c := &ViewTools{S: r.session}
	at := func() int { return r.session.Spec().View.Tree }
	has(t, html(t, c), `id="tree-number"`, `max="50"`, "of 50", "Tree before", "Tree after")
	r.session.ToggleNode(1)
	for _, x := range []struct {
		typed string
		want  int
	}{{" 7 ", 7}, {"seven", 7}, {"999", 50}, {"-3", 1}, {"", 1}, {"12", 12}} {
		if c.Tree(x.typed); at() != x.want {
			t.Errorf("%q goes to tree %d, want %d", x.typed, at(), x.want)
		}
	}
	if v := r.session.Spec().View; len(v.Open) != 0 {
		t.Errorf("another tree starts with %v open", v.Open)
	}
	r.session.ToggleNode(1)
	before := r.session.Spec()
	c.Tree("12")
	if r.session.Spec() != before {
		t.Error("the same tree again is an edit")
	}
	r.session.SetModel("boosting")
	if v := r.session.Spec().View; v.Tree != 0 || v.Open != nil {
		t.Errorf("another model starts at tree %d with %v open", v.Tree, v.Open)
	}
	r.session.ToggleNode(1)
	r.session.PickRow(3)
	if v := r.session.Spec().View; v.Open != nil {
		t.Errorf("another row starts with %v open", v.Open)
	}
	r.session.status.Trees = 1
	hasNot(t, html(t, c), "tree-number")
	r.session.status.Trees = 50
	r.session.SetView("surface")
	hasNot(t, html(t, c), "tree-number")
}

// TestEmbeddedTreeOpens picks a line in a figure on someone else's page.
func TestEmbeddedTreeOpens(t *testing.T) {
	f := &Figure{Ask: func(worker.Question) {}}
	f.Start([]byte(`{"$schema":"urn:whybox:figure:1","data":{"name":"iris"},"model":{"name":"tree"},"explain":{"name":"exact-shapley"},"view":{"name":"tree-outline"}}`))
	f.pick()(2)
	if v := f.session.Spec().View; !slices.Equal(v.Open, []int{2}) {
		t.Errorf("open: %v", v.Open)
	}
}
