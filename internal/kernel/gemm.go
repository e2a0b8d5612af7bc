package kernel

// need panics where s is shorter than the sizes of the call say.
func need(s []float32, n int) {
	if len(s) < n {
		panic("kernel: slice shorter than its sizes")
	}
}

// Gemm writes act(a·b + bias) to dst: dst m×n, a m×k, b k×n, bias n values or
// nil for none. An element starts at its bias (or 0) and adds
// float32(a[i,p]·b[p,j]) for p = 0..k-1.
func Gemm(dst, a, b, bias []float32, m, n, k int, act Activation) {
	need(dst, m*n)
	need(a, m*k)
	need(b, k*n)
	if bias != nil {
		need(bias, n)
	}
	if simdGemm(dst, a, b, bias, m, n, k, act) {
		return
	}
	dst = dst[:m*n]
	startRows(dst, bias, n)
	gemmAdd(dst, a, b, m, n, k, k)
	if act != ActNone {
		Activate(dst, dst, act)
	}
}

// startRows sets every row of dst, n wide, to bias, or to 0 where that is nil.
func startRows(dst, bias []float32, n int) {
	if bias == nil {
		clear(dst)
		return
	}
	for ; len(dst) > 0; dst = dst[n:] {
		copy(dst[:n], bias)
	}
}

// gemmAdd adds a·b to dst in blocks of 2×4 elements that stay in registers over
// all of k. A block only changes how many elements advance together, never the
// order within one. The rows of a begin stride numbers apart.
func gemmAdd(dst, a, b []float32, m, n, k, stride int) {
	if k == 0 {
		return
	}
	whole := n &^ 3
	for i := 0; i+2 <= m; i += 2 {
		a0, a1 := a[i*stride:i*stride+k], a[(i+1)*stride:(i+1)*stride+k]
		d0, d1 := dst[i*n:(i+1)*n], dst[(i+1)*n:(i+2)*n]
		for j := 0; j < whole; j += 4 {
			block2x4(d0[j:], d1[j:], a0, a1, b[j:], n)
		}
	}
	edges(dst, a, b, m, n, k, stride, 1, 1, n)
}

// block2x4 adds len(a0) products to 2×4 elements: d0 and d1 start at the first
// element of their row, a0 and a1 are rows of a, b steps by n.
func block2x4(d0, d1, a0, a1, b []float32, n int) {
	e0, e1 := (*[4]float32)(d0), (*[4]float32)(d1)
	s00, s01, s02, s03 := e0[0], e0[1], e0[2], e0[3]
	s10, s11, s12, s13 := e1[0], e1[1], e1[2], e1[3]
	a1 = a1[:len(a0)]
	at := 0
	for p, x0 := range a0 {
		x1 := a1[p]
		y := (*[4]float32)(b[at:])
		y0, y1, y2, y3 := y[0], y[1], y[2], y[3]
		s00 = float32(x0*y0) + s00
		s01 = float32(x0*y1) + s01
		s02 = float32(x0*y2) + s02
		s03 = float32(x0*y3) + s03
		s10 = float32(x1*y0) + s10
		s11 = float32(x1*y1) + s11
		s12 = float32(x1*y2) + s12
		s13 = float32(x1*y3) + s13
		at += n
	}
	e0[0], e0[1], e0[2], e0[3] = s00, s01, s02, s03
	e1[0], e1[1], e1[2], e1[3] = s10, s11, s12, s13
}

// edges adds to dst (m×n) what blocks of 2×4 leave: the last row, where m is
// odd, and the last columns, where n is no multiple of 4. The products of an
// element are float32(a[i·ra+p·sa]·b[j·rb+p·sb]) for p = 0..k-1.
func edges(dst, a, b []float32, m, n, k, ra, sa, rb, sb int) {
	if k == 0 {
		return
	}
	for j := n &^ 3; j < n; j++ {
		i := 0
		for ; i+4 <= m; i += 4 {
			chain4(dst[i*n+j:], n, b[j*rb:], sb, a[i*ra:], ra, sa, k)
		}
		for ; i < m; i++ {
			dst[i*n+j] = chain(dst[i*n+j], a[i*ra:], sa, b[j*rb:], sb, k)
		}
	}
	if m&1 == 1 {
		i := m - 1
		for j := 0; j+4 <= n; j += 4 {
			chain4(dst[i*n+j:], 1, a[i*ra:], sa, b[j*rb:], rb, sb, k)
		}
	}
}

// chain4 is chain for the four elements d[c·sd], c = 0..3, which have a in
// common; b begins at c·rb for each. Side by side, none waits for the others'
// sums.
func chain4(d []float32, sd int, a []float32, sa int, b []float32, rb, sb, k int) {
	s0, s1, s2, s3 := d[0], d[sd], d[2*sd], d[3*sd]
	b0, b1, b2, b3 := b, b[rb:], b[2*rb:], b[3*rb:]
	at := 0
	for p := range k {
		x := a[p*sa]
		s0 = float32(x*b0[at]) + s0
		s1 = float32(x*b1[at]) + s1
		s2 = float32(x*b2[at]) + s2
		s3 = float32(x*b3[at]) + s3
		at += sb
	}
	d[0], d[sd], d[2*sd], d[3*sd] = s0, s1, s2, s3
}

// chain adds float32(a[p·sa]·b[p·sb]) to s for p = 0..k-1, one by one.
func chain(s float32, a []float32, sa int, b []float32, sb, k int) float32 {
	for p := range k {
		s = float32(a[p*sa]*b[p*sb]) + s
	}
	return s
}
