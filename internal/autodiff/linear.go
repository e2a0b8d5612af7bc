package autodiff

import "github.com/whybox/whybox/internal/kernel"

// MatMul returns x·w for each row: x batched with k values a row, w fixed k×n.
func (g *Graph) MatMul(x, w *Node) *Node {
	return g.Dense(x, w, nil, kernel.ActNone)
}

// Dense returns act(x·w + bias) for each row: x batched with k values a row (of
// any shape), w fixed k×n, bias fixed with n values, or nil for none.
func (g *Graph) Dense(x, w, bias *Node, act kernel.Activation) *Node {
	if !x.batched || w.batched || len(w.shape) != 2 || w.shape[0] != x.size {
		panic("autodiff: dense needs batched rows of k values and fixed weights k×n")
	}
	k, n := w.shape[0], w.shape[1]
	in := []*Node{x, w}
	var b []float32
	if bias != nil {
		if bias.batched || bias.size != n {
			panic("autodiff: dense needs a fixed bias of n values")
		}
		in = append(in, bias)
		b = bias.value
	}
	y := g.add(true, []int{n}, in)
	y.forward = func() {
		kernel.Gemm(y.value, x.value, w.value, b, g.rows, n, k, act)
	}
	before := y.beforeActivation(act)
	y.backward = func() {
		dz := before()
		if w.live {
			grad, add := w.into()
			kernel.GemmTA(grad, x.value, dz, k, n, g.rows, add)
		}
		if bias != nil && bias.live {
			grad, add := bias.into()
			kernel.ColumnSums(grad, dz, g.rows, n, add)
		}
		if x.live {
			grad, add := x.into()
			kernel.GemmTB(grad, dz, w.value, g.rows, k, n, add)
		}
	}
	return y
}

// beforeActivation returns a function that gives the gradient of y before its
// activation. It leaves y's own gradient as it is.
func (y *Node) beforeActivation(act kernel.Activation) func() []float32 {
	if act == kernel.ActNone {
		return y.Grad
	}
	var dz []float32
	return func() []float32 {
		if dz == nil {
			dz = make([]float32, len(y.value))
		}
		kernel.ActivateBackward(dz, y.Grad(), y.Value(), act)
		return dz[:len(y.Grad())]
	}
}
