package autodiff

import (
	"testing"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/tensor"
)

// TestForwardOnlyWhatIsNeeded checks that asking for one node leaves the
// others alone.
func TestForwardOnlyWhatIsNeeded(t *testing.T) {
	g := New(1)
	x := g.Input(2)
	y := g.Scale(x, 2)
	z := g.Exp(y)
	copy(x.Value(), []float32{1, 2})
	g.Forward(y)
	if y.Value()[1] != 4 || z.Value()[1] != 0 {
		t.Errorf("y %v, z %v; want [2 4] and [0 0]", y.Value(), z.Value())
	}
}

// TestForwardFrom fills a node inside the graph and checks that it stays, and
// that what comes after follows it, also where the input has another way there.
func TestForwardFrom(t *testing.T) {
	g := New(1)
	x := g.Input(2)
	y := g.Scale(x, 2)
	z := g.Add(g.Exp(y), g.Scale(x, 3))
	copy(x.Value(), []float32{1, 2})
	copy(y.Value(), []float32{0, 0})
	g.ForwardFrom(y, z)
	if got, want := [2]float32(z.Value()), [2]float32{4, 7}; got != want {
		t.Errorf("z %v, want %v", got, want)
	}
	if y.Value()[0] != 0 {
		t.Errorf("the given node was computed: %v", y.Value())
	}
	g.Forward(y)
	if y.Value()[1] != 4 {
		t.Errorf("y %v after Forward, want 4 at 1", y.Value())
	}
}

// TestBackwardInTurn asks one graph for different gradients, again and again.
func TestBackwardInTurn(t *testing.T) {
	g := New(1)
	x, other := g.Input(1), g.Input(1)
	y := g.Mul(g.Scale(x, 2), other)
	z := g.Scale(x, 5)
	x.Value()[0], other.Value()[0] = 3, 7
	g.Forward(y, z)
	for range 2 {
		g.Backward(y, nil, x)
		if got := x.Grad()[0]; got != 14 {
			t.Errorf("dy/dx = %g, want 14", got)
		}
		g.Backward(z, nil, x, other)
		if x.Grad()[0] != 5 || other.Grad()[0] != 0 {
			t.Errorf("dz = %g and %g, want 5 and 0", x.Grad()[0], other.Grad()[0])
		}
		g.Backward(y, nil, other)
		if got := other.Grad()[0]; got != 6 {
			t.Errorf("dy/dother = %g, want 6", got)
		}
	}
}

// TestIntermediateGradient asks for the gradient of a result inside the graph
// and of an input that the output does not depend on.
func TestIntermediateGradient(t *testing.T) {
	g := New(2)
	x, other := g.Input(2), g.Input(1)
	w := g.Parameter(tensor.Of([]float32{1, 0, 0, -1}, 2, 2), nil)
	h := g.Dense(x, w, nil, kernel.ActReLU)
	y := g.Scale(h, 3)
	copy(x.Value(), []float32{1, 2, -3, -4})
	g.Forward(y)
	g.Backward(y, []float32{1, 1, 1, 1}, h, x, other)
	if got, want := [4]float32(h.Grad()), [4]float32{3, 3, 3, 3}; got != want {
		t.Errorf("gradient of the hidden layer %v, want %v", got, want)
	}
	if got, want := [4]float32(x.Grad()), [4]float32{3, 0, 0, -3}; got != want {
		t.Errorf("gradient of the input %v, want %v", got, want)
	}
	if got := other.Grad(); got[0] != 0 || got[1] != 0 {
		t.Errorf("gradient of an unused input %v, want zeros", got)
	}
}

// TestParameterShared checks that a graph follows its parameters and writes
// their gradients where it was told to.
func TestParameterShared(t *testing.T) {
	g := New(1)
	x := g.Input(1)
	w, dw := tensor.Of([]float32{2}, 1, 1), make([]float32, 1)
	p := g.Parameter(w, dw)
	y := g.MatMul(x, p)
	x.Value()[0] = 5
	g.Forward(y)
	w.Data[0] = 3
	g.Forward(y)
	if y.Value()[0] != 15 {
		t.Errorf("y = %g, want 15", y.Value()[0])
	}
	for range 2 { // not summed from one Backward to the next
		g.Backward(y, nil, p)
	}
	if dw[0] != 5 {
		t.Errorf("dw = %g, want 5", dw[0])
	}
}

// TestNoAllocation checks that steps after the first allocate nothing.
func TestNoAllocation(t *testing.T) {
	c, _ := build(operations[len(operations)-1].build, 1)
	g := c.out.graph
	run := func() {
		g.SetRows(2)
		g.Forward(c.out)
		g.Backward(c.out, nil, c.wrt...)
	}
	run()
	if n := testing.AllocsPerRun(20, run); n != 0 {
		t.Errorf("%g allocations a step, want 0", n)
	}
}
