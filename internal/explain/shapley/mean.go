package shapley

import (
	"math"

	"github.com/whybox/whybox/internal/explain"
)

// meanOf returns the mean of the first d numbers of n ≥ 2 draws, and its standard
// error, widened so that ±1.96 of it is a 95 % interval.
func meanOf(draws [][]float64, d int) (mean, err []float64) {
	n := float64(len(draws))
	mean, err = make([]float64, d), make([]float64, d)
	for _, v := range draws {
		for i := range mean {
			mean[i] += v[i] / n
		}
	}
	for _, v := range draws {
		for i := range err {
			off := v[i] - mean[i]
			err[i] += float64(off * off)
		}
	}
	for i, v := range err {
		err[i] = math.Sqrt(v/(n-1)/n) * explain.Widening(len(draws))
	}
	return mean, err
}
