// Package nn holds neural networks: multilayer perceptrons and small
// convolutional networks, trained by minibatch gradient descent. Inputs are
// standardised inside, so rows, scores and gradients speak data units.
package nn

import (
	"errors"
	"fmt"
	"slices"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// network is a trained or still learning network. Its methods are not safe for
// concurrent use; they may be called between steps of its trainer.
type network struct {
	d, k    int
	layers  []int // values a row in each layer, input first
	weights *weights
	in      scale // of the d inputs
	out     scale // of the target, in regression: score = out.mean + output/out.scale

	chunk  int // rows that go through the graph at once; each has the same result in any company
	graph  *autodiff.Graph
	x      *autodiff.Node // chunk×d, standardised
	output *autodiff.Node // chunk×k: logits, or the standardised target
	prob   *autodiff.Node // chunk×k: softmax of the logits; nil in regression
	seed   []float32      // chunk×k
	mixer  mixer

	patcher *patcher // nil where the network does not begin with convolutions
}

// Dims returns the number of features d and of scores k.
func (m *network) Dims() (d, k int) { return m.d, m.k }

// Params returns how many weights and biases the network has.
func (m *network) Params() int { return len(m.weights.flat) }

// Layers returns how many values each layer has for a row, input and output
// included. The slice belongs to the network.
func (m *network) Layers() []int { return m.layers }

// State returns a copy of all weights and biases: the weights of every layer,
// then the biases of every layer.
func (m *network) State() []float32 { return slices.Clone(m.weights.flat) }

// SetState takes the weights and biases that State of a network of the same
// layers returned; from then on both give the same scores, if they were made
// for the same problem, which the scales of inputs and target come from. It
// returns an error, and changes nothing, where w has another length or holds a
// value that is not finite.
func (m *network) SetState(w []float32) error {
	if len(w) != len(m.weights.flat) {
		return fmt.Errorf("there are %d weights and biases, but the network has %d; take them from a network of the same layers", len(w), len(m.weights.flat))
	}
	if !kernel.Finite(w) {
		return errors.New("a weight is not a finite number; take the weights from a network whose training has not diverged")
	}
	copy(m.weights.flat, w)
	return nil
}

// load brings rows first..first+rows-1 of x (·×d, data units) into the graph.
func (m *network) load(x []float32, first, rows int) {
	m.graph.SetRows(rows)
	kernel.Standardize(m.x.Value(), x[first*m.d:(first+rows)*m.d], m.in.mean, m.in.scale, rows, m.d)
}

// eachChunk calls f for the n rows in chunks.
func (m *network) eachChunk(n int, f func(first, rows int)) {
	for first := 0; first < n; first += m.chunk {
		f(first, min(m.chunk, n-first))
	}
}

// predict writes the values of node for the n rows of x to dst (n×k).
func (m *network) predict(node *autodiff.Node, dst, x []float32, n int) {
	m.eachChunk(n, func(first, rows int) {
		m.load(x, first, rows)
		m.graph.Forward(node)
		copy(dst[first*m.k:(first+rows)*m.k], node.Value())
	})
}

// gradient writes factor·∂node[class]/∂x for the n rows of x to dst (n×d).
func (m *network) gradient(node *autodiff.Node, dst, x []float32, n, class int, factor float32) {
	if class < 0 || class >= m.k {
		panic("nn: no such class")
	}
	m.eachChunk(n, func(first, rows int) {
		m.load(x, first, rows)
		m.graph.Forward(node)
		seed := m.seed[:rows*m.k]
		clear(seed)
		for i := range rows {
			seed[i*m.k+class] = factor
		}
		m.graph.Backward(node, seed, m.x)
		kernel.MulColumns(dst[first*m.d:(first+rows)*m.d], m.x.Grad(), m.in.scale, rows, m.d)
	})
}

// Classifier gives class probabilities.
type Classifier struct{ *network }

// Predict writes the probability of each class for the n rows of x (n×d, data
// units) to dst (n×k).
func (m Classifier) Predict(dst, x []float32, n int) { m.predict(m.prob, dst, x, n) }

// Gradient writes ∂probability[class]/∂x, a data unit, for the n rows of x
// (n×d) to dst (n×d).
func (m Classifier) Gradient(dst, x []float32, n, class int) {
	m.gradient(m.prob, dst, x, n, class, 1)
}

// Margin returns the same network read before the softmax.
func (m Classifier) Margin() model.Model { return Margin(m) }

// Margin gives logits, of which Classifier takes the softmax.
type Margin struct{ *network }

// Predict writes the logit of each class for the n rows of x (n×d, data units)
// to dst (n×k).
func (m Margin) Predict(dst, x []float32, n int) { m.predict(m.output, dst, x, n) }

// Gradient writes ∂logit[class]/∂x, a data unit, for the n rows of x (n×d) to
// dst (n×d).
func (m Margin) Gradient(dst, x []float32, n, class int) {
	m.gradient(m.output, dst, x, n, class, 1)
}

// Regressor gives the target in its own units.
type Regressor struct{ *network }

// Predict writes the predicted target for the n rows of x (n×d, data units) to
// dst (n values).
func (m Regressor) Predict(dst, x []float32, n int) {
	m.predict(m.output, dst, x, n)
	m.unscale(dst[:n])
}

// unscale takes standardised targets back to their own units.
func (m *network) unscale(y []float32) {
	for i, v := range y {
		y[i] = v/m.out.scale[0] + m.out.mean[0]
	}
}

// Gradient writes ∂target/∂x, in target units a data unit, for the n rows of x
// (n×d) to dst (n×d). class is 0.
func (m Regressor) Gradient(dst, x []float32, n, class int) {
	m.gradient(m.output, dst, x, n, class, 1/m.out.scale[0])
}
