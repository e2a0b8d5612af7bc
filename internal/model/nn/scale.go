package nn

import (
	"math"

	"github.com/whybox/whybox/internal/model"
)

// scale says how columns are standardised: (x - mean)·scale.
type scale struct {
	mean, scale []float32 // a value a column
}

// columnScale takes mean and standard deviation of each column of x (n×d) to 0
// and 1. A column with one value only keeps its unit.
func columnScale(x []float32, n, d int) scale {
	s := scale{make([]float32, d), make([]float32, d)}
	for j := range d {
		sum := 0.0
		for i := range n {
			sum += float64(x[i*d+j])
		}
		mean := sum / float64(n)
		squares := 0.0
		same := true
		for i := range n {
			v := float64(x[i*d+j]) - mean
			squares += float64(v * v)
			same = same && x[i*d+j] == x[j]
		}
		s.mean[j], s.scale[j] = float32(mean), 1
		// Below 1e-30 its inverse comes near the end of float32.
		if spread := math.Sqrt(squares / float64(n)); !same && spread > 1e-30 {
			s.scale[j] = float32(1 / spread)
		}
	}
	return s
}

// pixelScale takes the largest absolute value of all columns of x to 1: one
// scale for a whole image, and 0 stays 0.
func pixelScale(x []float32, d int) scale {
	top := float32(0)
	for _, v := range x {
		top = max(top, v, -v)
	}
	s := scale{make([]float32, d), make([]float32, d)}
	for j := range d {
		s.scale[j] = 1
		if top > 1e-30 {
			s.scale[j] = 1 / top
		}
	}
	return s
}

// inputScale chooses between the two.
func inputScale(p model.Problem) scale {
	if p.Height > 0 {
		return pixelScale(p.TrainX, p.D)
	}
	return columnScale(p.TrainX, len(p.TrainY), p.D)
}
