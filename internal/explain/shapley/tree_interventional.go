package shapley

import (
	"math/bits"

	"github.com/whybox/whybox/internal/explain"
)

// TreeInterventionalParams has nothing to set.
type TreeInterventionalParams struct{}

// TreeInterventional gives the exact Shapley values of a sum of trees in the
// game of Exact, where unknown features come from background rows b:
//
//	v(S) = mean over b of f(x_S, b_rest)
//
// Base is the mean score of the background rows; Score is the sum of the trees
// in float64, so the gap is rounding of 1e-16 of the leaves.
//
// Laws: complete, dummy, symmetric, linear, implementation-invariant.
//
// For one b, a leaf needs the features A on which only x takes the way to it
// and the features C on which only b does; where both do, it does not matter.
// So the leaf's game is worth its value if S holds all of A and none of C, and
//
//	φᵢ =  value · (|A|-1)! |C|! / (|A|+|C|)!    for i in A
//	φᵢ = -value · |A|! (|C|-1)! / (|A|+|C|)!    for i in C
//
// Only splits where x and b part make the walk branch, and rows that have parted
// from x on the same features are walked together, up to 64 of them.
//
// Cost: background rows × nodes at the most. Where each background row goes at
// each split is found out once for many x, as long as it takes less than 16 MiB.
// Needs: Trees; no covers.
//
// Paper: Lundberg, Erion, Chen, DeGrave, Prutkin, Nair, Katz, Himmelfarb,
// Bansal, Lee. From local explanations to global understanding with explainable
// AI for trees. Nature Machine Intelligence 2, 2020, arXiv:1905.04610,
// algorithms 3 and 4.
func TreeInterventional(q explain.Query, p TreeInterventionalParams) (explain.Attribution, error) {
	f, err := newForest(q)
	if err != nil {
		return explain.Attribution{}, err
	}
	m := len(q.Background) / f.d
	if m == 0 || m*f.d != len(q.Background) {
		panic("shapley: the background rows do not fit the model")
	}
	w := partedWalk{parted: make([]side, f.d), values: make([]float64, f.d)}
	a := explain.Attribution{Base: f.Base(q.Class), Score: f.Base(q.Class), Values: w.values}
	mean, behind := 0.0, f.kept.behind(f)
	err = f.each(func(t int, weight float64) error {
		all := behind.masks(f, t)
		w.reach(min(f.d, all.depth))
		w.feature, w.right, w.value, _ = f.Nodes(t)
		w.turns, w.times = f.turns, weight
		for from := 0; from < m; from += 64 {
			w.left = all.left[from/64*len(w.value):]
			w.visit(0, ^uint64(0)>>max(0, from+64-m))
		}
		mean += float64(weight * all.sum)
		a.Score += float64(weight * float64(w.value[leafOf(w.feature, w.right, w.turns)]))
		return nil
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	a.Base += mean / float64(m)
	for i := range a.Values {
		a.Values[i] /= float64(m)
	}
	return a, nil
}

// side says which of two rows has parted from the other on a feature.
type side uint8

const (
	both side = iota // have taken the same way so far
	ours
	theirs
)

// partedWalk goes through a tree with x and up to 64 background rows at once.
type partedWalk struct {
	feature, right []int32
	value          []float32
	turns          []bool    // by node: whether x goes left
	left           []uint64  // by node: which background rows go left
	times          float64   // how much the tree counts
	parted         []side    // d: of the rows that are walked with
	a, c           int       // how many features are with ours, with theirs
	size           int       // weight has rows of this length
	weight         []float64 // at a·size + c: (a-1)! c! / (a+c)!, a ≥ 1
	values         []float64 // d
}

// reach makes the weights for paths with that many features.
func (w *partedWalk) reach(features int) {
	if features < w.size {
		return
	}
	w.size = features + 1
	w.weight = make([]float64, (w.size+1)*w.size)
	for c := range w.size {
		v := 1 / float64(c+1)
		for a := 1; a+c <= w.size; a++ {
			w.weight[a*w.size+c] = v
			v *= float64(a) / float64(a+c+1)
		}
	}
}

// visit adds to the values of the features on which some of the rows part below
// node i, and returns what each feature that has parted above gets from there:
// gain if it is with ours, -loss if with theirs.
func (w *partedWalk) visit(i int32, rows uint64) (gain, loss float64) {
	for w.feature[i] >= 0 {
		our, their, agree := i+1, w.right[i], w.left[i]
		if !w.turns[i] {
			our, their, agree = their, our, ^agree
		}
		agree &= rows
		switch j := w.feature[i]; {
		case agree == rows || w.parted[j] == ours:
			i = our
		case w.parted[j] == both:
			return w.part(j, our, their, agree, rows&^agree)
		case agree == 0:
			i = their
		default:
			gain, loss = w.visit(our, agree)
			won, lost := w.visit(their, rows&^agree)
			return gain + won, loss + lost
		}
	}
	value := w.times * float64(w.value[i]) * float64(bits.OnesCount64(rows))
	if w.a > 0 {
		gain = value * w.weight[w.a*w.size+w.c]
	}
	if w.c > 0 {
		loss = value * w.weight[w.c*w.size+w.a]
	}
	return gain, loss
}

// part lets x and the rows that do not agree go their own ways at a split on
// feature j.
func (w *partedWalk) part(j, our, their int32, agree, others uint64) (gain, loss float64) {
	var stay, stayed float64
	if agree != 0 {
		stay, stayed = w.visit(our, agree)
	}
	w.parted[j] = ours
	w.a++
	gain, lost := w.visit(our, others)
	w.a--
	w.parted[j] = theirs
	w.c++
	won, loss := w.visit(their, others)
	w.c--
	w.parted[j] = both
	w.values[j] += gain - loss
	return stay + gain + won, stayed + lost + loss
}
