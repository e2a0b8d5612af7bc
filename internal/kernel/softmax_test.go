package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// softmax64 is the definition in float64.
func softmax64(x []float32) (p []float64, logSum float64) {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, float64(v))
	}
	sum := 0.0
	for _, v := range x {
		p = append(p, math.Exp(float64(v)-top))
		sum += p[len(p)-1]
	}
	for j := range p {
		p[j] /= sum
	}
	return p, top + math.Log(sum)
}

// TestSoftmaxCrossEntropy compares with float64. A probability passes through
// one difference (relative error u of a number up to 40, so absolute 40u in the
// exponent), Exp (1 ulp = 2u), a sum of k and a quotient.
func TestSoftmaxCrossEntropy(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	for range 500 {
		n, k := 1+r.IntN(4), 1+r.IntN(11)
		x := uniform(r, n*k)
		Scale(x, 20, x)
		y := make([]int32, n)
		for i := range y {
			y[i] = int32(r.IntN(k))
		}
		p, again, loss := make([]float32, n*k), make([]float32, n*k), make([]float32, n)
		CrossEntropy(loss, p, x, y, n, k)
		Softmax(again, x, n, k)
		for i := range n {
			want, logSum := softmax64(x[i*k : (i+1)*k])
			for j, w := range want {
				got := float64(p[i*k+j])
				if again[i*k+j] != p[i*k+j] {
					t.Fatalf("Softmax gives %g, CrossEntropy %g", again[i*k+j], p[i*k+j])
				}
				if e := math.Abs(got - w); e > (2*40+2*2+gamma(k)/0x1p-24+1)*0x1p-24*w {
					t.Fatalf("softmax %v [%d] = %g, want %g", x[i*k:(i+1)*k], j, got, w)
				}
			}
			nats := logSum - float64(x[i*k+int(y[i])])
			// Σe^(x-top) is off by (40+2+k)u, so its logarithm by as much; then
			// Log and two roundings of numbers up to 40+log k.
			if e := math.Abs(float64(loss[i]) - nats); e > (40+2+float64(k)+4*45)*0x1p-24 {
				t.Fatalf("cross-entropy %g, want %g", loss[i], nats)
			}
		}
	}
}

func TestSoftmaxExtremes(t *testing.T) {
	p, loss := make([]float32, 2), make([]float32, 1)
	CrossEntropy(loss, p, []float32{1000, -1000}, []int32{1}, 1, 2)
	if p[0] != 1 || p[1] != 0 || loss[0] != 2000 {
		t.Errorf("logits ±1000: p %v, loss %v", p, loss)
	}
	inf := float32(math.Inf(1))
	CrossEntropy(loss, p, []float32{inf, 0}, []int32{0}, 1, 2)
	if p[0] == p[0] || loss[0] == loss[0] {
		t.Errorf("an infinite logit gives p %v, loss %v; want NaN", p, loss)
	}
}

// TestSoftmaxBackward compares with the analytic Jacobian in float64.
func TestSoftmaxBackward(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	const n, k = 3, 5
	x, dy := uniform(r, n*k), uniform(r, n*k)
	p, dx, dz := make([]float32, n*k), make([]float32, n*k), make([]float32, n*k)
	loss, y := make([]float32, n), []int32{0, 4, 2}
	CrossEntropy(loss, p, x, y, n, k)
	SoftmaxBackward(dx, dy, p, n, k)
	CrossEntropyBackward(dz, 0.5, p, y, n, k)
	for i := range n {
		w, _ := softmax64(x[i*k : (i+1)*k])
		for j := range k {
			want := 0.0
			for l := range k {
				delta := 0.0
				if l == j {
					delta = 1
				}
				want += float64(dy[i*k+l]) * w[l] * (delta - w[j])
			}
			if e := math.Abs(float64(dx[i*k+j]) - want); e > 40*0x1p-24 {
				t.Errorf("softmax [%d,%d] %g, want %g", i, j, dx[i*k+j], want)
			}
			want = 0.5 * w[j]
			if j == int(y[i]) {
				want -= 0.5
			}
			if e := math.Abs(float64(dz[i*k+j]) - want); e > 20*0x1p-24 {
				t.Errorf("cross-entropy [%d,%d] %g, want %g", i, j, dz[i*k+j], want)
			}
		}
	}
}
