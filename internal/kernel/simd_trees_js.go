package kernel

import "unsafe"

// The loop of kernels.wasm that trees need; see simd_js.go.

//go:wasmimport kern descend
//go:noescape
func wasmDescend(dst unsafe.Pointer, stride, copies, size int32, nodes, x unsafe.Pointer, n, d, missing int32)

func simdDescend(dst []float32, stride, copies, size int, nodes []Branch, x []float32, n, d int, missing bool) bool {
	if !simd {
		return false
	}
	nan := int32(0)
	if missing {
		nan = 1
	}
	const node, number = int32(unsafe.Sizeof(Branch{})), 4
	wasmDescend(at(dst), number*int32(stride), int32(copies), node*int32(size), unsafe.Pointer(unsafe.SliceData(nodes)), at(x),
		int32(n), number*int32(d), nan)
	return true
}
