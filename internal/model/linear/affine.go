// Package linear holds the models whose scores hang on one weighted sum of the
// features: linear regression and logistic regression. Fitting is float64;
// scores are float32.
package linear

import "github.com/whybox/whybox/internal/kernel"

// affine is the map both models share: q weighted sums of d features.
type affine struct {
	d, q      int
	weights   []float64 // q×d, per data unit
	intercept []float64 // q, where every feature is 0

	// The same for scoring. Sums run over x-centre: features such as an area
	// near 1000 would otherwise cost the sum its last digits.
	centre []float32 // d
	slope  []float32 // d×q
	height []float32 // q, at centre
}

// newAffine returns the map that is 0 everywhere.
func newAffine(s scale, q int) affine {
	a := affine{
		d: len(s.mean), q: q,
		weights: make([]float64, q*len(s.mean)), intercept: make([]float64, q),
		centre: make([]float32, len(s.mean)), slope: make([]float32, q*len(s.mean)), height: make([]float32, q),
	}
	for j, m := range s.mean {
		a.centre[j] = float32(m)
	}
	return a
}

// set takes theta, (d+1)×q, which weighs standardised features; its last row
// holds the intercepts.
func (a *affine) set(s scale, theta []float64) {
	for c := range a.q {
		zero := theta[a.d*a.q+c]
		at := zero
		for j := range a.d {
			w := theta[j*a.q+c] * s.inverse[j]
			a.weights[c*a.d+j] = w
			a.slope[j*a.q+c] = float32(w)
			zero -= float64(w * s.mean[j])
			at += float64(w * (float64(a.centre[j]) - s.mean[j]))
		}
		a.intercept[c] = zero
		a.height[c] = float32(at)
	}
}

// apply writes the q sums of the n rows of x (n×d) to dst (n×q).
func (a *affine) apply(dst, x []float32, n int) {
	const chunk = 64
	centred := make([]float32, min(n, chunk)*a.d)
	for from := 0; from < n; from += chunk {
		rows := min(chunk, n-from)
		for i := range rows {
			row := x[(from+i)*a.d : (from+i+1)*a.d]
			for j, v := range row {
				centred[i*a.d+j] = v - a.centre[j]
			}
		}
		kernel.Gemm(dst[from*a.q:(from+rows)*a.q], centred, a.slope, a.height, rows, a.q, a.d, kernel.ActNone)
	}
}

// Weights returns copies of the weights, q×d row major, in score or log-odds
// per data unit, and of the q intercepts (where every feature is 0). q is 1
// for regression and for two classes, where it is the log-odds of class 1;
// else the number of classes.
func (a *affine) Weights() (weights, intercept []float64) {
	return append([]float64(nil), a.weights...), append([]float64(nil), a.intercept...)
}
