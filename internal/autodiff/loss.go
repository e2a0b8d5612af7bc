package autodiff

import "github.com/whybox/whybox/internal/kernel"

// Softmax returns the softmax of each row of x: batched with k values a row.
func (g *Graph) Softmax(x *Node) *Node {
	if !x.batched {
		panic("autodiff: softmax needs batched rows")
	}
	y := g.like(x, x)
	y.forward = func() { kernel.Softmax(y.value, x.value, g.rows, x.size) }
	y.backward = func() {
		if x.live {
			kernel.SoftmaxBackward(x.onto(), y.grad, y.value, g.rows, x.size)
		}
	}
	return y
}

// CrossEntropy returns the mean over the rows of the cross-entropy in nats of
// the logits x (batched, k values a row) with the classes in labels, which has
// capacity entries 0..k-1 that the caller fills before Forward. The result is
// fixed with one value.
func (g *Graph) CrossEntropy(x *Node, labels []int32) *Node {
	if !x.batched || len(labels) < g.capacity {
		panic("autodiff: cross-entropy needs batched logits and a label a row")
	}
	y := g.add(false, []int{1}, []*Node{x})
	loss := make([]float32, g.capacity)
	p := make([]float32, len(x.value))
	y.forward = func() {
		kernel.CrossEntropy(loss, p, x.value, labels, g.rows, x.size)
		y.value[0] = kernel.Sum(loss[:g.rows]) / float32(g.rows)
	}
	y.backward = func() {
		if x.live {
			kernel.CrossEntropyBackward(x.onto(), y.grad[0]/float32(g.rows), p, labels, g.rows, x.size)
		}
	}
	return y
}

// MeanSquaredError returns the mean of (a-b)² over all elements; a and b have
// the same shape. The result is fixed with one value.
func (g *Graph) MeanSquaredError(a, b *Node) *Node {
	d := g.Sub(a, b)
	y := g.SumSquares(d)
	return g.scaleByCount(y, d)
}

// Mean returns the mean of all elements of x: fixed, one value.
func (g *Graph) Mean(x *Node) *Node {
	y := g.add(false, []int{1}, []*Node{x})
	y.forward = func() { y.value[0] = kernel.Sum(x.Value()) }
	y.backward = func() {
		if x.live {
			kernel.AddConstant(x.onto(), y.grad[0])
		}
	}
	return g.scaleByCount(y, x)
}

// SumSquares returns the sum of x² over all elements: fixed, one value.
func (g *Graph) SumSquares(x *Node) *Node {
	y := g.add(false, []int{1}, []*Node{x})
	y.forward = func() { y.value[0] = kernel.Dot(x.Value(), x.Value()) }
	y.backward = func() {
		if x.live {
			kernel.Axpy(x.onto(), 2*y.grad[0], x.Value())
		}
	}
	return y
}

// scaleByCount returns the single value x divided by the number of elements
// that over has for the present rows.
func (g *Graph) scaleByCount(x, over *Node) *Node {
	y := g.like(x, x)
	y.forward = func() { y.value[0] = x.value[0] / float32(len(over.Value())) }
	y.backward = func() {
		if x.live {
			x.onto()[0] += y.grad[0] / float32(len(over.Value()))
		}
	}
	return y
}
