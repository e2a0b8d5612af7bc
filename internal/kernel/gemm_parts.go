package kernel

// parts says how the numbers of a lie in a product whose terms come in parts:
// convolutions read overlapping patches of an image without a copy of each.
type parts struct {
	n      int // parts, ≥ 1
	pitch  int // numbers from the beginning of one part in a to that of the next
	stride int // numbers from one row of a to the next
}

// gemmParts is Gemm with n parts of k products each: element (i, j) adds
// float32(a[s·pitch+i·stride+p]·b[s·k+p, j]) for p = 0..k-1 of part s = 0, then
// of part 1 ... b is (parts·k)×n.
func gemmParts(dst, a, b, bias []float32, m, n, k int, over parts, act Activation) {
	need(dst, m*n)
	need(a, (over.n-1)*over.pitch+(m-1)*over.stride+k)
	need(b, over.n*k*n)
	if bias != nil {
		need(bias, n)
	}
	if simdGemmParts(dst, a, b, bias, m, n, k, over, act) {
		return
	}
	dst = dst[:m*n]
	startRows(dst, bias, n)
	for s := range over.n {
		gemmAdd(dst, a[s*over.pitch:], b[s*k*n:], m, n, k, over.stride)
	}
	if act != ActNone {
		Activate(dst, dst, act)
	}
}

// gemmPartsTA adds to dst (m×n), where a has its rows by products: element
// (i, j) adds float32(a[s·pitch+p·stride+i]·b[s·k+p, j]) for p = 0..k-1 of part
// s = 0, then of part 1 ...
func gemmPartsTA(dst, a, b []float32, m, n, k int, over parts) {
	need(dst, m*n)
	need(a, (over.n-1)*over.pitch+(k-1)*over.stride+m)
	need(b, over.n*k*n)
	if simdGemmPartsTA(dst, a, b, m, n, k, over) {
		return
	}
	for s := range over.n {
		gemmAddTA(dst, a[s*over.pitch:], b[s*k*n:], m, n, k, over.stride)
	}
}
