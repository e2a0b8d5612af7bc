package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// lanes is the order of reductions as the package comment states it.
func lanes(n int, term func(i int) float32) float32 {
	var l [4]float32
	for i := range n {
		l[i%4] += term(i)
	}
	return (l[0] + l[1]) + (l[2] + l[3])
}

// TestReductions compares each reduction with its stated order bit for bit and
// with float64 within the rounding of its longest chain.
func TestReductions(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	for n := range 70 {
		x, y := uniform(r, n), uniform(r, n)
		for _, c := range []struct {
			name   string
			got    float32
			term   func(i int) float32
			exact  func(i int) float64
			rounds int // roundings in a term
		}{
			{"Sum", Sum(x), func(i int) float32 { return x[i] },
				func(i int) float64 { return float64(x[i]) }, 0},
			{"Dot", Dot(x, y), func(i int) float32 { return float32(x[i] * y[i]) },
				func(i int) float64 { return float64(x[i]) * float64(y[i]) }, 1},
			{"SquaredDistance", SquaredDistance(x, y),
				func(i int) float32 { d := x[i] - y[i]; return float32(d * d) },
				func(i int) float64 { d := float64(x[i]) - float64(y[i]); return d * d }, 3},
		} {
			if want := lanes(n, c.term); math.Float32bits(c.got) != math.Float32bits(want) {
				t.Fatalf("%s of %d = %g, in the stated order %g", c.name, n, c.got, want)
			}
			sum, size := 0.0, 0.0
			for i := range n {
				sum += c.exact(i)
				size += math.Abs(c.exact(i))
			}
			if e := math.Abs(float64(c.got) - sum); e > gamma(n/4+3+c.rounds)*size {
				t.Fatalf("%s of %d off by %g", c.name, n, e)
			}
		}
	}
}

func TestColumnSums(t *testing.T) {
	x := []float32{1, 2, 3, 10, 20, 30}
	got := []float32{100, 100, 100}
	ColumnSums(got, x, 2, 3, true)
	if want := [3]float32{111, 122, 133}; [3]float32(got) != want {
		t.Errorf("added: %v, want %v", got, want)
	}
	ColumnSums(got, x, 2, 3, false)
	if want := [3]float32{11, 22, 33}; [3]float32(got) != want {
		t.Errorf("written: %v, want %v", got, want)
	}
}

func TestFinite(t *testing.T) {
	inf := float32(math.Inf(1))
	for _, c := range []struct {
		x    []float32
		want bool
	}{
		{nil, true}, {[]float32{0, -1, math.MaxFloat32}, true},
		{[]float32{0, inf}, false}, {[]float32{-inf, 0}, false}, {[]float32{inf - inf}, false},
	} {
		if Finite(c.x) != c.want {
			t.Errorf("Finite(%v) = %v", c.x, !c.want)
		}
	}
}
