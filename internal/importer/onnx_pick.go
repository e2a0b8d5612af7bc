package importer

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/tensor"
)

// onnxSlice has its bounds as attributes before version 10 of the operators, as
// inputs since.
func onnxSlice(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	var bounds [4][]int64 // starts, ends, axes, steps
	for i, name := range []string{"starts", "ends", "axes", "steps"} {
		var err error
		if bounds[i], err = n.settings(name, in, i+1); err != nil {
			return nil, err
		}
	}
	starts, ends, axes, by := bounds[0], bounds[1], bounds[2], bounds[3]
	if axes == nil {
		for i := range starts {
			axes = append(axes, int64(i))
		}
	}
	if len(starts) > maxOnnxRank || len(ends) != len(starts) || len(axes) != len(starts) || by != nil && len(by) != len(starts) {
		return nil, n.misfit("it has %d starts, %d ends and %d axes", len(starts), len(ends), len(axes))
	}
	shape, step, from := slices.Clone(x.shape), strides(x.shape), 0
	done := map[int]bool{}
	for i, axis := range axes {
		at, err := n.axis(x, axis)
		if err != nil {
			return nil, err
		}
		every := int64(1)
		if by != nil {
			every = by[i]
		}
		if every == 0 || done[at] {
			return nil, n.misfit("its steps are %v along the axes %v", by, axes)
		}
		done[at] = true
		first, count := sliced(int64(x.shape[at]), starts[i], ends[i], every)
		if count == 0 {
			return nil, n.misfit("it takes nothing of an array of shape %s", onnxShape(x.shape))
		}
		from += int(first) * step[at]
		shape[at] = int(count)
		step[at] *= int(every)
	}
	if err := b.fits(n, append([]int{2}, shape...)...); err != nil {
		return nil, err
	}
	return b.choose(n, x, onnxIndex(shape, step, from), shape)
}

// sliced returns the first place, and how many there are, of a slice of a side
// whose bounds may count from its end and lie beyond it.
func sliced(side, start, end, step int64) (first, count int64) {
	if start < 0 {
		start += side
	}
	if end < 0 {
		end += side
	}
	if step > 0 {
		start, end = max(0, min(start, side)), max(0, min(end, side))
		step = min(step, side+1)
		return start, max(0, (end-start+step-1)/step)
	}
	start, end = max(-1, min(start, side-1)), max(-1, min(end, side-1))
	step = max(step, -side-1)
	return start, max(0, (start-end-step-1)/-step)
}

func onnxGather(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	return b.gather(n, in[0], in[1], n.int("axis", 0))
}

// gather picks places along an axis; a constant array of them, whose shape
// takes the axis's place.
func (b *onnxBuilder) gather(n *onnxNode, x, places *array, axis int64) (*array, error) {
	if places.node != nil {
		return b.table(n, x, places, axis)
	}
	at, err := n.axis(x, axis)
	if err != nil {
		return nil, err
	}
	side, inner := x.shape[at], tensor.Size(x.shape[at+1:]...)
	outer := tensor.Size(x.shape[:at]...)
	shape := slices.Concat(x.shape[:at], places.shape, x.shape[at+1:])
	if err := b.fits(n, 2, outer, inner, len(places.data)); err != nil {
		return nil, err
	}
	index := make([]int32, 0, outer*len(places.data)*inner)
	for o := range outer {
		for _, p := range places.data {
			if p < 0 {
				p += float32(side)
			}
			if !(p >= 0 && p < float32(side)) {
				return nil, n.misfit("it gathers place %v of %d", p, side)
			}
			for i := range inner {
				index = append(index, int32((o*side+int(p))*inner+i))
			}
		}
	}
	return b.choose(n, x, index, shape)
}

// table looks up pieces of a constant at places that depend on the input. Beyond
// the table there is nothing but NaN.
func (b *onnxBuilder) table(n *onnxNode, x, places *array, axis int64) (*array, error) {
	if x.node != nil || axis != 0 || len(x.shape) == 0 {
		return nil, n.cannot("gather at constant places, or from the first axis of a constant", "the places it gathers depend on the input")
	}
	shape := slices.Concat(places.shape, x.shape[1:])
	if err := b.fits(n, shape...); err != nil {
		return nil, err
	}
	side, size := x.shape[0], tensor.Size(x.shape[1:]...)
	return b.is(n, b.mapped(places.node, func(dst, at []float32, _ int) {
		for i, p := range at {
			if p < 0 {
				p += float32(side)
			}
			to := dst[i*size : (i+1)*size]
			if p >= 0 && p < float32(side) {
				copy(to, x.data[int(p)*size:])
				continue
			}
			for j := range to {
				to[j] = float32(math.NaN())
			}
		}
	}, shape...), x.whole)
}

// toLast returns x with an axis moved to the last place, and the shape without
// that axis.
func (b *onnxBuilder) toLast(n *onnxNode, x *array, axes map[int]bool) (moved *array, kept []int, err error) {
	step := strides(x.shape)
	var shape, by, last, lastBy []int
	for i, side := range x.shape {
		if axes[i] {
			last, lastBy = append(last, side), append(lastBy, step[i])
		} else {
			shape, by = append(shape, side), append(by, step[i])
		}
	}
	kept = slices.Clone(shape)
	shape, by = append(shape, last...), append(by, lastBy...)
	if slices.Equal(by, step) {
		return x, kept, nil
	}
	if err := b.fits(n, append([]int{2}, shape...)...); err != nil {
		return nil, nil, err
	}
	moved, err = b.choose(n, x, onnxIndex(shape, by, 0), shape)
	return moved, kept, err
}

// fromLast undoes toLast for one axis.
func (b *onnxBuilder) fromLast(n *onnxNode, x *array, axis int) (*array, error) {
	last := len(x.shape) - 1
	if axis == last {
		return x, nil
	}
	step := strides(x.shape)
	shape, by := slices.Clone(x.shape[:last]), slices.Clone(step[:last])
	shape, by = slices.Insert(shape, axis, x.shape[last]), slices.Insert(by, axis, step[last])
	if err := b.fits(n, append([]int{2}, shape...)...); err != nil {
		return nil, err
	}
	return b.choose(n, x, onnxIndex(shape, by, 0), shape)
}
