package importer

import (
	"slices"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/tensor"
)

// window is where the windows of a convolution or pooling lie along each side of
// the pixels.
type window struct {
	sides  []int // of the pixels
	kernel []int
	stride []int
	dilate []int
	before []int // padding
	after  []int
	out    []int // windows
}

// window reads the settings of a node.
func (n *onnxNode) window(pixels, kernel []int) (*window, error) {
	w := &window{sides: pixels, kernel: kernel}
	for _, list := range []struct {
		name string
		to   *[]int
	}{{"strides", &w.stride}, {"dilations", &w.dilate}} {
		v, err := n.ints(list.name)
		if err != nil {
			return nil, err
		}
		for range kernel {
			*list.to = append(*list.to, 1)
		}
		if v != nil && len(v) != len(kernel) {
			return nil, n.misfit("it has %d %s for %d sides", len(v), list.name, len(kernel))
		}
		for i, s := range v {
			if s < 1 || s > 1<<20 {
				return nil, n.misfit("its %s are %v", list.name, v)
			}
			(*list.to)[i] = int(s)
		}
	}
	for _, k := range kernel {
		if k < 1 || k > 1<<20 {
			return nil, n.misfit("its windows have the shape %s", onnxShape(kernel))
		}
	}
	if err := n.pad(w); err != nil {
		return nil, err
	}
	return w, n.count(w)
}

// pad finds the padding, which may be told by the size that is to come out.
func (n *onnxNode) pad(w *window) error {
	sides := len(w.kernel)
	w.before, w.after = make([]int, sides), make([]int, sides)
	auto := n.text("auto_pad", "NOTSET")
	switch auto {
	case "SAME_UPPER", "SAME_LOWER":
		for i := range sides {
			windows := (w.sides[i] + w.stride[i] - 1) / w.stride[i]
			all := max(0, (windows-1)*w.stride[i]+(w.kernel[i]-1)*w.dilate[i]+1-w.sides[i])
			w.before[i] = all / 2
			if auto == "SAME_LOWER" {
				w.before[i] = all - all/2
			}
			w.after[i] = all - w.before[i]
		}
		return nil
	case "NOTSET", "VALID", "":
	default:
		return n.misfit("its auto_pad is %q", short(auto))
	}
	pads, err := n.ints("pads")
	if err != nil {
		return err
	}
	if auto == "VALID" || pads == nil {
		return nil
	}
	if len(pads) != 2*sides {
		return n.misfit("it has %d pads for %d sides", len(pads), sides)
	}
	for i, p := range pads {
		if p < 0 || p > 1<<20 {
			return n.misfit("its pads are %v", pads)
		}
		if i < sides {
			w.before[i] = int(p)
		} else {
			w.after[i-sides] = int(p)
		}
	}
	return nil
}

// count finds how many windows there are along each side. With ceil_mode the
// last one may reach beyond the padding, but must not begin there.
func (n *onnxNode) count(w *window) error {
	up := 0
	if n.int("ceil_mode", 0) != 0 {
		up = 1
	}
	for i, side := range w.sides {
		room := side + w.before[i] + w.after[i] - (w.kernel[i]-1)*w.dilate[i] - 1
		if room < 0 {
			return n.misfit("windows of shape %s do not fit into %s pixels", onnxShape(w.kernel), onnxShape(w.sides))
		}
		windows := (room+up*(w.stride[i]-1))/w.stride[i] + 1
		if up == 1 && (windows-1)*w.stride[i] >= side+w.before[i] {
			windows--
		}
		w.out = append(w.out, windows)
	}
	return nil
}

// windows lists the pixel under every tap of every window.
func (b *onnxBuilder) windows(n *onnxNode, w *window) (autodiff.Windows, error) {
	if err := b.fits(n, slices.Concat(w.kernel, w.out)...); err != nil {
		return autodiff.Windows{}, err
	}
	taps, total := tensor.Size(w.kernel...), tensor.Size(w.out...)
	b.used += taps * total
	win := autodiff.Windows{Size: taps, At: make([]int32, 0, taps*total)}
	place, tap := make([]int, len(w.out)), make([]int, len(w.out))
	for range total {
		for range taps {
			at := 0
			for i := range place {
				p := place[i]*w.stride[i] + tap[i]*w.dilate[i] - w.before[i]
				if p < 0 || p >= w.sides[i] {
					at = -1
					break
				}
				at = at*w.sides[i] + p
			}
			win.At = append(win.At, int32(at))
			advance(tap, w.kernel)
		}
		advance(place, w.out)
	}
	return win, nil
}

// advance counts a place of a shape up by one.
func advance(place, shape []int) {
	for i := range slices.Backward(place) {
		if place[i]++; place[i] < shape[i] {
			return
		}
		place[i] = 0
	}
}

// images refuses what has no channels of pixels.
func (n *onnxNode) images(x *array) error {
	if x.node == nil || len(x.shape) < 2 {
		return n.misfit("it works on rows with channels of pixels, and gets an array with %d sides", x.rank())
	}
	return nil
}

func onnxConv(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x, w := in[0], in[1]
	if err := n.images(x); err != nil {
		return nil, err
	}
	groups := int(max(0, min(n.int("group", 1), maxOnnxNumbers)))
	switch {
	case w.node != nil:
		return nil, n.cannot("make them constants", "its weights depend on the input")
	case len(w.shape) != len(x.shape)+1:
		return nil, n.misfit("weights of shape %s do not fit rows of shape %s", onnxShape(w.shape), onnxShape(x.shape))
	case groups < 1 || x.shape[0]%groups != 0 || w.shape[0]%groups != 0 || w.shape[1] != x.shape[0]/groups || w.shape[0] == 0:
		return nil, n.misfit("weights of shape %s do not fit %d channels in %d groups", onnxShape(w.shape), x.shape[0], groups)
	}
	win, err := n.window(x.shape[1:], w.shape[2:])
	if err != nil {
		return nil, err
	}
	at, err := b.windows(n, win)
	if err != nil {
		return nil, err
	}
	out, taps := tensor.Size(win.out...), tensor.Size(w.shape[1:]...)
	if err := b.labours(n, w.shape[0], taps, out); err != nil {
		return nil, err
	}
	if err := b.fits(n, taps, out); err != nil {
		return nil, err
	}
	b.used += taps * out
	if err := b.fits(n, w.shape[0], out); err != nil {
		return nil, err
	}
	var bias []float32
	if len(in) > 2 && in[2] != nil {
		if bias = in[2].data; in[2].node != nil || len(bias) != w.shape[0] {
			return nil, n.misfit("it has %d constant biases for %d channels", len(bias), w.shape[0])
		}
	}
	shape := append([]int{w.shape[0]}, win.out...)
	return b.is(n, b.graph.Convolve(b.operand(x), tensor.Of(w.data, w.shape[0], taps), bias, groups, at, shape...), false)
}

// pooling reads the windows of a pooling.
func (b *onnxBuilder) pooling(n *onnxNode, x *array) (*window, autodiff.Windows, error) {
	if err := n.images(x); err != nil {
		return nil, autodiff.Windows{}, err
	}
	list, err := n.ints("kernel_shape")
	if err != nil {
		return nil, autodiff.Windows{}, err
	}
	if len(list) != len(x.shape)-1 {
		return nil, autodiff.Windows{}, n.misfit("its windows have %d sides, the pixels %d", len(list), len(x.shape)-1)
	}
	var kernel []int
	for _, k := range list {
		kernel = append(kernel, int(max(0, min(k, maxOnnxNumbers))))
	}
	w, err := n.window(x.shape[1:], kernel)
	if err != nil {
		return nil, autodiff.Windows{}, err
	}
	if err := b.labours(n, slices.Concat(x.shape[:1], w.kernel, w.out)...); err != nil {
		return nil, autodiff.Windows{}, err
	}
	if err := b.fits(n, slices.Concat([]int{2}, x.shape[:1], w.out)...); err != nil {
		return nil, autodiff.Windows{}, err
	}
	at, err := b.windows(n, w)
	return w, at, err
}

func onnxMaxPool(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	w, at, err := b.pooling(n, in[0])
	if err != nil {
		return nil, err
	}
	return b.is(n, b.graph.MaxWindows(b.operand(in[0]), at, append([]int{in[0].shape[0]}, w.out...)...), in[0].whole)
}

// onnxAveragePool divides by the pixels under a window, or with
// count_include_pad by those of the padding too; never by what lies beyond it.
func onnxAveragePool(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	w, at, err := b.pooling(n, in[0])
	if err != nil {
		return nil, err
	}
	padded := n.int("count_include_pad", 0) != 0
	count := make([]float32, tensor.Size(w.out...))
	place := make([]int, len(w.out))
	for p := range count {
		taps := 1
		for i := range place {
			from, to := 0, w.sides[i]
			if padded {
				from, to = -w.before[i], w.sides[i]+w.after[i]
			}
			inside := 0
			for t := range w.kernel[i] {
				if at := place[i]*w.stride[i] + t*w.dilate[i] - w.before[i]; at >= from && at < to {
					inside++
				}
			}
			taps *= inside
		}
		count[p] = float32(max(1, taps))
		advance(place, w.out)
	}
	return b.is(n, b.graph.MeanWindows(b.operand(in[0]), at, count, append([]int{in[0].shape[0]}, w.out...)...), false)
}

func onnxGlobalAveragePool(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	if err := n.images(in[0]); err != nil {
		return nil, err
	}
	var axes []int64
	for i := range in[0].shape[1:] {
		axes = append(axes, int64(i+2))
	}
	return b.reduce(n, in[0], axes, true)
}
