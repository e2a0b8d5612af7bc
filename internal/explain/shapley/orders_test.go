package shapley

import (
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
)

// byOrders returns the mean contribution of each of d players over all orders
// that are allowed, one order after the other.
func byOrders(d int, v func(in []bool) float64, allowed func(order []int) bool) []float64 {
	values, orders := make([]float64, d), 0.0
	order := make([]int, d)
	for i := range order {
		order[i] = i
	}
	var next func(at int)
	next = func(at int) {
		if at < d {
			for i := at; i < d; i++ {
				order[at], order[i] = order[i], order[at]
				next(at + 1)
				order[at], order[i] = order[i], order[at]
			}
			return
		}
		if !allowed(order) {
			return
		}
		orders++
		in := make([]bool, d)
		before := v(in)
		for _, i := range order {
			in[i] = true
			after := v(in)
			values[i] += after - before
			before = after
		}
	}
	next(0)
	for i := range values {
		values[i] /= orders
	}
	return values
}

func anyOrder([]int) bool { return true }

// worthOf returns the game of a query: the mean score when the features that are
// in come from the row and the others from the background.
func worthOf(q explain.Query) func(in []bool) float64 {
	d, k := q.Dims()
	row, scores := make([]float32, d), make([]float32, k)
	return func(in []bool) float64 {
		sum := 0.0
		for b := 0; b < len(q.Background); b += d {
			copy(row, q.Background[b:b+d])
			for i, known := range in {
				if known {
					row[i] = q.X[i]
				}
			}
			q.Predict(scores, row, 1)
			sum += float64(scores[q.Class])
		}
		return sum / float64(len(q.Background)/d)
	}
}

// equations is a linear causal model: xᵢ = Σ effect[i][j]·xⱼ + noise within ±1,
// for causes j < i.
type equations struct{ effect [][]float64 }

func (e equations) Parents() [][]int {
	out := make([][]int, len(e.effect))
	for i, of := range e.effect {
		for j, by := range of {
			if by != 0 {
				out[i] = append(out[i], j)
			}
		}
	}
	return out
}

func (e equations) Intervene(dst, x []float32, known []bool, world uint64) {
	r := rand.New(rand.NewPCG(world, 7))
	e.row(dst, x, known, func() float64 { return float64(2*r.Float64()) - 1 })
}

// mean is the row that the equations give in the mean.
func (e equations) mean(dst, x []float32, known []bool) {
	e.row(dst, x, known, func() float64 { return 0 })
}

func (e equations) row(dst, x []float32, known []bool, noise func() float64) {
	for i, of := range e.effect {
		v := noise()
		for j, by := range of {
			v += by * float64(dst[j])
		}
		dst[i] = float32(v)
		if known[i] {
			dst[i] = x[i]
		}
	}
}

// graph returns random equations of d features; some pairs have no effect.
func graph(r *rand.Rand, d int) equations {
	e := equations{make([][]float64, d)}
	for i := range d {
		e.effect[i] = make([]float64, i)
		for j := range i {
			if r.IntN(2) == 0 {
				e.effect[i][j] = float64(r.IntN(9)-4) / 4
			}
		}
	}
	return e
}

// worthIn returns the game of interventions in the worlds that a Rand seeded
// like q's leads to.
func worthIn(q explain.Query, worlds int, r *rand.Rand) func(in []bool) float64 {
	d, k := q.Dims()
	first := r.Uint64()
	row, scores := make([]float32, d), make([]float32, k)
	return func(in []bool) float64 {
		sum := 0.0
		for w := range worlds {
			q.Causes.Intervene(row, q.X, in, first+uint64(w))
			q.Predict(scores, row, 1)
			sum += float64(scores[q.Class])
		}
		return sum / float64(worlds)
	}
}

// causesFirst reports whether every cause comes before what it causes.
func causesFirst(parents [][]int) func(order []int) bool {
	return func(order []int) bool {
		at := make([]int, len(order))
		for p, i := range order {
			at[i] = p
		}
		for i, of := range parents {
			for _, j := range of {
				if at[j] > at[i] {
					return false
				}
			}
		}
		return true
	}
}
