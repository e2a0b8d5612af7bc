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

// trees returns what a trained model is made of.
func trees(m model.Model) *tree.Margins {
	return m.(interface{ Ensemble() *tree.Ensemble }).Ensemble().Margin().(*tree.Margins)
}

// halves deals the rows of a table to training and test by the seed.
func halves(table *dataset.Table, seed uint64) model.Problem {
	p := model.Problem{D: len(table.Columns), K: max(1, len(table.Classes())), Regression: table.Regression(), Seed: seed}
	for _, c := range table.Columns {
		p.Categories = append(p.Categories, len(c.Categories))
	}
	train, test := table.Split(0.25, seed)
	for _, i := range train {
		p.TrainX, p.TrainY = append(p.TrainX, table.Row(i)...), append(p.TrainY, table.Y[i])
	}
	for _, i := range test {
		p.TestX, p.TestY = append(p.TestX, table.Row(i)...), append(p.TestY, table.Y[i])
	}
	return p
}

func boosting(rounds int) tree.BoostingParams {
	return tree.BoostingParams{Rounds: rounds, Rate: 0.1, Depth: 3, MinLeaf: 5, L2: 1, Bins: 255, Rows: 1, Columns: 1}
}

// Four rows, two rounds, by hand. The mean is 5. The residuals are -4, -3, 1, 6:
// parting after the second row gains 49/2 + 49/2 = 49, after the first
// 16 + 16/3, after the third 36 + 12. Half of -3.5 and 3.5 is added. Then the
// residuals are -2.25, -1.25, -0.75, 4.25: after the third row 4.25²·(1 + 1/3)
// is most, and half of -17/12 and 4.25 is added.
func TestBoostingByHand(t *testing.T) {
	p := model.Problem{D: 1, K: 1, Regression: true, TrainX: []float32{1, 2, 4, 8}, TrainY: []float32{1, 2, 6, 11}}
	params := tree.BoostingParams{Rounds: 2, Rate: 0.5, Depth: 1, MinLeaf: 1, Bins: 10, Rows: 1, Columns: 1}
	trainer, err := tree.NewBoosting(p, params)
	m := finish(t, trainer, err).Model()
	third := 17. / 24
	for i, want := range []float64{5 - 1.75 - third, 5 - 1.75 - third, 5 + 1.75 - third, 5 + 1.75 + 2.125} {
		if got := predict(m, p.TrainX)[i]; math.Abs(float64(got)-want) > 1e-6 {
			t.Errorf("row %d: %v, want %v", i, got, want)
		}
	}
	// Thresholds lie halfway: 3 goes right at first, 6 in the second round.
	for x, want := range map[float32]float64{2.99: 5 - 1.75 - third, 3: 5 + 1.75 - third, 5.99: 5 + 1.75 - third, 6: 5 + 1.75 + 2.125} {
		if got := predict(m, []float32{x})[0]; math.Abs(float64(got)-want) > 1e-6 {
			t.Errorf("at %v: %v, want %v", x, got, want)
		}
	}
}

// A tree of one leaf is a Newton step of the loss from the margins of the
// class shares, where the gradient is 0, and from other margins towards it.
func TestOneLeafIsNewtonStep(t *testing.T) {
	p := model.Problem{D: 1, K: 2, TrainX: []float32{1, 2, 3, 4, 5}, TrainY: []float32{0, 0, 1, 1, 1}}
	params := tree.BoostingParams{Rounds: 8, Rate: 1, Depth: 1, Leaves: 1, MinLeaf: 1, Bins: 10, Rows: 1, Columns: 1}
	trainer, err := tree.NewBoosting(p, params)
	if err != nil {
		t.Fatal(err)
	}
	z := 1.0
	tree.StartAt(trainer, []float32{-1, 1})
	for range params.Rounds {
		if err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		share := 1 / (1 + math.Exp(-z))
		z -= (5*share - 3) / (5 * share * (1 - share))
		got := predict(trainer.Model().(model.Marginer).Margin(), []float32{7})
		if math.Abs(float64(got[1])-z) > 2e-6 || got[0] != -got[1] {
			t.Fatalf("margins %v, want ±%v", got, z)
		}
	}
	if math.Abs(z-math.Log(1.5)) > 1e-9 {
		t.Errorf("Newton ended at %v", z)
	}
}

// A round of depth 1 on squared loss is the stump with the least squared error.
func TestOneStumpIsLeastSquares(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 100 {
		p := randomProblem(r)
		p.K, p.Regression = 1, true
		trainer, err := tree.NewBoosting(p, tree.BoostingParams{Rounds: 1, Rate: 1, Depth: 1, MinLeaf: 1, Bins: 100, Rows: 1, Columns: 1})
		got := 0.0
		for i, v := range predict(finish(t, trainer, err).Model(), p.TrainX) {
			got += float64((v - p.TrainY[i]) * (v - p.TrainY[i]))
		}
		rows := make([]int, len(p.TrainY))
		for i := range rows {
			rows[i] = i
		}
		want := impurity(p, rows)
		if best, _, _, ok := exhaustive(p, rows, 1); ok {
			want -= best
		}
		if math.Abs(got-want) > 1e-4*max(1, want) {
			t.Fatalf("squared error %v, the best stump has %v", got, want)
		}
	}
}

// Without a penalty and with rounds enough the training rows are learnt by
// heart; few rounds with a low rate hardly leave the mean.
func TestBoostingOverfitsAndUnderfits(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Diabetes(), dataset.Wine()} {
		p := halves(table, 2)
		fit := func(params tree.BoostingParams) model.Point {
			trainer, err := tree.NewBoosting(p, params)
			point, err := model.EvaluateTrainer(finish(t, trainer, err), &p, nil)
			if err != nil {
				t.Fatal(err)
			}
			return point
		}
		much := fit(tree.BoostingParams{Rounds: 150, Rate: 0.3, Depth: 8, MinLeaf: 1, Bins: 4096, Rows: 1, Columns: 1})
		little := fit(tree.BoostingParams{Rounds: 1, Rate: 0.01, Depth: 1, MinLeaf: 1, L2: 1, Bins: 255, Rows: 1, Columns: 1})
		t.Logf("%s: training fit %.4f after much, %.4f after little; loss %.4f, %.4f", table.Name, much.TrainFit, little.TrainFit, much.TrainLoss, little.TrainLoss)
		if much.TrainFit < 0.9999 || little.TrainLoss < 20*much.TrainLoss {
			t.Errorf("%s: %+v, %+v", table.Name, much, little)
		}
	}
}

// Fits on rows that training has not seen, over as many ways to deal them. The
// floors are what such models are known to reach on these tables.
func TestBoostingOnUnseenRows(t *testing.T) {
	for _, c := range []struct {
		table *dataset.Table
		deals uint64
		least float64
	}{{dataset.BreastCancer(), 3, 0.94}, {dataset.Wine(), 3, 0.94}, {dataset.Iris(), 3, 0.91}, {dataset.Digits(), 1, 0.95}, {dataset.Diabetes(), 3, 0.38}} {
		sum := 0.0
		for seed := range c.deals {
			p := halves(c.table, seed)
			trainer, err := tree.NewBoosting(p, boosting(100))
			point, err := model.EvaluateTrainer(finish(t, trainer, err), &p, nil)
			if err != nil {
				t.Fatal(err)
			}
			sum += point.TestFit / float64(c.deals)
		}
		t.Logf("%s: %.4f", c.table.Name, sum)
		if sum < c.least {
			t.Errorf("%s: fit %v on unseen rows, want %v", c.table.Name, sum, c.least)
		}
	}
}

// A missing value tells the class, and so does a category: one split each
// learns it, whichever side missing values must go to.
func TestBoostingLearnsMissingAndCategories(t *testing.T) {
	nan := float32(math.NaN())
	r := rand.New(rand.NewPCG(6, 6))
	for _, missingIs := range []float32{0, 1} {
		p := model.Problem{D: 2, K: 2, Categories: []int{0, 7}}
		for range 300 {
			x, y := r.Float32(), float32(0)
			if x > 0.6 {
				y = 1
			}
			if r.IntN(4) == 0 {
				x, y = nan, missingIs
			}
			p.TrainX, p.TrainY = append(p.TrainX, x, float32(r.IntN(7))), append(p.TrainY, y)
		}
		params := tree.BoostingParams{Rounds: 5, Rate: 1, Depth: 1, MinLeaf: 1, L2: 1, Bins: 255, Rows: 1, Columns: 1}
		trainer, err := tree.NewBoosting(p, params)
		checkLearnt(t, finish(t, trainer, err).Model(), p, "missing")
		for i := range p.TrainY {
			c := int(p.TrainX[2*i+1])
			p.TrainX[2*i], p.TrainY[i] = 0, 0
			if c == 1 || c == 4 || c == 5 {
				p.TrainY[i] = 1
			}
			if missingIs == 1 && i%5 == 0 {
				p.TrainX[2*i+1], p.TrainY[i] = nan, 1
			}
		}
		trainer, err = tree.NewBoosting(p, params)
		checkLearnt(t, finish(t, trainer, err).Model(), p, "categories")
	}
}

func checkLearnt(t *testing.T, m model.Model, p model.Problem, what string) {
	t.Helper()
	for i, y := range p.TrainY {
		row := p.TrainX[i*p.D : (i+1)*p.D]
		if s := predict(m, row); s[int(y)] < 0.9 {
			t.Fatalf("%s: row %v of class %v has the scores %v", what, row, y, s)
		}
	}
}

// On noise the loss of rows held out soon stops falling: training ends early,
// and what is left is the trees up to the best round.
func TestBoostingStopsEarly(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	p := model.Problem{D: 4, K: 2, Seed: 3}
	for range 400 {
		for range p.D {
			p.TrainX = append(p.TrainX, r.Float32())
		}
		y := float32(r.IntN(2))
		if r.IntN(3) == 0 { // a little of it can be learnt
			y = float32(math.Round(float64(p.TrainX[len(p.TrainX)-1])))
		}
		p.TrainY = append(p.TrainY, y)
	}
	params := boosting(500)
	params.Patience, params.HeldOut = 10, 0.25
	trainer, err := tree.NewBoosting(p, params)
	finish(t, trainer, err)
	done, total, _ := trainer.Progress()
	kept := trees(trainer.Model()).Trees() / 2
	t.Logf("stopped after %d rounds, %d are kept", done, kept)
	if done != total || done >= 500 || kept != done-10 || kept < 1 {
		t.Errorf("%d of %d rounds, %d kept", done, total, kept)
	}
	// The same rows without an end: the kept trees are its first.
	params.Rounds = kept
	short, err := tree.NewBoosting(p, params)
	if !slices.Equal(predict(finish(t, short, err).Model(), p.TrainX), predict(trainer.Model(), p.TrainX)) {
		t.Error("the kept trees are not the first ones")
	}
	checkScores(t, trainer, p)
}

// checkScores compares the scores a trainer keeps with its predictions.
func checkScores(t *testing.T, trainer model.Trainer, p model.Problem) {
	t.Helper()
	train, test := trainer.(model.Scored).Scores()
	m := trainer.Model()
	if !slices.Equal(train, predict(m, p.TrainX)) || !slices.Equal(test, predict(m, p.TestX)) {
		t.Error("the scores kept are not the model's")
	}
}

// Rows and columns of a round are drawn: the root has the share of the rows,
// and no tree asks about more features than its share.
func TestBoostingSamples(t *testing.T) {
	p := halves(dataset.BreastCancer(), 1)
	params := boosting(40)
	params.Rows, params.Columns = 0.5, 0.1
	trainer, err := tree.NewBoosting(p, params)
	m := trees(finish(t, trainer, err).Model())
	all := map[int32]bool{}
	for i := range m.Trees() {
		feature, _, _, cover := m.Nodes(i)
		if want := float32(math.Round(float64(len(p.TrainY)) * 0.5)); cover[0] != want {
			t.Fatalf("tree %d: %v rows, want %v", i, cover[0], want)
		}
		used := map[int32]bool{}
		for _, f := range feature {
			if f >= 0 {
				used[f], all[f] = true, true
			}
		}
		if len(used) > 3 {
			t.Fatalf("tree %d asks about %d features", i, len(used))
		}
	}
	if len(all) < 20 {
		t.Errorf("only %d features were ever asked about", len(all))
	}
}

func TestBoostingRefuses(t *testing.T) {
	good := model.Problem{TrainX: []float32{1, 2, 3}, TrainY: []float32{0, 1, 1}, D: 1, K: 2}
	for name, spoil := range map[string]func(p *model.Problem, b *tree.BoostingParams){
		"no rows":         func(p *model.Problem, _ *tree.BoostingParams) { p.TrainX, p.TrainY = nil, nil },
		"infinite":        func(p *model.Problem, _ *tree.BoostingParams) { p.TrainX = []float32{1, 2, float32(math.Inf(1))} },
		"infinite target": func(p *model.Problem, _ *tree.BoostingParams) { p.TrainY = []float32{1, 1, float32(math.Inf(1))} },
		"no code":         func(p *model.Problem, _ *tree.BoostingParams) { p.Categories = []int{2} },
		"half a code": func(p *model.Problem, _ *tree.BoostingParams) {
			p.Categories, p.TrainX = []int{9}, []float32{1, 2.5, 3}
		},
		"rounds":       func(_ *model.Problem, b *tree.BoostingParams) { b.Rounds = 0 },
		"rate":         func(_ *model.Problem, b *tree.BoostingParams) { b.Rate = 0 },
		"rate is NaN":  func(_ *model.Problem, b *tree.BoostingParams) { b.Rate = math.NaN() },
		"depth":        func(_ *model.Problem, b *tree.BoostingParams) { b.Depth = 0 },
		"leaves":       func(_ *model.Problem, b *tree.BoostingParams) { b.Leaves = -1 },
		"empty leaves": func(_ *model.Problem, b *tree.BoostingParams) { b.MinLeaf = 0 },
		"penalty":      func(_ *model.Problem, b *tree.BoostingParams) { b.L2 = -1 },
		"bins":         func(_ *model.Problem, b *tree.BoostingParams) { b.Bins = 1 },
		"rows":         func(_ *model.Problem, b *tree.BoostingParams) { b.Rows = 1.5 },
		"held out":     func(_ *model.Problem, b *tree.BoostingParams) { b.Patience = 1 },
		"all held out": func(_ *model.Problem, b *tree.BoostingParams) { b.Patience, b.HeldOut = 1, 0.99 },
	} {
		p, params := good, boosting(3)
		spoil(&p, &params)
		if _, err := tree.NewBoosting(p, params); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	trainer, err := tree.NewBoosting(good, boosting(3))
	finish(t, trainer, err)
}
