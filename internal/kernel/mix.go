package kernel

// Mix writes the n rows of rest (n×d) to dst (n×d), but takes from x (d values)
// the columns where take (d values) is -1; elsewhere take is 0.
func Mix(dst, x, rest []float32, take []int32, n, d int) {
	need(dst, n*d)
	need(x, d)
	need(rest, n*d)
	if len(take) < d {
		panic("kernel: slice shorter than its sizes")
	}
	if simdMix(dst, x, rest, take, n, d) {
		return
	}
	x, take = x[:d], take[:d]
	for i := range n {
		out, row := dst[i*d:(i+1)*d], rest[i*d:(i+1)*d]
		for j, v := range row {
			if take[j] != 0 {
				v = x[j]
			}
			out[j] = v
		}
	}
}
