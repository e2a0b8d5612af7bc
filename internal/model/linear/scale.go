package linear

import (
	"errors"
	"math"

	"github.com/whybox/whybox/internal/model"
)

// check says what makes a problem impossible to fit.
func check(p model.Problem, l2 float64) error {
	n := len(p.TrainY)
	if p.D < 1 || len(p.TrainX) != n*p.D {
		panic("linear: rows of another length than the problem says")
	}
	if n < 2 {
		return errors.New("at least two rows are needed to learn from")
	}
	if !(l2 >= 0) || math.IsInf(l2, 0) {
		return errors.New("the weight penalty must be a number from 0 up")
	}
	for _, s := range [2][]float32{p.TrainX, p.TrainY} {
		for _, v := range s {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return errors.New("the rows hold a value that is not a finite number")
			}
		}
	}
	return nil
}

// scale is what brings the columns to mean 0 and standard deviation 1.
type scale struct {
	mean    []float64 // d
	inverse []float64 // d, one over the population standard deviation; 0 for a constant column, which so gets no weight
}

func newScale(x []float32, n, d int) scale {
	s := scale{mean: make([]float64, d), inverse: make([]float64, d)}
	for j := range d {
		sum, constant := 0.0, true
		for i := range n {
			sum += float64(x[i*d+j])
			constant = constant && x[i*d+j] == x[j]
		}
		if s.mean[j] = sum / float64(n); constant {
			continue
		}
		squares := 0.0
		for i := range n {
			gap := float64(x[i*d+j]) - s.mean[j]
			squares += float64(gap * gap)
		}
		s.inverse[j] = 1 / math.Sqrt(squares/float64(n))
	}
	return s
}

// rows returns the standardised rows of x (n×d) with a last column of ones:
// n×(d+1).
func (s scale) rows(x []float32, n int) []float64 {
	d := len(s.mean)
	out := make([]float64, 0, n*(d+1))
	for i := range n {
		for j, v := range x[i*d : (i+1)*d] {
			out = append(out, (float64(v)-s.mean[j])*s.inverse[j])
		}
		out = append(out, 1)
	}
	return out
}
