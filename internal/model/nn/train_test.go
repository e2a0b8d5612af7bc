package nn

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/model"
)

// xor is the four corners, each many times, which no linear model can learn.
func xor() model.Problem {
	p := model.Problem{D: 2, K: 2, Seed: 1}
	for range 16 {
		p.TrainX = append(p.TrainX, 0, 0, 0, 1, 1, 0, 1, 1)
		p.TrainY = append(p.TrainY, 0, 1, 1, 0)
	}
	return p
}

// rings has two classes of points around the origin in data units that
// standardisation must deal with: metres and microseconds, so to speak.
func rings(n int, seed uint64) model.Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := model.Problem{D: 2, K: 2, Seed: seed}
	for i := range n {
		x, y := float32(2*r.Float64()-1), float32(2*r.Float64()-1)
		length := float32(x*x) + float32(y*y)
		class := float32(i % 2)
		scale := (1 + class) / (2 * float32(math.Sqrt(float64(length))))
		p.TrainX = append(p.TrainX, 1000+float32(100*x*scale), float32(y*scale)/1e6)
		p.TrainY = append(p.TrainY, class)
	}
	return p
}

// stripes has images of height×width pixels 0..16 with a dark stripe: lying
// (class 0), standing (1), or slanting (2).
func stripes(n, height, width int, seed uint64) model.Problem {
	r := rand.New(rand.NewPCG(seed, 2))
	p := model.Problem{D: height * width, K: 3, Height: height, Width: width, Seed: seed}
	for i := range n {
		class := i % 3
		at := r.IntN(height)
		for y := range height {
			for x := range width {
				on := [3]bool{y == at, x == at%width, (x+y)%width == at%width}[class]
				v := float32(r.IntN(6))
				if on {
					v = float32(11 + r.IntN(6))
				}
				p.TrainX = append(p.TrainX, v)
			}
		}
		p.TrainY = append(p.TrainY, float32(class))
	}
	return p
}

// mlp and cnn are the parameters tests start from.
func mlp() MLPParams {
	return MLPParams{Hidden: []int{8, 8}, Activation: "tanh", Optimizer: "adam", Rate: 0.02, Batch: 16, Epochs: 40}
}

func cnn() CNNParams {
	return CNNParams{Filters: 4, Optimizer: "adam", Rate: 0.01, Batch: 16, Epochs: 6}
}

// newMLP and newCNN fail the test on an error.
func newMLP(t testing.TB, p model.Problem, params MLPParams) *trainer {
	t.Helper()
	tr, err := NewMLP(p, params)
	if err != nil {
		t.Fatal(err)
	}
	return tr.(*trainer)
}

func newCNN(t testing.TB, p model.Problem, params CNNParams) *trainer {
	t.Helper()
	tr, err := NewCNN(p, params)
	if err != nil {
		t.Fatal(err)
	}
	return tr.(*trainer)
}

// train takes steps steps, or all of them where steps is 0.
func train(t testing.TB, tr *trainer, steps int) {
	t.Helper()
	for i := 0; !tr.Done() && (steps == 0 || i < steps); i++ {
		if err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// accuracy returns the share of rows with the right class on top.
func accuracy(m model.Model, x, y []float32) float64 {
	_, k := m.Dims()
	scores := make([]float32, len(y)*k)
	m.Predict(scores, x, len(y))
	right := 0
	for i, want := range y {
		best := 0
		for j := range k {
			if scores[i*k+j] > scores[i*k+best] {
				best = j
			}
		}
		if best == int(want) {
			right++
		}
	}
	return float64(right) / float64(len(y))
}

func TestXOR(t *testing.T) {
	for _, activation := range []string{"relu", "tanh", "sigmoid"} {
		for _, optimizer := range []string{"adam", "sgd"} {
			p := xor()
			params := MLPParams{Hidden: []int{8}, Activation: activation, Optimizer: optimizer, Rate: 0.05, Batch: 8, Epochs: 200}
			if optimizer == "sgd" {
				params.Rate = 0.5
			}
			tr := newMLP(t, p, params)
			train(t, tr, 0)
			if a := accuracy(tr.Model(), p.TrainX, p.TrainY); a != 1 {
				t.Errorf("%s %s: accuracy %g, want 1", activation, optimizer, a)
			}
			params.Hidden = nil
			linear := newMLP(t, p, params)
			train(t, linear, 0)
			if a := accuracy(linear.Model(), p.TrainX, p.TrainY); a > 0.75 {
				t.Errorf("a linear model has accuracy %g on XOR; at most 0.75 is possible", a)
			}
		}
	}
}

func TestRings(t *testing.T) {
	p, test := rings(400, 1), rings(200, 2)
	tr := newMLP(t, p, mlp())
	train(t, tr, 0)
	if a := accuracy(tr.Model(), test.TrainX, test.TrainY); a < 0.98 {
		t.Errorf("accuracy %g on new rows, want 0.98", a)
	}
}

func TestStripes(t *testing.T) {
	for _, side := range [][2]int{{8, 8}, {6, 5}} {
		p, test := stripes(300, side[0], side[1], 1), stripes(150, side[0], side[1], 2)
		tr := newCNN(t, p, cnn())
		train(t, tr, 0)
		if a := accuracy(tr.Model(), test.TrainX, test.TrainY); a < 0.95 {
			t.Errorf("%v: accuracy %g on new images, want 0.95", side, a)
		}
	}
}

// TestLeastSquares compares a network without hidden layers with the exact
// line through noiseless data, in data units.
func TestLeastSquares(t *testing.T) {
	p := model.Problem{D: 2, K: 1, Regression: true, Seed: 3}
	r := rand.New(rand.NewPCG(3, 3))
	for range 64 {
		a, b := float32(50+10*r.Float64()), float32(r.Float64())
		p.TrainX = append(p.TrainX, a, b)
		p.TrainY = append(p.TrainY, 300+float32(7*a)-float32(40*b))
	}
	tr := newMLP(t, p, MLPParams{Activation: "relu", Optimizer: "sgd", Rate: 0.2, Batch: 64, Epochs: 300})
	train(t, tr, 0)
	m := tr.Model().(Regressor)
	got, slope := make([]float32, 1), make([]float32, 2)
	m.Predict(got, []float32{60, 0.5}, 1)
	m.Gradient(slope, []float32{60, 0.5}, 1, 0)
	// Standardised values are a few units of 6e-8 off; one is 25 target units.
	if math.Abs(float64(got[0])-700) > 1e-3 || math.Abs(float64(slope[0])-7) > 1e-4 || math.Abs(float64(slope[1])+40) > 1e-3 {
		t.Errorf("predicts %g with slope %v, want 700 with [7 -40]", got[0], slope)
	}
}

// TestL2 checks the penalty's optimum: one standardised feature equal to the
// standardised target has the loss (w-1)² + L2/2·w², least at 1/(1+L2/2).
func TestL2(t *testing.T) {
	p := model.Problem{D: 1, K: 1, Regression: true, TrainX: []float32{1, 2, 3, 4}, TrainY: []float32{10, 20, 30, 40}}
	tr := newMLP(t, p, MLPParams{Activation: "relu", Optimizer: "sgd", Rate: 0.1, Batch: 4, Epochs: 200, L2: 1})
	train(t, tr, 0)
	if w := tr.weights.flat[0]; math.Abs(float64(w)-1/1.5) > 1e-5 {
		t.Errorf("weight %g, want %g", w, 1/1.5)
	}
}

// TestSeed checks that a seed gives the same weights again, also where
// predictions are asked for between steps, and another seed others.
func TestSeed(t *testing.T) {
	p := rings(100, 5)
	a, b := newMLP(t, p, mlp()), newMLP(t, p, mlp())
	p.Seed++
	c := newMLP(t, p, mlp())
	dst := make([]float32, 200)
	for range 30 {
		train(t, a, 1)
		train(t, b, 1)
		train(t, c, 1)
		b.Model().Predict(dst, p.TrainX, 100)
		b.Model().(Classifier).Gradient(dst, p.TrainX, 100, 1)
	}
	if a.weightHash() != b.weightHash() {
		t.Error("the same seed gives other weights")
	}
	if a.weightHash() == c.weightHash() {
		t.Error("another seed gives the same weights")
	}
}

func TestProgress(t *testing.T) {
	params := mlp()
	params.Batch, params.Epochs = 30, 2
	tr := newMLP(t, rings(100, 6), params)
	if done, total, per := tr.Progress(); done != 0 || total != 8 || per != 4 {
		t.Errorf("Progress = %d, %d, %d; want 0, 8, 4", done, total, per)
	}
	seen := map[int]int{}
	for i := range 4 {
		train(t, tr, 1)
		want := 30
		if i == 3 {
			want = 10
		}
		if got := len(tr.input.Value()) / 2; got != want {
			t.Errorf("batch %d has %d rows, want %d", i, got, want)
		}
		for _, row := range tr.order[i*30 : min(i*30+30, 100)] {
			seen[row]++
		}
	}
	if len(seen) != 100 {
		t.Errorf("an epoch visits %d rows of 100", len(seen))
	}
	train(t, tr, 0)
	if done, _, _ := tr.Progress(); done != 8 || !tr.Done() {
		t.Errorf("%d steps done, Done %v", done, tr.Done())
	}
}

// TestDiverged checks that a step that leaves the finite numbers is reported
// and undone, with either optimiser, and again when it is tried again.
func TestDiverged(t *testing.T) {
	for _, optimizer := range []string{"sgd", "adam"} {
		p := rings(100, 7)
		p.Regression, p.K = true, 1
		params := mlp()
		params.Activation, params.Optimizer, params.Rate = "relu", optimizer, 1e30
		tr := newMLP(t, p, params)
		var before uint64
		var err error
		steps := 0
		for err == nil && !tr.Done() {
			before = tr.weightHash()
			err = tr.Step()
			steps++
		}
		for range 2 {
			var diverged *model.DivergedError
			if !errors.As(err, &diverged) {
				t.Fatalf("%s: error %v, want *model.DivergedError", optimizer, err)
			}
			if diverged.Step != steps || diverged.Loss-diverged.Loss == 0 {
				t.Errorf("%s: %+v at step %d", optimizer, *diverged, steps)
			}
			if tr.weightHash() != before {
				t.Errorf("%s: the weights changed", optimizer)
			}
			if done, _, _ := tr.Progress(); done != steps-1 {
				t.Errorf("%s: %d steps done, want %d", optimizer, done, steps-1)
			}
			err = tr.Step()
		}
	}
}

// TestGradientNotFinite checks that no such gradient gets past an optimiser,
// which only looks at the weights it makes.
func TestGradientNotFinite(t *testing.T) {
	for _, optimizer := range []string{"sgd", "adam"} {
		for _, bad := range []float64{math.Inf(1), math.Inf(-1), math.NaN()} {
			w := []float32{1, 2, 3}
			o := newOptimiser(schedule{optimizer: optimizer, rate: 1e-30}, w)
			if !o.step(w, []float32{1, 0, -1}) {
				t.Fatalf("%s refuses a finite gradient", optimizer)
			}
			before := [2][]float32{slices.Clone(w), slices.Clone(o.m)}
			if o.step(w, []float32{0, float32(bad), 1}) {
				t.Errorf("%s takes the gradient %g", optimizer, bad)
			}
			if !slices.Equal(w, before[0]) || !slices.Equal(o.m, before[1]) {
				t.Errorf("%s, gradient %g: something changed", optimizer, bad)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		want string
		mlp  func(p *model.Problem, m *MLPParams)
	}{
		{"activation", func(_ *model.Problem, m *MLPParams) { m.Activation = "step" }},
		{"optimizer", func(_ *model.Problem, m *MLPParams) { m.Optimizer = "" }},
		{"hidden layers", func(_ *model.Problem, m *MLPParams) { m.Hidden = make([]int, 7) }},
		{"hidden layer 2 has 257", func(_ *model.Problem, m *MLPParams) { m.Hidden = []int{1, 257} }},
		{"hidden layer 1 has 0", func(_ *model.Problem, m *MLPParams) { m.Hidden = []int{0} }},
		{"rate", func(_ *model.Problem, m *MLPParams) { m.Rate = 0 }},
		{"rate", func(_ *model.Problem, m *MLPParams) { m.Rate = math.NaN() }},
		{"rate", func(_ *model.Problem, m *MLPParams) { m.Rate = math.Inf(1) }},
		{"batch", func(_ *model.Problem, m *MLPParams) { m.Batch = 0 }},
		{"epochs", func(_ *model.Problem, m *MLPParams) { m.Epochs = 0 }},
		{"L2", func(_ *model.Problem, m *MLPParams) { m.L2 = -1 }},
		{"no training rows", func(p *model.Problem, _ *MLPParams) { p.TrainX, p.TrainY = nil, nil }},
		{"values", func(p *model.Problem, _ *MLPParams) { p.TrainX = p.TrainX[1:] }},
		{"2 classes", func(p *model.Problem, _ *MLPParams) { p.K = 1 }},
		{"1", func(p *model.Problem, _ *MLPParams) { p.Regression = true }},
		{"class 2", func(p *model.Problem, _ *MLPParams) { p.TrainY[3] = 2 }},
		{"class 0.5", func(p *model.Problem, _ *MLPParams) { p.TrainY[3] = 0.5 }},
		{"pixels", func(p *model.Problem, _ *MLPParams) { p.Height, p.Width = 3, 3 }},
		{"finite", func(p *model.Problem, _ *MLPParams) { p.TrainX[1] = float32(math.NaN()) }},
		{"finite", func(p *model.Problem, _ *MLPParams) { p.TrainY[1] = float32(math.Inf(-1)) }},
	} {
		p, m := rings(10, 8), mlp()
		c.mlp(&p, &m)
		if _, err := NewMLP(p, m); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	for _, c := range []struct {
		want string
		p    model.Problem
		m    CNNParams
	}{
		{"image", rings(10, 8), cnn()},
		{"4×4", stripes(10, 3, 8, 8), cnn()},
		{"filters", stripes(10, 8, 8, 8), CNNParams{}},
		{"optimizer", stripes(10, 8, 8, 8), CNNParams{Filters: 1}},
	} {
		if _, err := NewCNN(c.p, c.m); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
}
