package additive

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The solution in closed form: the largest over starts i ≤ j of the smallest
// over ends k ≥ j of the weighted mean of i..k. Robertson, Wright, Dykstra.
// Order restricted statistical inference. 1988, theorem 1.4.4.
func minMax(values, weights []float64) []float64 {
	out := make([]float64, len(values))
	for j := range values {
		best := math.Inf(-1)
		for i := 0; i <= j; i++ {
			least, sum, all := math.Inf(1), 0.0, 0.0
			for k := i; k < len(values); k++ {
				sum += values[k] * weights[k]
				all += weights[k]
				if k >= j {
					least = min(least, sum/all)
				}
			}
			best = max(best, least)
		}
		out[j] = best
	}
	return out
}

func TestIsotonicAgainstTheClosedForm(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for range 1000 {
		values, weights := make([]float64, 1+r.IntN(20)), []float64{}
		for i := range values {
			values[i] = math.Round(8 * r.NormFloat64())
			weights = append(weights, float64(1+r.IntN(9)))
		}
		want := minMax(values, weights)
		got := slices.Clone(values)
		isotonic(got, weights)
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-12 {
				t.Fatalf("%v with weights %v gives %v, want %v", values, weights, got, want)
			}
		}
		again := slices.Clone(got)
		if isotonic(again, weights); !slices.Equal(again, got) {
			t.Fatalf("%v in order became %v", got, again)
		}
	}
}

// The textbook's case by hand: 3 and 1 pool to 2, 5 and 4 with weights 1 and 3
// to 4.25.
func TestIsotonicByHand(t *testing.T) {
	got := []float64{3, 1, 5, 4, 9}
	isotonic(got, []float64{1, 1, 1, 3, 0})
	if want := []float64{2, 2, 4.25, 4.25, 9}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
