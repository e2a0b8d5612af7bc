package shapley

import (
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
)

// function is a model of d features with one score.
type function struct {
	d int
	f func(x []float32) float64
}

func (m function) Dims() (d, k int) { return m.d, 1 }

func (m function) Predict(dst, x []float32, n int) {
	for i := range n {
		dst[i] = float32(m.f(x[i*m.d : (i+1)*m.d]))
	}
}

// coalitions is the model whose game is v: with row 1, 1, ... over background
// 0, 0, ... a coalition is worth v of its members.
func coalitions(d int, v func(in []bool) float64) explain.Query {
	in := make([]bool, d)
	q := explain.Query{X: make([]float32, d), Background: make([]float32, d)}
	for i := range q.X {
		q.X[i] = 1
	}
	q.Model = function{d, func(x []float32) float64 {
		for i, v := range x {
			in[i] = v == 1
		}
		return v(in)
	}}
	return q
}

// random returns n values within ±2, multiples of 1/64.
func random(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.IntN(257)-128) / 64
	}
	return x
}

// network is a random net of one hidden layer of 8 tanh units and a sigmoid.
func network(r *rand.Rand, d int) function {
	in, out := random(r, 8*d), random(r, 8)
	return function{d, func(x []float32) float64 {
		z := 0.0
		for h, o := range out {
			s := 0.0
			for j, v := range x {
				s += float64(in[h*d+j] * v)
			}
			z += float64(o) * math.Tanh(s)
		}
		return 1 / (1 + math.Exp(-z))
	}}
}

// tree is a decision tree of depth 3 on the first four features, whatever d is;
// it needs d ≥ 4.
func tree(d int) function {
	return function{d, func(x []float32) float64 {
		switch {
		case x[0] > 0 && x[1] > 0.5:
			return 0.9
		case x[0] > 0 && x[2] > -0.5:
			return 0.4
		case x[0] > 0:
			return 0.1
		case x[1] > -0.25 && x[3] > 0:
			return 0.7
		case x[1] > -0.25:
			return 0.3
		}
		return 0
	}}
}

// largest is the maximum of the features.
func largest(d int) function {
	return function{d, func(x []float32) float64 {
		m := x[0]
		for _, v := range x {
			m = max(m, v)
		}
		return float64(m)
	}}
}

// ask puts a random question of m background rows to a model.
func ask(r *rand.Rand, model function, m int) explain.Query {
	return explain.Query{Model: model, X: random(r, model.d), Background: random(r, m*model.d), Rand: r}
}

func far(a, b []float64) float64 {
	worst := 0.0
	for i := range a {
		worst = max(worst, math.Abs(a[i]-b[i]))
	}
	return worst
}
