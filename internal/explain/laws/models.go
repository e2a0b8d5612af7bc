package laws

import (
	"math"

	"github.com/whybox/whybox/internal/explain"
)

// function is a model of one score given by a formula and its gradient.
type function struct {
	d        int
	value    func(x []float64) float64
	gradient func(dst, x []float64) // sets all of dst
}

func (f *function) Dims() (d, k int) { return f.d, 1 }

func (f *function) Predict(dst, x []float32, n int) {
	for i := range n {
		dst[i] = float32(f.value(wide(x[i*f.d : (i+1)*f.d])))
	}
}

func (f *function) Gradient(dst, x []float32, n, class int) {
	if class != 0 {
		panic("laws: the model has one score")
	}
	g := make([]float64, f.d)
	for i := range n {
		f.gradient(g, wide(x[i*f.d:(i+1)*f.d]))
		for j, v := range g {
			dst[i*f.d+j] = float32(v)
		}
	}
}

func wide(x []float32) []float64 {
	out := make([]float64, len(x))
	for j, v := range x {
		out[j] = float64(v)
	}
	return out
}

// Affine returns the model w·x + b.
func Affine(w []float64, b float64) explain.Differentiable {
	return &function{len(w), func(x []float64) float64 {
		s := b
		for j, v := range x {
			s += float64(w[j] * v)
		}
		return s
	}, func(dst, _ []float64) { copy(dst, w) }}
}

// Additive returns the model Σ wⱼ·xⱼ², of d features, where no feature's part
// depends on another.
func Additive(w []float64) explain.Differentiable {
	return &function{len(w), func(x []float64) float64 {
		s := 0.0
		for j, v := range x {
			s += float64(w[j] * float64(v*v))
		}
		return s
	}, func(dst, x []float64) {
		for j, v := range x {
			dst[j] = 2 * w[j] * v
		}
	}}
}

// Product returns the model x₀·x₁ of d ≥ 2 features; it ignores the others.
func Product(d int) explain.Differentiable {
	return &function{d, func(x []float64) float64 { return x[0] * x[1] }, func(dst, x []float64) {
		clear(dst)
		dst[0], dst[1] = x[1], x[0]
	}}
}

// Twins returns the model tanh(x₀ + x₁) + x₀·x₁·x₂ of three features, the same
// when x₀ and x₁ change places.
func Twins() explain.Differentiable {
	return &function{3, func(x []float64) float64 {
		return math.Tanh(x[0]+x[1]) + x[0]*x[1]*x[2]
	}, func(dst, x []float64) {
		t := math.Tanh(x[0] + x[1])
		dst[0] = 1 - t*t + x[1]*x[2]
		dst[1] = 1 - t*t + x[0]*x[2]
		dst[2] = x[0] * x[1]
	}}
}

// Steps returns a small regression tree over three features, which has no
// gradient; it ignores the third. It is a sum of trees to explainers of those.
//
//	x₀ ≤ 0.5 ? (x₁ ≤ -0.5 ? -1 : 0.25) : (x₁ ≤ 1 ? 1 : 3)
func Steps() explain.Model {
	return steps{flat{&function{3, func(x []float64) float64 {
		switch {
		case x[0] <= 0.5 && x[1] <= -0.5:
			return -1
		case x[0] <= 0.5:
			return 0.25
		case x[1] <= 1:
			return 1
		}
		return 3
	}, nil}}}
}

// steps shows the one tree of Steps, in preorder, with made-up covers.
type steps struct{ flat }

func (steps) Trees() int                             { return 1 }
func (steps) Base(class int) float64                 { return 0 }
func (steps) Adds(t int) (class int, weight float64) { return 0, 1 }

func (steps) Nodes(t int) (feature, right []int32, value, cover []float32) {
	return []int32{0, 1, -1, -1, 1, -1, -1}, []int32{4, 3, 0, 0, 6, 0, 0},
		[]float32{0, 0, -1, 0.25, 0, 1, 3}, []float32{8, 3, 1, 2, 5, 4, 1}
}

func (steps) Turns(dst []bool, t int, x []float32) {
	dst[0], dst[1], dst[4] = x[0] <= 0.5, x[1] <= -0.5, x[1] <= 1
}

// flat hides the gradient of a model.
type flat struct{ m explain.Model }

func (f flat) Dims() (d, k int)                { return f.m.Dims() }
func (f flat) Predict(dst, x []float32, n int) { f.m.Predict(dst, x, n) }

// Flat returns m without its gradient.
func Flat(m explain.Model) explain.Model { return flat{m} }

// sum adds the scores of two models.
type sum struct{ f, g explain.Differentiable }

// Sum returns the model f + g. Both have the same dimensions.
func Sum(f, g explain.Differentiable) explain.Differentiable {
	df, kf := f.Dims()
	dg, kg := g.Dims()
	if df != dg || kf != kg {
		panic("laws: models of different dimensions")
	}
	return sum{f, g}
}

func (s sum) Dims() (d, k int) { return s.f.Dims() }

func (s sum) Predict(dst, x []float32, n int) {
	other := make([]float32, len(dst))
	s.f.Predict(dst, x, n)
	s.g.Predict(other, x, n)
	for i, v := range other {
		dst[i] += v
	}
}

func (s sum) Gradient(dst, x []float32, n, class int) {
	other := make([]float32, len(dst))
	s.f.Gradient(dst, x, n, class)
	s.g.Gradient(other, x, n, class)
	for i, v := range other {
		dst[i] += v
	}
}

// softmax turns k models of one score into a classifier.
type softmax []explain.Differentiable

// Softmax returns the classifier whose probabilities are the softmax of the
// given margins, one a class.
func Softmax(margins ...explain.Differentiable) explain.Differentiable { return softmax(margins) }

// Logistic returns the classifier of two classes whose class 1 has the
// log-odds w·x + b.
func Logistic(w []float64, b float64) explain.Differentiable {
	return Softmax(Affine(make([]float64, len(w)), 0), Affine(w, b))
}

func (s softmax) Dims() (d, k int) {
	d, _ = s[0].Dims()
	return d, len(s)
}

func (s softmax) Predict(dst, x []float32, n int) {
	k := len(s)
	column := make([]float32, n)
	for c, m := range s {
		m.Predict(column, x, n)
		for i, v := range column {
			dst[i*k+c] = v
		}
	}
	for i := range n {
		row := dst[i*k : (i+1)*k]
		top, total := float64(row[0]), 0.0
		for _, v := range row {
			top = max(top, float64(v))
		}
		for _, v := range row {
			total += math.Exp(float64(v) - top)
		}
		for c, v := range row {
			row[c] = float32(math.Exp(float64(v)-top) / total)
		}
	}
}

func (s softmax) Gradient(dst, x []float32, n, class int) {
	d, k := s.Dims()
	p := make([]float32, n*k)
	s.Predict(p, x, n)
	clear(dst)
	part := make([]float32, n*d)
	for c, m := range s {
		m.Gradient(part, x, n, 0)
		for i := range n {
			w := -p[i*k+c]
			if c == class {
				w++
			}
			w *= p[i*k+class]
			for j := range d {
				dst[i*d+j] += w * part[i*d+j]
			}
		}
	}
}
