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

// Keeper is a model that keeps what an explainer made of it, so that the next
// row needs less.
type Keeper interface {
	// Keep returns what make gave when it was first asked for, or first since the
	// model changed.
	Keep(make func() any) any
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
	d, k  int
	kept  *prepared
	turns []bool // by node of a tree: where the row goes left; set by each
}

// newForest panics where row and class do not fit the model.
func newForest(q explain.Query) (*forest, error) {
	trees, ok := q.Model.(Trees)
	if !ok {
		return nil, ErrNeedsTrees
	}
	f := &forest{Trees: trees, Query: q, kept: &prepared{}}
	f.d, f.k = trees.Dims()
	if len(q.X) != f.d || q.Class < 0 || q.Class >= f.k {
		panic("shapley: the query does not fit the model")
	}
	if keeper, ok := q.Model.(Keeper); ok {
		f.kept = keeper.Keep(func() any { return f.kept }).(*prepared)
	}
	return f, nil
}

// each calls use for every tree that adds to the asked class, with its weight,
// when the turns of the row are set, and reports progress before.
func (f *forest) each(use func(t int, weight float64)) error {
	for t := range f.Trees.Trees() {
		if err := f.Step(t, f.Trees.Trees()); err != nil {
			return err
		}
		class, weight := f.Adds(t)
		if class != f.Class {
			continue
		}
		f.turns = f.turnsOf(f.turns, t, f.X)
		use(t, weight)
	}
	return nil
}

// turnsOf returns where a row goes left in tree t, in room where that is enough.
func (f *forest) turnsOf(room []bool, t int, x []float32) []bool {
	feature, _, _, _ := f.Nodes(t)
	if cap(room) < len(feature) {
		room = make([]bool, 2*len(feature))
	}
	room = room[:len(feature)]
	f.Turns(room, t, x)
	return room
}

// leaf returns the value of the leaf of tree t that those turns lead to.
func (f *forest) leaf(t int, turns []bool) float64 {
	feature, right, value, _ := f.Nodes(t)
	i := int32(0)
	for feature[i] >= 0 {
		if turns[i] {
			i++
		} else {
			i = right[i]
		}
	}
	return float64(value[i])
}

// deepest returns how many questions stand in a row at the most, in the trees of
// the class.
func (f *forest) deepest() int {
	most := 0
	var deep []int
	for t := range f.Trees.Trees() {
		if class, _ := f.Adds(t); class != f.Class {
			continue
		}
		feature, right, _, _ := f.Nodes(t)
		deep = slices.Grow(deep[:0], len(feature))[:len(feature)]
		clear(deep)
		for i, j := range feature {
			if j >= 0 {
				deep[i+1], deep[right[i]] = deep[i]+1, deep[i]+1
			}
			most = max(most, deep[i])
		}
	}
	return most
}
