package effect

import (
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
)

// function is a model of d features and k scores.
type function struct {
	d, k int
	f    func(dst, x []float32)
}

func (m function) Dims() (d, k int) { return m.d, m.k }

func (m function) Predict(dst, x []float32, n int) {
	for i := range n {
		m.f(dst[i*m.k:(i+1)*m.k], x[i*m.d:(i+1)*m.d])
	}
}

// counter counts the rows a model is asked for.
type counter struct {
	function
	rows *int
}

func (c counter) Predict(dst, x []float32, n int) {
	*c.rows += n
	c.function.Predict(dst, x, n)
}

// over asks a model about n random rows within ±2, multiples of 1/64, whose
// labels are the model's own first score.
func over(m function, n int) explain.Query {
	r := rand.New(rand.NewPCG(1, uint64(m.d)))
	q := explain.Query{Model: m, EvalX: make([]float32, n*m.d), EvalY: make([]float32, n), Regression: true,
		Features: make([]explain.Feature, m.d), Rand: r}
	for i := range q.EvalX {
		q.EvalX[i] = float32(r.IntN(257)-128) / 64
	}
	out := make([]float32, m.k)
	for i := range q.EvalY {
		m.f(out, q.EvalX[i*m.d:(i+1)*m.d])
		q.EvalY[i] = out[0]
	}
	return q
}
