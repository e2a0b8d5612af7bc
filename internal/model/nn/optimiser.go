package nn

import (
	"errors"
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// schedule is how a network is trained; MLPParams says what the fields mean.
type schedule struct {
	optimizer     string
	rate          float64
	batch, epochs int
	l2            float64
}

// check returns an error for the first value outside its range.
func (s schedule) check() error {
	switch {
	case s.optimizer != "sgd" && s.optimizer != "adam":
		return fmt.Errorf("optimizer is %q; it can be sgd or adam", s.optimizer)
	case !(s.rate > 0 && s.rate <= math.MaxFloat32):
		return fmt.Errorf("learning rate is %g; it must be above 0", s.rate)
	case s.batch < 1:
		return fmt.Errorf("batch size is %d; it must be at least 1", s.batch)
	case s.epochs < 1:
		return fmt.Errorf("there are %d epochs; at least 1 is needed", s.epochs)
	case !(s.l2 >= 0 && s.l2 <= math.MaxFloat32):
		return fmt.Errorf("L2 penalty is %g; it must not be negative", s.l2)
	}
	return nil
}

// checkProblem returns an error where p does not hold together.
func checkProblem(p model.Problem) error {
	n := len(p.TrainY)
	switch {
	case n == 0:
		return errors.New("there are no training rows")
	case p.D < 1 || len(p.TrainX) != n*p.D:
		return fmt.Errorf("%d training rows of %d features have %d values", n, p.D, len(p.TrainX))
	case p.Height > 0 && p.Height*p.Width != p.D:
		return fmt.Errorf("images of %d×%d pixels have %d features", p.Height, p.Width, p.D)
	case p.Regression && p.K != 1:
		return fmt.Errorf("a regression has %d scores; it must have 1", p.K)
	case !p.Regression && p.K < 2:
		return errors.New("a classification needs at least 2 classes")
	case !kernel.Finite(p.TrainX):
		return errors.New("a training row holds a value that is not a finite number")
	case !kernel.Finite(p.TrainY):
		return errors.New("a training target is not a finite number")
	}
	for _, y := range p.TrainY {
		if !p.Regression && (y < 0 || y >= float32(p.K) || y != float32(int(y))) {
			return fmt.Errorf("class %g is not among 0 to %d", y, p.K-1)
		}
	}
	return nil
}

// optimiser moves the weights down the gradient and can take a step back.
type optimiser struct {
	adam   bool
	rate   float32
	m, v   []float32    // Adam's moments
	p1, p2 float64      // powers of Adam's decays
	before [3][]float32 // weights and moments before the present step
}

func newOptimiser(s schedule, w []float32) *optimiser {
	o := &optimiser{adam: s.optimizer == "adam", rate: float32(s.rate), p1: 1, p2: 1}
	o.before[0] = make([]float32, len(w))
	if o.adam {
		o.m, o.v = make([]float32, len(w)), make([]float32, len(w))
		o.before[1], o.before[2] = make([]float32, len(w)), make([]float32, len(w))
	}
	return o
}

// step changes w by the gradient g. Where a new weight would not be finite it
// changes nothing and returns false. A gradient that is not finite always makes
// such a weight, with either optimiser.
func (o *optimiser) step(w, g []float32) bool {
	state := [3][]float32{w, o.m, o.v}
	for i, x := range state {
		copy(o.before[i], x)
	}
	// Rounded before they are taken from 1: fused, they would differ on arm64.
	p1, p2 := float64(o.p1*kernel.AdamBeta1), float64(o.p2*kernel.AdamBeta2)
	if o.adam {
		kernel.Adam(w, g, o.m, o.v, o.rate, float32(1-p1), float32(1-p2))
	} else {
		kernel.SGD(w, g, o.rate)
	}
	if !kernel.Finite(w) {
		for i, x := range state {
			copy(x, o.before[i])
		}
		return false
	}
	o.p1, o.p2 = p1, p2
	return true
}
