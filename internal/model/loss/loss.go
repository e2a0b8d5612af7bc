// Package loss holds what boosting lowers, by its derivatives with respect to
// margins: the sums that a link turns into scores.
package loss

import (
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// tiny keeps second derivatives away from 0 where a margin is far out.
const tiny = 1e-16

// Loss is that of one problem.
type Loss interface {
	// Start returns the margins (k) of the best constant.
	Start() []float32
	// Outputs returns q, how many functions are learnt: 1, or one a class where
	// there are more than two.
	Outputs() int
	// Link replaces the margins of n rows (n×k) by scores.
	Link(dst []float32, n int)
	// Slope writes to target and weight (n) the negative first and the second
	// derivative for output c in each training row, given the scores (n×k). The
	// only output of two classes is the margin of class 1.
	Slope(target, weight []float64, scores []float32, c int)
	// Row returns the loss of training row i, given its scores (k).
	Row(i int, scores []float32) float64
}

// Of returns the loss for a problem: squared for quantities, logistic for two
// classes, that of softmax for more.
func Of(p model.Problem) Loss {
	switch {
	case p.Regression:
		return &squared{p}
	case p.K == 2:
		return &logistic{classes{p}}
	}
	return &softmax{classes{p}}
}

// Prior returns the frequencies of the classes, or the mean target, in the
// training rows.
func Prior(p model.Problem) []float32 {
	share := make([]float64, p.K)
	for _, y := range p.TrainY {
		if p.Regression {
			share[0] += float64(y)
		} else {
			share[int(y)]++
		}
	}
	out := make([]float32, p.K)
	for c, s := range share {
		out[c] = float32(s / float64(len(p.TrainY)))
	}
	return out
}

// squared is ½(y-z)².
type squared struct{ model.Problem }

func (l *squared) Start() []float32    { return Prior(l.Problem) }
func (l *squared) Outputs() int        { return 1 }
func (l *squared) Link([]float32, int) {}

func (l *squared) Slope(target, weight []float64, scores []float32, _ int) {
	for i, y := range l.TrainY {
		target[i], weight[i] = float64(y)-float64(scores[i]), 1
	}
}

func (l *squared) Row(i int, scores []float32) float64 {
	e := float64(l.TrainY[i]) - float64(scores[0])
	return e * e / 2
}

// classes is the loss -log p of the row's class.
type classes struct{ model.Problem }

func (l *classes) Row(i int, scores []float32) float64 {
	return -float64(kernel.Log(max(scores[int(l.TrainY[i])], 1e-7)))
}

// logistic has p = 1/(1+e⁻ᶻ) for class 1 and the margins -z and z: the
// derivatives are p-y and p(1-p).
type logistic struct{ classes }

func (l *logistic) Start() []float32 {
	share := Prior(l.Problem)
	z := kernel.Log(max(share[1], 1e-7)) - kernel.Log(max(share[0], 1e-7))
	return []float32{-z, z}
}

func (l *logistic) Outputs() int { return 1 }

func (l *logistic) Link(dst []float32, n int) {
	for i, z := range dst[:2*n] {
		dst[i] = kernel.Sigmoid(z)
	}
}

func (l *logistic) Slope(target, weight []float64, scores []float32, _ int) {
	for i, y := range l.TrainY {
		p := float64(scores[2*i+1])
		target[i], weight[i] = float64(y)-p, max(p*(1-p), tiny)
	}
}

// softmax has one margin a class. The derivatives are p-y and p(1-p), of which
// the second is doubled as XGBoost does: the diagonal alone would step too far
// where two classes move against each other.
type softmax struct{ classes }

func (l *softmax) Start() []float32 {
	z := Prior(l.Problem)
	for c, share := range z {
		z[c] = kernel.Log(max(share, 1e-7))
	}
	return z
}

func (l *softmax) Outputs() int { return l.K }

func (l *softmax) Link(dst []float32, n int) { kernel.Softmax(dst, dst, n, l.K) }

func (l *softmax) Slope(target, weight []float64, scores []float32, c int) {
	for i, y := range l.TrainY {
		p, is := float64(scores[i*l.K+c]), 0.0
		if int(y) == c {
			is = 1
		}
		target[i], weight[i] = is-p, max(2*p*(1-p), tiny)
	}
}
