package importer

import (
	"math"

	"github.com/whybox/whybox/internal/tensor"
)

// affine multiplies the rows of x, along their last axis, with weights k×m, and
// adds a bias of m numbers or nil.
func (b *onnxBuilder) affine(n *onnxNode, x *array, w tensor.Tensor, bias []float32) (*array, error) {
	last := len(x.shape) - 1
	if last < 0 || x.shape[last] != w.Shape[0] {
		return nil, n.misfit("an array of shape %s does not fit weights of shape %s", onnxShape(x.shape), onnxShape(w.Shape))
	}
	if x.node == nil && b.graph == b.model {
		return nil, n.cannot("add constants where the first operand is one", "it multiplies constants and adds what depends on the input")
	}
	groups := tensor.Size(x.shape[:last]...)
	if err := b.labours(n, groups, w.Shape[0], w.Shape[1]); err != nil {
		return nil, err
	}
	if err := b.fits(n, groups, w.Shape[1]); err != nil {
		return nil, err
	}
	return b.is(n, b.graph.Affine(b.operand(x), w, bias), false)
}

func onnxMatMul(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x, w := in[0], in[1]
	if w.node != nil {
		return nil, n.cannot("multiply what depends on the input with constants from the right", "its second operand depends on the input")
	}
	shape := w.shape
	for len(shape) > 2 && shape[0] == 1 {
		shape = shape[1:]
	}
	column := len(shape) == 1
	if column {
		shape = []int{shape[0], 1}
	}
	if len(shape) != 2 {
		return nil, n.cannot("multiply with a matrix", "its second operand has the shape %s", onnxShape(w.shape))
	}
	out, err := b.affine(n, x, tensor.Of(w.data, shape...), nil)
	if err != nil {
		return nil, err
	}
	if out.whole = x.whole && w.whole; column {
		return b.reshape(n, out, out.shape[:len(out.shape)-1])
	}
	return out, nil
}

func onnxGemm(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x, w := in[0], in[1]
	switch {
	case w.node != nil:
		return nil, n.cannot("multiply what depends on the input with constants from the right", "its second operand depends on the input")
	case x.rank() != 2 || len(w.shape) != 2:
		return nil, n.misfit("it multiplies arrays with %d and %d sides, where both need 2", x.rank(), len(w.shape))
	case n.int("transA", 0) != 0 && x.node != nil:
		return nil, n.mixes("turns rows into columns")
	}
	if n.int("transA", 0) != 0 {
		x = &array{shape: []int{x.shape[1], x.shape[0]}, data: transposed(x.data, x.shape)}
	}
	weights, shape := w.data, w.shape
	if err := b.copied(n, 2*len(weights)); err != nil {
		return nil, err
	}
	if n.int("transB", 0) != 0 {
		weights, shape = transposed(weights, shape), []int{shape[1], shape[0]}
	}
	out, err := b.affine(n, x, tensor.Of(scaled(weights, n.float("alpha", 1)), shape...), nil)
	if err != nil || len(in) < 3 || in[2] == nil {
		return out, err
	}
	c := in[2]
	if beta := n.float("beta", 1); c.node == nil {
		c = &array{shape: c.shape, data: scaled(c.data, beta)}
	} else if beta != 1 {
		c = &array{shape: c.shape, node: b.graph.Scale(c.node, beta)}
	}
	p, q, err := b.broadcast(n, out, c)
	if err != nil {
		return nil, err
	}
	return b.is(n, b.graph.Add(p, q), false)
}

// transposed returns the transpose of a matrix.
func transposed(x []float32, shape []int) []float32 {
	out := make([]float32, len(x))
	for i := range shape[0] {
		for j := range shape[1] {
			out[j*shape[0]+i] = x[i*shape[1]+j]
		}
	}
	return out
}

// scaled returns c·x, which is x where c is 1.
func scaled(x []float32, c float32) []float32 {
	if c == 1 {
		return x
	}
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = c * v
	}
	return out
}

// onnxBatchNormalization is (x - mean)·scale/√(variance + ε) + bias a channel,
// with the mean and variance that training found.
func onnxBatchNormalization(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	if x.node == nil || len(x.shape) < 1 {
		return nil, n.misfit("it works on rows with channels, and gets an array with %d sides", x.rank())
	}
	if n.int("training_mode", 0) != 0 {
		return nil, n.mixes("takes its mean from the rows at hand")
	}
	channels := x.shape[0]
	for i, a := range in[1:5] {
		if a.node != nil || len(a.data) != channels {
			return nil, n.misfit("input %d has %d constants for %d channels", i+1, len(a.data), channels)
		}
	}
	epsilon := float64(n.float("epsilon", 1e-5))
	size := x.size()
	if err := b.fits(n, 4, size); err != nil {
		return nil, err
	}
	b.used += 2 * size
	mean, scale, bias := make([]float32, size), make([]float32, size), make([]float32, channels)
	for i := range size {
		c := i / (size / channels)
		mean[i] = in[3].data[c]
		scale[i] = float32(float64(in[1].data[c]) / math.Sqrt(float64(in[4].data[c])+epsilon))
		bias[c] = in[2].data[c]
	}
	out, err := b.is(n, b.graph.Standardize(b.operand(x), mean, scale), false)
	if err != nil {
		return nil, err
	}
	shape := append([]int{channels}, x.shape[1:]...)
	for i := range shape[1:] {
		shape[i+1] = 1
	}
	p, q, err := b.broadcast(n, out, &array{shape: shape, data: bias})
	if err != nil {
		return nil, err
	}
	return b.is(n, b.graph.Add(p, q), false)
}
