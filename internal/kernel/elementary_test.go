package kernel

import (
	"math"
	"testing"
)

// elementary lists each function with its reference in float64 and the bound
// its comment promises, in ulp of the float32 result.
var elementary = []struct {
	name string
	f    func(float32) float32
	ref  func(float64) float64
	ulp  float64
}{
	{"Exp", Exp, math.Exp, 1},
	{"Log", Log, math.Log, 1},
	{"Tanh", Tanh, math.Tanh, 1.5},
	{"Sigmoid", Sigmoid, func(x float64) float64 {
		if x < 0 { // 1+e⁻ˣ would overflow
			e := math.Exp(x)
			return e / (1 + e)
		}
		return 1 / (1 + math.Exp(-x))
	}, 2.5},
}

// ulp32 returns the distance between float32 numbers around want; the smallest
// denormal where want is denormal.
func ulp32(want float64) float64 {
	want = math.Abs(want)
	if want < 0x1p-126 {
		return 0x1p-149
	}
	_, e := math.Frexp(want)
	return math.Ldexp(1, e-24)
}

// ulpError returns |got-want| in ulp; 0 where both are the same infinity or
// both NaN.
func ulpError(got float32, want float64) float64 {
	g := float64(got)
	switch {
	case math.IsNaN(want) || math.IsNaN(g):
		if math.IsNaN(want) && math.IsNaN(g) {
			return 0
		}
		return math.Inf(1)
	case math.Abs(want) > math.MaxFloat32:
		if math.IsInf(g, 0) && math.Signbit(g) == math.Signbit(want) {
			return 0
		}
		if want != math.Inf(1) && want < math.MaxFloat32*(1+0x1p-24) && !math.IsInf(g, 0) {
			return math.Abs(g-want) / ulp32(math.MaxFloat32)
		}
		return math.Inf(1)
	case math.IsInf(g, 0):
		// An infinity stands for the number after the largest.
		return math.Abs(math.Copysign(0x1p128, g)-want) / ulp32(math.MaxFloat32)
	}
	return math.Abs(g-want) / ulp32(want)
}

// bound returns the allowed error at a result: results in the denormals may be
// off by 1 of the smallest.
func bound(ulp, want float64) float64 {
	if math.Abs(want) < 0x1p-126 {
		return 1
	}
	return ulp
}

// TestElementarySweep visits one float32 bit pattern in every 1009 (a prime,
// so all mantissas come up), positive and negative.
func TestElementarySweep(t *testing.T) {
	for _, c := range elementary {
		worst, at := 0.0, float32(0)
		for b := uint64(0); b < 1<<32; b += 1009 {
			x := math.Float32frombits(uint32(b))
			want := c.ref(float64(x))
			e := ulpError(c.f(x), want)
			if e > bound(c.ulp, want) {
				t.Fatalf("%s(%g) = %g, want %g: %.3f ulp", c.name, x, c.f(x), want, e)
			}
			if e > worst {
				worst, at = e, x
			}
		}
		t.Logf("%s: worst %.3f ulp at %g", c.name, worst, at)
	}
}

func TestElementaryEdges(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	negZero := math.Float32frombits(signBit)
	tiny := math.Float32frombits(1)
	for _, c := range []struct {
		name    string
		f       func(float32) float32
		x, want float32
	}{
		{"Exp", Exp, 0, 1}, {"Exp", Exp, negZero, 1}, {"Exp", Exp, tiny, 1},
		{"Exp", Exp, inf, inf}, {"Exp", Exp, -inf, 0}, {"Exp", Exp, nan, nan},
		{"Exp", Exp, 88.72284, inf}, {"Exp", Exp, 1e30, inf}, {"Exp", Exp, -1e30, 0},
		{"Exp", Exp, -103.98, 0}, {"Exp", Exp, -103.97, tiny},
		{"Log", Log, 1, 0}, {"Log", Log, 0, -inf}, {"Log", Log, negZero, -inf},
		{"Log", Log, inf, inf}, {"Log", Log, -inf, nan}, {"Log", Log, nan, nan},
		{"Log", Log, -1, nan}, {"Log", Log, -tiny, nan},
		{"Log", Log, tiny, float32(-149 * math.Ln2)},
		{"Log", Log, math.MaxFloat32, float32(128 * math.Ln2)},
		{"Tanh", Tanh, 0, 0}, {"Tanh", Tanh, negZero, negZero}, {"Tanh", Tanh, tiny, tiny},
		{"Tanh", Tanh, -tiny, -tiny}, {"Tanh", Tanh, inf, 1}, {"Tanh", Tanh, -inf, -1},
		{"Tanh", Tanh, nan, nan}, {"Tanh", Tanh, 1e30, 1}, {"Tanh", Tanh, 10, 1},
		{"Sigmoid", Sigmoid, 0, 0.5}, {"Sigmoid", Sigmoid, negZero, 0.5},
		{"Sigmoid", Sigmoid, inf, 1}, {"Sigmoid", Sigmoid, -inf, 0},
		{"Sigmoid", Sigmoid, nan, nan}, {"Sigmoid", Sigmoid, 40, 1},
		{"Sigmoid", Sigmoid, -103.97, tiny}, {"Sigmoid", Sigmoid, -200, 0},
	} {
		got := c.f(c.x)
		if c.want != c.want && got != got {
			continue
		}
		if math.Float32bits(got) != math.Float32bits(c.want) {
			t.Errorf("%s(%g) = %g, want %g", c.name, c.x, got, c.want)
		}
	}
}

// TestElementaryMonotone walks neighbouring float32 numbers where the results
// overflow, underflow, saturate, or change from one formula to the other.
func TestElementaryMonotone(t *testing.T) {
	for _, c := range []struct {
		name   string
		f      func(float32) float32
		lo, hi float32
	}{
		{"Exp", Exp, 88.6, 89.1}, {"Exp", Exp, -104.1, -103.2}, {"Exp", Exp, -87.5, -87.2},
		{"Exp", Exp, -1e-6, -1e-8}, {"Exp", Exp, 1e-8, 1e-6},
		{"Log", Log, 0, 1e-40}, {"Log", Log, 1.1e-38, 1.2e-38},
		{"Log", Log, 0.9999, 1.0001}, {"Log", Log, 3.4e38, math.MaxFloat32},
		{"Tanh", Tanh, 0.6249, 0.6251}, {"Tanh", Tanh, 8.9, 9.2}, {"Tanh", Tanh, 0, 1e-41},
		{"Sigmoid", Sigmoid, 16, 18}, {"Sigmoid", Sigmoid, -104.1, -103.2},
		{"Sigmoid", Sigmoid, -1e-7, -1e-8},
	} {
		n := 0
		last := c.f(c.lo)
		for x := c.lo; x <= c.hi; {
			x = math.Nextafter32(x, float32(math.Inf(1)))
			y := c.f(x)
			if y < last {
				t.Fatalf("%s falls from %g to %g at %g", c.name, last, y, x)
			}
			last = y
			n++
		}
		if n < 1000 {
			t.Errorf("%s %g..%g: only %d steps", c.name, c.lo, c.hi, n)
		}
	}
}

// TestElementaryBits pins the results, so that a platform that rounds
// differently is found: FNV-1a over the bits of each function at every 65,521st
// bit pattern (a prime), NaN excepted. The constants come from this code on
// linux/amd64; js/wasm gives the same.
func TestElementaryBits(t *testing.T) {
	want := map[string]uint64{
		"Exp": 0x3530eff57665460b, "Log": 0xa1d4c04bea8628b6,
		"Tanh": 0xef30a7a3966bd766, "Sigmoid": 0xb60c94c89952d00f,
	}
	for _, c := range elementary {
		hash := uint64(14695981039346656037)
		for b := uint64(0); b < 1<<32; b += 65521 {
			y := c.f(math.Float32frombits(uint32(b)))
			if y != y {
				continue
			}
			for bits := math.Float32bits(y); bits != 0; bits >>= 8 {
				hash = (hash ^ uint64(bits&255)) * 1099511628211
			}
		}
		if hash != want[c.name] {
			t.Errorf("%s: hash %#x, want %#x", c.name, hash, want[c.name])
		}
	}
}
