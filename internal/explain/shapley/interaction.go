package shapley

import (
	"fmt"
	"math/bits"

	"github.com/whybox/whybox/internal/explain"
)

// InteractionParams has nothing to set.
type InteractionParams struct{}

// Interaction shares out a score among features and pairs of them, by trying
// every coalition in the game of Exact:
//
//	Φᵢⱼ = ½ Σ over S without i, j of |S|!(d-|S|-2)!/(d-1)! · (v(S∪{i,j}) - v(S∪i) - v(S∪j) + v(S))
//	Φᵢᵢ = φᵢ - Σ_{j≠i} Φᵢⱼ
//
// with v(S) the mean score over the background rows when only S is known, and φ
// the values of Exact. 2Φᵢⱼ is the Shapley interaction index of the pair.
//
// Laws: every row sums to the feature's Shapley value, the whole to Score -
// Base; symmetric; 0 for a pair whose parts in the score add up.
//
// Cost: 2ᵈ × background rows predictions, and 2ᵈ·d²/8 sums; explain.ErrTooMany
// above 15 features. Needs: nothing.
//
// Paper: Grabisch, Roubens. An axiomatic approach to the concept of interaction
// among players in cooperative games. International Journal of Game Theory 28,
// 1999, equation 4. Half of it on either side of the diagonal, and the diagonal:
// Lundberg et al. 2020, arXiv:1905.04610; see TreeInteractions.
func Interaction(q explain.Query, p InteractionParams) (Interactions, error) {
	d, _ := q.Dims()
	if d > MaxExact {
		return Interactions{}, fmt.Errorf("the model, with %d features, %w", d, explain.ErrTooMany)
	}
	v, err := everyCoalition(q, d)
	if err != nil {
		return Interactions{}, err
	}
	out := Interactions{Values: make([]float64, d*d), Base: v[0], Score: v[len(v)-1]}
	weight := make([]float64, d) // by |S|: ½ / ((d-1) · C(d-2, |S|))
	for s := range d - 1 {
		weight[s] = 0.5 * orderShare(s, d-1)
	}
	for s := range v {
		for i := range d {
			for j := range i {
				if s>>i&1 == 0 && s>>j&1 == 0 {
					together := v[s|1<<i|1<<j] - v[s|1<<i] - v[s|1<<j] + v[s]
					out.Values[i*d+j] += float64(weight[bits.OnesCount(uint(s))] * together)
				}
			}
		}
	}
	for i, alone := range exactValues(v, d) {
		for j := range i {
			out.Values[j*d+i] = out.Values[i*d+j]
		}
		out.Values[i*d+i] = alone
	}
	for i := range d {
		for j := range d {
			if j != i {
				out.Values[i*d+i] -= out.Values[i*d+j]
			}
		}
	}
	return out, nil
}
