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
		w.visit(0, 0, a.Values)
		a.Score += b.leaf(b.turns)
		a.Base += b.mean()
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	return a, nil
}

// pathWalk goes down a tree with the products of a path at every point, and up
// again with their sums over leaves.
type pathWalk struct {
	*branches
	t, rest      []float64 // the points, and 1-t
	known, share []float64 // d: oᵢ and zᵢ of the path; 1 and 1 where it has not asked about i
	product      []float64 // depth × points: weight · Π (oⱼ·t + zⱼ·(1-t))
	sum          []float64 // depth × points: Σ over the leaves below of value · product
}

func newPathWalk(d, depth int) *pathWalk {
	points := max(1, (min(d, depth)+1)/2)
	w := &pathWalk{known: make([]float64, d), share: make([]float64, d)}
	for i := range d {
		w.known[i], w.share[i] = 1, 1
	}
	w.product, w.sum = make([]float64, (depth+1)*points), make([]float64, (depth+1)*points)
	var weight []float64
	w.t, w.rest, weight = legendre(points)
	copy(w.product, weight)
	return w
}

// row returns the values of one depth.
func (w *pathWalk) row(of []float64, depth int) []float64 {
	n := len(w.t)
	return of[depth*n : (depth+1)*n]
}

// visit adds to values what the leaves below node i give. Every step down sets
// the feature's factor anew, and what the leaves below would have given it under
// the old factor is taken away.
func (w *pathWalk) visit(i int32, depth int, values []float64) {
	product, sum := w.row(w.product, depth), w.row(w.sum, depth)
	j := w.feature[i]
	if j < 0 {
		for q, p := range product {
			sum[q] = p * w.value[i]
		}
		return
	}
	clear(sum)
	known, share := w.known[j], w.share[j]
	for side := range 2 {
		child, open := w.step(i, side, depth, known, share)
		if !open {
			continue
		}
		o, z := w.known[j], w.share[j]
		w.visit(child, depth+1, values)
		gain := 0.0
		for q, s := range w.row(w.sum, depth+1) {
			gain += float64(s * ((o-z)/w.at(q, o, z) - (known-share)/w.at(q, known, share)))
			sum[q] += s
		}
		values[j] += gain
	}
	w.known[j], w.share[j] = known, share
}

// step goes from split i, reached with known and share of its feature, to one
// of its children: it sets both as they are there, and the products one deeper.
// open is false where no coalition comes there.
func (w *pathWalk) step(i int32, side, depth int, known, share float64) (child int32, open bool) {
	j := w.feature[i]
	child = i + 1
	if side == 1 {
		child = w.right[i]
	}
	o, z := 0.0, float64(share*w.branches.share[child])
	if w.turns[i] == (side == 0) {
		o = known
	}
	if o == 0 && z == 0 {
		return child, false
	}
	below := w.row(w.product, depth+1)
	for q, p := range w.row(w.product, depth) {
		below[q] = p * (w.at(q, o, z) / w.at(q, known, share))
	}
	w.known[j], w.share[j] = o, z
	return child, true
}

// at returns o·t + z·(1-t) at a point.
func (w *pathWalk) at(q int, o, z float64) float64 {
	return float64(o*w.t[q]) + float64(z*w.rest[q])
}
