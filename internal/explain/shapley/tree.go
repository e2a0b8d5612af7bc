package shapley

import (
	"errors"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// Trees is a model whose scores are sums over decision trees (the margins of a
// boosted model, the scores of a forest):
//
//	f_c(x) = Base(c) + Σ over trees t of class c of weight(t) · leaf(t, x)
//
// A tree is given by arrays over its nodes in preorder: node 0 is the root, the
// left child of node i is i+1, so children stand behind their parents.
type Trees interface {
	explain.Model
	// Trees returns how many trees there are.
	Trees() int
	// Base returns the score of a class before any tree.
	Base(class int) float64
	// Adds returns the one class that tree t adds to, and its weight.
	Adds(t int) (class int, weight float64)
	// Nodes returns, by node, the feature a split asks about (-1 in a leaf), the
	// right child of a split, the value of a leaf and the cover: how many
	// training rows came there, ≥ 0, in any unit. cover is nil where the model
	// does not know. The caller changes nothing.
	Nodes(t int) (feature, right []int32, value, cover []float32)
	// Turns writes for every split of tree t whether row x goes left there,
	// whatever the split is like: thresholds, missing values and categories are
	// the model's own business.
	Turns(dst []bool, t int, x []float32)
}

// Errors that say what a model lacks for the explainers of trees.
var (
	ErrNeedsTrees = errors.New("needs a model made of trees, read before its link (its margin)")
	ErrNeedsCover = errors.New("needs trees that know how many training rows reached each node")
)

// forest is a query about a model made of trees.
type forest struct {
	Trees
	explain.Query
	d, k int
}

// newForest panics where row and class do not fit the model.
func newForest(q explain.Query) (*forest, error) {
	trees, ok := q.Model.(Trees)
	if !ok {
		return nil, ErrNeedsTrees
	}
	f := &forest{Trees: trees, Query: q}
	f.d, f.k = trees.Dims()
	if len(q.X) != f.d || q.Class < 0 || q.Class >= f.k {
		panic("shapley: the query does not fit the model")
	}
	return f, nil
}

// branches is one tree as the walks read it.
type branches struct {
	feature, right []int32
	value          []float64 // weighed
	turns          []bool    // where the row goes left
	cover          []float32 // nil where the model does not know
	share          []float64 // by node: the part of its parent's cover that came here; set by shares
	deep           []int     // room for depth
}

// each calls use for every tree that adds to the asked class, and reports
// progress before. The branches are good until use returns.
func (f *forest) each(use func(t int, b *branches)) error {
	var b branches
	for t := range f.Trees.Trees() {
		if err := f.Step(t, f.Trees.Trees()); err != nil {
			return err
		}
		class, weight := f.Adds(t)
		if class != f.Class {
			continue
		}
		var value []float32
		b.feature, b.right, value, b.cover = f.Nodes(t)
		b.resize(len(value))
		for i, v := range value {
			b.value[i] = weight * float64(v)
		}
		f.Turns(b.turns, t, f.X)
		use(t, &b)
	}
	return nil
}

// resize makes room for n nodes.
func (b *branches) resize(n int) {
	if cap(b.value) < n {
		b.value, b.turns, b.share = make([]float64, 2*n), make([]bool, 2*n), make([]float64, 2*n)
	}
	b.value, b.turns, b.share = b.value[:n], b.turns[:n], b.share[:n]
}

// shares splits the cover of each node between its children. They are taken
// from the children alone, so that two shares sum to 1 even where the hessians
// of a file were rounded; children that nobody reached share alike.
func (b *branches) shares() {
	cover := b.cover
	b.share[0] = 1
	for i, right := range b.right {
		if b.feature[i] < 0 {
			continue
		}
		left, all := float64(cover[i+1]), float64(cover[i+1])+float64(cover[right])
		b.share[i+1], b.share[right] = 0.5, 0.5
		if all > 0 {
			b.share[i+1], b.share[right] = left/all, float64(cover[right])/all
		}
	}
}

// leaf returns the value of the leaf that those turns lead to.
func (b *branches) leaf(turns []bool) float64 {
	i := int32(0)
	for b.feature[i] >= 0 {
		if turns[i] {
			i++
		} else {
			i = b.right[i]
		}
	}
	return b.value[i]
}

// mean returns the value of the tree where nothing is known: every leaf by its
// cover. It uses up the values.
func (b *branches) mean() float64 {
	for i := len(b.value) - 1; i >= 0; i-- {
		if b.feature[i] >= 0 {
			right := b.right[i]
			b.value[i] = float64(b.share[i+1]*b.value[i+1]) + float64(b.share[right]*b.value[right])
		}
	}
	return b.value[0]
}

// depth returns how many questions stand in a row at the most.
func (b *branches) depth() int {
	b.deep = slices.Grow(b.deep[:0], len(b.feature))[:len(b.feature)]
	deep, most := b.deep, 0
	clear(deep)
	for i, right := range b.right {
		if b.feature[i] >= 0 {
			deep[i+1], deep[right] = deep[i]+1, deep[i]+1
		}
		most = max(most, deep[i])
	}
	return most
}

// deepest returns how many different features a path of the class's trees may
// ask about. Without covers it returns ErrNeedsCover where they are needed.
func (f *forest) deepest(covers bool) (int, error) {
	most := 0
	var b branches
	for t := range f.Trees.Trees() {
		if class, _ := f.Adds(t); class != f.Class {
			continue
		}
		feature, right, _, cover := f.Nodes(t)
		if covers && cover == nil {
			return 0, ErrNeedsCover
		}
		b.feature, b.right = feature, right
		most = max(most, b.depth())
	}
	return most, nil
}
