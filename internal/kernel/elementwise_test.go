package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestElementwise compares every map with its formula element by element, over
// lengths with all tails, in place too where that is allowed.
func TestElementwise(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for n := range 11 {
		x, y, z := uniform(r, n), uniform(r, n), uniform(r, n)
		for _, c := range []struct {
			name string
			run  func(dst []float32)
			want func(i int) float32
		}{
			{"Fill", func(d []float32) { Fill(d, 3) }, func(int) float32 { return 3 }},
			{"Axpy", func(d []float32) { Axpy(d, 0.3, x) }, func(i int) float32 { return z[i] + float32(0.3*x[i]) }},
			{"Scale", func(d []float32) { Scale(d, 0.3, x) }, func(i int) float32 { return 0.3 * x[i] }},
			{"Scale in place", func(d []float32) { Scale(d, 0.3, d) }, func(i int) float32 { return 0.3 * z[i] }},
			{"Add", func(d []float32) { Add(d, x, y) }, func(i int) float32 { return x[i] + y[i] }},
			{"Sub", func(d []float32) { Sub(d, x, y) }, func(i int) float32 { return x[i] - y[i] }},
			{"Sub in place", func(d []float32) { Sub(d, x, d) }, func(i int) float32 { return x[i] - z[i] }},
			{"Mul", func(d []float32) { Mul(d, x, y) }, func(i int) float32 { return x[i] * y[i] }},
			{"MulAdd", func(d []float32) { MulAdd(d, x, y) }, func(i int) float32 { return z[i] + float32(x[i]*y[i]) }},
			{"DivAdd", func(d []float32) { DivAdd(d, x, y) }, func(i int) float32 { return z[i] + x[i]/y[i] }},
			{"AddConstant", func(d []float32) { AddConstant(d, 3) }, func(i int) float32 { return z[i] + 3 }},
			{"Logs", func(d []float32) { Mul(d, x, x); Logs(d, d) }, func(i int) float32 { return Log(x[i] * x[i]) }},
			{"Exps", func(d []float32) { Exps(d, x) }, func(i int) float32 { return Exp(x[i]) }},
			{"Tanh", func(d []float32) { Activate(d, x, ActTanh) }, func(i int) float32 { return Tanh(x[i]) }},
			{"ReLU", func(d []float32) { Activate(d, x, ActReLU) }, func(i int) float32 { return max(x[i], 0) }},
			{"Sigmoid", func(d []float32) { Activate(d, d, ActSigmoid) }, func(i int) float32 { return Sigmoid(z[i]) }},
			{"copy", func(d []float32) { Activate(d, x, ActNone) }, func(i int) float32 { return x[i] }},
		} {
			got := append([]float32(nil), z...)
			c.run(got)
			for i, g := range got {
				if g != c.want(i) {
					t.Errorf("%s[%d] = %g, want %g", c.name, i, g, c.want(i))
				}
			}
		}
	}
}

func TestMix(t *testing.T) {
	got := make([]float32, 6)
	Mix(got, []float32{1, 2, 3}, []float32{10, 20, 30, 40, 50, 60}, []int32{0, -1, 0}, 2, 3)
	if want := [6]float32{10, 2, 30, 40, 2, 60}; [6]float32(got) != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestColumns(t *testing.T) {
	x := []float32{1, 10, 3, 30}
	Standardize(x, x, []float32{1, 20}, []float32{2, 0.5}, 2, 2)
	if want := [4]float32{0, -5, 4, 5}; [4]float32(x) != want {
		t.Errorf("Standardize: %v, want %v", x, want)
	}
	MulColumns(x, x, []float32{3, 2}, 2, 2)
	if want := [4]float32{0, -10, 12, 10}; [4]float32(x) != want {
		t.Errorf("MulColumns: %v, want %v", x, want)
	}
}

// TestActivateBackward compares the slopes, taken from the outputs, with the
// analytic slopes in float64.
func TestActivateBackward(t *testing.T) {
	x := []float32{-4, -1, -0.25, 0.25, 1, 4}
	slope := map[Activation]func(x float64) float64{
		ActNone: func(float64) float64 { return 1 },
		ActReLU: func(x float64) float64 {
			if x > 0 {
				return 1
			}
			return 0
		},
		ActTanh:    func(x float64) float64 { c := math.Cosh(x); return 1 / (c * c) },
		ActSigmoid: func(x float64) float64 { c := math.Cosh(x / 2); return 1 / (4 * c * c) },
	}
	for act, f := range slope {
		y, dx := make([]float32, len(x)), make([]float32, len(x))
		Activate(y, x, act)
		Fill(dx, 2)
		ActivateBackward(dx, dx, y, act)
		for i, v := range x {
			// 1-y² loses digits where y is near 1: the absolute error is a few
			// roundings of numbers of size 1, doubled by dy.
			if e := math.Abs(float64(dx[i]) - 2*f(float64(v))); e > 2*6*0x1p-24 {
				t.Errorf("act %d at %g: %g, want %g", act, v, dx[i], 2*f(float64(v)))
			}
		}
	}
	zero := []float32{0}
	if ActivateBackward(zero, []float32{5}, []float32{0}, ActReLU); zero[0] != 0 {
		t.Errorf("slope of ReLU at 0 is %g, want 0", zero[0])
	}
	nan := float32(math.NaN())
	out := []float32{0}
	if Activate(out, []float32{nan}, ActReLU); out[0] == out[0] {
		t.Errorf("ReLU hides NaN as %g", out[0])
	}
}
