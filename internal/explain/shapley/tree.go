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
func (f *forest) each(use func(t int, weight float64) error) error {
	for t := range f.Trees.Trees() {
		if err := f.Step(t, f.Trees.Trees()); err != nil {
			return err
		}
		class, weight := f.Adds(t)
		if class != f.Class {
			continue
		}
		feature, _, _, _ := f.Nodes(t)
		f.turns = slices.Grow(f.turns[:0], len(feature))[:len(feature)]
		f.Turns(f.turns, t, f.X)
		if err := use(t, weight); err != nil {
			return err
		}
	}
	return nil
}

// leafOf returns the leaf that those turns lead to.
func leafOf(feature, right []int32, turns []bool) int32 {
	i := int32(0)
	for feature[i] >= 0 {
		if turns[i] {
			i++
		} else {
			i = right[i]
		}
	}
	return i
}
