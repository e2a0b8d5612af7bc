package effect

import (
	"errors"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/kernel"
)

// PermutationImportanceParams says how often to shuffle.
type PermutationImportanceParams struct {
	Repeats int // shuffles of each column, ≥ 2
}

// PermutationImportance shuffles one column of the labelled rows at a time,
// which breaks its tie with the target, and tells how far the mean loss rises:
//
//	Iⱼ = mean over shuffles of loss(column j shuffled) - loss
//
// The loss is the cross-entropy in nats, -ln of the probability of the true
// class, which counts as 1e-7 where it is lower; or the squared error, in
// squared units of the target. Base is the loss with every column intact.
//
// Laws: 0 for a feature the model does not read. A value may be below 0
// where the model is better off without. StdErr is the spread over the shuffles
// divided by √Repeats; that there are only so many rows is not in it. Features
// that say the same share their importance, and shuffling makes rows that never
// occur.
//
// Cost: (d·Repeats + 1) × labelled rows predictions. Needs: labelled rows.
//
// Paper: Breiman. Random forests. Machine Learning 45, 2001, section 10; for any
// model: Fisher, Rudin, Dominici. All models are wrong, but many are useful.
// JMLR 20, 2019, arXiv:1801.01489, there mostly as a ratio. Breiman shuffles
// out-of-bag rows once and counts errors; here the labelled rows are shuffled
// often, and the loss is measured.
func PermutationImportance(q explain.Query, p PermutationImportanceParams) (explain.Importance, error) {
	if p.Repeats < 2 {
		return explain.Importance{}, explain.Refuse("choose at least 2", "permutation importance with %d shuffles has no error bar", p.Repeats)
	}
	r := newRun(q)
	if len(q.EvalY) != r.n {
		panic("effect: not every row has a label")
	}
	r.Of = (r.D*p.Repeats + 1) * r.n
	base, err := r.loss(q.EvalX)
	if err != nil {
		return explain.Importance{}, err
	}
	out := explain.Importance{Values: make([]float64, r.D), StdErr: make([]float64, r.D), Base: base}
	x := slices.Clone(q.EvalX)
	chance := explain.Streams(q.Rand)
	rises, err := r.Parts(r.D, func(int) int { return p.Repeats * r.n }, func(j int) ([]float64, error) {
		rises := make([]float64, p.Repeats)
		order := chance(j)
		for k := range rises {
			for i, from := range order.Perm(r.n) {
				x[i*r.D+j] = q.EvalX[from*r.D+j]
			}
			shuffled, err := r.loss(x)
			if err != nil {
				return nil, err
			}
			rises[k] = shuffled - base
		}
		for i := range r.n {
			x[i*r.D+j] = q.EvalX[i*r.D+j]
		}
		return rises, nil
	})
	if err != nil {
		return explain.Importance{}, err
	}
	for j, v := range rises {
		out.Values[j], out.StdErr[j] = meanAndError(v)
	}
	return out, nil
}

// leastProbability bounds the loss of one row to 16 nats.
const leastProbability = 1e-7

// loss returns the mean loss over the labelled rows with x for their features.
func (r *run) loss(x []float32) (float64, error) {
	sum := 0.0
	margins := false
	err := r.predict(x, func(i int, scores []float32) {
		y := r.EvalY[i]
		if r.Regression {
			miss := float64(scores[0]) - float64(y)
			sum += float64(miss * miss)
			return
		}
		p := scores[int(y)]
		margins = margins || p < 0 || p > 1.000001
		sum -= float64(kernel.Log(max(p, leastProbability)))
	})
	if err == nil && margins {
		err = errors.New("permutation importance of a classifier needs probabilities, and the model gives scores outside 0 to 1; ask for probabilities rather than margins")
	}
	return sum / float64(r.n), err
}

// meanAndError returns the mean of v and its standard error.
func meanAndError(v []float64) (mean, stdErr float64) {
	n := float64(len(v))
	for _, x := range v {
		mean += x / n
	}
	for _, x := range v {
		stdErr += float64((x - mean) * (x - mean))
	}
	return mean, math.Sqrt(stdErr / (n - 1) / n)
}
