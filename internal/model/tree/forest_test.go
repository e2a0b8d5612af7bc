package tree_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

var forests = map[string]func(model.Problem, tree.ForestParams) (model.Trainer, error){
	"forest": tree.NewRandomForest, "extra-trees": tree.NewExtraTrees,
}

// leaf walks a tree by what explainers read of it.
func leaf(m *tree.Margins, t int, x []float32) float64 {
	feature, right, value, _ := m.Nodes(t)
	turns := make([]bool, len(feature))
	m.Turns(turns, t, x)
	at := int32(0)
	for feature[at] >= 0 {
		if turns[at] {
			at++
		} else {
			at = right[at]
		}
	}
	return float64(value[at])
}

// A forest is the mean of its trees, at every step; the scores that the trainer
// keeps are its predictions; before the first tree it gives the shares.
func TestForestIsMeanOfTrees(t *testing.T) {
	for name, grow := range forests {
		for _, table := range []*dataset.Table{dataset.Wine(), dataset.Diabetes(), dataset.Loans(300, 1)} {
			p := halves(table, 4)
			trainer, err := grow(p, tree.ForestParams{Trees: 7, Depth: 5, MinLeaf: 2})
			if err != nil {
				t.Fatal(err)
			}
			share := make([]float64, p.K)
			for _, y := range p.TrainY {
				if p.Regression {
					share[0] += float64(y) / float64(len(p.TrainY))
				} else {
					share[int(y)] += 1 / float64(len(p.TrainY))
				}
			}
			for done := 0; ; done++ {
				checkScores(t, trainer, p)
				x := p.TestX[:p.D]
				want := slices.Clone(share)
				m := trees(trainer.Model())
				if m.Trees() != done*p.K {
					t.Fatalf("%s: %d trees after %d steps", name, m.Trees(), done)
				}
				if done > 0 {
					for c := range want {
						want[c] = m.Base(c)
					}
				}
				for i := range m.Trees() {
					want[i%p.K] += leaf(m, i, x) / float64(done)
				}
				for c, got := range predict(trainer.Model(), x) {
					if math.Abs(float64(got)-want[c]) > 1e-5*max(1, math.Abs(want[c])) {
						t.Fatalf("%s %s after %d trees: %v, want %v", name, table.Name, done, got, want[c])
					}
				}
				if trainer.Done() {
					break
				}
				if err := trainer.Step(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// A forest that looks at all features is a set of trees that NewTree grows on
// the rows drawn with replacement.
func TestForestGrowsTreesOfCART(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.Iris(), dataset.BreastCancer(), dataset.Diabetes()} {
		p := whole(table)
		p.Seed = 12
		trainer, err := tree.NewRandomForest(p, tree.ForestParams{Trees: 3, Depth: 4, MinLeaf: 3, Features: p.D})
		got := predict(finish(t, trainer, err).Model(), p.TrainX)
		want := make([]float64, len(got))
		r := rand.New(rand.NewPCG(p.Seed, 0x666f7265))
		for range 3 {
			drawn := p
			drawn.TrainX, drawn.TrainY = nil, nil
			for range p.TrainY {
				i := r.IntN(len(p.TrainY))
				drawn.TrainX, drawn.TrainY = append(drawn.TrainX, table.Row(i)...), append(drawn.TrainY, p.TrainY[i])
			}
			for i, v := range predict(grow(t, drawn, tree.TreeParams{Depth: 4, MinLeaf: 3}, math.MaxInt), p.TrainX) {
				want[i] += float64(v) / 3
			}
		}
		apart := 0
		for i := range got {
			if math.Abs(float64(got[i])-want[i]) > 1e-5*max(1, math.Abs(want[i])) {
				apart++
			}
		}
		t.Logf("%s: %d of %d scores differ", table.Name, apart, len(got))
		if apart > len(got)/50 { // a row on a threshold: x = t goes left there and right here
			t.Errorf("%s: %d of %d scores differ", table.Name, apart, len(got))
		}
	}
}

// Extremely randomised trees without limits know every row by heart.
func TestExtraTreesLearnByHeart(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.Iris(), dataset.Diabetes(), dataset.Digits()} {
		p := whole(table)
		trainer, err := tree.NewExtraTrees(p, tree.ForestParams{Trees: 4, Depth: 200, MinLeaf: 1})
		point, err := model.EvaluateTrainer(finish(t, trainer, err), &p, nil)
		if err != nil || point.TrainFit < 0.99999 {
			t.Errorf("%s: training fit %v, %v", table.Name, point.TrainFit, err)
		}
	}
}

// Fits on rows that training has not seen, over as many ways to deal them; more
// trees do better than one.
func TestForestsOnUnseenRows(t *testing.T) {
	for name, grow := range forests {
		for _, c := range []struct {
			table *dataset.Table
			deals uint64
			least float64
		}{{dataset.BreastCancer(), 3, 0.94}, {dataset.Wine(), 3, 0.96}, {dataset.Iris(), 3, 0.92}, {dataset.Digits(), 1, 0.965}, {dataset.Diabetes(), 3, 0.38}} {
			fit := func(trees int) float64 {
				sum := 0.0
				for seed := range c.deals {
					p := halves(c.table, seed)
					trainer, err := grow(p, tree.ForestParams{Trees: trees, Depth: 30, MinLeaf: 1})
					point, err := model.EvaluateTrainer(finish(t, trainer, err), &p, nil)
					if err != nil {
						t.Fatal(err)
					}
					sum += point.TestFit / float64(c.deals)
				}
				return sum
			}
			one, many := fit(1), fit(100)
			t.Logf("%s %s: %.4f, one tree %.4f", name, c.table.Name, many, one)
			if many < c.least || many <= one {
				t.Errorf("%s %s: fit %v on unseen rows, one tree %v", name, c.table.Name, many, one)
			}
		}
	}
}

// Missing values and categories are learnt as boosting learns them.
func TestForestsLearnMissingAndCategories(t *testing.T) {
	nan := float32(math.NaN())
	r := rand.New(rand.NewPCG(6, 8))
	for name, grow := range forests {
		p := model.Problem{D: 2, K: 3, Categories: []int{0, 7}, Seed: 9}
		for range 300 {
			x, c, y := r.Float32(), float32(r.IntN(7)), float32(0)
			if c == 1 || c == 4 || c == 5 {
				y = 1
			}
			if r.IntN(4) == 0 {
				x, y = nan, 2
			}
			p.TrainX, p.TrainY = append(p.TrainX, x, c), append(p.TrainY, y)
		}
		trainer, err := grow(p, tree.ForestParams{Trees: 40, Depth: 40, MinLeaf: 1, Features: 2})
		checkLearnt(t, finish(t, trainer, err).Model(), p, name)
	}
}

// The same models on every machine, with chance in every part of them.
func TestEnsemblesSameBitsEverywhere(t *testing.T) {
	params := boosting(20)
	params.Rows, params.Columns, params.Patience, params.HeldOut, params.Leaves = 0.7, 0.7, 5, 0.2, 6
	for _, c := range []struct {
		table *dataset.Table
		want  [3]uint64 // boosting, forest, extra trees
	}{
		{dataset.BreastCancer(), [3]uint64{0x9894c838a3357da8, 0x8515dc9d091bd8fe, 0x6bc2a42db7820c42}},
		{dataset.Iris(), [3]uint64{0x1708b0aedad489e1, 0x6a7345ce2551ba2c, 0xeb1f8061be8977e}},
		{dataset.Diabetes(), [3]uint64{0x1d737e7293e7c052, 0x95ca3045a0abd37d, 0x722454d6ea35dccf}},
	} {
		p := halves(c.table, 21)
		for i, start := range []func() (model.Trainer, error){
			func() (model.Trainer, error) { return tree.NewBoosting(p, params) },
			func() (model.Trainer, error) {
				return tree.NewRandomForest(p, tree.ForestParams{Trees: 10, Depth: 9, MinLeaf: 2})
			},
			func() (model.Trainer, error) {
				return tree.NewExtraTrees(p, tree.ForestParams{Trees: 10, Depth: 9, MinLeaf: 2})
			},
		} {
			trainer, err := start()
			if got := hash(predict(finish(t, trainer, err).Model(), c.table.X)); got != c.want[i] {
				t.Errorf("%s, model %d: %#x, want %#x", c.table.Name, i, got, c.want[i])
			}
		}
	}
}

func TestForestRefuses(t *testing.T) {
	good := model.Problem{TrainX: []float32{1, 2, 3}, TrainY: []float32{0, 1, 1}, D: 1, K: 2}
	params := tree.ForestParams{Trees: 1, Depth: 1, MinLeaf: 1}
	for name, spoil := range map[string]func(p *model.Problem, f *tree.ForestParams){
		"no rows":      func(p *model.Problem, _ *tree.ForestParams) { p.TrainX, p.TrainY = nil, nil },
		"infinite":     func(p *model.Problem, _ *tree.ForestParams) { p.TrainX = []float32{1, 2, float32(math.Inf(1))} },
		"no trees":     func(_ *model.Problem, f *tree.ForestParams) { f.Trees = 0 },
		"depth":        func(_ *model.Problem, f *tree.ForestParams) { f.Depth = tree.MaxDepth + 1 },
		"empty leaves": func(_ *model.Problem, f *tree.ForestParams) { f.MinLeaf = 0 },
		"features":     func(_ *model.Problem, f *tree.ForestParams) { f.Features = -1 },
	} {
		p, f := good, params
		spoil(&p, &f)
		if _, err := tree.NewRandomForest(p, f); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
