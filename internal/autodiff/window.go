package autodiff

import (
	"math"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/tensor"
)

// Windows says which pixels each window of a convolution or pooling covers,
// for any stride, padding and dilation: pixel At[p·Size+t] of a channel plane is
// under tap t of window p, -1 where that is padding.
type Windows struct {
	Size int     // taps
	At   []int32 // windows·Size
}

// Convolve returns a convolution: x has the shape channels×pixels..., the
// result out×windows, under shape. w is out×(channels/groups·taps); output
// channels of group i see the channels of group i alone. bias has out values or
// is nil. Neither has a gradient.
func (g *Graph) Convolve(x *Node, w tensor.Tensor, bias []float32, groups int, win Windows, shape ...int) *Node {
	y := g.add(x.batched, shape, []*Node{x})
	channels, windows := x.shape[0], len(win.At)/win.Size
	in, out := channels/groups, w.Shape[0]/groups // a group
	plane, k := x.size/channels, in*win.Size
	if w.Shape[1] != k || y.size != w.Shape[0]*windows {
		panic("autodiff: a convolution whose sizes do not fit")
	}
	cols := make([]float32, k*windows)
	// each calls f for every row and group with where its values begin.
	each := func(f func(group, xAt, yAt int)) {
		for r := range y.rows() {
			for i := range groups {
				f(i, r*x.size+i*in*plane, r*y.size+i*out*windows)
			}
		}
	}
	y.forward = func() {
		each(func(group, xAt, yAt int) {
			win.gather(cols, x.value[xAt:xAt+in*plane], in, plane)
			to := y.value[yAt : yAt+out*windows]
			kernel.Gemm(to, w.Data[group*out*k:(group+1)*out*k], cols, nil, out, windows, k, kernel.ActNone)
			if bias != nil {
				for c := range out {
					kernel.AddConstant(to[c*windows:(c+1)*windows], bias[group*out+c])
				}
			}
		})
	}
	y.backward = func() {
		if !x.live {
			return
		}
		grad := x.onto()
		each(func(group, xAt, yAt int) {
			kernel.GemmTA(cols, w.Data[group*out*k:(group+1)*out*k], y.grad[yAt:yAt+out*windows], k, windows, out, false)
			win.scatter(grad[xAt:xAt+in*plane], cols, in, plane)
		})
	}
	return y
}

// gather writes what lies under every tap (a row of cols) of every window (a
// column) to cols; 0 for padding.
func (win Windows) gather(cols, x []float32, channels, plane int) {
	windows := len(win.At) / win.Size
	for c := range channels {
		pixels := x[c*plane : (c+1)*plane]
		for t := range win.Size {
			row := cols[(c*win.Size+t)*windows:][:windows]
			for p := range row {
				row[p] = 0
				if at := win.At[p*win.Size+t]; at >= 0 {
					row[p] = pixels[at]
				}
			}
		}
	}
}

// scatter adds the gradients of cols to those of the pixels they came from.
func (win Windows) scatter(x, cols []float32, channels, plane int) {
	windows := len(win.At) / win.Size
	for c := range channels {
		pixels := x[c*plane : (c+1)*plane]
		for t := range win.Size {
			for p, v := range cols[(c*win.Size+t)*windows:][:windows] {
				if at := win.At[p*win.Size+t]; at >= 0 {
					pixels[at] += v
				}
			}
		}
	}
}

// MaxWindows returns the largest value of each window, channel by channel: x
// channels×pixels..., the result channels×windows, under shape. Padding is
// never the largest; a window of padding alone gives -Inf.
func (g *Graph) MaxWindows(x *Node, win Windows, shape ...int) *Node {
	y := g.add(x.batched, shape, []*Node{x})
	channels, windows := x.shape[0], len(win.At)/win.Size
	plane := x.size / channels
	if y.size != channels*windows {
		panic("autodiff: a pooling whose sizes do not fit")
	}
	from := make([]int32, len(y.value)) // in the plane; -1 for none
	y.forward = func() {
		for c := range y.rows() * channels {
			pixels := x.value[c*plane : (c+1)*plane]
			for p := range windows {
				from[c*windows+p], y.value[c*windows+p] = largest(pixels, win.At[p*win.Size:(p+1)*win.Size])
			}
		}
	}
	y.backward = func() {
		if !x.live {
			return
		}
		grad := x.onto()
		for i, dy := range y.Grad() {
			if from[i] >= 0 {
				grad[i/windows*plane+int(from[i])] += dy
			}
		}
	}
	return y
}

// MeanWindows returns the mean of each window, channel by channel, as
// MaxWindows does the maximum: the sum over what count says for the window.
func (g *Graph) MeanWindows(x *Node, win Windows, count []float32, shape ...int) *Node {
	y := g.add(x.batched, shape, []*Node{x})
	channels, windows := x.shape[0], len(win.At)/win.Size
	plane := x.size / channels
	if y.size != channels*windows || len(count) != windows {
		panic("autodiff: a pooling whose sizes do not fit")
	}
	y.forward = func() {
		for c := range y.rows() * channels {
			pixels := x.value[c*plane : (c+1)*plane]
			for p := range windows {
				sum := float32(0)
				for _, at := range win.At[p*win.Size : (p+1)*win.Size] {
					if at >= 0 {
						sum += pixels[at]
					}
				}
				y.value[c*windows+p] = sum / count[p]
			}
		}
	}
	y.backward = func() {
		if !x.live {
			return
		}
		grad := x.onto()
		for i, dy := range y.Grad() {
			p := i % windows
			pixels := grad[i/windows*plane:][:plane]
			for _, at := range win.At[p*win.Size : (p+1)*win.Size] {
				if at >= 0 {
					pixels[at] += dy / count[p]
				}
			}
		}
	}
	return y
}

// largest finds the largest pixel of a window, the first NaN before all.
func largest(pixels []float32, at []int32) (from int32, top float32) {
	from, top = -1, float32(math.Inf(-1))
	for _, i := range at {
		if i < 0 {
			continue
		}
		if v := pixels[i]; from < 0 || v > top || v != v && top == top {
			from, top = i, v
		}
	}
	return from, top
}
