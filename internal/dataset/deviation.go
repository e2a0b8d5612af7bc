package dataset

import (
	"math"
	"slices"
)

// MAD returns each column's median absolute deviation from its median over the
// rows, in data units: the usual yardstick for how far a counterfactual moves.
//
// Where more than half the rows share one value it is 0 and would make every
// move infinitely costly. There the mean absolute deviation from the median
// stands in, or the column's Step if that is larger; so every value is > 0.
// Missing values (NaN) are left out.
func (t *Table) MAD(rows []int) []float32 {
	if len(rows) == 0 {
		panic("dataset: MAD of no rows")
	}
	d := len(t.Columns)
	mad := make([]float32, d)
	gaps := make([]float64, 0, len(rows))
	for j := range mad {
		gaps = gaps[:0]
		for _, row := range rows {
			if v := float64(t.X[row*d+j]); v == v {
				gaps = append(gaps, v)
			}
		}
		if len(gaps) == 0 {
			mad[j] = float32(t.Columns[j].Step)
			continue
		}
		centre, sum := median(gaps), 0.0
		for i, v := range gaps {
			gaps[i] = math.Abs(v - centre)
			sum += gaps[i]
		}
		mad[j] = float32(median(gaps))
		if mad[j] == 0 {
			mad[j] = float32(max(sum/float64(len(gaps)), t.Columns[j].Step))
		}
	}
	return mad
}

// median sorts v and returns its middle value, or the mean of the middle two.
func median(v []float64) float64 {
	slices.Sort(v)
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}
