package linear

import (
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// Logistic is a logistic regression over k classes. Two classes share one
// weighted sum, the log-odds of class 1; more have one sum each, joined by
// softmax. Before training all classes are equally likely.
type Logistic struct {
	affine
	k int
}

// Dims returns d and k.
func (m *Logistic) Dims() (d, k int) { return m.d, m.k }

// Predict writes the class probabilities of the n rows of x (n×d) to dst
// (n×k).
func (m *Logistic) Predict(dst, x []float32, n int) {
	if m.q > 1 {
		m.apply(dst, x, n)
		kernel.Softmax(dst, dst, n, m.k)
		return
	}
	for i, z := range m.logits(x, n) {
		dst[2*i], dst[2*i+1] = kernel.Sigmoid(-z), kernel.Sigmoid(z)
	}
}

// logits returns the n sums of a two-class model.
func (m *Logistic) logits(x []float32, n int) []float32 {
	z := make([]float32, n)
	m.apply(z, x, n)
	return z
}

// Gradient writes ∂p[class]/∂x, per data unit, for the n rows of x (n×d) to
// dst (n×d):
//
//	∂p_c/∂x = p_c Σₗ pₗ (w_c - wₗ)
func (m *Logistic) Gradient(dst, x []float32, n, class int) {
	p := make([]float32, n*m.k)
	m.Predict(p, x, n)
	for i := range n {
		row, out := p[i*m.k:(i+1)*m.k], dst[i*m.d:(i+1)*m.d]
		if m.q == 1 {
			steep := row[class] * row[1-class]
			for j, w := range m.slope {
				out[j] = steep * sign(class) * w
			}
			continue
		}
		for j := range out {
			w := m.slope[j*m.k : (j+1)*m.k]
			sum := float32(0)
			for l, pl := range row {
				sum += float32(pl * (w[class] - w[l]))
			}
			out[j] = row[class] * sum
		}
	}
}

// sign is that of the shared sum in the margin of one of two classes.
func sign(class int) float32 { return float32(2*class - 1) }

// Margin returns the same weights read before the link. For two classes the
// margins are the log-odds of each, -z and z; for more they are the sums that
// go into softmax, of which only the differences mean something.
func (m *Logistic) Margin() model.Model { return margin{m} }

type margin struct{ *Logistic }

// Predict writes the margins of the n rows of x (n×d) to dst (n×k).
func (m margin) Predict(dst, x []float32, n int) {
	if m.q > 1 {
		m.apply(dst, x, n)
		return
	}
	for i, z := range m.logits(x, n) {
		dst[2*i], dst[2*i+1] = -z, z
	}
}

// Gradient writes the weights of the class's margin, in log-odds per data
// unit, to each of the n rows of dst (n×d).
func (m margin) Gradient(dst, x []float32, n, class int) {
	for i := range n {
		out := dst[i*m.d : (i+1)*m.d]
		for j := range out {
			if m.q == 1 {
				out[j] = sign(class) * m.slope[j]
			} else {
				out[j] = m.slope[j*m.q+class]
			}
		}
	}
}
