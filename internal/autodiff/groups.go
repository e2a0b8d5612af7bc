package autodiff

import (
	"slices"

	"github.com/whybox/whybox/internal/kernel"
)

// The operations of this file treat the values of x in groups: k that stand
// next to each other.

// inGroups adds a node of the shape of x, and says how many groups of k a row
// has.
func (g *Graph) inGroups(x *Node, k int) (*Node, int) {
	if k < 1 || x.size%k != 0 {
		panic("autodiff: groups that do not fill a row")
	}
	return g.like(x, x), x.size / k
}

// SumGroups returns the sum of each group of k values, under shape.
func (g *Graph) SumGroups(x *Node, k int, shape ...int) *Node {
	y := g.add(x.batched, shape, []*Node{x})
	if k < 0 || y.size*k != x.size {
		panic("autodiff: groups that do not fill a row")
	}
	y.forward = func() {
		in := x.Value()
		for i := range y.Value() {
			y.value[i] = kernel.Sum(in[i*k : (i+1)*k])
		}
	}
	y.backward = func() {
		if !x.live {
			return
		}
		to := x.onto()
		for i, dy := range y.Grad() {
			kernel.AddConstant(to[i*k:(i+1)*k], dy)
		}
	}
	return y
}

// SoftmaxGroups returns the softmax of each group of k values.
func (g *Graph) SoftmaxGroups(x *Node, k int) *Node {
	y, groups := g.inGroups(x, k)
	y.forward = func() { kernel.Softmax(y.value, x.value, y.rows()*groups, k) }
	y.backward = func() {
		if x.live {
			kernel.SoftmaxBackward(x.onto(), y.grad, y.value, y.rows()*groups, k)
		}
	}
	return y
}

// LogSoftmaxGroups returns the logarithm of the softmax of each group of k
// values, x - max - log Σe^(x-max), which stays finite where the softmax is 0.
func (g *Graph) LogSoftmaxGroups(x *Node, k int) *Node {
	y, _ := g.inGroups(x, k)
	p := make([]float32, len(y.value))
	y.forward = func() {
		n := len(y.Value()) / k
		for i := range n {
			in, out, e := x.value[i*k:(i+1)*k], y.value[i*k:(i+1)*k], p[i*k:(i+1)*k]
			top := in[0]
			for _, v := range in {
				if v > top || v != v {
					top = v
				}
			}
			for j, v := range in {
				out[j] = v - top
			}
			kernel.Exps(e, out)
			sum := kernel.Log(kernel.Sum(e))
			for j := range out {
				out[j] -= sum
			}
		}
		kernel.Exps(p[:n*k], y.value[:n*k])
	}
	y.backward = func() {
		if !x.live {
			return
		}
		to, dy := x.onto(), y.Grad()
		for i := range len(dy) / k {
			sum := kernel.Sum(dy[i*k : (i+1)*k])
			for j := i * k; j < (i+1)*k; j++ {
				to[j] += dy[j] - float32(p[j]*sum)
			}
		}
	}
	return y
}

// Norm says what a group is divided by.
type Norm int

const (
	NormMax Norm = iota // its largest value
	NormL1              // the sum of its absolute values
	NormL2              // the root of the sum of its squares
)

// NormalizeGroups returns each group of k values divided by its norm; a group
// of norm 0 stays as it is.
func (g *Graph) NormalizeGroups(x *Node, k int, by Norm) *Node {
	y, _ := g.inGroups(x, k)
	scale := make([]float32, len(y.value)/k)
	y.forward = func() {
		for i := range len(y.Value()) / k {
			in := x.value[i*k : (i+1)*k]
			s := by.of(in)
			if s == 0 {
				s = 1
			}
			scale[i] = s
			for j, v := range in {
				y.value[i*k+j] = v / s
			}
		}
	}
	y.backward = func() {
		if !x.live {
			return
		}
		to, grad := x.onto(), y.Grad()
		for i := range len(grad) / k {
			dy, out, in := grad[i*k:(i+1)*k], y.value[i*k:(i+1)*k], x.value[i*k:(i+1)*k]
			along := kernel.Dot(dy, out)
			for j, v := range dy {
				to[i*k+j] += (v - float32(by.slope(in, out, j)*along)) / scale[i]
			}
		}
	}
	return y
}

// of returns the norm of x.
func (by Norm) of(x []float32) float32 {
	switch by {
	case NormL2:
		return sqrt(kernel.Dot(x, x))
	case NormL1:
		s := float32(0)
		for _, v := range x {
			s += max(v, -v)
		}
		return s
	}
	s := x[0]
	for _, v := range x {
		s = max(s, v)
	}
	return s
}

// slope returns how the norm of x grows with element j; y is x over its norm.
// Where several elements are the largest, the first one is it.
func (by Norm) slope(x, y []float32, j int) float32 {
	switch {
	case by == NormL2:
		return y[j]
	case by == NormMax && j == slices.Index(x, by.of(x)), by == NormL1 && x[j] > 0:
		return 1
	case by == NormL1 && x[j] < 0:
		return -1
	}
	return 0
}
