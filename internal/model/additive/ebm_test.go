package additive_test

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/additive"
)

func usual() additive.EBMParams {
	return additive.EBMParams{Rounds: 150, Rate: 0.1, Leaves: 3, MinLeaf: 2, Bins: 255, PairBins: 16, Pairs: 3, Bags: 3, HeldOut: 0.15, Patience: 10}
}

func train(t testing.TB, p model.Problem, params additive.EBMParams) model.Trainer {
	t.Helper()
	trainer, err := additive.NewEBM(p, params)
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		done, total, _ := trainer.Progress()
		if total <= done {
			t.Fatalf("%d of %d steps, and not done", done, total)
		}
		if err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	return trainer
}

// inside returns the sum that a trained model is.
func inside(m model.Model) *additive.Model {
	if c, ok := m.(additive.Classifier); ok {
		return c.Model
	}
	return m.(*additive.Model)
}

func predict(m model.Model, x []float32) []float32 {
	d, k := m.Dims()
	dst := make([]float32, len(x)/d*k)
	m.Predict(dst, x, len(x)/d)
	return dst
}

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

// made returns n rows of uniform numbers in -1..1 and what f says of them.
func made(n, d, k int, seed uint64, f func(r *rand.Rand, x []float32) float32) model.Problem {
	r := rand.New(rand.NewPCG(seed, 4))
	p := model.Problem{D: d, K: k, Regression: k == 1, Seed: seed}
	for i := range 2 * n {
		x := make([]float32, d)
		for j := range x {
			x[j] = 2*r.Float32() - 1
		}
		if y := f(r, x); i < n {
			p.TrainX, p.TrainY = append(p.TrainX, x...), append(p.TrainY, y)
		} else {
			p.TestX, p.TestY = append(p.TestX, x...), append(p.TestY, y)
		}
	}
	return p
}

func fitOf(t testing.TB, trainer model.Trainer, p model.Problem) model.Point {
	t.Helper()
	point, err := model.EvaluateTrainer(trainer, &p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return point
}

// With a rate of 1 and a leaf for every value, one round on one feature gives
// the mean of the target for each value.
func TestOneRoundGivesMeans(t *testing.T) {
	nan := float32(math.NaN())
	for _, categories := range [][]int{nil, {5}} {
		p := model.Problem{D: 1, K: 1, Regression: true, Categories: categories,
			TrainX: []float32{0, 0, 1, 3, 3, 3, nan, nan}, TrainY: []float32{1, 3, 7, 4, 5, 6, 10, 20}}
		m := train(t, p, additive.EBMParams{Rounds: 1, Rate: 1, Leaves: 9, MinLeaf: 1, Bins: 9, PairBins: 2, Bags: 1}).Model()
		for x, want := range map[float32]float64{0: 2, 1: 7, 3: 5} {
			if got := predict(m, []float32{x})[0]; math.Abs(float64(got)-want) > 0.01 { // the ridge pulls by 1/1000
				t.Errorf("%v at %v, want %v", got, x, want)
			}
		}
		if got := predict(m, []float32{nan})[0]; math.Abs(float64(got)-15) > 0.01 {
			t.Errorf("%v where it is missing, want 15", got)
		}
	}
}

// The margin is the base plus what the terms add, which is what an explanation
// says; every term is centred, and the base is the mean margin.
func TestSumOfCentredTerms(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Wine(), dataset.Diabetes(), dataset.Loans(400, 2)} {
		p := halves(table, 3)
		params := usual()
		params.Rounds = 20
		trainer := train(t, p, params)
		m := inside(trainer.Model())
		var of model.Model = m
		if c, ok := trainer.Model().(model.Marginer); ok {
			of = c.Margin()
		}
		margins := predict(of, p.TrainX)
		n, terms := len(p.TrainY), len(m.Terms())
		if terms != p.D+params.Pairs {
			t.Fatalf("%s: %d terms", table.Name, terms)
		}
		add := make([]float64, terms)
		for c := range p.K {
			scale := 1.0
			mean, middle := make([]float64, terms), 0.0
			for i := range n {
				m.Contributions(add, p.TrainX[i*p.D:(i+1)*p.D], c)
				sum := float64(m.Base()[c])
				for j, v := range add {
					sum += v
					mean[j] += v / float64(n)
				}
				got := float64(margins[i*p.K+c])
				scale = max(scale, math.Abs(got))
				middle += got / float64(n)
				if math.Abs(got-sum) > 1e-5*scale {
					t.Fatalf("%s row %d: margin %v, the terms sum to %v", table.Name, i, got, sum)
				}
			}
			for j, v := range mean {
				if math.Abs(v) > 1e-6*scale {
					t.Errorf("%s: term %d has the mean %v", table.Name, j, v)
				}
			}
			if math.Abs(middle-float64(m.Base()[c])) > 1e-5*scale {
				t.Errorf("%s: base %v, mean margin %v", table.Name, m.Base()[c], middle)
			}
		}
		for _, term := range m.Terms() {
			rows := 0
			for _, r := range term.Rows {
				rows += r
			}
			if rows != n || len(term.Value) != len(term.Rows)*p.K || len(term.Spread) != len(term.Value) {
				t.Fatalf("%s: a term of %d rows, %d values", table.Name, rows, len(term.Value))
			}
		}
	}
}

// Where the truth is a sum of functions, they are found, each by itself.
func TestFindsTheFunctions(t *testing.T) {
	truth := []func(x float64) float64{
		func(x float64) float64 { return math.Sin(3 * x) },
		func(x float64) float64 { return 2*x*x - 2./3 },
		func(x float64) float64 { return 0 },
	}
	p := made(4000, 3, 1, 5, func(r *rand.Rand, x []float32) float32 {
		y := 0.2 * r.NormFloat64()
		for j, f := range truth {
			y += f(float64(x[j]))
		}
		return float32(y)
	})
	params := usual()
	params.Pairs = 0
	trainer := train(t, p, params)
	if fit := fitOf(t, trainer, p); fit.TestFit < 0.93 { // the noise leaves 0.96
		t.Errorf("R² %v on unseen rows", fit.TestFit)
	}
	m := inside(trainer.Model())
	for j, term := range m.Terms() {
		off, rows := 0.0, 0.0
		for bin := 1; bin < len(term.Rows); bin++ {
			x := float64(term.Bins[0].Low[bin]+term.Bins[0].High[bin]) / 2
			d := float64(term.Value[bin]) - truth[j](x)
			off += d * d * float64(term.Rows[bin])
			rows += float64(term.Rows[bin])
		}
		t.Logf("feature %d: off by %.3f (root mean square)", j, math.Sqrt(off/rows))
		if math.Sqrt(off/rows) > 0.12 {
			t.Errorf("feature %d: off by %v", j, math.Sqrt(off/rows))
		}
	}
}

// Two features that say something only together are chosen as the first pair,
// and without it nothing is learnt.
func TestFindsThePair(t *testing.T) {
	p := made(1500, 6, 2, 6, func(r *rand.Rand, x []float32) float32 {
		if (x[1] > 0) != (x[4] > 0.2) {
			return 1
		}
		return 0
	})
	params := usual()
	params.Pairs = 0
	alone := fitOf(t, train(t, p, params), p)
	params.Pairs = 1
	trainer := train(t, p, params)
	together := fitOf(t, trainer, p)
	t.Logf("accuracy %.3f without the pair, %.3f with it", alone.TestFit, together.TestFit)
	if alone.TestFit > 0.65 || together.TestFit < 0.97 {
		t.Errorf("accuracy %v without the pair, %v with it", alone.TestFit, together.TestFit)
	}
	terms := inside(trainer.Model()).Terms()
	if got := terms[len(terms)-1].Features; !slices.Equal(got, []int{1, 4}) {
		t.Errorf("pair %v", got)
	}
}

// Rounds end where rows held out gain no more, and the best round is kept: the
// model is better on unseen rows than one that went on.
func TestStopsEarly(t *testing.T) {
	p := made(300, 5, 2, 7, func(r *rand.Rand, x []float32) float32 {
		if float64(x[0])+r.NormFloat64() > 0 {
			return 1
		}
		return 0
	})
	params := usual()
	params.Rounds, params.Pairs, params.Rate, params.MinLeaf = 400, 0, 0.3, 1
	trainer := train(t, p, params)
	done, _, _ := trainer.Progress()
	early := fitOf(t, trainer, p)
	params.Patience = 0
	late := fitOf(t, train(t, p, params), p)
	t.Logf("%d rounds: loss %.3f on unseen rows, %.3f after 400", done, early.TestLoss, late.TestLoss)
	if done >= 400 || early.TestLoss >= late.TestLoss || late.TrainLoss >= early.TrainLoss {
		t.Errorf("%d rounds, %+v, %+v", done, early, late)
	}
}

// Fits on rows that training has not seen, over as many ways to deal them.
func TestOnUnseenRows(t *testing.T) {
	for _, c := range []struct {
		table *dataset.Table
		deals uint64
		least float64
	}{{dataset.BreastCancer(), 1, 0.95}, {dataset.Wine(), 1, 0.94}, {dataset.Iris(), 3, 0.91}, {dataset.Diabetes(), 3, 0.4}, {dataset.Loans(600, 1), 3, 0.75}} {
		sum := 0.0
		for seed := range c.deals {
			p := halves(c.table, seed)
			sum += fitOf(t, train(t, p, usual()), p).TestFit / float64(c.deals)
		}
		t.Logf("%s: %.4f", c.table.Name, sum)
		if sum < c.least {
			t.Errorf("%s: fit %v on unseen rows, want %v", c.table.Name, sum, c.least)
		}
	}
}

func TestSpread(t *testing.T) {
	p := halves(dataset.Diabetes(), 2)
	params := usual()
	params.Rounds, params.Pairs = 10, 0
	some := func(terms []additive.Term) (out float32) {
		for _, term := range terms {
			for _, v := range term.Spread {
				out = max(out, v)
			}
		}
		return out
	}
	if got := some(inside(train(t, p, params).Model()).Terms()); got <= 0 {
		t.Error("bags that saw other rows agree in everything")
	}
	params.Bags, params.Patience = 1, 0
	if got := some(inside(train(t, p, params).Model()).Terms()); got != 0 {
		t.Errorf("one bag has a spread of %v", got)
	}
}

// The same model on every machine.
func TestSameBitsEverywhere(t *testing.T) {
	for _, c := range []struct {
		table *dataset.Table
		want  uint64
	}{{dataset.BreastCancer(), 0x47d2ad5c110834e4}, {dataset.Iris(), 0x20a21891d97ddb36}, {dataset.Diabetes(), 0x8a3ba6bc1fb0a949}} {
		params := usual()
		params.Rounds = 15
		h := fnv.New64a()
		for _, v := range predict(train(t, halves(c.table, 8), params).Model(), c.table.X) {
			binary.Write(h, binary.LittleEndian, math.Float32bits(v))
		}
		if got := h.Sum64(); got != c.want {
			t.Errorf("%s: %#x, want %#x", c.table.Name, got, c.want)
		}
	}
}

func TestRefuses(t *testing.T) {
	inf := float32(math.Inf(1))
	good := model.Problem{TrainX: []float32{1, 2, 3, 4}, TrainY: []float32{0, 1, 1, 0}, D: 1, K: 2}
	for name, spoil := range map[string]func(p *model.Problem, e *additive.EBMParams){
		"no rows":         func(p *model.Problem, _ *additive.EBMParams) { p.TrainX, p.TrainY = nil, nil },
		"infinite":        func(p *model.Problem, _ *additive.EBMParams) { p.TrainX = []float32{1, 2, 3, inf} },
		"infinite target": func(p *model.Problem, _ *additive.EBMParams) { p.TrainY = []float32{1, 1, 1, inf} },
		"rounds":          func(_ *model.Problem, e *additive.EBMParams) { e.Rounds = 0 },
		"rate":            func(_ *model.Problem, e *additive.EBMParams) { e.Rate = 1.5 },
		"leaves":          func(_ *model.Problem, e *additive.EBMParams) { e.Leaves = 1 },
		"smallest leaf":   func(_ *model.Problem, e *additive.EBMParams) { e.MinLeaf = 0 },
		"bins":            func(_ *model.Problem, e *additive.EBMParams) { e.Bins = 1 },
		"bins of pairs":   func(_ *model.Problem, e *additive.EBMParams) { e.PairBins = 300 },
		"pairs":           func(_ *model.Problem, e *additive.EBMParams) { e.Pairs = -1 },
		"bags":            func(_ *model.Problem, e *additive.EBMParams) { e.Bags = 0 },
		"held out":        func(_ *model.Problem, e *additive.EBMParams) { e.HeldOut = 0 },
		"all held out":    func(_ *model.Problem, e *additive.EBMParams) { e.HeldOut = 0.99 },
	} {
		p, params := good, usual()
		spoil(&p, &params)
		if _, err := additive.NewEBM(p, params); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
