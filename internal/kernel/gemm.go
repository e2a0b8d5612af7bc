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
	for i := range m {
		row := dst[i*n : (i+1)*n]
		if bias == nil {
			clear(row)
		} else {
			copy(row, bias)
		}
	}
	gemmAdd(dst, a, b, m, n, k)
	if act != ActNone {
		Activate(dst, dst, act)
	}
}

// gemmAdd adds a·b to dst in blocks of 2×4 elements that stay in registers over
// all of k. A block only changes how many elements advance together, never the
// order within one.
func gemmAdd(dst, a, b []float32, m, n, k int) {
	if k == 0 {
		return
	}
	whole := n &^ 3
	i := 0
	for ; i+2 <= m; i += 2 {
		a0, a1 := a[i*k:(i+1)*k], a[(i+1)*k:(i+2)*k]
		d0, d1 := dst[i*n:(i+1)*n], dst[(i+1)*n:(i+2)*n]
		for j := 0; j < whole; j += 4 {
			block2x4(d0[j:], d1[j:], a0, a1, b[j:], n)
		}
		for j := whole; j < n; j++ {
			d0[j] = chain(d0[j], a, b, i*k, 1, j, n, k)
			d1[j] = chain(d1[j], a, b, (i+1)*k, 1, j, n, k)
		}
	}
	if i < m {
		for j := range n {
			dst[i*n+j] = chain(dst[i*n+j], a, b, i*k, 1, j, n, k)
		}
	}
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

// chain adds float32(a[ia+p·sa]·b[ib+p·sb]) to s for p = 0..k-1, one by one.
func chain(s float32, a, b []float32, ia, sa, ib, sb, k int) float32 {
	for range k {
		s = float32(a[ia]*b[ib]) + s
		ia += sa
		ib += sb
	}
	return s
}
