package shapley

import (
	"fmt"
	"math/bits"

	"github.com/whybox/whybox/internal/explain"
)

// MaxExact is the most features Exact takes: 2¹⁵ coalitions.
const MaxExact = 15

// ExactParams has nothing to set.
type ExactParams struct{}

// Exact gives each feature its average contribution over every order in which
// the features can become known, by trying every coalition:
//
//	φᵢ = Σ over S without i of |S|! (d - |S| - 1)! / d! · (v(S ∪ i) - v(S))
//
// with v(S) the mean score over the background rows when only S is known. Base
// is v of nothing, Score that of everything.
//
// Laws: complete, dummy, symmetric, linear in the model; the only values that
// obey all four. For a linear model wᵢ(xᵢ - mean of column i).
//
// Cost: 2ᵈ × background rows predictions; explain.ErrTooMany above 15 features.
// Needs: nothing.
//
// Paper: Shapley. A value for n-person games. Contributions to the Theory of
// Games II, 1953. For models: Štrumbelj, Kononenko. An efficient explanation of
// individual classifications using game theory. JMLR 11, 2010.
func Exact(q explain.Query, p ExactParams) (explain.Attribution, error) {
	d, _ := q.Dims()
	if d > MaxExact {
		return explain.Attribution{}, fmt.Errorf("the model, with %d features, %w", d, explain.ErrTooMany)
	}
	v, err := everyCoalition(q, d)
	if err != nil {
		return explain.Attribution{}, err
	}
	return explain.Attribution{Values: exactValues(v, d), Base: v[0], Score: v[len(v)-1]}, nil
}

// everyCoalition returns the worth of each coalition, by the bits of its
// members.
func everyCoalition(q explain.Query, d int) ([]float64, error) {
	v := make([]float64, 1<<d)
	err := newGame(q, len(v)).values(v, func(in []bool, s int) {
		for i := range in {
			in[i] = s>>i&1 == 1
		}
	})
	return v, err
}

// exactValues returns the Shapley values of the game v of d players.
func exactValues(v []float64, d int) []float64 {
	weight := make([]float64, d) // by |S|
	for s := range weight {
		weight[s] = orderShare(s, d)
	}
	values := make([]float64, d)
	for s, worth := range v {
		for i := range values {
			if s>>i&1 == 0 {
				values[i] += float64(weight[bits.OnesCount(uint(s))] * (v[s|1<<i] - worth))
			}
		}
	}
	return values
}

// orderShare returns s! (n-s-1)! / n!, the share of the orders of n in which
// certain s < n come first and then a certain one.
func orderShare(s, n int) float64 { return 1 / (float64(n) * choose(n-1, s)) }

// choose returns the number of ways to take k of n, exactly while it is below
// 2⁵³; +Inf where it is beyond float64.
func choose(n, k int) float64 {
	c := 1.0
	for i := 1; i <= min(k, n-k); i++ {
		c = c * float64(n-i+1) / float64(i)
	}
	return c
}
