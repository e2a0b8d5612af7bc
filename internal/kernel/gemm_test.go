package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// uniform returns n numbers in -1..1.
func uniform(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(2*r.Float64() - 1)
	}
	return x
}

// gamma bounds the relative error of a chain of n roundings to float32:
// n·u/(1-n·u) with u = 2⁻²⁴ (Higham, Accuracy and stability of numerical
// algorithms, 2nd ed. 2002, lemma 3.1).
func gamma(n int) float64 {
	nu := float64(n) * 0x1p-24
	return nu / (1 - nu)
}

// product is one of the three forms: at and bt give the indices of a[i,p] and
// b[p,j] in memory.
type product struct {
	name   string
	at, bt func(i, p, m, n, k int) int
	run    func(dst, a, b []float32, m, n, k int, add bool)
}

var products = []product{
	{"Gemm",
		func(i, p, m, n, k int) int { return i*k + p },
		func(p, j, m, n, k int) int { return p*n + j },
		func(dst, a, b []float32, m, n, k int, add bool) {
			if add { // Gemm itself starts at a bias, not at dst
				gemmAdd(dst, a, b, m, n, k, k)
				return
			}
			Gemm(dst, a, b, nil, m, n, k, ActNone)
		}},
	{"GemmTA",
		func(i, p, m, n, k int) int { return p*m + i },
		func(p, j, m, n, k int) int { return p*n + j },
		GemmTA},
	{"GemmTB",
		func(i, p, m, n, k int) int { return i*k + p },
		func(p, j, m, n, k int) int { return j*k + p },
		GemmTB},
}

// TestProducts compares every form, over random sizes with all tails, with the
// plain loop bit for bit, and with float64 within the rounding of k products
// and k sums.
func TestProducts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, f := range products {
		for range 300 {
			m, n, k := r.IntN(12), r.IntN(18), r.IntN(40)
			a, b, start := uniform(r, m*k), uniform(r, k*n), uniform(r, m*n)
			add := r.IntN(2) == 0
			got := append([]float32(nil), start...)
			f.run(got, a, b, m, n, k, add)
			for i := range m {
				for j := range n {
					var s float32
					if add {
						s = start[i*n+j]
					}
					exact, size := float64(s), math.Abs(float64(s))
					for p := range k {
						x, y := a[f.at(i, p, m, n, k)], b[f.bt(p, j, m, n, k)]
						s = float32(x*y) + s
						exact += float64(x) * float64(y)
						size += math.Abs(float64(x) * float64(y))
					}
					g := got[i*n+j]
					if math.Float32bits(g) != math.Float32bits(s) {
						t.Fatalf("%s %d×%d×%d add %v [%d,%d] = %g, plain loop %g", f.name, m, n, k, add, i, j, g, s)
					}
					if e := math.Abs(float64(g) - exact); e > gamma(k+1)*size {
						t.Fatalf("%s %d×%d×%d [%d,%d] off by %g, bound %g", f.name, m, n, k, i, j, e, gamma(k+1)*size)
					}
				}
			}
		}
	}
}

// TestGemmBiasActivation checks that the bias comes first in the sum and the
// activation last.
func TestGemmBiasActivation(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	const m, n, k = 5, 7, 9
	a, b, bias := uniform(r, m*k), uniform(r, k*n), uniform(r, n)
	for act, f := range map[Activation]func(float32) float32{
		ActNone: func(x float32) float32 { return x },
		ActReLU: func(x float32) float32 { return max(x, 0) },
		ActTanh: Tanh, ActSigmoid: Sigmoid,
	} {
		got := make([]float32, m*n)
		Gemm(got, a, b, bias, m, n, k, act)
		for i := range m {
			for j := range n {
				s := bias[j]
				for p := range k {
					s = float32(a[i*k+p]*b[p*n+j]) + s
				}
				if want := f(s); got[i*n+j] != want {
					t.Errorf("act %d [%d,%d] = %g, want %g", act, i, j, got[i*n+j], want)
				}
			}
		}
	}
}

func TestGemmShortSlice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Gemm took a slice shorter than its sizes")
		}
	}()
	Gemm(make([]float32, 5), make([]float32, 6), make([]float32, 6), nil, 2, 3, 2, ActNone)
}

// TestIndexOutside checks that no index reaches outside its slice, in vectors
// neither.
func TestIndexOutside(t *testing.T) {
	for _, bad := range []int32{-1, 100, 1 << 30} {
		index := make([]int32, 50)
		index[20] = bad
		x, loss := make([]float32, 100), make([]float32, 50)
		for name, f := range map[string]func(){
			"MaxPoolBackward": func() { MaxPoolBackward(x, x[:50], index) },
			"CrossEntropy":    func() { CrossEntropy(loss, make([]float32, 100), x, index, 50, 2) },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s took the index %d", name, bad)
					}
				}()
				f()
			}()
		}
	}
}

func BenchmarkGemm(b *testing.B) {
	for _, s := range [][3]int{{4, 64, 64}, {256, 64, 32}, {1024, 64, 64}, {256, 256, 256}, {32, 16, 30}, {1, 64, 64}, {32, 2, 16}, {64, 3, 64}, {2048, 8, 9}, {512, 16, 72}} {
		m, n, k := s[0], s[1], s[2]
		r := rand.New(rand.NewPCG(3, 1))
		x, y := uniform(r, m*k), uniform(r, k*n)
		dst := make([]float32, m*n)
		for _, f := range products {
			b.Run(fmt.Sprintf("%s/%dx%dx%d", f.name, m, n, k), func(b *testing.B) {
				for range b.N {
					f.run(dst, x, y, m, n, k, false)
				}
				b.ReportMetric(2*float64(m)*float64(n)*float64(k)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
			})
		}
	}
}
