package kernel

// Fill sets every element of dst to a.
func Fill(dst []float32, a float32) {
	for i := range dst {
		dst[i] = a
	}
}

// Axpy adds a·x to dst, element by element: dst[i] += float32(a·x[i]).
func Axpy(dst []float32, a float32, x []float32) {
	need(dst, len(x))
	if simdAxpy(dst, a, x) {
		return
	}
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] += float32(a * v)
	}
}

// Scale writes a·x to dst. dst may be x.
func Scale(dst []float32, a float32, x []float32) {
	need(dst, len(x))
	if simdScale(dst, a, x) {
		return
	}
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = a * v
	}
}

// Add writes x + y to dst. dst may be x or y.
func Add(dst, x, y []float32) {
	need(dst, len(x))
	need(y, len(x))
	if simdAdd(dst, x, y) {
		return
	}
	dst, y = dst[:len(x)], y[:len(x)]
	for i, v := range x {
		dst[i] = v + y[i]
	}
}

// Sub writes x - y to dst. dst may be x or y.
func Sub(dst, x, y []float32) {
	need(dst, len(x))
	need(y, len(x))
	if simdSub(dst, x, y) {
		return
	}
	dst, y = dst[:len(x)], y[:len(x)]
	for i, v := range x {
		dst[i] = v - y[i]
	}
}

// Mul writes x·y to dst, element by element. dst may be x or y.
func Mul(dst, x, y []float32) {
	need(dst, len(x))
	need(y, len(x))
	if simdMul(dst, x, y) {
		return
	}
	dst, y = dst[:len(x)], y[:len(x)]
	for i, v := range x {
		dst[i] = v * y[i]
	}
}

// MulAdd adds x·y to dst, element by element: dst[i] += float32(x[i]·y[i]).
func MulAdd(dst, x, y []float32) {
	need(dst, len(x))
	need(y, len(x))
	if simdMulAdd(dst, x, y) {
		return
	}
	dst, y = dst[:len(x)], y[:len(x)]
	for i, v := range x {
		dst[i] += float32(v * y[i])
	}
}

// DivAdd adds x/y to dst, element by element.
func DivAdd(dst, x, y []float32) {
	need(dst, len(x))
	need(y, len(x))
	if simdDivAdd(dst, x, y) {
		return
	}
	dst, y = dst[:len(x)], y[:len(x)]
	for i, v := range x {
		dst[i] += v / y[i]
	}
}

// AddConstant adds a to every element of dst.
func AddConstant(dst []float32, a float32) {
	if simdAddConstant(dst, a) {
		return
	}
	for i := range dst {
		dst[i] += a
	}
}

// Exps writes eˣ of each element of x to dst. dst may be x.
func Exps(dst, x []float32) {
	need(dst, len(x))
	if simdExps(dst, x) {
		return
	}
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = Exp(v)
	}
}

// Logs writes the natural logarithm of each element of x to dst. dst may be x.
func Logs(dst, x []float32) {
	need(dst, len(x))
	if simdLogs(dst, x) {
		return
	}
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = Log(v)
	}
}

// Standardize writes (x - mean)·scale to dst, column by column: dst and x n×d,
// mean and scale d values. dst may be x.
func Standardize(dst, x, mean, scale []float32, n, d int) {
	need(dst, n*d)
	need(x, n*d)
	need(mean, d)
	need(scale, d)
	if simdStandardize(dst, x, mean, scale, n, d) {
		return
	}
	mean, scale = mean[:d], scale[:d]
	for i := range n {
		out, row := dst[i*d:(i+1)*d], x[i*d:(i+1)*d]
		for j, v := range row {
			out[j] = (v - mean[j]) * scale[j]
		}
	}
}

// MulColumns writes x·scale to dst, column by column: dst and x n×d, scale d
// values. dst may be x.
func MulColumns(dst, x, scale []float32, n, d int) {
	need(dst, n*d)
	need(x, n*d)
	need(scale, d)
	if simdMulColumns(dst, x, scale, n, d) {
		return
	}
	for i := range n {
		Mul(dst[i*d:(i+1)*d], x[i*d:(i+1)*d], scale[:d])
	}
}
