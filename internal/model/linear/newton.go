package linear

import "math"

// forward writes z·theta to dst: z n×(d+1), theta (d+1)×q, dst n×q.
func (t *newton) forward(dst, theta []float64) {
	clear(dst)
	for i := range t.n {
		out := dst[i*t.q : (i+1)*t.q]
		for j, v := range t.z[i*(t.d+1) : (i+1)*(t.d+1)] {
			for c, w := range theta[j*t.q : (j+1)*t.q] {
				out[c] += float64(v * w)
			}
		}
	}
}

// backward writes zᵀ·r/n + L2·theta to dst, the penalty not on the intercepts:
// r n×q, theta and dst (d+1)×q.
func (t *newton) backward(dst, r, theta []float64) {
	clear(dst)
	for i := range t.n {
		in := r[i*t.q : (i+1)*t.q]
		for j, v := range t.z[i*(t.d+1) : (i+1)*(t.d+1)] {
			out := dst[j*t.q : (j+1)*t.q]
			for c, w := range in {
				out[c] += float64(v * w)
			}
		}
	}
	for i := range dst {
		dst[i] /= float64(t.n)
		if i < t.d*t.q {
			dst[i] += float64(t.l2 * theta[i])
		}
	}
}

// curve writes H·v to dst, where H is the second derivative of f at theta. For
// a row it is (diag p - p pᵀ) ⊗ z zᵀ; for two classes p(1-p) z zᵀ.
func (t *newton) curve(dst, v []float64) {
	t.forward(t.work, v)
	for i := range t.n {
		p, u := t.prob[i*t.q:(i+1)*t.q], t.work[i*t.q:(i+1)*t.q]
		if t.q == 1 {
			u[0] = p[0] * (1 - p[0]) * u[0]
			continue
		}
		mean := dot(p, u)
		for c := range u {
			u[c] = p[c] * (u[c] - mean)
		}
	}
	t.backward(dst, t.work, v)
}

// direction solves H·x = -slope by conjugate gradients until the residual has
// shrunk in proportion to the slope, and returns x. It always points downhill,
// since it starts at 0 and every iterate lowers the quadratic model.
func (t *newton) direction() []float64 {
	size := len(t.slope)
	x, residual, along, bent := make([]float64, size), make([]float64, size), make([]float64, size), make([]float64, size)
	for i, g := range t.slope {
		residual[i], along[i] = -g, -g
	}
	left := dot(residual, residual)
	norm := math.Sqrt(left)
	goal := left * min(0.1, norm) // squares: the residual shrinks by √norm, at least by 3
	for range t.inner() {
		t.curve(bent, along)
		bend := dot(along, bent)
		if bend <= 1e-14*dot(along, along) {
			break // flat: as far as the weights can be told apart
		}
		length := left / bend
		for i := range x {
			x[i] += float64(length * along[i])
			residual[i] -= float64(length * bent[i])
		}
		before := left
		if left = dot(residual, residual); left <= goal {
			break
		}
		for i := range along {
			along[i] = residual[i] + float64(left/before*along[i])
		}
	}
	return x
}

// inner returns how many iterations one step may take, which bounds the time
// between two chances to show or stop the training: on the digits an iteration
// takes some 5 ms in a browser. A direction cut short still points downhill.
func (t *newton) inner() int {
	return max(8, 16_000_000/(t.n*(t.d+1)*t.q))
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}

// largest returns the largest magnitude in v.
func largest(v []float64) float64 {
	top := 0.0
	for _, x := range v {
		top = max(top, math.Abs(x))
	}
	return top
}
