package shapley

import "math"

// legendre returns the n points t of Gauss and Legendre within 0..1, ascending,
// 1-t to the same precision, and their weights, which sum to 1. The sum of
// weight·f(t) is the integral of f from 0 to 1, exactly for polynomials of
// degree 2n-1.
//
// The points are the zeros of the Legendre polynomial P_n, by Newton's method.
// Its start is rounded, so that a cosine's last bits do not matter.
func legendre(n int) (t, rest, weight []float64) {
	t, rest, weight = make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range (n + 1) / 2 {
		x := float64(float32(math.Cos(math.Pi * (float64(i) + 0.75) / (float64(n) + 0.5))))
		var slope float64
		for range 8 {
			var p float64
			p, slope = legendreAt(n, x)
			x -= p / slope
		}
		_, slope = legendreAt(n, x)
		w := 1 / ((1 - x) * (1 + x) * slope * slope)
		low, high := (1-x)/2, (1+x)/2
		if 2*i+1 == n {
			low, high = 0.5, 0.5
		}
		t[i], rest[i], weight[i] = low, high, w
		t[n-1-i], rest[n-1-i], weight[n-1-i] = high, low, w
	}
	return t, rest, weight
}

// legendreAt returns P_n(x) and its derivative, for |x| < 1, n ≥ 1.
func legendreAt(n int, x float64) (p, slope float64) {
	before, p := 1.0, x
	for k := 2; k <= n; k++ {
		before, p = p, (float64(float64(2*k-1)*x*p)-float64(float64(k-1)*before))/float64(k)
	}
	return p, float64(n) * (float64(x*p) - before) / (float64(x*x) - 1)
}

// width is how many points a triple has a value for.
const width = 3

// triple holds the values of something at three points.
type triple struct{ a, b, c float64 }

func (x triple) times(y triple) triple {
	return triple{float64(x.a * y.a), float64(x.b * y.b), float64(x.c * y.c)}
}

func (x triple) scaled(s float64) triple {
	return triple{float64(x.a * s), float64(x.b * s), float64(x.c * s)}
}

func (x triple) minus(y triple) triple { return triple{x.a - y.a, x.b - y.b, x.c - y.c} }

func (x triple) total() float64 { return x.a + x.b + x.c }

// tripleAt returns three values of s, from the i-th on.
func tripleAt(s []float64, i int) triple { return triple{s[i], s[i+1], s[i+2]} }
