package bench

import (
	"fmt"

	"github.com/whybox/whybox/internal/bench/task"
)

// convolutionalModel takes images x (rows×784) to the scores y (rows×10), or to
// the gradient g (rows×784) of the explained one. ONNX wants channels before
// pixels where whybox has them behind, so the weights are turned.
func convolutionalModel(weights []float32, gradient bool) []byte {
	const f1, f2, pixels = task.Filters, 2 * task.Filters, task.Side * task.Side
	g := &graph{}
	first, rest := weights[:9*f1], weights[9*f1:]
	second, rest := rest[:9*f1*f2], rest[9*f1*f2:]
	dense, biases := rest[:pixels/16*f2*task.Digits], rest[pixels/16*f2*task.Digits:]
	g.constant("f0", turnFilters(first, 1, f1), f1, 1, 3, 3)
	g.constant("f1", turnFilters(second, f1, f2), f2, f1, 3, 3)
	g.constant("w", turnDense(dense, pixels/16, f2), pixels/16*f2, task.Digits)
	g.constant("b0", biases[:f1], f1)
	g.constant("b1", biases[f1:f1+f2], f2)
	g.constant("b", biases[f1+f2:], task.Digits)

	g.input("x", 0, pixels)
	g.reshape("x", "image", -1, 1, task.Side, task.Side)
	g.convolve("image", 0)
	g.convolve("p0", 1)
	g.reshape("p1", "flat", -1, pixels/16*f2)
	g.node("Gemm", []string{"flat", "w", "b"}, "z")
	g.node("Softmax", []string{"z"}, "y", attribute{"axis", 1})
	if !gradient {
		g.output("y", 0, task.Digits)
		return g.model("convolutional")
	}
	g.scoreSlope("y", "dz", task.Digits)
	g.node("Gemm", []string{"dz", "w"}, "dflat", attribute{"transB", 1})
	g.convolutionSlope("dflat", "dp0", 1, f2, task.Side/2)
	g.convolutionSlope("dp0", "dimage", 0, f1, task.Side)
	g.reshape("dimage", "g", -1, pixels)
	g.output("g", 0, pixels)
	return g.model("gradient")
}

// reshape adds a view of another shape.
func (g *graph) reshape(from, to string, sides ...int) {
	g.shape(to+" sides", sides...)
	g.node("Reshape", []string{from, to + " sides"}, to)
}

// around is a border of one pixel.
var around = attribute{"pads", []int{1, 1, 1, 1}}

// convolve adds layer i: from pixels to p<i>, its values before the pool in h<i>.
func (g *graph) convolve(from string, i int) {
	name := func(s string) string { return fmt.Sprintf("%s%d", s, i) }
	g.node("Conv", []string{from, name("f"), name("b")}, name("c"), around)
	g.node("Relu", []string{name("c")}, name("h"))
	two := []int{2, 2}
	g.node("MaxPool", []string{name("h")}, name("p"), attribute{"kernel_shape", two}, attribute{"strides", two})
}

// convolutionSlope adds the gradient at the input of layer i, of so many
// channels and pixels a side before the pool, from that behind the pool. It
// goes to the one of four pixels that is as large as their maximum.
func (g *graph) convolutionSlope(behind, to string, i, channels, side int) {
	name := func(s string) string { return fmt.Sprintf("%s%d", s, i) }
	half := side / 2
	g.reshape(name("h"), name("quads"), -1, channels, half, 2, half, 2)
	g.reshape(name("p"), name("tops"), -1, channels, half, 1, half, 1)
	g.reshape(behind, name("dtops"), -1, channels, half, 1, half, 1)
	g.node("Equal", []string{name("quads"), name("tops")}, name("top"))
	g.node("Greater", []string{name("quads"), "none"}, name("on"))
	g.node("And", []string{name("top"), name("on")}, name("taken"))
	g.node("Where", []string{name("taken"), name("dtops"), "none"}, name("dquads"))
	g.reshape(name("dquads"), name("dh"), -1, channels, side, side)
	g.node("ConvTranspose", []string{name("dh"), name("f")}, to, around)
}

// turnFilters turns 3×3×in×out to out×in×3×3.
func turnFilters(w []float32, in, out int) []float32 {
	t := make([]float32, len(w))
	for tap := range 9 {
		for i := range in {
			for o := range out {
				t[(o*in+i)*9+tap] = w[(tap*in+i)*out+o]
			}
		}
	}
	return t
}

// turnDense turns rows that are for pixel×channel to channel×pixel.
func turnDense(w []float32, pixels, channels int) []float32 {
	t := make([]float32, 0, len(w))
	for c := range channels {
		for p := range pixels {
			at := (p*channels + c) * task.Digits
			t = append(t, w[at:at+task.Digits]...)
		}
	}
	return t
}
