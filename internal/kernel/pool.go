package kernel

// MaxPool writes the largest value of each 2×2 square of pixels to dst, channel
// by channel: x n×h×w×c, dst n×(h/2)×(w/2)×c; an odd last row or column is left
// out. from (same length as dst) gets the index in x that each value came from;
// of equal values the first, row by row.
func MaxPool(dst []float32, from []int32, x []float32, n, h, w, c int) {
	if simdMaxPool(dst, from, x, n, h, w, c) {
		return
	}
	oh, ow := h/2, w/2
	need(dst, n*oh*ow*c)
	need(x, n*h*w*c)
	if len(from) < n*oh*ow*c {
		panic("kernel: slice shorter than its sizes")
	}
	to := 0
	for i := range n {
		for y := range oh {
			for p := range ow {
				at := ((i*h+2*y)*w + 2*p) * c
				poolSquare(dst[to:to+c], from[to:to+c], x, at, w*c)
				to += c
			}
		}
	}
}

// poolSquare pools the square whose first pixel starts at x[at], with stride
// values from one row of pixels to the next.
func poolSquare(dst []float32, from []int32, x []float32, at, stride int) {
	c := len(dst)
	for j := range dst {
		best := at + j
		top := x[best]
		for _, next := range [3]int{at + c + j, at + stride + j, at + stride + c + j} {
			if x[next] > top {
				best, top = next, x[next]
			}
		}
		dst[j], from[j] = top, int32(best)
	}
}

// MaxPoolBackward adds each gradient of dy to the element of dx that its value
// came from, as MaxPool recorded. dy and from have the same length.
func MaxPoolBackward(dx, dy []float32, from []int32) {
	if simdMaxPoolBackward(dx, dy, from) {
		return
	}
	dy = dy[:len(from)]
	for i, at := range from {
		dx[at] += dy[i]
	}
}
