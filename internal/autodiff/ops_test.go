package autodiff

import (
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/tensor"
)

// bench makes the inputs of a piece of graph under test.
type bench struct {
	*Graph
	r   *rand.Rand
	wrt []*Node
}

// rows is less than the capacity, so that a use of the capacity in place of
// the rows is found.
const capacity, rows = 5, 3

// input adds a batched node with values in lo..hi.
func (b *bench) input(lo, hi float64, shape ...int) *Node {
	n := b.Input(shape...)
	copy(n.value, coarse(b.r, len(n.value), lo, hi))
	b.wrt = append(b.wrt, n)
	return n
}

// parameter adds a fixed node with values in -1..1.
func (b *bench) parameter(shape ...int) *Node {
	t := tensor.New(shape...)
	copy(t.Data, coarse(b.r, len(t.Data), -1, 1))
	n := b.Parameter(t, nil)
	b.wrt = append(b.wrt, n)
	return n
}

// overlapping is three windows of two taps over three pixels, the first with
// padding.
var overlapping = Windows{Size: 2, At: []int32{-1, 0, 0, 1, 1, 2}}

var operations = []struct {
	name  string
	build func(b *bench) *Node
}{
	{"MatMul", func(b *bench) *Node { return b.MatMul(b.input(-1, 1, 4), b.parameter(4, 6)) }},
	{"Dense", func(b *bench) *Node {
		return b.Dense(b.input(-1, 1, 2, 2), b.parameter(4, 3), b.parameter(3), kernel.ActNone)
	}},
	{"Dense tanh", func(b *bench) *Node {
		return b.Dense(b.input(-1, 1, 4), b.parameter(4, 3), b.parameter(3), kernel.ActTanh)
	}},
	{"Dense sigmoid", func(b *bench) *Node {
		return b.Dense(b.input(-1, 1, 4), b.parameter(4, 3), b.parameter(3), kernel.ActSigmoid)
	}},
	{"Add", func(b *bench) *Node { return b.Add(b.input(-1, 1, 4), b.input(-1, 1, 4)) }},
	{"Sub", func(b *bench) *Node { return b.Sub(b.input(-1, 1, 4), b.input(-1, 1, 4)) }},
	{"Mul", func(b *bench) *Node { return b.Mul(b.input(-1, 1, 4), b.input(-1, 1, 4)) }},
	{"Mul by itself", func(b *bench) *Node { x := b.input(-1, 1, 4); return b.Mul(x, x) }},
	{"Add to itself", func(b *bench) *Node { x := b.input(-1, 1, 4); return b.Add(x, b.Add(x, x)) }},
	{"Scale", func(b *bench) *Node { return b.Scale(b.input(-1, 1, 4), -0.7) }},
	{"Exp", func(b *bench) *Node { return b.Exp(b.input(-1, 1, 4)) }},
	{"Log", func(b *bench) *Node { return b.Log(b.input(1, 2, 4)) }},
	{"Tanh", func(b *bench) *Node { return b.Activate(b.input(-1, 1, 4), kernel.ActTanh) }},
	{"Sigmoid", func(b *bench) *Node { return b.Activate(b.input(-1, 1, 4), kernel.ActSigmoid) }},
	{"ReLU", func(b *bench) *Node {
		x := b.input(-1, 1, 4)
		copy(x.value, apart(b.r, len(x.value)))
		return b.Activate(x, kernel.ActReLU)
	}},
	{"Conv2D", func(b *bench) *Node {
		return b.Conv2D(b.input(-1, 1, 3, 4, 2), b.parameter(3, 3, 2, 3), b.parameter(3), kernel.ActNone)
	}},
	{"Conv2D tanh", func(b *bench) *Node {
		return b.Conv2D(b.input(-0.2, 0.2, 3, 3, 1), b.parameter(3, 3, 1, 2), nil, kernel.ActTanh)
	}},
	{"MaxPool", func(b *bench) *Node {
		x := b.input(-1, 1, 5, 4, 2)
		copy(x.value, apart(b.r, len(x.value)))
		return b.MaxPool(x)
	}},
	{"Reshape", func(b *bench) *Node { x := b.input(-1, 1, 2, 3); return b.Mul(b.Reshape(x, 6), b.Reshape(x, 6)) }},
	{"Select", func(b *bench) *Node {
		return b.Select(b.input(-1, 1, 4), true, []int32{3, 1, 1, 0, 3, 3}, 2, 3)
	}},
	{"Select of fixed", func(b *bench) *Node {
		return b.Mul(b.Select(b.parameter(3), true, []int32{2, 0, 2}, 3), b.input(-1, 1, 3))
	}},
	{"Concat", func(b *bench) *Node {
		x := b.input(-1, 1, 2, 1, 2)
		return b.Concat([]*Node{x, b.parameter(2, 3, 2), x, b.input(-1, 1, 2, 2, 2)}, 1)
	}},
	{"SumGroups", func(b *bench) *Node { return b.SumGroups(b.input(-1, 1, 2, 3, 4), 4, 6) }},
	{"SoftmaxGroups", func(b *bench) *Node { return b.SoftmaxGroups(b.input(-1, 1, 2, 3), 3) }},
	{"LogSoftmaxGroups", func(b *bench) *Node { return b.LogSoftmaxGroups(b.input(-1, 1, 2, 3), 3) }},
	{"NormalizeGroups max", func(b *bench) *Node {
		x := b.input(-1, 1, 6)
		copy(x.value, apart(b.r, len(x.value)))
		for i := range x.value {
			x.value[i] += 8
		}
		return b.NormalizeGroups(x, 3, NormMax)
	}},
	{"NormalizeGroups L1", func(b *bench) *Node { return b.NormalizeGroups(b.input(1, 2, 6), 3, NormL1) }},
	{"NormalizeGroups L2", func(b *bench) *Node { return b.NormalizeGroups(b.input(1, 2, 6), 3, NormL2) }},
	{"Div", func(b *bench) *Node { return b.Div(b.input(-1, 1, 4), b.input(2, 3, 4)) }},
	{"Standardize", func(b *bench) *Node {
		return b.Standardize(b.input(-1, 1, 3), []float32{0.5, -1, 0}, []float32{2, -0.5, 1})
	}},
	{"LeakyReLU", func(b *bench) *Node {
		x := b.input(-1, 1, 4)
		copy(x.value, apart(b.r, len(x.value)))
		return b.LeakyReLU(x, 0.25)
	}},
	{"Abs", func(b *bench) *Node {
		x := b.input(-1, 1, 4)
		copy(x.value, apart(b.r, len(x.value)))
		return b.Abs(x)
	}},
	{"Clamp", func(b *bench) *Node {
		x := b.input(-1, 1, 4)
		copy(x.value, apart(b.r, len(x.value)))
		return b.Clamp(x, -6*step, 3*step)
	}},
	{"Replace", func(b *bench) *Node {
		x := b.input(-1, 1, 3)
		x.value[1] = 5
		return b.Replace(x, 7, []float32{1, 2, 3})
	}},
	{"Affine", func(b *bench) *Node {
		w := tensor.Of(coarse(b.r, 12, -1, 1), 4, 3)
		return b.Affine(b.input(-1, 1, 2, 4), w, []float32{1, 2, 3})
	}},
	{"Convolve", func(b *bench) *Node {
		w := tensor.Of(coarse(b.r, 2*2*2, -1, 1), 2, 4) // 2 channels out, each of 2 pixels of 2 channels
		return b.Convolve(b.input(-1, 1, 4, 3), w, []float32{1, 2}, 2, overlapping, 2, 3)
	}},
	{"MaxWindows", func(b *bench) *Node {
		x := b.input(-1, 1, 2, 3)
		copy(x.value, apart(b.r, len(x.value)))
		return b.MaxWindows(x, overlapping, 2, 3)
	}},
	{"MeanWindows", func(b *bench) *Node {
		return b.MeanWindows(b.input(-1, 1, 2, 3), overlapping, []float32{1, 2, 4}, 2, 3)
	}},
	{"Softmax", func(b *bench) *Node { return b.Softmax(b.input(-1, 1, 4)) }},
	{"CrossEntropy", func(b *bench) *Node { return b.CrossEntropy(b.input(-1, 1, 4), []int32{0, 3, 2, 1, 0}) }},
	{"MeanSquaredError", func(b *bench) *Node { return b.MeanSquaredError(b.input(-1, 1, 4), b.input(-1, 1, 4)) }},
	{"Mean", func(b *bench) *Node { return b.Mean(b.input(-1, 1, 4)) }},
	{"SumSquares", func(b *bench) *Node { return b.SumSquares(b.parameter(2, 3)) }},
	{"two layers and a loss", func(b *bench) *Node {
		h := b.Dense(b.input(-1, 1, 3), b.parameter(3, 4), b.parameter(4), kernel.ActTanh)
		w := b.parameter(4, 2)
		loss := b.CrossEntropy(b.Dense(h, w, b.parameter(2), kernel.ActNone), []int32{0, 1, 1, 0, 1})
		return b.Add(loss, b.Scale(b.SumSquares(w), 0.1))
	}},
}

func build(f func(b *bench) *Node, seed uint64) (checked, *rand.Rand) {
	b := &bench{Graph: New(capacity), r: rand.New(rand.NewPCG(seed, 1))}
	out := f(b)
	b.SetRows(rows)
	return checked{out, b.wrt}, b.r
}

func TestOperations(t *testing.T) {
	for _, op := range operations {
		for seed := range uint64(5) {
			c, r := build(op.build, seed)
			if err := c.check(r); err != nil {
				t.Errorf("%s: %v", op.name, err)
				break
			}
		}
	}
}

// TestCheckRejects breaks the backward pass of every operation, by 1% and by
// dropping it, and wants the check to notice.
func TestCheckRejects(t *testing.T) {
	for _, op := range operations {
		c, r := build(op.build, 1)
		right := c.out.backward
		c.out.backward = func() {
			kernel.Scale(c.out.Grad(), 1.01, c.out.Grad())
			right()
		}
		if c.check(r) == nil {
			t.Errorf("%s: a gradient 1%% too large passes", op.name)
		}
		c.out.backward = func() {}
		if c.check(r) == nil {
			t.Errorf("%s: a missing gradient passes", op.name)
		}
	}
}

// TestFusedReLU compares the fused ReLU of Dense and Conv2D with the separate
// one, which TestOperations checks away from its kink.
func TestFusedReLU(t *testing.T) {
	for name, f := range map[string]func(b *bench, act kernel.Activation) *Node{
		"Dense": func(b *bench, act kernel.Activation) *Node {
			return b.Dense(b.input(-1, 1, 6), b.parameter(6, 5), b.parameter(5), act)
		},
		"Conv2D": func(b *bench, act kernel.Activation) *Node {
			return b.Conv2D(b.input(-1, 1, 3, 3, 2), b.parameter(3, 3, 2, 4), b.parameter(4), act)
		},
	} {
		fused, _ := build(func(b *bench) *Node { return f(b, kernel.ActReLU) }, 3)
		apart, _ := build(func(b *bench) *Node { return b.Activate(f(b, kernel.ActNone), kernel.ActReLU) }, 3)
		for _, c := range []checked{fused, apart} {
			c.out.graph.Forward(c.out)
			c.out.graph.Backward(c.out, nil, c.wrt...)
		}
		for k, n := range fused.wrt {
			for i, v := range n.Grad() {
				if want := apart.wrt[k].Grad()[i]; v != want {
					t.Fatalf("%s input %d[%d]: %g, separate %g", name, k, i, v, want)
				}
			}
		}
	}
}
