package shapley

import "github.com/whybox/whybox/internal/explain"

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
// Only splits where x and b part make the walk branch.
//
// Cost: background rows × nodes. Needs: Trees; no covers.
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
	deepest, _ := f.deepest(false)
	w := newPartedWalk(f.d, deepest)
	a := explain.Attribution{Base: f.Base(q.Class), Score: f.Base(q.Class)}
	mean := 0.0
	err = f.each(func(t int, b *branches) {
		w.branches = b
		if cap(w.other) < len(b.turns) {
			w.other = make([]bool, cap(b.turns))
		}
		w.other = w.other[:len(b.turns)]
		for r := range m {
			f.Turns(w.other, t, q.Background[r*f.d:(r+1)*f.d])
			w.visit(0)
			mean += b.leaf(w.other)
		}
		a.Score += b.leaf(b.turns)
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	a.Base += mean / float64(m)
	a.Values = w.values
	for i := range a.Values {
		a.Values[i] /= float64(m)
	}
	return a, nil
}

// side says which of the two rows has parted from the other on a feature.
type side uint8

const (
	both side = iota // have taken the same way so far
	ours
	theirs
)

// partedWalk goes through a tree with two rows at once.
type partedWalk struct {
	*branches
	other  []bool    // where the background row goes left
	parted []side    // d
	a, c   int       // how many features are with ours, with theirs
	size   int       // weight has rows of this length
	weight []float64 // at a·size + c: (a-1)! c! / (a+c)!, a ≥ 1
	values []float64 // d
}

func newPartedWalk(d, depth int) *partedWalk {
	size := min(d, depth) + 1
	w := &partedWalk{parted: make([]side, d), values: make([]float64, d), size: size, weight: make([]float64, (size+1)*size)}
	for c := range size {
		v := 1 / float64(c+1)
		for a := 1; a+c <= size; a++ {
			w.weight[a*size+c] = v
			v *= float64(a) / float64(a+c+1)
		}
	}
	return w
}

// visit adds to the values of the features that part below node i, and returns
// what each feature that has parted above gets from there: gain if it is with
// ours, -loss if with theirs.
func (w *partedWalk) visit(i int32) (gain, loss float64) {
	for w.feature[i] >= 0 {
		j, left := w.feature[i], w.turns[i]
		if left != w.other[i] {
			switch w.parted[j] {
			case both:
				return w.part(i)
			case theirs:
				left = !left
			}
		}
		if left {
			i++
		} else {
			i = w.right[i]
		}
	}
	if w.a > 0 {
		gain = w.value[i] * w.weight[w.a*w.size+w.c]
	}
	if w.c > 0 {
		loss = w.value[i] * w.weight[w.c*w.size+w.a]
	}
	return gain, loss
}

// part lets the rows go their own ways at split i.
func (w *partedWalk) part(i int32) (gain, loss float64) {
	our, their := i+1, w.right[i]
	if !w.turns[i] {
		our, their = their, our
	}
	j := w.feature[i]
	w.parted[j] = ours
	w.a++
	gain, lost := w.visit(our)
	w.a--
	w.parted[j] = theirs
	w.c++
	won, loss := w.visit(their)
	w.c--
	w.parted[j] = both
	w.values[j] += gain - loss
	return gain + won, lost + loss
}
