// Package graph holds models that are graphs of operations, which another
// program has trained: what such a graph computes, and its gradient where it
// has one.
package graph

import (
	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/model"
)

// Scorer is a graph without a gradient. Its methods are not safe for concurrent
// use.
type Scorer struct {
	graph *autodiff.Graph
	rows  int            // that go through the graph at once; each has the same result in any company
	x     *autodiff.Node // d values a row
	out   *autodiff.Node // k values a row
	seed  []float32      // rows×k
}

// NewScorer returns the model that takes x to out; the graph has capacity for
// so many rows. Both nodes are batched.
func NewScorer(g *autodiff.Graph, rows int, x, out *autodiff.Node) *Scorer {
	return &Scorer{graph: g, rows: rows, x: x, out: out}
}

// Dims returns the number of features d and of scores k.
func (s *Scorer) Dims() (d, k int) { return width(s.x), width(s.out) }

func width(n *autodiff.Node) int {
	size := 1
	for _, side := range n.Shape() {
		size *= side
	}
	return size
}

// Predict writes the scores of the n rows of x (n×d) to dst (n×k).
func (s *Scorer) Predict(dst, x []float32, n int) {
	_, k := s.Dims()
	s.chunks(x, n, func(first, rows int) {
		copy(dst[first*k:(first+rows)*k], s.out.Value())
	})
}

// chunks calls f once the graph has seen rows first..first+rows-1, for all of x.
func (s *Scorer) chunks(x []float32, n int, f func(first, rows int)) {
	d, _ := s.Dims()
	for first := 0; first < n; first += s.rows {
		rows := min(s.rows, n-first)
		s.graph.SetRows(rows)
		copy(s.x.Value(), x[first*d:(first+rows)*d])
		s.graph.Forward(s.out)
		f(first, rows)
	}
}

// Network is a graph with a gradient.
type Network struct{ Scorer }

// NewNetwork is NewScorer for a graph whose every step between x and out has a
// gradient.
func NewNetwork(g *autodiff.Graph, rows int, x, out *autodiff.Node) *Network {
	return &Network{Scorer{graph: g, rows: rows, x: x, out: out}}
}

// Gradient writes ∂score[class]/∂x, a data unit, for the n rows of x (n×d) to
// dst (n×d).
func (m *Network) Gradient(dst, x []float32, n, class int) {
	d, k := m.Dims()
	if class < 0 || class >= k {
		panic("graph: no such class")
	}
	if m.seed == nil {
		m.seed = make([]float32, m.rows*k)
	}
	m.chunks(x, n, func(first, rows int) {
		seed := m.seed[:rows*k]
		clear(seed)
		for i := range rows {
			seed[i*k+class] = 1
		}
		m.graph.Backward(m.out, seed, m.x)
		copy(dst[first*d:(first+rows)*d], m.x.Grad())
	})
}

// Classifier is a network whose scores are probabilities.
type Classifier struct {
	Network
	margin *autodiff.Node // k values a row
}

// NewClassifier is NewNetwork for a graph in which margin stands before the
// last softmax or sigmoid.
func NewClassifier(g *autodiff.Graph, rows int, x, out, margin *autodiff.Node) *Classifier {
	return &Classifier{Network{Scorer{graph: g, rows: rows, x: x, out: out}}, margin}
}

// Margin returns the same network read before the softmax or sigmoid.
func (m *Classifier) Margin() model.Model {
	return NewNetwork(m.graph, m.rows, m.x, m.margin)
}
