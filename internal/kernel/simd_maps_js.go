package kernel

import "unsafe"

// The maps of kernels.wasm; see simd_js.go.

//go:wasmimport kern relu
//go:noescape
func wasmRelu(dst, x unsafe.Pointer, n int32)

//go:wasmimport kern tanh
//go:noescape
func wasmTanh(dst, x unsafe.Pointer, n int32)

//go:wasmimport kern sigmoid
//go:noescape
func wasmSigmoid(dst, x unsafe.Pointer, n int32)

//go:wasmimport kern exp
//go:noescape
func wasmExp(dst, x unsafe.Pointer, n int32)

//go:wasmimport kern log
//go:noescape
func wasmLog(dst, x unsafe.Pointer, n int32)

//go:wasmimport kern add
//go:noescape
func wasmAdd(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern sub
//go:noescape
func wasmSub(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern mul
//go:noescape
func wasmMul(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern mulAdd
//go:noescape
func wasmMulAdd(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern divAdd
//go:noescape
func wasmDivAdd(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern reluBackward
//go:noescape
func wasmReluBackward(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern tanhBackward
//go:noescape
func wasmTanhBackward(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern sigmoidBackward
//go:noescape
func wasmSigmoidBackward(dst, x, y unsafe.Pointer, n int32)

//go:wasmimport kern axpy
//go:noescape
func wasmAxpy(dst, x unsafe.Pointer, n int32, a float32)

//go:wasmimport kern scale
//go:noescape
func wasmScale(dst, x unsafe.Pointer, n int32, a float32)

//go:wasmimport kern shift
//go:noescape
func wasmShift(dst, x unsafe.Pointer, n int32, a float32)

//go:wasmimport kern adam
//go:noescape
func wasmAdam(w, g, m, v unsafe.Pointer, n int32, rate, c1, c2 float32)

//go:wasmimport kern standardize
//go:noescape
func wasmStandardize(dst, x, mean, scale unsafe.Pointer, n, d int32)

//go:wasmimport kern mix
//go:noescape
func wasmMix(dst, x, rest, take unsafe.Pointer, n, d int32)

//go:wasmimport kern mulColumns
//go:noescape
func wasmMulColumns(dst, x, scale unsafe.Pointer, n, d int32)

func simdActivate(dst, x []float32, act Activation) bool {
	if !simd {
		return false
	}
	n := int32(len(x))
	switch {
	case act == ActReLU:
		wasmRelu(at(dst), at(x), n)
	case act == ActTanh:
		wasmTanh(at(dst), at(x), n)
	case act == ActSigmoid:
		wasmSigmoid(at(dst), at(x), n)
	default:
		return false
	}
	return true
}

func simdActivateBackward(dst, dy, y []float32, act Activation) bool {
	if !simd {
		return false
	}
	n := int32(len(y))
	switch act {
	case ActReLU:
		wasmReluBackward(at(dst), at(dy), at(y), n)
	case ActTanh:
		wasmTanhBackward(at(dst), at(dy), at(y), n)
	case ActSigmoid:
		wasmSigmoidBackward(at(dst), at(dy), at(y), n)
	default:
		return false
	}
	return true
}

func simdExps(dst, x []float32) bool {
	if !simd {
		return false
	}
	wasmExp(at(dst), at(x), int32(len(x)))
	return true
}

func simdLogs(dst, x []float32) bool {
	if !simd {
		return false
	}
	wasmLog(at(dst), at(x), int32(len(x)))
	return true
}

func simdAdd(dst, x, y []float32) bool {
	if !simd {
		return false
	}
	wasmAdd(at(dst), at(x), at(y), int32(len(x)))
	return true
}

func simdSub(dst, x, y []float32) bool {
	if !simd {
		return false
	}
	wasmSub(at(dst), at(x), at(y), int32(len(x)))
	return true
}

func simdMul(dst, x, y []float32) bool {
	if !simd {
		return false
	}
	wasmMul(at(dst), at(x), at(y), int32(len(x)))
	return true
}

func simdMulAdd(dst, x, y []float32) bool {
	if !simd {
		return false
	}
	wasmMulAdd(at(dst), at(x), at(y), int32(len(x)))
	return true
}

func simdDivAdd(dst, x, y []float32) bool {
	if !simd {
		return false
	}
	wasmDivAdd(at(dst), at(x), at(y), int32(len(x)))
	return true
}

func simdAxpy(dst []float32, a float32, x []float32) bool {
	if !simd {
		return false
	}
	wasmAxpy(at(dst), at(x), int32(len(x)), a)
	return true
}

func simdScale(dst []float32, a float32, x []float32) bool {
	if !simd {
		return false
	}
	wasmScale(at(dst), at(x), int32(len(x)), a)
	return true
}

func simdAddConstant(dst []float32, a float32) bool {
	if !simd {
		return false
	}
	wasmShift(at(dst), at(dst), int32(len(dst)), a)
	return true
}

func simdMix(dst, x, rest []float32, take []int32, n, d int) bool {
	if !simd {
		return false
	}
	wasmMix(at(dst), at(x), at(rest), at(take), int32(n), int32(d))
	return true
}

func simdAdam(w, g, m, v []float32, rate, c1, c2 float32) bool {
	if !simd {
		return false
	}
	wasmAdam(at(w), at(g), at(m), at(v), int32(len(w)), rate, c1, c2)
	return true
}

func simdStandardize(dst, x, mean, scale []float32, n, d int) bool {
	if !simd {
		return false
	}
	wasmStandardize(at(dst), at(x), at(mean), at(scale), int32(n), int32(d))
	return true
}

func simdMulColumns(dst, x, scale []float32, n, d int) bool {
	if !simd {
		return false
	}
	wasmMulColumns(at(dst), at(x), at(scale), int32(n), int32(d))
	return true
}
