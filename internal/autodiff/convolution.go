package autodiff

import "github.com/whybox/whybox/internal/kernel"

// Conv2D returns act(x * w + bias) with stride 1 and "same" padding: x batched
// height×width×in, w fixed size×size×in×out with odd size, bias fixed with out
// values, or nil for none.
func (g *Graph) Conv2D(x, w, bias *Node, act kernel.Activation) *Node {
	if !x.batched || len(x.shape) != 3 || w.batched || len(w.shape) != 4 ||
		w.shape[0] != w.shape[1] || w.shape[0]%2 == 0 || w.shape[2] != x.shape[2] {
		panic("autodiff: convolution needs batched height×width×in and fixed size×size×in×out, size odd")
	}
	c := kernel.Conv{N: g.capacity, H: x.shape[0], W: x.shape[1], In: x.shape[2], Out: w.shape[3], Size: w.shape[0]}
	in := []*Node{x, w}
	var b []float32
	if bias != nil {
		if bias.batched || bias.size != c.Out {
			panic("autodiff: convolution needs a fixed bias of out values")
		}
		in = append(in, bias)
		b = bias.value
	}
	y := g.add(true, []int{c.H, c.W, c.Out}, in)
	padded := make([]float32, c.Padded())
	y.forward = func() {
		c.N = g.rows
		kernel.Conv2D(y.value, padded, x.value, w.value, b, c, act)
	}
	var cols []float32
	before := y.beforeActivation(act)
	y.backward = func() {
		dz := before()
		if w.live {
			grad, add := w.into()
			kernel.Conv2DBackwardWeights(grad, padded, dz, c, add)
		}
		if bias != nil && bias.live {
			grad, add := bias.into()
			kernel.ColumnSums(grad, dz, c.N*c.H*c.W, c.Out, add)
		}
		if x.live {
			if cols == nil {
				cols = make([]float32, kernel.Conv{N: g.capacity, H: c.H, W: c.W, In: c.In, Size: c.Size}.Cols())
			}
			grad, add := x.into()
			kernel.Conv2DBackwardInput(grad, cols, dz, w.value, c, add)
		}
	}
	return y
}

// MaxPool returns the largest value of each 2×2 square of pixels, channel by
// channel: x batched height×width×channels, the result
// (height/2)×(width/2)×channels; an odd last row or column is left out.
func (g *Graph) MaxPool(x *Node) *Node {
	if !x.batched || len(x.shape) != 3 || x.shape[0] < 2 || x.shape[1] < 2 {
		panic("autodiff: pooling needs batched height×width×channels of at least 2×2 pixels")
	}
	h, w, c := x.shape[0], x.shape[1], x.shape[2]
	y := g.add(true, []int{h / 2, w / 2, c}, []*Node{x})
	from := make([]int32, len(y.value))
	y.forward = func() { kernel.MaxPool(y.value, from, x.value, g.rows, h, w, c) }
	y.backward = func() {
		if x.live {
			kernel.MaxPoolBackward(x.onto(), y.Grad(), from[:len(y.Grad())])
		}
	}
	return y
}
