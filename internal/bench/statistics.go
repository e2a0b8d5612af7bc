package bench

import (
	"fmt"
	"math"
	"slices"
)

// quantile returns the value below which the share q of x lies, 0 ≤ q ≤ 1,
// between two neighbours in proportion. x is not empty and stays as it is.
func quantile(x []float64, q float64) float64 {
	s := slices.Sorted(slices.Values(x))
	at := q * float64(len(s)-1)
	lo := int(at)
	hi := min(lo+1, len(s)-1)
	return s[lo] + float64((at-float64(lo))*(s[hi]-s[lo]))
}

func median(x []float64) float64 { return quantile(x, 0.5) }

// tolerance is how far a peer's result may be from what it should be, as a part
// of the largest value or, where that is less, of 1.
const tolerance = 1e-4

// compare returns an error where got is not want within the tolerance, and the
// largest difference.
func compare(got, want []float64, tolerance float64) (float64, error) {
	if len(got) != len(want) {
		return 0, fmt.Errorf("computed %d values where there are %d", len(got), len(want))
	}
	size := 1.0
	for _, w := range want {
		size = max(size, math.Abs(w))
	}
	worst, at := 0.0, 0
	for i := range want {
		if off := math.Abs(got[i] - want[i]); !(off <= worst) {
			worst, at = off, i
		}
	}
	if !(worst <= tolerance*size) {
		return worst, fmt.Errorf("value %d of %d is %.9g and should be %.9g, off by %.2g", at, len(want), got[at], want[at], worst)
	}
	return worst, nil
}
