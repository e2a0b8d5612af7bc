package figure

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// grove is the trees of the model that add to the explained class.
type grove struct {
	catalog.Outlined
	of     []int // which those are
	linked bool  // a link follows the sum
	base   float64
	weight float64 // of every leaf
}

// grove returns the trees, or nil where the model is made of something else.
func (f *Figure) grove() *grove {
	trees, linked := catalog.Outline(f.model)
	if trees == nil {
		return nil
	}
	g := &grove{Outlined: trees, linked: linked, base: trees.Base(f.class), weight: 1}
	for t := range trees.Trees() {
		if class, weight := trees.Adds(t); class == f.class {
			g.of, g.weight = append(g.of, t), weight
		}
	}
	return g
}

// votes reports whether every tree gives an answer of its own, of which the
// model takes the mean; else each adds to those before it.
func (g *grove) votes() bool { return g.base == 0 && g.weight == 1/float64(len(g.of)) }

// refuseTree says why there is no tree to draw, or "".
func (f *Figure) refuseTree() string {
	switch g := f.grove(); {
	case g == nil:
		return "draws a tree of the model, and " + article(f.family.Title) + " has none"
	case len(g.of) == 0:
		return "draws a tree of the model, and none has grown yet"
	}
	return ""
}

// tree shows one tree and the present row's way through it.
func (f *Figure) tree() *view.Tree {
	g := f.grove()
	number := min(max(f.s.View.Tree, 1), len(g.of))
	o := f.outline(g, g.of[number-1])
	v := &view.Tree{Number: number, Of: len(g.of), Score: f.treeScore(g), Adds: !g.votes()}
	if o.cover != nil {
		v.Share = "training rows"
		if f.s.Model.Name == spec.Own {
			v.Share = "training weight" // some programs count rows, others their hessians
		}
	}
	o.add(0, 0, false)
	v.Nodes = o.nodes
	v.Head = f.treeHead(v, g, o)
	return v
}

// outline walks one tree.
type outline struct {
	f              *Figure
	g              *grove
	t              int
	feature, right []int32
	value          []float64 // of leaves, score units
	cover          []float32 // nil where nobody counted
	largest        float64   // magnitude of a leaf
	size           []int     // nodes of the subtree
	path           []int     // nodes that the row comes to, from the root to the leaf
	nodes          []view.TreeNode
}

func (f *Figure) outline(g *grove, t int) *outline {
	o := &outline{f: f, g: g, t: t}
	var value []float32
	o.feature, o.right, value, o.cover = g.Nodes(t)
	if o.cover != nil && !(o.cover[0] > 0) {
		o.cover = nil
	}
	n := len(o.feature)
	o.value, o.size = make([]float64, n), make([]int, n)
	for i := n - 1; i >= 0; i-- {
		o.value[i], o.size[i] = g.weight*float64(value[i]), 1
		if o.feature[i] >= 0 {
			o.size[i] += o.size[i+1] + o.size[o.right[i]]
		}
		o.largest = max(o.largest, math.Abs(o.value[i]))
	}
	turns := make([]bool, n)
	g.Turns(turns, t, f.x)
	for i := 0; ; {
		o.path = append(o.path, i)
		switch {
		case o.feature[i] < 0:
			return o
		case turns[i]:
			i++
		default:
			i = int(o.right[i])
		}
	}
}

// leaf returns where the row ends.
func (o *outline) leaf() int { return o.path[len(o.path)-1] }

// add appends a node and, where it is open, what is below it.
func (o *outline) add(i, depth int, yes bool) {
	_, onPath := slices.BinarySearch(o.path, i)
	n := view.TreeNode{Index: i, Depth: depth, Yes: yes, OnPath: onPath, Below: max(0, (o.size[i]-1)/2-1)}
	if o.cover != nil {
		n.Share = float64(o.cover[i]) / float64(o.cover[0])
	}
	if o.feature[i] < 0 {
		n.Amount, n.Leaf = o.value[i], o.leafText(o.value[i])
		o.nodes = append(o.nodes, n)
		return
	}
	n.Open = onPath != slices.Contains(o.f.s.View.Open, i)
	o.ask(&n)
	o.nodes = append(o.nodes, n)
	if n.Open {
		o.add(i+1, depth+1, true)
		o.add(int(o.right[i]), depth+1, false)
	}
}

// ask says what a node asks.
func (o *outline) ask(n *view.TreeNode) {
	q := o.g.Question(o.t, n.Index)
	c := &o.f.table.Columns[q.Feature]
	x := o.f.x[q.Feature]
	asks, value := questionText(c, test{q.Threshold, q.Closed, q.Categorical, q.Codes}, x)
	n.Feature, n.Asks = c.Name, asks
	if n.OnPath {
		n.Value = value
	}
	if o.f.lacks(int(q.Feature)) {
		n.Missing = yesNo(q.MissingLeft)
	}
}
