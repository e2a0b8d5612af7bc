package importer

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
)

// onnxElementwise is an operator on two arrays, of which the smaller one is
// repeated along the sides it lacks.
func onnxElementwise(f func(g *autodiff.Graph, x, y *autodiff.Node) *autodiff.Node) func(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return func(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
		x, y, err := b.broadcast(n, in[0], in[1])
		if err != nil {
			return nil, err
		}
		return b.is(n, f(b.graph, x, y), in[0].whole && in[1].whole)
	}
}

// onnxDiv drops the fraction where whole numbers are divided.
func onnxDiv(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	out, err := onnxElementwise((*autodiff.Graph).Div)(b, n, in)
	if err != nil || !out.whole {
		return out, err
	}
	return b.cut(n, out)
}

// cut drops fractions.
func (b *onnxBuilder) cut(n *onnxNode, x *array) (*array, error) {
	out, err := b.is(n, b.mapped(b.operand(x), func(dst, x []float32, _ int) {
		for i, v := range x {
			dst[i] = float32(math.Trunc(float64(v)))
		}
	}, x.shape...), true)
	return out, err
}

// broadcast brings two arrays to one shape.
func (b *onnxBuilder) broadcast(n *onnxNode, x, y *array) (p, q *autodiff.Node, err error) {
	xs, ys := x.shape, y.shape
	switch {
	case x.node != nil && y.node != nil && len(xs) != len(ys):
		return nil, nil, n.mixes("joins arrays of shape rows×" + onnxShape(xs) + " and rows×" + onnxShape(ys))
	case x.node != nil && y.node == nil:
		ys, err = n.beside(len(xs), ys)
	case y.node != nil && x.node == nil:
		xs, err = n.beside(len(ys), xs)
	}
	if err != nil {
		return nil, nil, err
	}
	shape, err := n.common(xs, ys)
	if err != nil {
		return nil, nil, err
	}
	if err := b.fits(n, append([]int{3}, shape...)...); err != nil {
		return nil, nil, err
	}
	return b.repeat(x, xs, shape), b.repeat(y, ys, shape), nil
}

// beside returns the shape that a constant has within one row of what depends
// on the input, which has so many sides.
func (n *onnxNode) beside(sides int, shape []int) ([]int, error) {
	for len(shape) > sides {
		if shape[0] != 1 {
			return nil, n.mixes("gives rows of their own to a constant of shape " + onnxShape(shape))
		}
		if len(shape) > sides+1 {
			return nil, n.misfit("a constant of shape %s does not fit rows of %d sides", onnxShape(shape), sides)
		}
		shape = shape[1:]
	}
	return shape, nil
}

// common returns the shape that two shapes are repeated to.
func (n *onnxNode) common(x, y []int) ([]int, error) {
	out := make([]int, max(len(x), len(y)))
	for i := range out {
		a, b := sideFromEnd(x, len(out)-i), sideFromEnd(y, len(out)-i)
		if a != b && a != 1 && b != 1 {
			return nil, n.misfit("arrays of shape %s and %s do not fit each other", onnxShape(x), onnxShape(y))
		}
		out[i] = a
		if a == 1 {
			out[i] = b
		}
	}
	return out, nil
}

// sideFromEnd returns a side counted from the last, 1; what lacks it has 1.
func sideFromEnd(shape []int, i int) int {
	if i > len(shape) {
		return 1
	}
	return shape[len(shape)-i]
}

// repeat returns a, whose shape counts as given, repeated to another shape.
func (b *onnxBuilder) repeat(a *array, shape, to []int) *autodiff.Node {
	node := b.operand(a)
	batched := b.graph == b.model
	if slices.Equal(node.Shape(), to) && (a.node != nil || !batched) {
		return node
	}
	strides := make([]int, len(to))
	step := 1
	for i := 1; i <= len(shape); i++ {
		if side := shape[len(shape)-i]; side != 1 {
			strides[len(to)-i] = step
			step *= side
		}
	}
	b.used += 2 * a.size()
	return b.graph.Select(node, batched, onnxIndex(to, strides, 0), to...)
}

// onnxIndex lists, for every place of a shape in order, from + Σ place·stride.
func onnxIndex(shape, strides []int, from int) []int32 {
	out := []int32{int32(from)}
	for i, side := range shape {
		next := make([]int32, 0, len(out)*side)
		for _, at := range out {
			for p := range side {
				next = append(next, at+int32(p*strides[i]))
			}
		}
		out = next
	}
	return out
}

func onnxRelu(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return b.is(n, b.graph.Activate(b.operand(in[0]), kernel.ActReLU), in[0].whole)
}

func onnxTanh(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return b.is(n, b.graph.Activate(b.operand(in[0]), kernel.ActTanh), false)
}

func onnxSigmoid(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := b.operand(in[0])
	out, err := b.is(n, b.graph.Activate(x, kernel.ActSigmoid), false)
	if err == nil {
		out.margin = x
	}
	return out, err
}

func onnxLeakyRelu(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return b.is(n, b.graph.LeakyReLU(b.operand(in[0]), n.float("alpha", 0.01)), false)
}

func onnxAbs(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return b.is(n, b.graph.Abs(b.operand(in[0])), in[0].whole)
}

// onnxClip has its limits as attributes before version 11 of the operators, as
// inputs since.
func onnxClip(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	limits := [2]float32{n.float("min", float32(math.Inf(-1))), n.float("max", float32(math.Inf(1)))}
	for i, a := range in[1:] {
		if a == nil || i > 1 {
			continue
		}
		if a.node != nil || len(a.data) != 1 {
			return nil, n.cannot("clip at constants", "its limit %d is no single constant", i)
		}
		limits[i] = a.data[0]
	}
	if !(limits[0] <= limits[1]) {
		return nil, n.misfit("it clips to %v to %v, where nothing lies", limits[0], limits[1])
	}
	return b.is(n, b.graph.Clamp(b.operand(in[0]), limits[0], limits[1]), in[0].whole)
}

// onnxIdentity hands its operand on, with all that is known of it.
func onnxIdentity(_ *onnxBuilder, _ *onnxNode, in []*array) (*array, error) {
	out := *in[0]
	return &out, nil
}

// onnxDropout hands its operand on, as it does outside training.
func onnxDropout(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	if len(in) > 2 && in[2] != nil && !(in[2].node == nil && len(in[2].data) == 1 && in[2].data[0] == 0) {
		return nil, n.cannot("export the model for inference", "it may be in training, which drops by chance")
	}
	return onnxIdentity(b, n, in)
}

// onnxCast knows numbers of float32 and whole numbers; a double is rounded.
func onnxCast(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	out := *in[0]
	switch to := n.int("to", 0); to {
	case onnxFloat, onnxDouble:
		out.whole = false
		return &out, nil
	case onnxInt32, onnxInt64:
		if in[0].whole {
			return &out, nil
		}
		return b.cut(n, in[0])
	case onnxBool:
		truth, err := b.is(n, b.mapped(b.operand(in[0]), func(dst, x []float32, _ int) {
			for i, v := range x {
				dst[i] = 1
				if v == 0 {
					dst[i] = 0
				}
			}
		}, in[0].shape...), true)
		return truth, err
	default:
		return nil, onnxElements(n.String(), uint64(to))
	}
}

func onnxConstant(b *onnxBuilder, n *onnxNode, _ []*array) (*array, error) {
	t, found, err := n.tensor("value")
	switch {
	case err != nil:
		return nil, err
	case found:
		return b.constant(&t)
	case n.has("value_float"):
		return &array{data: []float32{n.float("value_float", 0)}}, nil
	case n.has("value_int"):
		return &array{data: []float32{float32(n.int("value_int", 0))}, whole: true}, nil
	case n.has("value_floats"):
		data, err := n.floats("value_floats")
		return &array{shape: []int{len(data)}, data: data}, err
	case n.has("value_ints"):
		whole, err := n.ints("value_ints")
		out := &array{shape: []int{len(whole)}, data: make([]float32, len(whole)), whole: true}
		for i, v := range whole {
			out.data[i] = float32(v)
		}
		return out, err
	}
	return nil, n.cannot("give it a value of numbers", "it has no value of numbers")
}
