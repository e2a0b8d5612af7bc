package kernel

import "math"

// SGD takes a step down the gradient g: w[i] -= rate·g[i]. w and g have the
// same length.
func SGD(w, g []float32, rate float32) { Axpy(w, -rate, g) }

// Adam takes a step of size rate with first moments m and second moments v
// (both start at 0), all of the length of w:
//
//	m = b1·m + (1-b1)·g    v = b2·v + (1-b2)·g²
//	w -= rate·(m/c1) / (√(v/c2) + eps)
//
// with b1 = 0.9, b2 = 0.999, eps = 1e-8, and c1 = 1-b1ᵗ, c2 = 1-b2ᵗ for step
// t = 1, 2, ...
//
// Paper: Kingma, Ba. Adam: a method for stochastic optimization. ICLR 2015,
// arXiv:1412.6980, algorithm 1.
func Adam(w, g, m, v []float32, rate, c1, c2 float32) {
	need(g, len(w))
	need(m, len(w))
	need(v, len(w))
	if simdAdam(w, g, m, v, rate, c1, c2) {
		return
	}
	g, m, v = g[:len(w)], m[:len(w)], v[:len(w)]
	const b1, b2, eps = AdamBeta1, AdamBeta2, 1e-8
	for i, x := range g {
		m[i] = float32(b1*m[i]) + float32((1-b1)*x)
		v[i] = float32(b2*v[i]) + float32((1-b2)*float32(x*x))
		root := float32(math.Sqrt(float64(v[i] / c2)))
		w[i] -= float32(rate*(m[i]/c1)) / (root + eps)
	}
}

// The decay of Adam's first and second moments.
const (
	AdamBeta1 = 0.9
	AdamBeta2 = 0.999
)
