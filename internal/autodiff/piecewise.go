package autodiff

import (
	"math"

	"github.com/whybox/whybox/internal/kernel"
)

// sqrt is exact: the root of a float32 in float64, rounded.
func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// Div returns a/b element by element, of the same shape.
func (g *Graph) Div(a, b *Node) *Node {
	y := g.like(a, a, b)
	y.forward = func() {
		out, top, bottom := y.Value(), a.Value(), b.Value()
		for i := range out {
			out[i] = top[i] / bottom[i]
		}
	}
	y.backward = func() {
		if a.live {
			kernel.DivAdd(a.onto(), y.Grad(), b.Value())
		}
		if !b.live {
			return
		}
		to, bottom := b.onto(), b.Value()
		for i, dy := range y.Grad() {
			to[i] -= float32(dy*y.value[i]) / bottom[i]
		}
	}
	return y
}

// Standardize returns (x - mean)·scale, element by element of a row: mean and
// scale have the size of a row.
func (g *Graph) Standardize(x *Node, mean, scale []float32) *Node {
	if len(mean) != x.size || len(scale) != x.size {
		panic("autodiff: a mean and a scale for each value of a row are needed")
	}
	y := g.like(x, x)
	y.forward = func() { kernel.Standardize(y.value, x.value, mean, scale, y.rows(), x.size) }
	y.backward = func() {
		if !x.live {
			return
		}
		to, dy := x.onto(), y.Grad()
		for i, v := range dy {
			to[i] += float32(v * scale[i%x.size])
		}
	}
	return y
}

// LeakyReLU returns x where it is ≥ 0, and slope·x below.
func (g *Graph) LeakyReLU(x *Node, slope float32) *Node {
	return g.bent(x, func(v float32) (y, dy float32) {
		if v < 0 {
			return slope * v, slope
		}
		return v, 1
	})
}

// Abs returns |x|, whose slope at 0 is 0.
func (g *Graph) Abs(x *Node) *Node {
	return g.bent(x, func(v float32) (y, dy float32) {
		switch {
		case v < 0:
			return -v, -1
		case v == 0:
			return 0, 0
		}
		return v, 1
	})
}

// Clamp returns x within low..high; NaN stays NaN. The slope is 0 outside.
func (g *Graph) Clamp(x *Node, low, high float32) *Node {
	return g.bent(x, func(v float32) (y, dy float32) {
		switch {
		case v > high:
			return high, 0
		case v < low:
			return low, 0
		}
		return v, 1
	})
}

// Replace returns x with by in place of every element that equals what, or is
// NaN where what is; by has the size of a row.
func (g *Graph) Replace(x *Node, what float32, by []float32) *Node {
	if len(by) != x.size {
		panic("autodiff: a replacement for each value of a row is needed")
	}
	is := func(v float32) bool { return v == what || v != v && what != what }
	y := g.like(x, x)
	y.forward = func() {
		out := y.Value()
		for i, v := range x.Value() {
			if is(v) {
				v = by[i%x.size]
			}
			out[i] = v
		}
	}
	y.backward = func() {
		if !x.live {
			return
		}
		to, in := x.onto(), x.Value()
		for i, dy := range y.Grad() {
			if !is(in[i]) {
				to[i] += dy
			}
		}
	}
	return y
}

// bent applies a function of one value, which gives its slope too.
func (g *Graph) bent(x *Node, f func(v float32) (y, dy float32)) *Node {
	y := g.like(x, x)
	y.forward = func() {
		out := y.Value()
		for i, v := range x.Value() {
			out[i], _ = f(v)
		}
	}
	y.backward = func() {
		if !x.live {
			return
		}
		to, in := x.onto(), x.Value()
		for i, dy := range y.Grad() {
			_, slope := f(in[i])
			to[i] += float32(dy * slope)
		}
	}
	return y
}
