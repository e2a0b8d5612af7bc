package linear

import "math"

// solve overwrites b (d) with the solution of a·x = b, where a (d×d, row
// major) is symmetric and positive semidefinite; a is overwritten too. A
// column that depends on earlier ones, to 1e-12 of its own size, gets 0.
func solve(a, b []float64) {
	d := len(b)
	for j := range d {
		size := a[j*d+j]
		pivot := size
		for k := range j {
			pivot -= float64(a[j*d+k] * a[j*d+k])
		}
		if pivot <= 1e-12*size {
			for i := j; i < d; i++ {
				a[i*d+j] = 0
			}
			continue
		}
		pivot = math.Sqrt(pivot)
		a[j*d+j] = pivot
		for i := j + 1; i < d; i++ {
			v := a[i*d+j]
			for k := range j {
				v -= float64(a[i*d+k] * a[j*d+k])
			}
			a[i*d+j] = v / pivot
		}
	}
	for j := range d {
		v := b[j]
		for k := range j {
			v -= float64(a[j*d+k] * b[k])
		}
		b[j] = over(v, a[j*d+j])
	}
	for j := d - 1; j >= 0; j-- {
		v := b[j]
		for k := j + 1; k < d; k++ {
			v -= float64(a[k*d+j] * b[k])
		}
		b[j] = over(v, a[j*d+j])
	}
}

// over divides by a pivot; a dropped one gives 0.
func over(v, pivot float64) float64 {
	if pivot == 0 {
		return 0
	}
	return v / pivot
}
