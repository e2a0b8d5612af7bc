// Package kernel holds the inner loops: elementary functions, products,
// reductions, convolutions, over plain float32 slices and sizes.
//
// One result everywhere, bit for bit. A product and a sum are never fused into
// one rounding: the code says float32(a*b) + c, which the Go specification
// rounds twice on every machine. Sums have a fixed order:
//   - an element of a matrix product, or of a convolution, starts at its bias
//     (or what dst holds, or 0) and adds its terms one by one in the order the
//     function documents, so that any number of elements can be computed side
//     by side in vector lanes;
//   - a reduction of one slice to one number (Sum, Dot, ...) keeps four
//     partial sums: lane j takes elements j, j+4, j+8 ... over all of the
//     slice; the result is (l0+l1)+(l2+l3).
//
// In a browser the loops are those of kernels.wasm, in vectors of four, which
// work in the memory of the Go program; package gen writes it. Elsewhere, and in
// browsers without vector instructions, they are the portable ones of this
// package. Both give the same bits, but for the payload and sign of a NaN, which
// differ between machines and mean nothing: no result may depend on them.
//
// Exp, Log, Tanh and Sigmoid are this package's own, since those of package
// math differ between platforms in the last bits.
//
// Slices are dense and row major. dst comes first and must not overlap the
// other arguments unless the function allows it. A slice shorter than its
// sizes say is a broken contract and panics; longer ones are used up to the
// size.
package kernel

//go:generate go run ./gen -o kernels.wasm -script ../../web/static/kernels.js
