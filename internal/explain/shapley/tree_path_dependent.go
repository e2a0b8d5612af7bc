package shapley

import "github.com/whybox/whybox/internal/explain"

// TreePathDependentParams has nothing to set.
type TreePathDependentParams struct{}

// TreePathDependent gives the exact Shapley values of a sum of trees in the
// game where an unknown feature takes both ways at every split that asks about
// it, each with the share of training rows that went there (the cover r):
//
//	v(S) = Σ over leaves of value · Π over splits on the way: 1 or 0 as x turns, where S has the feature;
//	                                                          r(child)/r(node), where not
//
// So the background is the training data as the trees remember it: no rows are
// needed. Base is v(∅), the mean over the leaves by cover. Score is the sum of
// the trees in float64, so the gap is rounding of 1e-16 of the leaves.
//
// Laws: complete, symmetric in v, linear in the trees, and a feature no tree
// asks about gets 0. Not implementation-invariant: equal functions in unlike
// trees may differ, as v speaks of splits.
//
// Along a path, splits on one feature i act as one with oᵢ (1 where x takes
// them all, else 0) and zᵢ (the product of the shares). By Owen the Shapley
// value is the integral of the derivative of the multilinear extension, in
// which each feature is known with chance t:
//
//	φᵢ = Σ over leaves of value ∫₀¹ (oᵢ - zᵢ) Π_{j≠i} (oⱼ·t + zⱼ·(1-t)) dt
//
// With D features on a path this is a polynomial of degree D-1, which ⌈D/2⌉
// points of Gauss and Legendre integrate exactly. At each of them the tree is
// walked twice, down with the products P of the path, and up with the sums R
// over the leaves below of value · the factors below. A split on a feature whose
// factor so far is a = t + z·(1-t) (1 where it is new to the path), with shares
// z₊ + z₋ = z on the side that x takes and on the other, gives
//
//	R = R₊ - z₋(1-t)/a · (R₊ - R₋),   φᵢ += ∫ P · z₋/a² · (R₊ - R₋) dt
//
// and nothing to φᵢ where x has left the path before by a question about i, as
// then (oᵢ - zᵢ)/(zᵢ·(1-t)) is the same below as above; the split parts P and R
// by its covers alone.
//
// Cost: splits × depth/2 (algorithm 2: leaves × depth²), and as much once for
// the first row. Needs: Trees with covers.
//
// Paper: Lundberg, Erion, Chen, DeGrave, Prutkin, Nair, Katz, Himmelfarb,
// Bansal, Lee. From local explanations to global understanding with explainable
// AI for trees. Nature Machine Intelligence 2, 2020, arXiv:1905.04610: the game
// is its algorithm 1, the values are those of its algorithm 2 (also Lundberg,
// Erion, Lee, arXiv:1802.03888), whose UNWIND subtracts what cancels in deep
// trees. The integral: Owen. Multilinear extensions of games. Management Science
// 18, 1972. Sums carried up the tree: Yu, Xu, Bifet, Read. Linear TreeShap.
// NeurIPS 2022, arXiv:2209.08192. Unlike there, covers of children are divided
// by their own sum, see extend.
func TreePathDependent(q explain.Query, p TreePathDependentParams) (explain.Attribution, error) {
	f, err := newForest(q)
	if err != nil {
		return explain.Attribution{}, err
	}
	a := explain.Attribution{Values: make([]float64, f.d)}
	a.Base, a.Score, err = f.walk(func(w *walk) { w.ascend(a.Values) })
	if err != nil {
		return explain.Attribution{}, err
	}
	return a, nil
}

// walk calls use for every tree and group of points when the products are set,
// and returns the score where nothing is known and that of the row. The error
// may be ErrNeedsCover.
func (f *forest) walk(use func(w *walk)) (base, score float64, err error) {
	var w walk
	base, score = f.Base(f.Class), f.Base(f.Class)
	err = f.each(func(t int, weight float64) error {
		e, err := f.kept.extension(f.Trees, t)
		if err != nil {
			return err
		}
		w.enter(e, f.turns)
		base += float64(weight * w.mean)
		score += float64(weight * w.leaf())
		for g := 0; g < len(e.points); g += width {
			w.t, w.rest = tripleAt(w.points, g), tripleAt(w.rests, g)
			w.product[0] = tripleAt(w.weights, g).scaled(weight)
			w.descend()
			use(&w)
		}
		return nil
	})
	return base, score, err
}

// walk goes down and up a tree at three points.
type walk struct {
	*extension
	turns   []bool // by node: where the row goes left
	t, rest triple // the points, and 1-t

	// By place.
	on      []bool   // whether x takes the question just above it and all others about the same feature on the way
	product []triple // weight · Π (oⱼ·t + zⱼ·(1-t)) of the path
	sum     []triple // Σ over the leaves below of value · the factors below
}

// enter goes to another tree.
func (w *walk) enter(e *extension, turns []bool) {
	n := len(e.splits) + len(e.value)
	if cap(w.on) < n {
		w.on, w.product, w.sum = make([]bool, 2*n), make([]triple, 2*n), make([]triple, 2*n)
	}
	w.extension, w.turns, w.on, w.product, w.sum = e, turns, w.on[:n], w.product[:n], w.sum[:n]
	w.on[0] = true
	for i, v := range e.value {
		w.sum[len(e.splits)+i] = triple{v, v, v}
	}
}

// leaf returns the value of the row's leaf.
func (w *walk) leaf() float64 {
	at := int32(0)
	for int(at) < len(w.splits) {
		s := &w.splits[at]
		at = s.next[s.side(w.turns)]
	}
	return w.value[int(at)-len(w.splits)]
}

// side returns the side that x takes.
func (s *split) side(turns []bool) int {
	if turns[s.node] {
		return 0
	}
	return 1
}

// over returns 1/a for a share z.
func (w *walk) over(z float64) triple {
	return triple{1 / (w.t.a + float64(z*w.rest.a)), 1 / (w.t.b + float64(z*w.rest.b)), 1 / (w.t.c + float64(z*w.rest.c))}
}

// descend sets the products, from that of the root.
func (w *walk) descend() {
	for i := range w.splits {
		s, p := &w.splits[i], w.product[i]
		side := 0
		away := p.scaled(s.right)
		on := w.on[s.again]
		if on {
			side = s.side(w.turns)
			away = p.times(w.rest).scaled(s.share[1-side])
			if s.again > 0 {
				away = away.times(w.over(s.share[0] + s.share[1]))
			}
		}
		there, aside := s.next[side], s.next[1-side]
		w.product[there], w.product[aside] = p.minus(away), away
		w.on[there], w.on[aside] = on, false
	}
}

// ascend sets the sums, adds what every split gives its feature to values, and
// leaves it, point by point, in the place of the product.
func (w *walk) ascend(values []float64) {
	for i := len(w.splits) - 1; i >= 0; i-- {
		s := &w.splits[i]
		if !w.on[s.again] {
			left := w.sum[s.next[0]]
			w.sum[i] = left.minus(left.minus(w.sum[s.next[1]]).scaled(s.right))
			continue
		}
		side := s.side(w.turns)
		there := w.sum[s.next[side]]
		change := there.minus(w.sum[s.next[1-side]]).scaled(s.share[1-side])
		gain := change.times(w.product[i])
		if s.again > 0 {
			inverse := w.over(s.share[0] + s.share[1])
			change = change.times(inverse)
			gain = gain.times(inverse).times(inverse)
		}
		w.sum[i], w.product[i] = there.minus(change.times(w.rest)), gain
		values[s.feature] += gain.total()
	}
}
