package saliency

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// function is a model of d features with one score; gradient may be nil for a
// model that is only asked for scores.
type function struct {
	d        int
	f        func(x []float32) float64
	gradient func(dst, x []float32)
}

func (m function) Dims() (d, k int) { return m.d, 1 }

func (m function) Predict(dst, x []float32, n int) {
	for i := range n {
		dst[i] = float32(m.f(x[i*m.d : (i+1)*m.d]))
	}
}

func (m function) Gradient(dst, x []float32, n, class int) {
	for i := range n {
		m.gradient(dst[i*m.d:(i+1)*m.d], x[i*m.d:(i+1)*m.d])
	}
}

// scoreOnly hides the gradient of a model.
type scoreOnly struct{ explain.Model }

// linear is w·x + b.
func linear(w []float32, b float64) function {
	return function{len(w), func(x []float32) float64 {
		s := b
		for i, v := range x {
			s += float64(w[i] * v)
		}
		return s
	}, func(dst, x []float32) { copy(dst, w) }}
}

// about asks a model about the row x, over a few background rows.
func about(m explain.Model, x ...float32) explain.Query {
	r := rand.New(rand.NewPCG(1, uint64(len(x))))
	q := explain.Query{Model: m, X: x, Rand: r, Background: make([]float32, 5*len(x)), Features: make([]explain.Feature, len(x))}
	for i := range q.Background {
		q.Background[i] = float32(r.IntN(65)-32) / 16
	}
	for j := range q.Features {
		q.Features[j] = explain.Feature{Name: string(rune('a' + j)), Min: -2, Max: float32(2 + j)}
	}
	return q
}

func must(a explain.Attribution, err error) explain.Attribution {
	if err != nil {
		panic(err)
	}
	return a
}

func equal(t *testing.T, what string, got, want []float64, within float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= within) {
			t.Errorf("%s: %v, want %v within %g", what, got, want, within)
			return
		}
	}
}
