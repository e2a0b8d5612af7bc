package linear

import (
	"errors"
	"math"

	"github.com/whybox/whybox/internal/model"
)

// LogisticParams are the settings of NewLogistic.
type LogisticParams struct {
	L2    float64 // weight penalty per row on standardised features; 0 is maximum likelihood
	Steps int     // Newton steps at the most, ≥ 1
}

// NewLogistic returns a trainer of logistic regression for two or more
// classes. It minimises
//
//	f = 1/n Σ -ln p(yᵢ | zᵢ) + L2/2 ‖w‖²
//
// over standardised features z, intercepts free. (In the notation that sums
// over rows, C = 1/(n·L2).) One step is one Newton step: its direction is
// found by conjugate gradients, only as exactly as the distance from the
// optimum deserves, and it is halved until f falls enough, so f falls in every
// step. Training ends when no slope of f exceeds 1e-10, or after Steps. Where
// classes can be parted without error and L2 is 0 there is no optimum; the
// weights then grow with each step and stay finite. The error says what is
// wrong with the rows or the settings.
//
// Paper: R. Dembo, T. Steihaug. Truncated-Newton algorithms for large-scale
// unconstrained optimization. Mathematical Programming 1983, doi
// 10.1007/BF02592055
func NewLogistic(p model.Problem, params LogisticParams) (model.Trainer, error) {
	if p.Regression || p.K < 2 {
		return nil, errors.New("logistic regression tells classes apart, two at least")
	}
	if err := check(p, params.L2); err != nil {
		return nil, err
	}
	if params.Steps < 1 {
		return nil, errors.New("the number of steps must be at least 1")
	}
	q := p.K
	if q == 2 {
		q = 1
	}
	n := len(p.TrainY)
	s := newScale(p.TrainX, n, p.D)
	size := (p.D + 1) * q
	t := &newton{
		n: n, d: p.D, q: q, l2: params.L2, steps: params.Steps,
		scale: s, z: s.rows(p.TrainX, n), y: p.TrainY,
		model: Logistic{newAffine(s, q), p.K},
		theta: make([]float64, size), slope: make([]float64, size), prob: make([]float64, n*q), work: make([]float64, n*q),
	}
	for _, y := range p.TrainY {
		if y < 0 || int(y) >= p.K || float32(int(y)) != y {
			panic("linear: a class index out of range")
		}
	}
	t.loss = t.descend(t.theta)
	return t, nil
}

// newton trains a Logistic.
type newton struct {
	n, d, q     int
	l2          float64
	steps, done int
	settled     bool
	scale       scale
	z           []float64 // n×(d+1), standardised rows and a 1
	y           []float32 // n
	model       Logistic
	theta       []float64 // (d+1)×q, intercepts last
	loss        float64   // f at theta
	slope       []float64 // (d+1)×q, gradient of f at theta
	prob        []float64 // n×q, probabilities at theta (of class 1, where q is 1)
	work        []float64 // n×q
}

func (t *newton) Model() model.Model { return &t.model }

func (t *newton) Done() bool { return t.settled || t.done == t.steps }

func (t *newton) Progress() (done, total, perPoint int) {
	if t.settled {
		return t.done, t.done, 1
	}
	return t.done, t.steps, 1
}

// Step takes one Newton step. It does not diverge: f never rises.
func (t *newton) Step() error {
	if t.Done() {
		panic("linear: a step after the last")
	}
	t.done++
	direction := t.direction()
	fall := dot(direction, t.slope)
	if !(fall < 0) {
		t.settled = true // flat as far as can be told
		return nil
	}
	next := make([]float64, len(t.theta))
	for length := 1.0; ; length /= 2 {
		if length < 1e-9 {
			t.settled = true // f cannot be told from its neighbours
			t.descend(t.theta)
			return nil
		}
		for i, v := range direction {
			next[i] = t.theta[i] + float64(length*v)
		}
		loss := t.value(next)
		// Near the optimum f changes by less than it can be computed to.
		if loss <= t.loss+float64(1e-4*length*fall)+4e-16 {
			break
		}
	}
	t.theta = next
	t.loss = t.descend(next)
	t.model.set(t.scale, t.theta)
	t.settled = largest(t.slope) < 1e-10
	return nil
}

// value fills prob with the probabilities at theta and returns f there.
func (t *newton) value(theta []float64) float64 {
	t.forward(t.prob, theta)
	loss := 0.0
	for i := range t.n {
		row, class := t.prob[i*t.q:(i+1)*t.q], int(t.y[i])
		if t.q == 1 {
			z := row[0]
			small := expDown(-math.Abs(z))
			loss += logUp(1 + small)
			if (z > 0) != (class == 1) {
				loss += math.Abs(z)
			}
			if z < 0 {
				row[0] = small / (1 + small)
			} else {
				row[0] = 1 / (1 + small)
			}
			continue
		}
		loss += softmax(row, class)
	}
	penalty := 0.0
	for _, w := range theta[:t.d*t.q] {
		penalty += float64(w * w)
	}
	return loss/float64(t.n) + float64(t.l2/2*penalty)
}

// softmax replaces the scores in row by their softmax and returns -ln of that
// of the class.
func softmax(row []float64, class int) float64 {
	top := row[0]
	for _, v := range row {
		top = max(top, v)
	}
	at, sum := row[class]-top, 0.0
	for c, v := range row {
		row[c] = expDown(v - top)
		sum += row[c]
	}
	for c := range row {
		row[c] /= sum
	}
	return logUp(sum) - at
}

// descend fills prob and slope for theta and returns f there.
func (t *newton) descend(theta []float64) float64 {
	loss := t.value(theta)
	copy(t.work, t.prob)
	for i, y := range t.y {
		if t.q == 1 {
			t.work[i] -= float64(y)
		} else {
			t.work[i*t.q+int(y)]--
		}
	}
	t.backward(t.slope, t.work, theta)
	return loss
}
