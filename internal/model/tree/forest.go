package tree

import (
	"errors"
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
	"github.com/whybox/whybox/internal/model/loss"
)

// forestBins is more than most tables have rows, so that trees of a forest see
// every value.
const forestBins = 1 << 12

// streams of chance, apart from those of other models
const (
	forestStream   = 0x666f7265
	boostingStream = 0x626f6f73
)

// ForestParams are the settings of NewRandomForest and NewExtraTrees.
type ForestParams struct {
	Trees    int // ≥ 1
	Depth    int // questions in a row at the most, 1..MaxDepth
	MinLeaf  int // no leaf gets fewer rows, ≥ 1
	Features int // looked at in each node, drawn anew; 0 means √d for classes and d/3 for quantities, rounded down, at least 1
}

// NewRandomForest returns a trainer of a random forest. One step grows one
// tree: on n rows drawn from the training rows with replacement, each node
// split where the Gini impurity (or the squared error) falls most among a few
// features that are drawn anew for it. Features that are constant in a node do
// not count. The forest is the mean of its trees: of class frequencies, or of
// target means. Before the first tree it gives the frequencies, or the mean, of
// all training rows. The error says what is wrong with the rows or the
// settings.
//
// Values may be missing: at each split they go to the side where the training
// rows that lack the value do better. Categories are parted as sets.
//
// Paper: L. Breiman. Random forests. Machine Learning 45, 2001. Each tree votes
// there; its frequencies are averaged here, as scikit-learn does.
func NewRandomForest(p model.Problem, params ForestParams) (model.Trainer, error) {
	return newForest(p, params, false)
}

// forest trains the mean of many trees.
type forest struct {
	p        model.Problem
	trees    int
	random   bool
	planter  *planter
	chance   *rand.Rand
	ensemble *Ensemble
	model    *Forest
	rows     []int32
	sums     [2][]float32 // n×k: Σ of leaves for the training and the test rows
	done     int
}

func newForest(p model.Problem, params ForestParams, random bool) (*forest, error) {
	if err := checkProblem(p); err != nil {
		return nil, err
	}
	switch {
	case params.Trees < 1:
		return nil, errors.New("a forest needs at least 1 tree")
	case params.Depth < 1 || params.Depth > MaxDepth:
		return nil, errors.New("the depth must be 1 to 512")
	case params.MinLeaf < 1:
		return nil, errors.New("the smallest leaf must have at least 1 row")
	case params.Features < 0:
		return nil, errors.New("a node cannot look at fewer than 0 features; 0 chooses a number")
	}
	bins, err := binned.New(p, forestBins)
	if err != nil {
		return nil, err
	}
	l := limits{depth: params.Depth, minLeaf: params.MinLeaf, minGain: math.Inf(-1), random: random, features: params.Features}
	if l.features == 0 {
		l.features = p.D / 3
		if !p.Regression {
			l.features = int(math.Sqrt(float64(p.D)))
		}
	}
	if l.features = max(l.features, 1); l.features >= p.D {
		l.features = 0 // all, in their order
	}
	f := &forest{p: p, trees: params.Trees, random: random, chance: rand.New(rand.NewPCG(p.Seed, forestStream)),
		ensemble: emptyEnsemble(p.D, p.K, loss.Prior(p), Identity, true), rows: make([]int32, bins.N)}
	f.model = &Forest{f.ensemble}
	f.planter = newPlanter(bins, p.K, l, f.chance)
	for i, y := range p.TrainY {
		f.planter.weight[i] = 1
		if p.Regression {
			f.planter.target[i] = float64(y) - float64(f.ensemble.margins.base[0])
		} else {
			f.planter.target[i*p.K+int(y)] = 1
		}
	}
	f.sums = [2][]float32{make([]float32, len(p.TrainY)*p.K), make([]float32, len(p.TestY)*p.K)}
	return f, nil
}

// Step grows one tree. It never fails.
func (f *forest) Step() error {
	if f.Done() {
		panic("tree: a step after the last")
	}
	for i := range f.rows {
		f.rows[i] = int32(i)
		if !f.random {
			f.rows[i] = int32(f.chance.IntN(len(f.rows)))
		}
	}
	grown := f.planter.grow(f.rows)
	e := f.ensemble
	if f.done == 0 && !f.p.Regression {
		e.margins.base = make([]float32, f.p.K) // trees give whole frequencies
	}
	for c := range f.p.K {
		e.add(grown.branches(c, c, 1))
	}
	e.margins.average(true)
	f.done++
	e.margins.sum((f.done-1)*f.p.K, f.sums[0], f.p.TrainX, len(f.p.TrainY))
	e.margins.sum((f.done-1)*f.p.K, f.sums[1], f.p.TestX, len(f.p.TestY))
	return nil
}

func (f *forest) Done() bool { return f.done == f.trees }

func (f *forest) Progress() (done, total, perPoint int) { return f.done, f.trees, 1 }

// Model returns a *Forest.
func (f *forest) Model() model.Model { return f.model }

// Scores returns the scores of the training and the test rows.
func (f *forest) Scores() (train, test []float32) {
	out := [2][]float32{}
	for s, sums := range f.sums {
		m := &f.ensemble.margins
		out[s] = make([]float32, len(sums))
		for i, v := range sums {
			out[s][i] = m.base[i%m.k] + v/m.mean[i%m.k]
		}
	}
	return out[0], out[1]
}

// checkProblem says what is wrong with the targets, or nil; binned.New looks at
// the features.
func checkProblem(p model.Problem) error {
	if p.D < 1 || p.K < 1 || len(p.TrainX) != len(p.TrainY)*p.D {
		panic("tree: rows of another shape than the problem says")
	}
	if len(p.TrainY) < 1 {
		return errors.New("a tree needs rows to learn from")
	}
	if !kernel.Finite(p.TrainY) {
		return errors.New("the targets hold a value that is not a finite number")
	}
	return nil
}
