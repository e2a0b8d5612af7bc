package kernel

import (
	"math"
	"testing"
)

func TestSGD(t *testing.T) {
	w := []float32{1, 2}
	SGD(w, []float32{4, -8}, 0.25)
	if w[0] != 0 || w[1] != 4 {
		t.Errorf("w = %v, want [0 4]", w)
	}
}

// TestAdam follows 200 steps on Σ(w-i)² against the paper's algorithm in
// float64.
func TestAdam(t *testing.T) {
	const n = 5
	w, g, m, v := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	var w64, m64, v64 [n]float64
	p1, p2 := 1.0, 1.0
	for range 200 {
		p1 *= AdamBeta1
		p2 *= AdamBeta2
		for i := range n {
			g[i] = 2 * (w[i] - float32(i))
			g64 := 2 * (w64[i] - float64(i))
			m64[i] = 0.9*m64[i] + 0.1*g64
			v64[i] = 0.999*v64[i] + 0.001*g64*g64
			w64[i] -= 0.05 * (m64[i] / (1 - p1)) / (math.Sqrt(v64[i]/(1-p2)) + 1e-8)
		}
		Adam(w, g, m, v, 0.05, float32(1-p1), float32(1-p2))
	}
	for i := range n {
		if e := math.Abs(float64(w[i]) - w64[i]); e > 1e-5 {
			t.Errorf("w[%d] = %g, float64 gives %g", i, w[i], w64[i])
		}
	}
	if math.Abs(w64[4]-4) > 0.2 {
		t.Errorf("w[4] = %g after 200 steps, want about 4", w64[4])
	}
}
