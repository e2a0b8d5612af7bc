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
