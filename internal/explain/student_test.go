package explain

import (
	"math"
	"testing"
)

// The quantiles of Student's t, from tables.
func TestWidening(t *testing.T) {
	for n, want := range map[int]float64{2: 12.7062, 5: 2.7764, 10: 2.2622, 11: 2.2281, 16: 2.1314, 31: 2.0423, 121: 1.9799} {
		if got := Widening(n) * normal95; math.Abs(got-want) > 2e-4 {
			t.Errorf("with %d draws %.5f standard errors are taken, not %.4f", n, got, want)
		}
	}
}
