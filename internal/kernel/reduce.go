package kernel

// Sum returns the sum of x in four lanes (see the package comment); 0 for no
// elements.
func Sum(x []float32) float32 {
	if s, done := simdSum(x); done {
		return s
	}
	var l0, l1, l2, l3 float32
	for len(x) >= 4 {
		l0 += x[0]
		l1 += x[1]
		l2 += x[2]
		l3 += x[3]
		x = x[4:]
	}
	if len(x) > 0 {
		l0 += x[0]
	}
	if len(x) > 1 {
		l1 += x[1]
	}
	if len(x) > 2 {
		l2 += x[2]
	}
	return (l0 + l1) + (l2 + l3)
}

// Dot returns the sum of x[i]·y[i] in four lanes. x and y have the same
// length.
func Dot(x, y []float32) float32 {
	need(y, len(x))
	if s, done := simdDot(x, y); done {
		return s
	}
	y = y[:len(x)]
	var l0, l1, l2, l3 float32
	for len(x) >= 4 && len(y) >= 4 {
		l0 = float32(x[0]*y[0]) + l0
		l1 = float32(x[1]*y[1]) + l1
		l2 = float32(x[2]*y[2]) + l2
		l3 = float32(x[3]*y[3]) + l3
		x, y = x[4:], y[4:]
	}
	if len(x) > 0 {
		l0 = float32(x[0]*y[0]) + l0
	}
	if len(x) > 1 {
		l1 = float32(x[1]*y[1]) + l1
	}
	if len(x) > 2 {
		l2 = float32(x[2]*y[2]) + l2
	}
	return (l0 + l1) + (l2 + l3)
}

// SquaredDistance returns the sum of (x[i]-y[i])² in four lanes. x and y have
// the same length.
func SquaredDistance(x, y []float32) float32 {
	need(y, len(x))
	if s, done := simdSquaredDistance(x, y); done {
		return s
	}
	var lane [4]float32
	for i, v := range x {
		d := v - y[i]
		lane[i&3] = float32(d*d) + lane[i&3]
	}
	return (lane[0] + lane[1]) + (lane[2] + lane[3])
}

// ColumnSums writes the sum of each column of x (n×d) to dst (d values), or
// adds it. A column starts at 0, or with add at what dst holds, and adds row 0,
// row 1, ...
func ColumnSums(dst, x []float32, n, d int, add bool) {
	need(dst, d)
	need(x, n*d)
	if simdColumnSums(dst, x, n, d, add) {
		return
	}
	dst = dst[:d]
	if !add {
		clear(dst)
	}
	for i := range n {
		row := x[i*d : (i+1)*d]
		for j, v := range row {
			dst[j] += v
		}
	}
}

// Finite reports whether x holds neither infinities nor NaN.
func Finite(x []float32) bool {
	if finite, done := simdFinite(x); done {
		return finite
	}
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
