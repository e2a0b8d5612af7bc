package shapley

import "math"

// cholesky replaces the lower triangle of the symmetric positive definite a
// (n×n, row major) by L with a = L·Lᵀ. It panics where a is not positive
// definite.
func cholesky(a []float64, n int) {
	for i := range n {
		for j := range i + 1 {
			s := a[i*n+j]
			for k := range j {
				s -= float64(a[i*n+k] * a[j*n+k])
			}
			if i != j {
				a[i*n+j] = s / a[j*n+j]
				continue
			}
			if !(s > 0) {
				panic("shapley: the matrix is not positive definite")
			}
			a[i*n+i] = math.Sqrt(s)
		}
	}
}

// solve replaces b by the x with L·Lᵀ·x = b, L as cholesky leaves it.
func solve(l, b []float64) {
	n := len(b)
	for i := range n {
		for k := range i {
			b[i] -= float64(l[i*n+k] * b[k])
		}
		b[i] /= l[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= float64(l[k*n+i] * b[k])
		}
		b[i] /= l[i*n+i]
	}
}
