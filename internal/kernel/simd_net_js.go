package kernel

import "unsafe"

// The loops of kernels.wasm that networks need; see simd_js.go.

//go:wasmimport kern softmax
//go:noescape
func wasmSoftmax(loss, dst, x, y unsafe.Pointer, n, k int32)

//go:wasmimport kern softmaxBackward
//go:noescape
func wasmSoftmaxBackward(dst, dy, y unsafe.Pointer, n, k int32)

//go:wasmimport kern crossEntropyBackward
//go:noescape
func wasmCrossEntropyBackward(dst, p, y unsafe.Pointer, n, k int32, dy float32)

//go:wasmimport kern gemmParts
//go:noescape
func wasmGemmParts(dst, a, b, c unsafe.Pointer, m, n, k, act, stride, parts, pitch int32)

//go:wasmimport kern gemmPartsTA
//go:noescape
func wasmGemmPartsTA(dst, a, b, c unsafe.Pointer, m, n, k, act, stride, parts, pitch int32)

//go:wasmimport kern col2im
//go:noescape
func wasmCol2im(cols, x unsafe.Pointer, n, h, w, in, size int32)

//go:wasmimport kern maxPool
//go:noescape
func wasmMaxPool(dst, from, x unsafe.Pointer, n, h, w, c int32)

//go:wasmimport kern maxPoolBackward
//go:noescape
func wasmMaxPoolBackward(dx, dy, from unsafe.Pointer, n, length int32) int32

func simdSoftmax(dst, x []float32, n, k int) bool {
	if !simd {
		return false
	}
	wasmSoftmax(nil, at(dst), at(x), nil, int32(n), int32(k))
	return true
}

func simdSoftmaxBackward(dst, dy, y []float32, n, k int) bool {
	if !simd {
		return false
	}
	wasmSoftmaxBackward(at(dst), at(dy), at(y), int32(n), int32(k))
	return true
}

func simdCrossEntropy(loss, p, x []float32, y []int32, n, k int) bool {
	if !simd {
		return false
	}
	// The loop in vectors takes the classes as they are.
	for _, class := range y[:n] {
		if uint32(class) >= uint32(k) {
			panic("kernel: no such class")
		}
	}
	wasmSoftmax(at(loss), at(p), at(x), at(y), int32(n), int32(k))
	return true
}

func simdCrossEntropyBackward(dst []float32, dy float32, p []float32, y []int32, n, k int) bool {
	if !simd {
		return false
	}
	wasmCrossEntropyBackward(at(dst), at(p), at(y), int32(n), int32(k), dy)
	return true
}

func simdGemmParts(dst, a, b, bias []float32, m, n, k int, over parts, act Activation) bool {
	if !simd {
		return false
	}
	relu := int32(0)
	if act == ActReLU {
		relu = 1
	}
	wasmGemmParts(at(dst), at(a), at(b), at(bias), int32(m), int32(n), int32(k), relu,
		int32(over.stride), int32(over.n), int32(over.pitch))
	if act > ActReLU {
		Activate(dst[:m*n], dst[:m*n], act)
	}
	return true
}

func simdGemmPartsTA(dst, a, b []float32, m, n, k int, over parts) bool {
	if !simd {
		return false
	}
	wasmGemmPartsTA(at(dst), at(a), at(b), at(dst), int32(m), int32(n), int32(k), 0,
		int32(over.stride), int32(over.n), int32(over.pitch))
	return true
}

func simdCol2im(dx, cols []float32, c Conv) bool {
	if !simd {
		return false
	}
	wasmCol2im(at(cols), at(dx), int32(c.N), int32(c.H), int32(c.W), int32(c.In), int32(c.Size))
	return true
}

func simdMaxPool(dst []float32, from []int32, x []float32, n, h, w, c int) bool {
	if !simd {
		return false
	}
	wasmMaxPool(at(dst), at(from), at(x), int32(n), int32(h), int32(w), int32(c))
	return true
}

func simdMaxPoolBackward(dx, dy []float32, from []int32) bool {
	if !simd {
		return false
	}
	need(dy, len(from))
	if wasmMaxPoolBackward(at(dx), at(dy), at(from), int32(len(from)), int32(len(dx))) == 0 {
		panic("kernel: an index outside the slice")
	}
	return true
}
