package importer

import (
	"slices"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/tensor"
)

// onnxReduce sums along axes, or takes the mean.
func onnxReduce(mean bool) func(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return func(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
		axes, err := n.settings("axes", in, 1)
		if err != nil {
			return nil, err
		}
		if len(axes) == 0 {
			if n.int("noop_with_empty_axes", 0) != 0 {
				return onnxIdentity(b, n, in)
			}
			for i := range in[0].rank() {
				axes = append(axes, int64(i))
			}
		}
		return b.reduce(n, in[0], axes, mean)
	}
}

func (b *onnxBuilder) reduce(n *onnxNode, x *array, axes []int64, mean bool) (*array, error) {
	at := map[int]bool{}
	shape := slices.Clone(x.shape)
	for _, axis := range axes {
		i, err := n.axis(x, axis)
		if err != nil {
			return nil, err
		}
		at[i], shape[i] = true, 1
	}
	if x.size() == 0 {
		return nil, n.misfit("it reduces an array without numbers")
	}
	moved, kept, err := b.toLast(n, x, at)
	if err != nil {
		return nil, err
	}
	if n.int("keepdims", 1) == 0 {
		shape = kept
	}
	count := x.size() / max(1, tensor.Size(kept...))
	node := b.graph.SumGroups(b.operand(moved), count, shape...)
	if mean {
		node = b.graph.Div(node, b.filled(float32(count), node))
	}
	return b.is(n, node, x.whole && !mean)
}

// filled returns a node like another, of one number.
func (b *onnxBuilder) filled(v float32, like *autodiff.Node) *autodiff.Node {
	one := b.graph.Parameter(tensor.Of([]float32{v}), nil)
	index := make([]int32, tensor.Size(like.Shape()...))
	b.used += 2 * len(index)
	return b.graph.Select(one, b.graph == b.model, index, like.Shape()...)
}

func onnxSoftmax(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	out, k, err := b.overAxis(n, x, (*autodiff.Graph).SoftmaxGroups)
	if err == nil && x.node != nil && k == x.size() {
		out.margin, out.sums = x.node, true
	}
	return out, err
}

func onnxLogSoftmax(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	out, _, err := b.overAxis(n, in[0], (*autodiff.Graph).LogSoftmaxGroups)
	return out, err
}

// overAxis applies a function of groups along an axis. Before version 13 of the
// operators the groups span that axis and all after it.
func (b *onnxBuilder) overAxis(n *onnxNode, x *array, f func(g *autodiff.Graph, x *autodiff.Node, k int) *autodiff.Node) (out *array, k int, err error) {
	old := b.opset < 13
	axis := int64(-1)
	if old {
		axis = 1
	}
	at, err := n.axis(x, n.int("axis", axis))
	if err != nil {
		return nil, 0, err
	}
	if x.size() == 0 {
		return nil, 0, n.misfit("it has no numbers to work on")
	}
	if old {
		k = tensor.Size(x.shape[at:]...)
		out, err = b.is(n, f(b.graph, b.operand(x), k), false)
		return out, k, err
	}
	moved, _, err := b.toLast(n, x, map[int]bool{at: true})
	if err != nil {
		return nil, 0, err
	}
	k = x.shape[at]
	if out, err = b.is(n, f(b.graph, b.operand(moved), k), false); err != nil {
		return nil, 0, err
	}
	out, err = b.fromLast(n, out, at)
	return out, k, err
}

// onnxArgMax gives the place of the largest number along an axis, the first one
// where there are several.
func onnxArgMax(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	at, err := n.axis(x, n.int("axis", 0))
	if err != nil {
		return nil, err
	}
	if x.size() == 0 {
		return nil, n.misfit("it has no numbers to work on")
	}
	moved, shape, err := b.toLast(n, x, map[int]bool{at: true})
	if err != nil {
		return nil, err
	}
	if n.int("keepdims", 1) != 0 {
		shape = slices.Insert(shape, at, 1)
	}
	last := n.int("select_last_index", 0) != 0
	k := x.shape[at]
	out, err := b.is(n, b.mapped(b.operand(moved), func(dst, x []float32, _ int) {
		for i := range dst {
			dst[i] = float32(argMax(x[i*k:(i+1)*k], last))
		}
	}, shape...), true)
	return out, err
}

// argMax returns the place of the largest number, or of the last of those.
func argMax(x []float32, last bool) int {
	at := 0
	for i, v := range x {
		if v > x[at] || last && v == x[at] {
			at = i
		}
	}
	return at
}
