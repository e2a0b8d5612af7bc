package shapley

import "github.com/whybox/whybox/internal/explain"

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
// Cost: leaves × depth³/4 products, d² memory. Needs: Trees with covers.
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
	deepest, err := f.deepest(true)
	if err != nil {
		return Interactions{}, err
	}
	out := Interactions{Values: make([]float64, f.d*f.d), Base: f.Base(q.Class), Score: f.Base(q.Class)}
	w := pairWalk{pathWalk: newPathWalk(f.d, deepest), asked: make([]bool, f.d), pairs: out.Values, values: make([]float64, f.d)}
	err = f.each(func(_ int, b *branches) {
		b.shares()
		w.branches = b
		w.visit(0, 0)
		out.Score += b.leaf(b.turns)
		out.Base += b.mean()
	})
	if err != nil {
		return Interactions{}, err
	}
	for i, v := range w.values {
		for j := range i {
			out.Values[i*f.d+j] /= 2
			out.Values[j*f.d+i] = out.Values[i*f.d+j]
		}
		out.Values[i*f.d+i] = v
	}
	for i := range w.values {
		for j := range w.values {
			if j != i {
				out.Values[i*f.d+i] -= out.Values[i*f.d+j]
			}
		}
	}
	return out, nil
}

// pairWalk goes down a tree and settles every pair of a path at its leaf.
type pairWalk struct {
	*pathWalk
	asked  []bool    // d: whether the path has the feature
	path   []int32   // the features asked about on the way, each once
	pairs  []float64 // d×d: 2Φᵢⱼ where i > j
	values []float64 // d: φᵢ
}

func (w *pairWalk) visit(i int32, depth int) {
	j := w.feature[i]
	if j < 0 {
		w.settle(w.value[i], w.row(w.product, depth))
		return
	}
	slot, share := w.slot[j], w.share[j]
	first := !w.asked[j]
	if first {
		w.asked[j] = true
		w.path = append(w.path, j)
	}
	for side := range 2 {
		if child, open := w.step(i, side, depth, slot, share); open {
			w.visit(child, depth+1)
		}
	}
	w.slot[j], w.share[j] = slot, share
	if first {
		w.asked[j] = false
		w.path = w.path[:len(w.path)-1]
	}
}

// settle adds what one leaf gives.
func (w *pairWalk) settle(value float64, product []float64) {
	d := len(w.values)
	for a, i := range w.path {
		own := w.slopeOf(i)
		gain := 0.0
		for q, p := range product {
			gain += float64(p * own[q])
		}
		w.values[i] += float64(value * gain)
		for _, j := range w.path[:a] {
			other := w.slopeOf(j)
			gain := 0.0
			for q, p := range product {
				gain += float64(p * own[q] * other[q])
			}
			w.pairs[int(max(i, j))*d+int(min(i, j))] += float64(value * gain)
		}
	}
}
