package autodiff

import (
	"slices"

	"github.com/whybox/whybox/internal/kernel"
)

// like adds a node of the shape of x.
func (g *Graph) like(x *Node, in ...*Node) *Node {
	for _, other := range in {
		if other.batched != x.batched || !slices.Equal(other.shape, x.shape) {
			panic("autodiff: operands differ in shape")
		}
	}
	return g.add(x.batched, x.shape, in)
}

// Add returns a + b, of the same shape.
func (g *Graph) Add(a, b *Node) *Node {
	y := g.like(a, a, b)
	y.forward = func() { kernel.Add(y.Value(), a.Value(), b.Value()) }
	y.backward = func() {
		y.pass(a, 1)
		y.pass(b, 1)
	}
	return y
}

// Sub returns a - b, of the same shape.
func (g *Graph) Sub(a, b *Node) *Node {
	y := g.like(a, a, b)
	y.forward = func() { kernel.Sub(y.Value(), a.Value(), b.Value()) }
	y.backward = func() {
		y.pass(a, 1)
		y.pass(b, -1)
	}
	return y
}

// pass adds c times the gradient of y to that of x.
func (y *Node) pass(x *Node, c float32) {
	if x.live {
		kernel.Axpy(x.onto(), c, y.Grad())
	}
}

// Mul returns a·b element by element, of the same shape.
func (g *Graph) Mul(a, b *Node) *Node {
	y := g.like(a, a, b)
	y.forward = func() { kernel.Mul(y.Value(), a.Value(), b.Value()) }
	y.backward = func() {
		if a.live {
			kernel.MulAdd(a.onto(), y.Grad(), b.Value())
		}
		if b.live {
			kernel.MulAdd(b.onto(), y.Grad(), a.Value())
		}
	}
	return y
}

// Scale returns c·x.
func (g *Graph) Scale(x *Node, c float32) *Node {
	y := g.like(x, x)
	y.forward = func() { kernel.Scale(y.Value(), c, x.Value()) }
	y.backward = func() { y.pass(x, c) }
	return y
}

// Activate returns act of each element of x.
func (g *Graph) Activate(x *Node, act kernel.Activation) *Node {
	y := g.like(x, x)
	y.forward = func() { kernel.Activate(y.Value(), x.Value(), act) }
	before := y.beforeActivation(act)
	y.backward = func() {
		if x.live {
			kernel.Axpy(x.onto(), 1, before())
		}
	}
	return y
}

// Exp returns e to the power of each element of x.
func (g *Graph) Exp(x *Node) *Node {
	y := g.like(x, x)
	y.forward = func() { kernel.Exps(y.Value(), x.Value()) }
	y.backward = func() {
		if x.live {
			kernel.MulAdd(x.onto(), y.Grad(), y.Value())
		}
	}
	return y
}

// Log returns the natural logarithm of each element of x.
func (g *Graph) Log(x *Node) *Node {
	y := g.like(x, x)
	y.forward = func() { kernel.Logs(y.Value(), x.Value()) }
	y.backward = func() {
		if x.live {
			kernel.DivAdd(x.onto(), y.Grad(), x.Value())
		}
	}
	return y
}
