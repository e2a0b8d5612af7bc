package shapley

import (
	"github.com/whybox/whybox/internal/explain"
)

// AsymmetricParams says how much work to spend.
type AsymmetricParams struct {
	Worlds int // rows to simulate for every coalition, ≥ 2
}

// Asymmetric gives each feature its average contribution over those orders in
// which causes become known before what they cause:
//
//	φᵢ = mean over these orders of v(those before i, and i) - v(those before i)
//	v(S) = E[f(X) | X_S = x_S]
//
// So a cause is given all that follows from it, and an effect only what its
// causes leave open. Every S here holds all causes of its members, and then to
// know them is to set them: the expectation is that of Causal, over simulated
// worlds.
//
// Laws: complete, linear in the model; not symmetric, which is the point, and
// not dummy. Without causes among the features all orders count, and it is
// Exact with the worlds for a background. StdErr as in Causal.
//
// The number of orders that lead to S and on from there is counted over the
// coalitions, so none is drawn.
//
// Cost: (coalitions that hold their causes, at most 2ᵈ) × Worlds predictions and
// simulated rows; explain.ErrTooMany above 15 features. Needs: Query.Causes.
//
// Paper: Frye, Rowat, Feige. Asymmetric Shapley values: incorporating causal
// knowledge into model-agnostic explainability. NeurIPS 2020, arXiv:1910.06358,
// equations 5 and 6, for a causal graph that is known in full.
func Asymmetric(q explain.Query, p AsymmetricParams) (explain.Attribution, error) {
	d, _ := q.Dims()
	if q.Causes == nil || d > MaxExact {
		return doing(q, p.Worlds, nil)
	}
	o := newCausalOrders(d, q.Causes.Parents())
	return doing(q, p.Worlds, o.share)
}

// causalOrders counts the orders of the features that respect their causes.
type causalOrders struct {
	causes []uint    // d: the direct causes of each, by bit
	before []float64 // 2ᵈ: orders of S that hold causes first, 0 where S lacks a cause of its own
	after  []float64 // 2ᵈ: orders of the rest, once S is known
}

// newCausalOrders panics where causes go round in a circle.
func newCausalOrders(d int, parents [][]int) *causalOrders {
	o := &causalOrders{causes: make([]uint, d), before: make([]float64, 1<<d), after: make([]float64, 1<<d)}
	for i, of := range parents {
		for _, j := range of {
			o.causes[i] |= 1 << j
		}
	}
	all := uint(1)<<d - 1
	o.before[0], o.after[all] = 1, 1
	for s := range all + 1 {
		for i := range d {
			if o.next(s, i) {
				o.before[s|1<<i] += o.before[s]
			}
		}
	}
	for s := int(all) - 1; s >= 0; s-- {
		for i := range d {
			if o.next(uint(s), i) {
				o.after[s] += o.after[s|1<<i]
			}
		}
	}
	if o.before[all] == 0 {
		panic("shapley: the causes go round in a circle")
	}
	return o
}

// next reports whether i is not in s and its causes are.
func (o *causalOrders) next(s uint, i int) bool { return s>>i&1 == 0 && o.causes[i]&^s == 0 }

// share returns the share of the orders in which s come first and then i.
func (o *causalOrders) share(s uint, i int) float64 {
	if !o.next(s, i) {
		return 0
	}
	return o.before[s] * o.after[s|1<<i] / o.after[0]
}
