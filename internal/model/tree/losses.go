package tree

import (
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// tiny keeps second derivatives away from 0 where a margin is far out.
const tiny = 1e-16

// loss is what boosting lowers, by its derivatives with respect to margins.
type loss interface {
	// start returns the margins (k) before the first tree: the best constant.
	start() []float32
	// outputs returns q, how many trees a round grows, and link turns k margins
	// into scores.
	outputs() int
	link() Link
	// slope writes to target and weight (n) the negative first and the second
	// derivative for output c, given the scores (n×k).
	slope(target, weight []float64, scores []float32, c int)
	// of returns the loss of row i, given its scores (k).
	of(i int, scores []float32) float64
}

// lossOf returns the loss for a problem: squared for quantities, logistic for
// two classes, that of softmax for more.
func lossOf(p model.Problem) loss {
	switch {
	case p.Regression:
		return &squared{p}
	case p.K == 2:
		return &logistic{classes{p}}
	}
	return &softmax{classes{p}}
}

// squared is ½(y-z)².
type squared struct{ model.Problem }

func (l *squared) start() []float32 { return prior(l.Problem) }
func (l *squared) outputs() int     { return 1 }
func (l *squared) link() Link       { return Identity }

func (l *squared) slope(target, weight []float64, scores []float32, _ int) {
	for i, y := range l.TrainY {
		target[i], weight[i] = float64(y)-float64(scores[i]), 1
	}
}

func (l *squared) of(i int, scores []float32) float64 {
	e := float64(l.TrainY[i]) - float64(scores[0])
	return e * e / 2
}

// classes is the loss -log p of the row's class.
type classes struct{ model.Problem }

func (l *classes) of(i int, scores []float32) float64 {
	return -float64(kernel.Log(max(scores[int(l.TrainY[i])], 1e-7)))
}

// logistic has p = 1/(1+e⁻ᶻ) for class 1 and the margins -z and z: the
// derivatives are p-y and p(1-p).
type logistic struct{ classes }

func (l *logistic) start() []float32 {
	share := prior(l.Problem)
	z := kernel.Log(max(share[1], 1e-7)) - kernel.Log(max(share[0], 1e-7))
	return []float32{-z, z}
}

func (l *logistic) outputs() int { return 1 }
func (l *logistic) link() Link   { return Logistic }

func (l *logistic) slope(target, weight []float64, scores []float32, _ int) {
	for i, y := range l.TrainY {
		p := float64(scores[2*i+1])
		target[i], weight[i] = float64(y)-p, max(p*(1-p), tiny)
	}
}

// softmax has one margin a class. The derivatives are p-y and p(1-p), of which
// the second is doubled as XGBoost does: the diagonal alone would step too far
// where two classes move against each other.
type softmax struct{ classes }

func (l *softmax) start() []float32 {
	z := prior(l.Problem)
	for c, share := range z {
		z[c] = kernel.Log(max(share, 1e-7))
	}
	return z
}

func (l *softmax) outputs() int { return l.K }
func (l *softmax) link() Link   { return Softmax }

func (l *softmax) slope(target, weight []float64, scores []float32, c int) {
	for i, y := range l.TrainY {
		p, is := float64(scores[i*l.K+c]), 0.0
		if int(y) == c {
			is = 1
		}
		target[i], weight[i] = is-p, max(2*p*(1-p), tiny)
	}
}
