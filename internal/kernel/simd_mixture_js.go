package kernel

import "unsafe"

// The loops of kernels.wasm that mixtures need; see simd_js.go.

//go:wasmimport kern mixChoices
//go:noescape
func wasmMixChoices(at, take unsafe.Pointer, s, d, stride int32)

//go:wasmimport kern mixTable
//go:noescape
func wasmMixTable(table, x, rest, w unsafe.Pointer, d, n int32)

//go:wasmimport kern mixSums
//go:noescape
func wasmMixSums(dst, table, bias, from unsafe.Pointer, rows, blocks, n, act int32)

func simdMixChoices(from, take []int32, s, d, stride int) bool {
	if !simd {
		return false
	}
	wasmMixChoices(at(from), at(take), int32(s), int32(d), int32(stride))
	return true
}

func simdMixTable(table, x, rest, w []float32, d, n int) bool {
	if !simd {
		return false
	}
	wasmMixTable(at(table), at(x), at(rest), at(w), int32(d), int32(n))
	return true
}

func simdMixSums(dst, table, bias []float32, from []int32, rows, blocks, n int, act Activation) bool {
	if !simd {
		return false
	}
	relu := int32(0)
	if act == ActReLU {
		relu = 1
	}
	wasmMixSums(at(dst), at(table), at(bias), at(from), int32(rows), int32(blocks), int32(n), relu)
	if act > ActReLU {
		Activate(dst[:rows*n], dst[:rows*n], act)
	}
	return true
}
