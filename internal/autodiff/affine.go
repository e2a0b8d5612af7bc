package autodiff

import (
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/tensor"
)

// Affine returns x·w + bias over the last axis of x, of k values: w k×n, bias n
// values or nil for none. Neither has a gradient; Dense is for weights that are
// trained.
func (g *Graph) Affine(x *Node, w tensor.Tensor, bias []float32) *Node {
	last := len(x.shape) - 1
	if len(w.Shape) != 2 || last < 0 || x.shape[last] != w.Shape[0] || bias != nil && len(bias) != w.Shape[1] {
		panic("autodiff: affine needs rows of k values, weights k×n and n biases")
	}
	k, n := w.Shape[0], w.Shape[1]
	groups := tensor.Size(x.shape[:last]...)
	shape := append([]int(nil), x.shape...)
	shape[last] = n
	y := g.add(x.batched, shape, []*Node{x})
	y.forward = func() { kernel.Gemm(y.value, x.value, w.Data, bias, y.rows()*groups, n, k, kernel.ActNone) }
	y.backward = func() {
		if x.live {
			grad, add := x.into()
			kernel.GemmTB(grad, y.grad, w.Data, y.rows()*groups, k, n, add)
		}
	}
	return y
}
