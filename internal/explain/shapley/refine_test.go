package shapley

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The standard errors are those of leaving out each draw in turn and fitting
// again, which the code never does: it takes a formula for the change.
func TestRefineLeavesOneOut(t *testing.T) {
	const d, total = 8, 0.7
	r := rand.New(rand.NewPCG(8, 1))
	c, err := choosePairs(d, 160, r)
	pairs, drawn := c.pairs, c.drawn
	if err != nil || drawn == 0 {
		t.Fatal(drawn, err)
	}
	y := make([]float64, len(pairs))
	for i := range y {
		y[i] = r.Float64() - 0.3 // not around 0, so that the changes have a mean
	}
	f := newFit(d, c)
	phi := f.solve(y, total)
	if e := far(phi, constrained(pairs, y, total)); e > 1e-12 {
		t.Fatalf("the fit is off by %g", e)
	}
	var left [][]float64 // a fit for each draw, without it
	mean := make([]float64, d)
	for k, p := range pairs {
		if p.count == 0 {
			continue
		}
		without := slices.Clone(pairs)
		without[k].weight -= p.weight / float64(p.count)
		fit := constrained(without, y, total)
		for range p.count {
			left = append(left, fit)
			for i, v := range fit {
				mean[i] += v / float64(drawn)
			}
		}
	}
	if len(left) != drawn {
		t.Fatalf("%d draws of %d", len(left), drawn)
	}
	offset := far(phi, mean)
	got := f.refine(phi, y)
	for i := range d {
		sum := 0.0
		for _, fit := range left {
			sum += (fit[i] - mean[i]) * (fit[i] - mean[i])
		}
		n := float64(drawn)
		if want := math.Sqrt(sum * n / (n - 1)); math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("standard error %d is %g, by fitting again %g", i, got[i], want)
		}
	}
	if offset < 1e-4 {
		t.Errorf("the fits without a draw lie around the fit itself, to %g: their mean does not matter here", offset)
	}
}

// constrained returns the weighted least squares fit with Σφ = total, by
// Gaussian elimination of the equations with a multiplier.
func constrained(pairs []pair, y []float64, total float64) []float64 {
	d := len(pairs[0].in)
	a := make([][]float64, d+1)
	for i := range a {
		a[i] = make([]float64, d+2)
	}
	for i := range d {
		a[i][d], a[d][i] = 1, 1
	}
	a[d][d+1] = total
	for n, p := range pairs {
		for i := range d {
			for j := range d {
				a[i][j] += p.weight * (truth(p.in[i]) - 0.5) * (truth(p.in[j]) - 0.5)
			}
			a[i][d+1] += p.weight * (truth(p.in[i]) - 0.5) * y[n]
		}
	}
	for c := range a {
		for r := c + 1; r <= d; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[c][c]) {
				a[r], a[c] = a[c], a[r]
			}
		}
		for r := range a {
			if r != c {
				by := a[r][c] / a[c][c]
				for j := c; j < d+2; j++ {
					a[r][j] -= by * a[c][j]
				}
			}
		}
	}
	phi := make([]float64, d)
	for i := range phi {
		phi[i] = a[i][d+1] / a[i][i]
	}
	return phi
}
