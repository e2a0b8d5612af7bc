package linear

import "math"

// Fitting runs in float64, since in float32 the loss stops falling well before
// the weights have settled; and package math's functions differ between
// platforms. So the two that are needed are here, good to a few units in the
// last place, with no product fused into a sum.

// expDown returns eˣ for x ≤ 0, and 0 below -700.
//
// x = n·ln 2 + r with |r| ≤ ln 2/2; eʳ by its Taylor series up to r¹³, whose
// remainder is below 1e-17.
func expDown(x float64) float64 {
	const (
		high = 6.93147180369123816490e-01 // ln 2 in two parts: n·high is exact
		low  = 1.90821492927058770002e-10
	)
	if !(x >= -700) {
		return 0
	}
	n := math.Floor(float64(x*math.Log2E) + 0.5)
	r := x - float64(n*high)
	r -= float64(n * low)
	sum := 1.0
	for k := 13.0; k >= 1; k-- {
		sum = 1 + float64(r*sum)/k
	}
	return sum * math.Float64frombits(uint64(1023+int(n))<<52)
}

// logUp returns ln x for finite x ≥ 1.
//
// x = 2ᵏ·m with m in √½..√2; ln m = 2·artanh s with s = (m-1)/(m+1), by its
// series up to s²³, whose remainder is below 1e-19.
func logUp(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	s := (m - 1) / (m + 1)
	square, sum := s*s, 0.0
	for i := 23; i >= 1; i -= 2 {
		sum = float64(square*sum) + 1/float64(i)
	}
	return float64(float64(k)*math.Ln2) + float64(2*s*sum)
}
