package laws

import (
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
)

// net is b + Σ out·act(in·x + bias), one hidden layer.
type net struct {
	in        [][]float64 // hidden×d
	bias, out []float64   // hidden
	b         float64
	relu      bool // else tanh
}

func (n net) model() explain.Differentiable {
	return &function{len(n.in[0]), func(x []float64) float64 {
		s := n.b
		for h := range n.in {
			a, _ := n.act(h, x)
			s += n.out[h] * a
		}
		return s
	}, func(dst, x []float64) {
		clear(dst)
		for h, w := range n.in {
			_, slope := n.act(h, x)
			for j := range dst {
				dst[j] += n.out[h] * slope * w[j]
			}
		}
	}}
}

// act returns what hidden unit h gives, and its slope there.
func (n net) act(h int, x []float64) (value, slope float64) {
	z := n.bias[h]
	for j, v := range x {
		z += n.in[h][j] * v
	}
	if !n.relu {
		t := math.Tanh(z)
		return t, 1 - t*t
	}
	if z > 0 {
		return z, 1
	}
	return 0, 0
}

// Net returns a tanh network of one score with random weights, uniform within
// ±scale, over d features and the given number of hidden units.
func Net(d, hidden int, scale float64, r *rand.Rand) explain.Differentiable {
	u := func() float64 { return scale * (2*r.Float64() - 1) }
	n := net{b: u()}
	for range hidden {
		w := make([]float64, d)
		for j := range w {
			w[j] = u()
		}
		n.in, n.bias, n.out = append(n.in, w), append(n.bias, u()), append(n.out, u())
	}
	return n.model()
}

// EqualNets returns two ReLU networks over three features that compute the
// same function by different weights: in the second the units stand in another
// order, are scaled up before and down after the ReLU, one is split in two
// halves, and two more units cancel each other.
func EqualNets() (f, g explain.Differentiable) {
	a := net{relu: true, b: 0.25,
		in:   [][]float64{{1, -0.5, 0.25}, {-0.75, 1, 0.5}, {0.5, 0.5, -1}},
		bias: []float64{0.5, 0.25, 0.125}, out: []float64{1, -2, 1.5}}
	b := net{relu: true, b: 0.25,
		in: [][]float64{
			{2, 2, -4}, {0.5, -0.25, 0.125}, {-0.75, 1, 0.5}, {-0.75, 1, 0.5}, {1, 2, 3}, {1, 2, 3}},
		bias: []float64{0.5, 0.25, 0.25, 0.25, 1, 1}, out: []float64{0.375, 2, -1.5, -0.5, 4, -4}}
	return a.model(), b.model()
}

// Query returns a question about class 0 of a model at row x, with m random
// background rows around 0 and features that may be anything in -4..4, with a
// MAD of 1. The row to compare with is 0; no feature causes another, and worlds
// are background rows.
func Query(m explain.Model, x []float32, rows int) explain.Query {
	d, _ := m.Dims()
	if len(x) != d {
		panic("laws: the row does not fit the model")
	}
	r := rand.New(rand.NewPCG(seed, 2))
	q := explain.Query{Model: m, X: x, Other: make([]float32, d), Rand: r}
	for range rows * d {
		q.Background = append(q.Background, float32(2*r.Float64()-1))
	}
	for range d {
		q.Features = append(q.Features, explain.Feature{Min: -4, Max: 4, MAD: 1})
	}
	q.Causes = apart(q.Background)
	return q
}

// Mirrored returns q with a background in which features i and j are alike:
// every row comes a second time with the two exchanged.
func Mirrored(q explain.Query, i, j int) explain.Query {
	d, _ := q.Dims()
	rows := make([]float32, 0, 2*len(q.Background))
	for at := 0; at < len(q.Background); at += d {
		row := q.Background[at : at+d]
		rows = append(append(rows, row...), row...)
		twin := rows[len(rows)-d:]
		twin[i], twin[j] = twin[j], twin[i]
	}
	q.Background, q.Causes = rows, apart(rows)
	return q
}

// apart is a causal model without effects, whose worlds are the rows it holds.
type apart []float32

func (a apart) Parents() [][]int { return nil }

func (a apart) Intervene(dst, x []float32, known []bool, world uint64) {
	d := len(dst)
	copy(dst, a[int(world%uint64(len(a)/d))*d:])
	for i, set := range known {
		if set {
			dst[i] = x[i]
		}
	}
}
