package linear

import (
	"math"
	"testing"
)

// Against package math, whose functions err by less than 1 ulp: at most 4 ulp
// apart for exp, and for ln 4 ulp of the larger of the value and 1e-1.
func TestElementary(t *testing.T) {
	for i := range 200000 {
		x := -float64(i) * 0.0035
		if got, want := expDown(x), math.Exp(x); math.Abs(got-want) > 4*2.3e-16*want {
			t.Fatalf("expDown(%v) = %v, want %v", x, got, want)
		}
		y := 1 + float64(i)*0.0007
		if got, want := logUp(y), math.Log(y); math.Abs(got-want) > 4*2.3e-16*max(want, 0.1) {
			t.Fatalf("logUp(%v) = %v, want %v", y, got, want)
		}
	}
	if expDown(-800) != 0 || expDown(math.Inf(-1)) != 0 || expDown(0) != 1 || logUp(1) != 0 {
		t.Error("wrong at an end")
	}
}

// A Hilbert matrix, exact in rationals: H₄·(1,1,1,1) has the solution
// (1,1,1,1). Its condition number is 1.6e4.
func TestSolve(t *testing.T) {
	a, b := make([]float64, 16), make([]float64, 4)
	for i := range 4 {
		for j := range 4 {
			a[i*4+j] = 1 / float64(i+j+1)
			b[i] += a[i*4+j]
		}
	}
	solve(a, b)
	for i, v := range b {
		if math.Abs(v-1) > 1e-11 {
			t.Errorf("x[%d] = %v, want 1", i, v)
		}
	}
}
