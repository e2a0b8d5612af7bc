package catalog

import (
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/model/tree"
)

// Trees returns the model as a sum of trees that gives the same scores. The
// error is shapley.ErrNeedsTrees where it is none, or where its scores go through
// a link.
func Trees(m explain.Model) (explain.Model, error) {
	if _, ok := m.(shapley.Trees); ok {
		return m, nil
	}
	grown, ok := m.(interface{ Ensemble() *tree.Ensemble })
	if !ok {
		return nil, shapley.ErrNeedsTrees
	}
	e := grown.Ensemble()
	if e.Link() != tree.Identity {
		return nil, shapley.ErrNeedsTrees
	}
	return e.Margin(), nil
}

// ofTrees explains the sum of trees that q asks about.
func ofTrees(q explain.Query, by func(q explain.Query) (explain.Attribution, error)) (explain.Attribution, error) {
	m, err := Trees(q.Model)
	if err != nil {
		return explain.Attribution{}, err
	}
	q.Model = m
	return by(q)
}

// Outlined is a sum of trees that can tell what each node asks.
type Outlined interface {
	shapley.Trees
	Question(t, i int) tree.Question
}

// Outline returns the trees of a model, and whether a link makes the scores of
// their sums; nil where the model is not made of trees.
func Outline(m explain.Model) (trees Outlined, linked bool) {
	e, ok := m.(*tree.Ensemble)
	if !ok {
		grown, ok := m.(interface{ Ensemble() *tree.Ensemble })
		if !ok {
			return nil, false
		}
		e = grown.Ensemble()
	}
	return e.Margin().(*tree.Margins), e.Link() != tree.Identity
}
