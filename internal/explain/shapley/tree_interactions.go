package shapley

import (
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// Interactions shares out a score among features and pairs of them.
type Interactions struct {
	Values []float64 // d×d, symmetric, in score units: off the diagonal half of what a pair does together, on it what a feature does alone
	StdErr []float64 // d×d, standard errors of Monte-Carlo values; nil where the values are exact
	Base   float64   // score where nothing is known
	Score  float64   // score of the row
}

// TreeInteractionsParams has nothing to set.
type TreeInteractionsParams struct{}

// TreeInteractions gives the exact Shapley interaction values of a sum of trees
// in the game of TreePathDependent:
//
//	Φᵢⱼ = ½ Σ over S without i, j of |S|!(d-|S|-2)!/(d-1)! · (v(S∪{i,j}) - v(S∪i) - v(S∪j) + v(S))
//	Φᵢᵢ = φᵢ - Σ_{j≠i} Φᵢⱼ
//
// Laws: every row sums to the feature's Shapley value, the whole to Score -
// Base; symmetric; a pair that no path asks about together gets 0.
//
// As the values are an integral of first derivatives of the multilinear
// extension (see TreePathDependent), these are one of second derivatives:
//
//	Φᵢⱼ = ½ Σ over leaves of value ∫₀¹ (oᵢ-zᵢ)(oⱼ-zⱼ) Π_{l≠i,j} (o_l·t + z_l·(1-t)) dt
//
// Every question e about a feature adds σ_e to its (o-z)/(o·t+z·(1-t)) further
// down, so that a leaf's term is a sum over pairs of questions on its path. A
// pair is settled at the lower one, which has the sum over its leaves at hand:
// what it gives its own feature (see TreePathDependent) times σ of the upper.
//
// Cost: splits × depth²/2. Needs: Trees with covers. d² memory.
//
// Paper: Lundberg et al. From local explanations to global understanding with
// explainable AI for trees. Nature Machine Intelligence 2, 2020,
// arXiv:1905.04610, equations 7 to 9 of its methods, after Grabisch, Roubens.
// An axiomatic approach to the concept of interaction among players in
// cooperative games. International Journal of Game Theory 28, 1999. There the
// values are asked for again with each feature fixed; here one walk gives all.
func TreeInteractions(q explain.Query, p TreeInteractionsParams) (Interactions, error) {
	f, err := newForest(q)
	if err != nil {
		return Interactions{}, err
	}
	out := Interactions{Values: make([]float64, f.d*f.d)}
	values := make([]float64, f.d)
	var slope []triple
	out.Base, out.Score, err = f.walk(func(w *walk) {
		slope = w.slopes(slope)
		w.ascend(values)
		w.pair(slope, out.Values, f.d)
	})
	if err != nil {
		return Interactions{}, err
	}
	for i, v := range values {
		for j := range i {
			both := (out.Values[i*f.d+j] + out.Values[j*f.d+i]) / 2
			out.Values[i*f.d+j], out.Values[j*f.d+i] = both, both
		}
		out.Values[i*f.d+i] = v
	}
	for i := range values {
		for j := range values {
			if j != i {
				out.Values[i*f.d+i] -= out.Values[i*f.d+j]
			}
		}
	}
	return out, nil
}

// slopes sets, for every split, what the question just above it adds to the
// slope of its feature: the difference of (o-z)/(o·t + z·(1-t)) below and above.
// That of the root does not matter.
func (w *walk) slopes(dst []triple) []triple {
	dst = slices.Grow(dst[:0], len(w.splits))[:len(w.splits)]
	for i := range w.splits {
		s := &w.splits[w.splits[i].from]
		if !w.on[s.again] {
			dst[i] = triple{}
			continue
		}
		inverse := w.over(s.share[0] + s.share[1])
		if w.on[i] {
			side := s.side(w.turns)
			dst[i] = inverse.times(w.over(s.share[side])).scaled(s.share[1-side])
		} else {
			dst[i] = triple{-inverse.a / w.rest.a, -inverse.b / w.rest.b, -inverse.c / w.rest.c}
		}
	}
	return dst
}

// pair adds to pairs (d×d), in one of a pair's two places, what its features
// give together. The sums are set.
func (w *walk) pair(slope []triple, pairs []float64, d int) {
	for i := range w.splits {
		s, own := &w.splits[i], w.product[i]
		if !w.on[s.again] {
			continue
		}
		for at := int32(i); at > 0; {
			above := &w.splits[w.splits[at].from]
			if above.feature != s.feature {
				pairs[int(s.feature)*d+int(above.feature)] += own.times(slope[at]).total()
			}
			at = w.splits[at].from
		}
	}
}
