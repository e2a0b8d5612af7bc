package kernel

import (
	_ "embed"
	"unsafe"
)

// The loops of kernels.wasm work in the memory of this program, so a call
// copies nothing. The host (web/static/kernels.js) links the program to a table
// of functions, and fills it at start, when it knows that memory. A call costs
// some 15 ns, so it pays for the smallest sizes.

//go:embed kernels.wasm
var kernels []byte

// simd tells whether the vector loops are bound.
var simd = start(unsafe.Pointer(unsafe.SliceData(kernels)), int32(len(kernels))) != 0

// start binds the module of so many bytes. It returns 0 where the host cannot
// run vector instructions.
//
//go:wasmimport kern start
//go:noescape
func start(module unsafe.Pointer, bytes int32) int32

//go:wasmimport kern gemm
//go:noescape
func wasmGemm(dst, a, b, c unsafe.Pointer, m, n, k, act int32, scratch unsafe.Pointer)

//go:wasmimport kern gemmTA
//go:noescape
func wasmGemmTA(dst, a, b, c unsafe.Pointer, m, n, k, act int32, scratch unsafe.Pointer)

//go:wasmimport kern gemmTB
//go:noescape
func wasmGemmTB(dst, a, b, c unsafe.Pointer, m, n, k, act int32, scratch unsafe.Pointer)

// at returns the address of the first element.
func at[T float32 | int32](x []T) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(x)) }

func simdGemm(dst, a, b, bias []float32, m, n, k int, act Activation) bool {
	if !simd {
		return false
	}
	relu := int32(0)
	if act == ActReLU {
		relu = 1
	}
	wasmGemm(at(dst), at(a), at(b), at(bias), int32(m), int32(n), int32(k), relu, nil)
	if act > ActReLU {
		Activate(dst[:m*n], dst[:m*n], act)
	}
	return true
}

func simdGemmTA(dst, a, b []float32, m, n, k int, add bool) bool {
	if !simd {
		return false
	}
	wasmGemmTA(at(dst), at(a), at(b), onto(dst, add), int32(m), int32(n), int32(k), 0, nil)
	return true
}

// panel holds a strip of sixteen columns, transposed, during a call. Nothing
// in it outlives the call.
var panel []float32

func simdGemmTB(dst, a, b []float32, m, n, k int, add bool) bool {
	if !simd {
		return false
	}
	if len(panel) < 16*k {
		panel = make([]float32, 16*k)
	}
	wasmGemmTB(at(dst), at(a), at(b), onto(dst, add), int32(m), int32(n), int32(k), 0, at(panel))
	return true
}

// SIMD reports whether the loops run in vectors. Without, in browsers that lack
// them, everything gives the same numbers, some ten times slower.
func SIMD() bool { return simd }

// onto returns where the sums of a product start: dst itself, or 0 for zeros.
func onto(dst []float32, add bool) unsafe.Pointer {
	if add {
		return at(dst)
	}
	return nil
}

//go:wasmimport kern sum
//go:noescape
func wasmSum(x unsafe.Pointer, n int32) float32

//go:wasmimport kern dot
//go:noescape
func wasmDot(x, y unsafe.Pointer, n int32) float32

//go:wasmimport kern squaredDistance
//go:noescape
func wasmSquaredDistance(x, y unsafe.Pointer, n int32) float32

//go:wasmimport kern finite
//go:noescape
func wasmFinite(x unsafe.Pointer, n int32) int32

//go:wasmimport kern columnSums
//go:noescape
func wasmColumnSums(dst, x unsafe.Pointer, n, d, add int32)

func simdSum(x []float32) (float32, bool) {
	if !simd {
		return 0, false
	}
	return wasmSum(at(x), int32(len(x))), true
}

func simdDot(x, y []float32) (float32, bool) {
	if !simd {
		return 0, false
	}
	return wasmDot(at(x), at(y), int32(len(x))), true
}

func simdSquaredDistance(x, y []float32) (float32, bool) {
	if !simd {
		return 0, false
	}
	return wasmSquaredDistance(at(x), at(y), int32(len(x))), true
}

func simdFinite(x []float32) (finite, done bool) {
	if !simd {
		return false, false
	}
	return wasmFinite(at(x), int32(len(x))) != 0, true
}

func simdColumnSums(dst, x []float32, n, d int, add bool) bool {
	if !simd {
		return false
	}
	a := int32(0)
	if add {
		a = 1
	}
	wasmColumnSums(at(dst), at(x), int32(n), int32(d), a)
	return true
}
