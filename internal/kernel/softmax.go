package kernel

// Softmax writes e^x[i,j] / Σₗ e^x[i,l] to dst, row by row: dst and x n×k,
// k ≥ 1. Each row is shifted by its maximum first, so nothing overflows; the
// sum has the four lanes of Sum. A row with NaN or +Inf gives NaN. dst may be
// x.
func Softmax(dst, x []float32, n, k int) {
	need(dst, n*k)
	need(x, n*k)
	if simdSoftmax(dst, x, n, k) {
		return
	}
	for i := range n {
		softmaxRow(dst[i*k:(i+1)*k], x[i*k:(i+1)*k])
	}
}

// softmaxRow writes the softmax of one row and returns its maximum and the sum
// of the shifted exponentials.
func softmaxRow(dst, x []float32) (top, sum float32) {
	top = x[0]
	for _, v := range x[1:] {
		if v > top {
			top = v
		}
	}
	for j, v := range x {
		dst[j] = Exp(v - top)
	}
	sum = Sum(dst)
	for j := range dst {
		dst[j] /= sum
	}
	return top, sum
}

// SoftmaxBackward adds to dst the gradient of a softmax y (n×k) whose
// outputs have the gradient dy (n×k): y[i,j]·(dy[i,j] - Σₗ dy[i,l]·y[i,l]).
func SoftmaxBackward(dst, dy, y []float32, n, k int) {
	need(dst, n*k)
	need(dy, n*k)
	need(y, n*k)
	if simdSoftmaxBackward(dst, dy, y, n, k) {
		return
	}
	for i := range n {
		out, g, p := dst[i*k:(i+1)*k], dy[i*k:(i+1)*k], y[i*k:(i+1)*k]
		mean := Dot(g, p)
		for j, v := range p {
			out[j] += float32(v * (g[j] - mean))
		}
	}
}

// CrossEntropy writes to loss (n values, in nats) the negative logarithm of
// the softmax of x (n×k) at each row's class in y (n indices 0..k-1), and to p
// (n×k) the softmax itself. It is computed from the logits, so it stays finite
// where the probability underflows. p may be x.
func CrossEntropy(loss, p, x []float32, y []int32, n, k int) {
	need(loss, n)
	need(p, n*k)
	need(x, n*k)
	if len(y) < n {
		panic("kernel: slice shorter than its sizes")
	}
	if simdCrossEntropy(loss, p, x, y, n, k) {
		return
	}
	for i := range n {
		row := x[i*k : (i+1)*k]
		at := row[y[i]]
		top, sum := softmaxRow(p[i*k:(i+1)*k], row)
		loss[i] = (top - at) + Log(sum)
	}
}

// CrossEntropyBackward adds to dst (n×k) the gradient of the logits of
// CrossEntropy, given its p and y, where every row's loss has gradient dy:
// dy·(p[i,j] - 1 if j is the class).
func CrossEntropyBackward(dst []float32, dy float32, p []float32, y []int32, n, k int) {
	need(dst, n*k)
	need(p, n*k)
	if len(y) < n {
		panic("kernel: slice shorter than its sizes")
	}
	if simdCrossEntropyBackward(dst, dy, p, y, n, k) {
		return
	}
	for i := range n {
		out, row := dst[i*k:(i+1)*k], p[i*k:(i+1)*k]
		for j, v := range row {
			if j == int(y[i]) {
				v -= 1
			}
			out[j] += float32(dy * v)
		}
	}
}
