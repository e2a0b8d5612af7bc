package saliency

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// baseline returns the neutral row, d values in data units: per column the
// "mean" or the "median" of the background rows, or "zero". The mean of a
// category's codes is no category; a model fed with codes takes it all the same.
func (r *run) baseline(name string) ([]float32, error) {
	x := make([]float32, r.D)
	if name == "zero" {
		return x, nil
	}
	n := len(r.Background) / r.D
	if n == 0 || n*r.D != len(r.Background) {
		panic("saliency: the background is not whole rows")
	}
	column := make([]float64, 0, n)
	for j := range x {
		column = column[:0]
		for i := range n {
			if v := float64(r.Background[i*r.D+j]); v == v {
				column = append(column, v)
			}
		}
		n := len(column)
		if n == 0 {
			x[j] = float32(math.NaN())
			continue
		}
		switch name {
		case "mean":
			sum := 0.0
			for _, v := range column {
				sum += v
			}
			x[j] = float32(sum / float64(n))
		case "median":
			slices.Sort(column)
			x[j] = float32((column[(n-1)/2] + column[n/2]) / 2)
		default:
			return nil, explain.Refuse("choose mean, median or zero", "there is no baseline %q", name)
		}
	}
	return x, nil
}
