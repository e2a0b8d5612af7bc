package kernel

// GemmTA writes aᵀ·b to dst, or adds it: dst m×n, a k×m, b k×n. An element
// starts at 0, or with add at what dst holds, and adds
// float32(a[p,i]·b[p,j]) for p = 0..k-1.
func GemmTA(dst, a, b []float32, m, n, k int, add bool) {
	need(dst, m*n)
	need(a, k*m)
	need(b, k*n)
	if simdGemmTA(dst, a, b, m, n, k, add) {
		return
	}
	if !add {
		clear(dst[:m*n])
	}
	gemmAddTA(dst, a, b, m, n, k, m)
}

// gemmAddTA adds aᵀ·b to dst. The rows of a begin stride numbers apart.
func gemmAddTA(dst, a, b []float32, m, n, k, stride int) {
	if k == 0 {
		return
	}
	whole := n &^ 3
	for i := 0; i+2 <= m; i += 2 {
		d0, d1 := dst[i*n:(i+1)*n], dst[(i+1)*n:(i+2)*n]
		for j := 0; j < whole; j += 4 {
			block2x4TA(d0[j:], d1[j:], a[i:], b[j:], stride, n, k)
		}
	}
	edges(dst, a, b, m, n, k, 1, stride, 1, n)
}

// block2x4TA adds k products to 2×4 elements: d0 and d1 start at the first
// element of their row, a steps by stride, b by n.
func block2x4TA(d0, d1, a, b []float32, stride, n, k int) {
	e0, e1 := (*[4]float32)(d0), (*[4]float32)(d1)
	s00, s01, s02, s03 := e0[0], e0[1], e0[2], e0[3]
	s10, s11, s12, s13 := e1[0], e1[1], e1[2], e1[3]
	ia, ib := 0, 0
	for range k {
		x := (*[2]float32)(a[ia:])
		x0, x1 := x[0], x[1]
		y := (*[4]float32)(b[ib:])
		y0, y1, y2, y3 := y[0], y[1], y[2], y[3]
		s00 = float32(x0*y0) + s00
		s01 = float32(x0*y1) + s01
		s02 = float32(x0*y2) + s02
		s03 = float32(x0*y3) + s03
		s10 = float32(x1*y0) + s10
		s11 = float32(x1*y1) + s11
		s12 = float32(x1*y2) + s12
		s13 = float32(x1*y3) + s13
		ia += stride
		ib += n
	}
	e0[0], e0[1], e0[2], e0[3] = s00, s01, s02, s03
	e1[0], e1[1], e1[2], e1[3] = s10, s11, s12, s13
}

// GemmTB writes a·bᵀ to dst, or adds it: dst m×n, a m×k, b n×k. An element
// starts at 0, or with add at what dst holds, and adds
// float32(a[i,p]·b[j,p]) for p = 0..k-1.
func GemmTB(dst, a, b []float32, m, n, k int, add bool) {
	need(dst, m*n)
	need(a, m*k)
	need(b, n*k)
	if simdGemmTB(dst, a, b, m, n, k, add) {
		return
	}
	if !add {
		clear(dst[:m*n])
	}
	whole := n &^ 3
	for i := 0; i+2 <= m; i += 2 {
		d0, d1 := dst[i*n:(i+1)*n], dst[(i+1)*n:(i+2)*n]
		for j := 0; j < whole; j += 4 {
			block2x4TB(d0[j:], d1[j:], a[i*k:(i+2)*k], b[j*k:(j+4)*k], k)
		}
	}
	edges(dst, a, b, m, n, k, k, 1, k, 1)
}

// block2x4TB adds k products to 2×4 elements: d0 and d1 start at the first
// element of their row; a holds two rows and b four, k values each.
func block2x4TB(d0, d1, a, b []float32, k int) {
	e0, e1 := (*[4]float32)(d0), (*[4]float32)(d1)
	s00, s01, s02, s03 := e0[0], e0[1], e0[2], e0[3]
	s10, s11, s12, s13 := e1[0], e1[1], e1[2], e1[3]
	a0, a1 := a[:k], a[k:2*k]
	b0, b1, b2, b3 := b[:k], b[k:2*k], b[2*k:3*k], b[3*k:4*k]
	for p, x0 := range a0 {
		x1 := a1[p]
		y0, y1, y2, y3 := b0[p], b1[p], b2[p], b3[p]
		s00 = float32(x0*y0) + s00
		s01 = float32(x0*y1) + s01
		s02 = float32(x0*y2) + s02
		s03 = float32(x0*y3) + s03
		s10 = float32(x1*y0) + s10
		s11 = float32(x1*y1) + s11
		s12 = float32(x1*y2) + s12
		s13 = float32(x1*y3) + s13
	}
	e0[0], e0[1], e0[2], e0[3] = s00, s01, s02, s03
	e1[0], e1[1], e1[2], e1[3] = s10, s11, s12, s13
}
