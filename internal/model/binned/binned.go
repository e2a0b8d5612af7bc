// Package binned turns training rows into small whole numbers: every feature
// is cut into bins once, and whoever looks for a split then counts bins instead
// of sorting values.
//
// Source: Ke, Meng, Finley, Wang, Chen, Ma, Ye, Liu. LightGBM: a highly
// efficient gradient boosting decision tree. NeurIPS 2017, algorithm 1.
package binned

import (
	"fmt"
	"slices"

	"github.com/whybox/whybox/internal/model"
)

// MaxBins is the most bins a feature can have, that of missing values aside.
const MaxBins = 1<<16 - 1

// Table is n training rows of d features, feature by feature.
type Table struct {
	N, D     int
	Column   []float32 // d×n values in data units; NaN is missing
	Code     []uint16  // d×n: the bin of each value
	Features []Feature // d
}

// Feature is how one feature is cut. Bin 0 holds missing values. A number is in
// bin b ≥ 1 where Cuts[b-2] ≤ x < Cuts[b-1] (the first and the last bin have no
// end), a category with code c in bin c+1.
type Feature struct {
	Categories int       // how many codes there are; 0 for numbers
	Cuts       []float32 // ascending, between two neighbouring bins; numbers only
	Missing    bool      // whether a training row lacks it
	Low, High  []float32 // by bin: the least and the greatest training value in it; numbers only
}

// New cuts the training rows of p. A number with at most so many different
// values gets a bin for each of them, else bins of about equally many rows.
// Values may be missing, but neither infinite nor, in a categorical feature,
// anything but a code. most is 2..MaxBins.
func New(p model.Problem, most int) (*Table, error) {
	n := len(p.TrainY)
	if p.D < 1 || len(p.TrainX) != n*p.D || most < 2 || most > MaxBins {
		panic("binned: rows of another shape than the problem says, or too many bins")
	}
	t := &Table{N: n, D: p.D, Column: make([]float32, n*p.D), Code: make([]uint16, n*p.D), Features: make([]Feature, p.D)}
	sorted := make([]float32, 0, n)
	for j := range p.D {
		column, f := t.Column[j*n:(j+1)*n], &t.Features[j]
		if p.Categories != nil {
			f.Categories = p.Categories[j]
		}
		sorted = sorted[:0]
		for i := range n {
			v := p.TrainX[i*p.D+j]
			column[i] = v
			if v != v {
				f.Missing = true
				continue
			}
			if why := f.refuse(v); why != "" {
				return nil, fmt.Errorf("row %d holds %v as feature %d, which is %s", i, v, j, why)
			}
			sorted = append(sorted, v)
		}
		if f.Categories == 0 {
			slices.Sort(sorted)
			f.cut(sorted, most)
		}
		for i, v := range column {
			t.Code[j*n+i] = f.Bin(v)
		}
	}
	return t, nil
}

// refuse says what is wrong with a value that is not missing, or "".
func (f *Feature) refuse(v float32) string {
	switch {
	case v-v != 0:
		return "not a finite number"
	case f.Categories >= MaxBins:
		return "one of too many categories"
	case f.Categories > 0 && (v < 0 || v >= float32(f.Categories) || v != float32(int(v))):
		return fmt.Sprintf("no code of its %d categories", f.Categories)
	}
	return ""
}

// cut makes the bins from the ascending values. A bin is full as soon as it has
// its share of the rows not yet in a bin.
func (f *Feature) cut(sorted []float32, most int) {
	different := 0
	for i, v := range sorted {
		if i == 0 || v != sorted[i-1] {
			different++
		}
	}
	f.Low, f.High = []float32{0}, []float32{0} // the bin of missing values has neither
	for from := 0; from < len(sorted); {
		share := 1
		if different > most {
			left := most - (len(f.Low) - 1)
			share = (len(sorted) - from + left - 1) / left
		}
		to := from
		for to < len(sorted) && (to-from < share || sorted[to] == sorted[to-1]) {
			to++
		}
		if len(f.Low) > 1 {
			f.Cuts = append(f.Cuts, Between(sorted[from-1], sorted[from]))
		}
		f.Low, f.High = append(f.Low, sorted[from]), append(f.High, sorted[to-1])
		from = to
	}
}

// Between returns the float32 halfway between low < high, and high where the
// middle rounds to low; so low < t ≤ high.
func Between(low, high float32) float32 {
	if middle := float32((float64(low) + float64(high)) / 2); middle > low {
		return middle
	}
	return high
}

// Bins returns how many bins there are, bin 0 included.
func (f *Feature) Bins() int {
	if f.Categories > 0 {
		return f.Categories + 1
	}
	return len(f.Cuts) + 2
}

// Bin returns the bin of any value; 0 for NaN and for what is no code.
func (f *Feature) Bin(v float32) uint16 {
	switch {
	case v != v:
		return 0
	case f.Categories > 0:
		if v < 0 || v >= float32(f.Categories) {
			return 0
		}
		return uint16(v) + 1
	}
	low, high := 0, len(f.Cuts)
	for low < high {
		middle := (low + high) / 2
		if f.Cuts[middle] <= v {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return uint16(low) + 1
}
