package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestVectorised compares every function as it runs in a browser with the
// portable loops, bit for bit, over 1,000 sizes. Go's memory grows meanwhile.
func TestVectorised(t *testing.T) {
	if !SIMD() {
		t.Skip("no vector instructions here")
	}
	defer func() { simd = true }()
	var kept [][]float32
	for name, next := range vectorised {
		r := rand.New(rand.NewPCG(20, uint64(len(name))))
		for seed := range 1000 {
			portable := next(r)
			vector := portable.clone()
			simd = false
			want := portable.api(portable.data, portable.ints)
			simd = true
			got := vector.api(vector.data, vector.ints)
			agree(t, name, seed, vector, portable, got, want)
		}
		kept = append(kept, make([]float32, 1<<20))
	}
	for _, x := range kept {
		Fill(x, 1)
	}
}

// TestVectorisedElementary compares exp, log, tanh and sigmoid in vectors with the
// portable ones over every 10,007th float32.
func TestVectorisedElementary(t *testing.T) {
	if !SIMD() {
		t.Skip("no vector instructions here")
	}
	var x []float32
	for bits := uint64(0); bits < 1<<32; bits += 10007 {
		x = append(x, math.Float32frombits(uint32(bits)))
	}
	y := make([]float32, len(x))
	for name, f := range map[string]struct {
		vector func(dst, x []float32)
		one    func(float32) float32
	}{
		"exp":     {Exps, Exp},
		"log":     {Logs, Log},
		"tanh":    {func(dst, x []float32) { Activate(dst, x, ActTanh) }, Tanh},
		"sigmoid": {func(dst, x []float32) { Activate(dst, x, ActSigmoid) }, Sigmoid},
	} {
		f.vector(y, x)
		for i, v := range x {
			if want := f.one(v); !same(y[i], want) {
				t.Fatalf("%s(%g) = %x, portable %x", name, v, math.Float32bits(y[i]), math.Float32bits(want))
			}
		}
	}
}

// TestSIMD says what the host gave.
func TestSIMD(t *testing.T) { t.Logf("vectors: %v", SIMD()) }
