package nn

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
)

// The models are what explainers need.
var (
	_ explain.Differentiable = Classifier{}
	_ explain.Differentiable = Margin{}
	_ explain.Differentiable = Regressor{}
	_ model.Marginer         = Classifier{}
)

// trained returns one network of each kind after a few epochs, with rows to
// try it on.
func trained(t *testing.T) map[string]struct {
	explain.Differentiable
	p model.Problem
} {
	t.Helper()
	out := map[string]struct {
		explain.Differentiable
		p model.Problem
	}{}
	add := func(name string, tr *trainer, p model.Problem) {
		train(t, tr, 100)
		m := tr.Model().(explain.Differentiable)
		out[name] = struct {
			explain.Differentiable
			p model.Problem
		}{m, p}
		if c, ok := m.(model.Marginer); ok {
			out[name+" margin"] = struct {
				explain.Differentiable
				p model.Problem
			}{c.Margin().(explain.Differentiable), p}
		}
	}
	p := rings(150, 9)
	add("tanh", newMLP(t, p, mlp()), p)
	sigmoid := mlp()
	sigmoid.Activation = "sigmoid"
	add("sigmoid", newMLP(t, p, sigmoid), p)
	p.Regression, p.K = true, 1
	add("regression", newMLP(t, p, mlp()), p)
	linear := mlp()
	linear.Hidden = nil
	add("linear", newMLP(t, p, linear), p)
	images := stripes(150, 8, 8, 9)
	add("cnn", newCNN(t, images, cnn()), images)
	return out
}

// TestGradient compares Gradient of the smooth networks with central
// differences of Predict in data units. Steps are 1/32 and 1/64 of a column's
// standard deviation, combined to cancel the error of second order; the
// rounding of a score (about 1e-7 of its size) is then divided by 1/64, which
// makes 2e-5 of the score's size a standard deviation, of which the tolerance is
// five times. TestGradientReLU takes the others.
func TestGradient(t *testing.T) {
	all := trained(t)
	for _, name := range []string{"tanh", "tanh margin", "sigmoid", "sigmoid margin", "regression", "linear"} {
		m := all[name]
		d, k := m.Dims()
		spread := columnScale(m.p.TrainX, len(m.p.TrainY), d)
		size := 1.0 // of a score
		if m.p.Regression {
			size = 1 / float64(columnScale(m.p.TrainY, len(m.p.TrainY), 1).scale[0])
		}
		const n = 20
		x, grad := m.p.TrainX[:n*d], make([]float32, n*d)
		for class := range k {
			m.Gradient(grad, x, n, class)
			for j := range d {
				unit := 1 / float64(spread.scale[j])
				wide := difference(m, x, n, j, class, float32(unit/32))
				narrow := difference(m, x, n, j, class, float32(unit/64))
				for i := range n {
					want, got := (4*narrow[i]-wide[i])/3*unit, float64(grad[i*d+j])*unit
					if math.Abs(got-want) > 1e-4*max(size, math.Abs(want)) {
						t.Errorf("%s row %d feature %d class %d: gradient %g, central difference %g", name, i, j, class, got, want)
					}
				}
			}
		}
	}
}

// difference returns the central differences with step h in feature j of the
// score of class, for n rows.
func difference(m explain.Model, x []float32, n, j, class int, h float32) []float64 {
	d, k := m.Dims()
	up, down := append([]float32(nil), x...), append([]float32(nil), x...)
	for i := range n {
		up[i*d+j] += h
		down[i*d+j] -= h
	}
	high, low := make([]float32, n*k), make([]float32, n*k)
	m.Predict(high, up, n)
	m.Predict(low, down, n)
	out := make([]float64, n)
	for i := range n {
		out[i] = (float64(high[i*k+class]) - float64(low[i*k+class])) / (float64(up[i*d+j]) - float64(down[i*d+j]))
	}
	return out
}

// TestRowsAlone checks that a row's scores and gradients do not depend on the
// rows around it, over several chunks, bit for bit.
func TestRowsAlone(t *testing.T) {
	for name, m := range trained(t) {
		d, k := m.Dims()
		n := len(m.p.TrainY)
		for _, chunk := range []int{mlpChunk, cnnChunk} {
			if n <= 2*chunk || n%chunk == 0 {
				t.Fatalf("%d rows do not fill chunks of %d unevenly", n, chunk)
			}
		}
		all, grads := make([]float32, n*k), make([]float32, n*d)
		m.Predict(all, m.p.TrainX, n)
		m.Gradient(grads, m.p.TrainX, n, k-1)
		one, grad := make([]float32, k), make([]float32, d)
		for i := range n {
			m.Predict(one, m.p.TrainX[i*d:(i+1)*d], 1)
			m.Gradient(grad, m.p.TrainX[i*d:(i+1)*d], 1, k-1)
			for j, v := range one {
				if v != all[i*k+j] {
					t.Fatalf("%s row %d score %d: %g alone, %g among others", name, i, j, v, all[i*k+j])
				}
			}
			for j, v := range grad {
				if v != grads[i*d+j] {
					t.Fatalf("%s row %d gradient %d: %g alone, %g among others", name, i, j, v, grads[i*d+j])
				}
			}
		}
		m.Predict(nil, nil, 0)
	}
}

// TestNoAllocation checks that scoring and differentiating allocate nothing
// after the first time.
func TestNoAllocation(t *testing.T) {
	for name, m := range trained(t) {
		d, k := m.Dims()
		scores, grads := make([]float32, 150*k), make([]float32, 150*d)
		x, take, mixed := m.p.TrainX[:d], make([]int32, 20*d), make([]float32, 3*20*k)
		for what, f := range map[string]func(){
			"Predict":      func() { m.Predict(scores, m.p.TrainX, 150) },
			"Gradient":     func() { m.Gradient(grads, m.p.TrainX, 150, 0) },
			"PredictMixed": func() { m.Differentiable.(mixing).PredictMixed(mixed, x, m.p.TrainX, take, 3, 20) },
		} {
			if n := testing.AllocsPerRun(5, f); n != 0 {
				t.Errorf("%s: %s allocates %g times", name, what, n)
			}
		}
	}
}

// TestStepNoAllocation checks that steps after the first allocate nothing, over
// the end of an epoch and a smaller batch too.
func TestStepNoAllocation(t *testing.T) {
	for name, tr := range map[string]*trainer{
		"mlp": newMLP(t, rings(100, 2), mlp()),
		"cnn": newCNN(t, stripes(100, 8, 8, 2), cnn()),
	} {
		n := testing.AllocsPerRun(20, func() {
			if err := tr.Step(); err != nil {
				t.Fatal(err)
			}
		})
		if n != 0 {
			t.Errorf("%s: a step allocates %g times", name, n)
		}
	}
}

func TestMargin(t *testing.T) {
	for _, name := range []string{"tanh", "cnn"} {
		all := trained(t)
		m, margin := all[name], all[name+" margin"]
		_, k := m.Dims()
		p, z := make([]float32, k), make([]float32, k)
		m.Predict(p, m.p.TrainX, 1)
		margin.Predict(z, m.p.TrainX, 1)
		sum := 0.0
		for _, v := range p {
			sum += float64(v)
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("%s: probabilities sum to %g", name, sum)
		}
		got, want := float64(z[1]-z[0]), math.Log(float64(p[1])/float64(p[0]))
		if math.Abs(got-want) > 1e-5*max(1, math.Abs(want)) {
			t.Errorf("%s: logits differ by %g, log-odds are %g", name, got, want)
		}
	}
}

func TestSizes(t *testing.T) {
	params := mlp()
	params.Hidden = []int{16, 16}
	m := newMLP(t, rings(10, 1), params).Model().(Classifier)
	if got, want := m.Params(), 2*16+16+16*16+16+16*2+2; got != want {
		t.Errorf("MLP has %d parameters, want %d", got, want)
	}
	if got := fmt.Sprint(m.Layers()); got != "[2 16 16 2]" {
		t.Errorf("MLP has layers %s", got)
	}
	c := newCNN(t, stripes(10, 8, 8, 1), cnn()).Model().(Classifier)
	if got, want := c.Params(), 9*4+4+9*4*8+8+2*2*8*3+3; got != want {
		t.Errorf("CNN has %d parameters, want %d", got, want)
	}
	if got := fmt.Sprint(c.Layers()); got != "[64 256 128 3]" {
		t.Errorf("CNN has layers %s", got)
	}
}

// TestScale checks standardisation on columns where it could go wrong.
func TestScale(t *testing.T) {
	s := columnScale([]float32{1, 7, 1e-35, 3, 7, 3e-35}, 2, 3)
	for j, want := range [][2]float32{{2, 1}, {7, 1}, {2e-35, 1}} {
		if s.mean[j] != want[0] || s.scale[j] != want[1] {
			t.Errorf("column %d: mean %g scale %g, want %v", j, s.mean[j], s.scale[j], want)
		}
	}
	if s := columnScale([]float32{0, 8, 0, 8}, 4, 1); s.mean[0] != 4 || s.scale[0] != 0.25 {
		t.Errorf("mean %g scale %g, want 4 and 0.25", s.mean[0], s.scale[0])
	}
	if s := pixelScale([]float32{0, 16, 4, 8}, 2); s.scale[0] != 1.0/16 || s.scale[1] != 1.0/16 || s.mean[1] != 0 {
		t.Errorf("pixels: %+v", s)
	}
	if s := pixelScale([]float32{0, 0}, 2); s.scale[0] != 1 {
		t.Errorf("blank images: %+v", s)
	}
}

// TestScikitLearn puts the weights of a network trained by scikit-learn into
// ours and compares probabilities; testdata/digits_mlp.json says where they
// come from. The reference is float64, so ours may differ by float32 rounding;
// ONNX Runtime differs by 1.6e-7 on the same rows.
func TestScikitLearn(t *testing.T) {
	var want struct {
		Hidden                    []int
		Offset, Scale, Weights, X []float32
		Probability               []float64
	}
	text, err := os.ReadFile("testdata/digits_mlp.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	p := model.Problem{D: 64, K: 10, TrainX: make([]float32, 64), TrainY: []float32{0}}
	params := mlp()
	params.Hidden, params.Activation = want.Hidden, "relu"
	m := newMLP(t, p, params).Model().(Classifier)
	if copy(m.weights.flat, want.Weights) != len(m.weights.flat) {
		t.Fatalf("%d weights, want %d", len(want.Weights), len(m.weights.flat))
	}
	m.in = scale{want.Offset, want.Scale}
	got := make([]float32, 200)
	m.Predict(got, want.X, 20)
	for i, v := range got {
		if e := math.Abs(float64(v) - want.Probability[i]); e > 1e-6 {
			t.Errorf("row %d class %d: %g, scikit-learn %g", i/10, i%10, v, want.Probability[i])
		}
	}
}
