package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/tensor"
)

// onnxShape writes a shape for messages.
func onnxShape(shape []int) string {
	if len(shape) == 0 {
		return "1"
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(shape), " ", "×"), "[]")
}

// axis finds an axis of a, which may count from the last and counts that of the
// rows: its place in the shape.
func (n *onnxNode) axis(a *array, axis int64) (int, error) {
	rank := int64(a.rank())
	if axis < -rank || axis >= rank {
		return 0, n.misfit("it asks for axis %d of an array with %d", axis, rank)
	}
	if axis < 0 {
		axis += rank
	}
	if a.node == nil {
		return int(axis), nil
	}
	if axis == 0 {
		return 0, n.mixes("works along the first axis")
	}
	return int(axis - 1), nil
}

// settings returns whole numbers that are an attribute in older versions of an
// operator and an input in newer ones; nil where there are none.
func (n *onnxNode) settings(attribute string, in []*array, input int) ([]int64, error) {
	if len(in) <= input || in[input] == nil {
		return n.ints(attribute)
	}
	a := in[input]
	if a.node != nil || len(a.shape) > 1 {
		return nil, n.cannot("make it a constant", "its %s depend on the input", attribute)
	}
	out := make([]int64, len(a.data))
	for i, v := range a.data {
		out[i] = int64(max(-1<<40, min(1<<40, v)))
		if v != v {
			return nil, n.misfit("its %s are not numbers", attribute)
		}
	}
	return out, nil
}

// reshape returns x under another shape of the same size.
func (b *onnxBuilder) reshape(n *onnxNode, x *array, shape []int) (*array, error) {
	if tensor.Size(shape...) != x.size() {
		return nil, n.misfit("an array of shape %s cannot have shape %s", onnxShape(x.shape), onnxShape(shape))
	}
	out, err := b.is(n, b.graph.Reshape(b.operand(x), shape...), x.whole)
	if err != nil {
		return nil, err
	}
	out.features = x.features
	if slices.Equal(shape, x.shape) {
		out.ensemble, out.margin, out.sums = x.ensemble, x.margin, x.sums
	}
	return out, nil
}

func onnxFlatten(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	axis := n.int("axis", 1)
	if axis < 0 {
		axis += int64(x.rank())
	}
	if axis < 0 || axis > int64(x.rank()) {
		return nil, n.misfit("it asks for axis %d of an array with %d", axis, x.rank())
	}
	if x.node == nil {
		at := int(axis)
		return b.reshape(n, x, []int{tensor.Size(x.shape[:at]...), tensor.Size(x.shape[at:]...)})
	}
	if axis == 0 || tensor.Size(x.shape[:axis-1]...) != 1 {
		return nil, n.mixes("flattens the first axis with others")
	}
	return b.reshape(n, x, []int{x.size()})
}

func onnxReshape(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	want, err := n.settings("shape", in, 1)
	if err != nil {
		return nil, err
	}
	switch {
	case want == nil:
		return nil, n.misfit("it does not say which shape it asks for")
	case len(want) > maxOnnxRank:
		return nil, onnxTooLarge(n.String(), "%d sides", maxOnnxRank)
	}
	first := 0
	if x.node != nil {
		if len(want) == 0 {
			return nil, n.mixes("asks for a single number")
		}
		if want[0] < -1 || want[0] > 1 && want[0] != b.declared {
			return nil, n.mixes(fmt.Sprintf("asks for %d rows", want[0]))
		}
		first = 1
	}
	shape, open := []int{}, -1
	for i, s := range want[first:] {
		switch {
		case s == 0 && i < len(x.shape) && n.int("allowzero", 0) == 0:
			s = int64(x.shape[i])
		case s == -1 && open < 0:
			open, s = i, 1
		case s < 0 || s > maxOnnxNumbers:
			return nil, n.misfit("it asks for the shape %v", want)
		}
		shape = append(shape, int(s))
	}
	known, ok := within(maxOnnxNumbers, shape...)
	if !ok || known == 0 && open >= 0 {
		return nil, n.misfit("it asks for the shape %v", want)
	}
	if open >= 0 {
		shape[open] = x.size() / known
		known *= shape[open]
	}
	if x.node != nil && known != x.size() {
		return nil, n.mixes(fmt.Sprintf("turns rows of shape %s into rows of shape %s", onnxShape(x.shape), onnxShape(shape)))
	}
	return b.reshape(n, x, shape)
}

func onnxSqueeze(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	axes, err := n.settings("axes", in, 1)
	if err != nil {
		return nil, err
	}
	drop := map[int]bool{}
	for _, axis := range axes {
		at, err := n.axis(x, axis)
		if err != nil {
			return nil, err
		}
		if x.shape[at] != 1 {
			return nil, n.misfit("it drops a side of %d", x.shape[at])
		}
		drop[at] = true
	}
	shape := []int{}
	for i, side := range x.shape {
		if !drop[i] && (len(axes) > 0 || side != 1) {
			shape = append(shape, side)
		}
	}
	return b.reshape(n, x, shape)
}

func onnxUnsqueeze(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	axes, err := n.settings("axes", in, 1)
	if err != nil {
		return nil, err
	}
	rank := x.rank() + len(axes)
	if rank > maxOnnxRank {
		return nil, onnxTooLarge(n.String(), "%d sides", maxOnnxRank)
	}
	added := map[int64]bool{}
	for _, axis := range axes {
		if axis < 0 {
			axis += int64(rank)
		}
		if axis < 0 || axis >= int64(rank) || added[axis] {
			return nil, n.misfit("it adds the axes %v to an array with %d", axes, x.rank())
		}
		added[axis] = true
	}
	first := int64(0)
	if x.node != nil {
		if added[0] {
			return nil, n.mixes("adds an axis before the first")
		}
		first = 1
	}
	shape, rest := []int{}, x.shape
	for i := first; i < int64(rank); i++ {
		if added[i] {
			shape = append(shape, 1)
		} else {
			shape, rest = append(shape, rest[0]), rest[1:]
		}
	}
	return b.reshape(n, x, shape)
}

// strides returns how far apart neighbours along each side stand.
func strides(shape []int) []int {
	out := make([]int, len(shape))
	step := 1
	for i := range slices.Backward(shape) {
		out[i] = step
		step *= shape[i]
	}
	return out
}

// choose returns the numbers of x that an index names, under a shape.
func (b *onnxBuilder) choose(n *onnxNode, x *array, index []int32, shape []int) (*array, error) {
	b.used += len(index) // the index itself
	out, err := b.is(n, b.graph.Select(b.operand(x), x.node != nil, index, shape...), x.whole)
	if err != nil || x.features == nil {
		return out, err
	}
	out.features = make([]int32, len(index))
	for i, at := range index {
		out.features[i] = x.features[at]
	}
	return out, nil
}

func onnxTranspose(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	perm, err := n.ints("perm")
	if err != nil {
		return nil, err
	}
	if perm == nil {
		for i := range x.rank() {
			perm = append(perm, int64(x.rank()-1-i))
		}
	}
	if len(perm) != x.rank() {
		return nil, n.misfit("it orders %d axes of an array with %d", len(perm), x.rank())
	}
	if x.node != nil {
		if perm[0] != 0 {
			return nil, n.mixes("moves the first axis")
		}
		perm = perm[1:]
	}
	seen := map[int]bool{}
	steps := strides(x.shape)
	var shape, step []int
	for _, axis := range perm {
		at, err := n.axis(x, axis)
		if err != nil {
			return nil, err
		}
		if seen[at] {
			return nil, n.misfit("its order of axes %v names one twice", perm)
		}
		seen[at] = true
		shape, step = append(shape, x.shape[at]), append(step, steps[at])
	}
	if err := b.fits(n, append([]int{2}, shape...)...); err != nil {
		return nil, err
	}
	return b.choose(n, x, onnxIndex(shape, step, 0), shape)
}

func onnxConcat(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return b.concat(n, in, n.int("axis", 1))
}

// concat joins arrays along an axis.
func (b *onnxBuilder) concat(n *onnxNode, in []*array, axis int64) (*array, error) {
	lead := in[slices.IndexFunc(in, func(a *array) bool { return a != nil })]
	for _, a := range in {
		if a != nil && a.node != nil {
			lead = a
		}
	}
	at, err := n.axis(lead, axis)
	if err != nil {
		return nil, err
	}
	var parts []*autodiff.Node
	whole, total := true, 0
	for i, a := range in {
		if a == nil {
			return nil, n.misfit("input %d is missing", i)
		}
		part, shape := b.operand(a), a.shape
		if lead.node != nil && a.node == nil {
			if shape, err = n.beside(len(lead.shape), shape); err != nil {
				return nil, err
			}
			part = b.graph.Reshape(part, shape...)
		}
		if len(shape) != len(lead.shape) {
			return nil, n.misfit("it joins arrays of shape %s and %s", onnxShape(lead.shape), onnxShape(shape))
		}
		for j, side := range shape {
			if j != at && side != lead.shape[j] {
				return nil, n.misfit("it joins arrays of shape %s and %s along axis %d", onnxShape(lead.shape), onnxShape(shape), axis)
			}
		}
		total += tensor.Size(shape...)
		if err := b.fits(n, total); err != nil {
			return nil, err
		}
		parts, whole = append(parts, part), whole && a.whole
	}
	out, err := b.is(n, b.graph.Concat(parts, at), whole)
	if err != nil || len(lead.shape) != 1 {
		return out, err
	}
	var features []int32
	for _, a := range in {
		if a.features == nil {
			return out, nil
		}
		features = append(features, a.features...)
	}
	out.features = features
	return out, nil
}
