// Package additive holds models that are sums of functions of one or two
// features, which a person can look at, one picture each.
package additive

import (
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
	"github.com/whybox/whybox/internal/model/loss"
)

// Term is one function of the sum: a step function of one feature, or of two.
// Its cells are the bins of the feature, or each bin of the first with all of
// the second; bin 0 stands for a missing value.
type Term struct {
	Features []int             // one, or two
	Bins     []*binned.Feature // of each of them: where the steps lie
	Value    []float32         // cells×k: what is added to each margin; its mean over the training rows is 0
	Spread   []float32         // cells×k: the standard deviation of Value between the bags; 0 for one bag
	Rows     []int             // by cell: training rows
}

// cell returns where the row's values lie.
func (t *Term) cell(row []float32) int {
	at := int(t.Bins[0].Bin(row[t.Features[0]]))
	if len(t.Features) > 1 {
		at = at*t.Bins[1].Bins() + int(t.Bins[1].Bin(row[t.Features[1]]))
	}
	return at
}

// Model is a base and terms: margins are their sum, scores its link. It has no
// gradient, as steps are flat.
type Model struct {
	d, k  int
	loss  loss.Loss
	base  []float32 // k
	terms []Term
}

// Dims returns d and k; k is 1 for regression.
func (m *Model) Dims() (d, k int) { return m.d, m.k }

// Base returns the k margins that the terms are added to: the mean over the
// training rows. It belongs to the model; do not change it.
func (m *Model) Base() []float32 { return m.base }

// Terms returns the functions: one a feature, then those of pairs. They belong
// to the model, and training changes them; do not.
func (m *Model) Terms() []Term { return m.terms }

// Contributions writes what each term adds to the margin of a class for row x
// (d) to dst (terms). With Base they sum to the margin, so no explanation needs
// to be estimated.
func (m *Model) Contributions(dst []float64, x []float32, class int) {
	for t := range m.terms {
		dst[t] = float64(m.terms[t].Value[m.terms[t].cell(x)*m.k+class])
	}
}

// margins writes base + Σ terms, in order, in float32.
func (m *Model) margins(dst, x []float32, n int) {
	for i := range n {
		out, row := dst[i*m.k:(i+1)*m.k], x[i*m.d:(i+1)*m.d]
		copy(out, m.base)
		for t := range m.terms {
			value := m.terms[t].Value[m.terms[t].cell(row)*m.k:]
			for c := range out {
				out[c] += value[c]
			}
		}
	}
}

// Predict writes the scores of the n rows of x (n×d) to dst (n×k).
func (m *Model) Predict(dst, x []float32, n int) {
	m.margins(dst, x, n)
	m.loss.Link(dst[:n*m.k], n)
}

// Classifier is a Model of classes.
type Classifier struct{ *Model }

// Margin returns the same model read before its link. For two classes the
// margins are the log-odds of each, -z and z; for more they are the sums that
// go into softmax, of which only the differences mean something.
func (c Classifier) Margin() model.Model { return margin(c) }

type margin struct{ *Model }

// Predict writes the margins of the n rows of x (n×d) to dst (n×k).
func (m margin) Predict(dst, x []float32, n int) { m.margins(dst, x, n) }
