package catalog

import (
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
)

// Interactions returns how much each pair of features moves the score of a row
// together: d×d, symmetric, in score units, a pair's whole effect in both of
// its places and on the diagonal what a feature does alone.
func Interactions(q explain.Query) ([]float64, error) {
	m, err := Trees(q.Model)
	if err != nil {
		return nil, err
	}
	q.Model = m
	v, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
	if err != nil {
		return nil, err
	}
	d, _ := q.Dims()
	for i := range d * d {
		if i/d != i%d {
			v.Values[i] *= 2 // half of it stands in each place
		}
	}
	return v.Values, nil
}

// Interacts returns why Interactions cannot be asked of a model, or nil.
func Interacts(m explain.Model) error {
	found, err := Trees(m)
	if err != nil {
		return err
	}
	trees := found.(shapley.Trees)
	for t := range trees.Trees() {
		if _, _, _, cover := trees.Nodes(t); cover == nil {
			return shapley.ErrNeedsCover
		}
	}
	return nil
}
