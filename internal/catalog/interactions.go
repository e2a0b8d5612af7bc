package catalog

import (
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
)

// Settings of sampled interactions.
const (
	InteractionRounds     = 12 // sets of orders
	InteractionBackground = 20 // rows that stand in for an unknown feature
	MaxInteracting        = shapley.MaxPaired
)

// Interactions returns the Shapley interaction index of each pair of features,
// how much they move the score of a row together: d×d, symmetric, in score
// units, a pair's whole effect in both of its places and on the diagonal what a
// feature does alone. They are read off the trees of a model where it has some,
// and are else those of the scores over q.Background; stderr is nil where they
// are exact.
func Interactions(q explain.Query) (values, stderr []float64, err error) {
	var v shapley.Interactions
	if InTrees(q.Model) == nil {
		if q.Model, err = Trees(q.Model); err == nil {
			v, err = shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
		}
	} else {
		v, err = shapley.InteractionSampled(q, shapley.InteractionSampledParams{Rounds: InteractionRounds})
	}
	if err != nil {
		return nil, nil, err
	}
	d, _ := q.Dims()
	for i := range d * d {
		if i/d == i%d {
			continue
		}
		v.Values[i] *= 2 // half of it stands in each place
		if v.StdErr != nil {
			v.StdErr[i] *= 2
		}
	}
	return v.Values, v.StdErr, nil
}

// InTrees returns why interactions cannot be read off the trees of a model, or
// nil.
func InTrees(m explain.Model) error {
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
