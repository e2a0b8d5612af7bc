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
// points of Gauss and Legendre integrate exactly. All terms of a product have
// one sign, so unlike in algorithm 2 of the paper, whose UNWIND subtracts,
// nothing cancels in deep trees.
//
// Cost: nodes × depth/2 products (algorithm 2: leaves × depth²). Needs: Trees
// with covers.
//
// Paper: Lundberg, Erion, Chen, DeGrave, Prutkin, Nair, Katz, Himmelfarb,
// Bansal, Lee. From local explanations to global understanding with explainable
// AI for trees. Nature Machine Intelligence 2, 2020, arXiv:1905.04610: the game
// is its algorithm 1, the values are those of its algorithm 2 (also Lundberg,
// Erion, Lee, arXiv:1802.03888). The integral: Owen. Multilinear extensions of
// games. Management Science 18, 1972. Sums carried up the tree: Yu, Xu, Bifet,
// Read. Linear TreeShap. NeurIPS 2022, arXiv:2209.08192. Unlike there, covers
// of children are divided by their own sum, see shares.
func TreePathDependent(q explain.Query, p TreePathDependentParams) (explain.Attribution, error) {
	f, err := newForest(q)
	if err != nil {
		return explain.Attribution{}, err
	}
	deepest, err := f.deepest(true)
	if err != nil {
		return explain.Attribution{}, err
	}
	a := explain.Attribution{Values: make([]float64, f.d), Base: f.Base(q.Class), Score: f.Base(q.Class)}
	w := newPathWalk(f.d, deepest)
	err = f.each(func(_ int, b *branches) {
		b.shares()
		w.branches = b
		if b.feature[0] >= 0 {
			w.visit(0, 0, a.Values)
		}
		a.Score += b.leaf(b.turns)
		a.Base += b.mean()
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	return a, nil
}

// pathWalk goes down a tree with the products of a path at every point, and up
// again with their sums over leaves. A row has a value for each point.
//
// A feature's factor a = o·t + z·(1-t) adds (o-z)/a to the sum's derivative: its
// slope. Where x has left the path (o = 0) the slope is -1/(1-t) whatever z is,
// so that further splits on the feature only scale the products; only factors
// with o = 1 are divided by, and those are at least t.
type pathWalk struct {
	*branches
	t, rest []float64 // the points, and 1-t
	left    []float64 // the slope of a feature that x has left the path with: -1/(1-t)
	slot    []int     // by feature: the row that its factor is in, 0 before the path asks about it; -1 where x has left
	share   []float64 // by feature: zᵢ of the path

	// By depth, a row each.
	product []float64 // weight · Π (oⱼ·t + zⱼ·(1-t))
	sum     []float64 // Σ over the leaves below of value · product
	inverse []float64 // 1/a of the feature asked about just above, with o = 1; row 0 is that of one not asked about
	slope   []float64 // (1-z)/a of the same
}

func newPathWalk(d, depth int) *pathWalk {
	points := max(1, (min(d, depth)+1)/2)
	w := &pathWalk{slot: make([]int, d), share: make([]float64, d), left: make([]float64, points)}
	for i := range w.share {
		w.share[i] = 1
	}
	rows := make([]float64, 4*(depth+1)*points)
	for _, dst := range []*[]float64{&w.product, &w.sum, &w.inverse, &w.slope} {
		*dst, rows = rows[:(depth+1)*points], rows[(depth+1)*points:]
	}
	var weight []float64
	w.t, w.rest, weight = legendre(points)
	copy(w.product, weight)
	for q, rest := range w.rest {
		w.inverse[q], w.left[q] = 1, -1/rest
	}
	return w
}

// row returns the values of one depth.
func (w *pathWalk) row(of []float64, depth int) []float64 {
	n := len(w.t)
	return of[depth*n : (depth+1)*n : (depth+1)*n]
}

// visit adds to values what the leaves below split i give. Every step down sets
// the feature's factor anew, and what the leaves below would have given it under
// the old factor is taken away.
func (w *pathWalk) visit(i int32, depth int, values []float64) {
	j := w.feature[i]
	clear(w.row(w.sum, depth))
	slot, share, before := w.slot[j], w.share[j], w.slopeOf(j)
	for side := range 2 {
		child, open := w.step(i, side, depth, slot, share)
		switch {
		case !open:
		case w.feature[child] < 0:
			values[j] += w.gather(depth, w.row(w.product, depth+1), w.value[child], w.slopeOf(j), before)
		default:
			w.visit(child, depth+1, values)
			values[j] += w.gather(depth, w.row(w.sum, depth+1), 1, w.slopeOf(j), before)
		}
	}
	w.slot[j], w.share[j] = slot, share
}

// slopeOf returns the slope of a feature at the points.
func (w *pathWalk) slopeOf(j int32) []float64 {
	if w.slot[j] < 0 {
		return w.left
	}
	return w.row(w.slope, w.slot[j])
}

// step goes from split i, reached with slot and share of its feature, to one of
// its children: it sets both as they are there, and the products one deeper.
// open is false where no coalition comes there.
func (w *pathWalk) step(i int32, side, depth, slot int, share float64) (child int32, open bool) {
	j := w.feature[i]
	child = i + 1
	if side == 1 {
		child = w.right[i]
	}
	part := w.branches.share[child]
	z := float64(share * part)
	switch {
	case slot >= 0 && w.turns[i] == (side == 0):
		w.follow(depth, slot, z)
		w.slot[j] = depth + 1
	case z == 0:
		return child, false
	case slot >= 0:
		w.leave(depth, slot, z)
		w.slot[j] = -1
	default: // z·(1-t) above and below
		below := w.row(w.product, depth+1)
		for q, p := range w.row(w.product, depth) {
			below[q] = p * part
		}
	}
	w.share[j] = z
	return child, true
}

// follow sets the products one deeper where x goes, from a factor in a slot to
// one of o = 1 and z, which it keeps.
func (w *pathWalk) follow(depth, slot int, z float64) {
	above, old := w.row(w.product, depth), w.row(w.inverse, slot)
	below, inverse, slope := w.row(w.product, depth+1), w.row(w.inverse, depth+1), w.row(w.slope, depth+1)
	for q, t := range w.t {
		a := t + float64(z*w.rest[q])
		below[q] = above[q] * (a * old[q])
		inverse[q] = 1 / a
		slope[q] = (1 - z) * inverse[q]
	}
}

// leave sets the products one deeper where x does not go.
func (w *pathWalk) leave(depth, slot int, z float64) {
	above, old, below := w.row(w.product, depth), w.row(w.inverse, slot), w.row(w.product, depth+1)
	for q, rest := range w.rest {
		below[q] = above[q] * (z * rest * old[q])
	}
}

// gather adds so many times the sums of a child to those here, and returns what
// they give the feature whose slope was another before.
func (w *pathWalk) gather(depth int, below []float64, times float64, slope, before []float64) float64 {
	sum := w.row(w.sum, depth)
	gain := 0.0
	for q, s := range below {
		s = float64(s * times)
		gain += float64(s * (slope[q] - before[q]))
		sum[q] += s
	}
	return gain
}
