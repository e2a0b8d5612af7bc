package kernel

// Conv says the sizes of a convolution of images in NHWC order (rows of an
// image, pixels of a row, channels of a pixel) with stride 1 and as many zeros
// around as keep the height and width ("same" padding).
type Conv struct {
	N, H, W int // images, rows and columns of pixels
	In, Out int // channels before and after
	Size    int // odd side of the square filter: 3 for 3×3
}

// Patch returns how many values one output pixel sees.
func (c Conv) Patch() int { return c.Size * c.Size * c.In }

// Cols returns the length of the scratch slice of Conv2DBackwardInput.
func (c Conv) Cols() int { return c.N * c.H * c.W * c.Patch() }

// line and image return how many values a row of pixels and an image have with
// the zeros around.
func (c Conv) line() int  { return (c.W + c.Size - 1) * c.In }
func (c Conv) image() int { return (c.H + c.Size - 1) * c.line() }

// Padded returns the length of the images with the zeros around.
func (c Conv) Padded() int { return c.N * c.image() }

// Conv2D writes act(x * w + bias) to dst: dst N×H×W×Out, x N×H×W×In, w
// Size×Size×In×Out, bias Out values or nil. It leaves x with zeros around each
// image in padded, which the backward pass over weights takes. An element
// starts at its bias and adds its products over (filter row, filter column,
// channel), zeros included.
func Conv2D(dst, padded, x, w, bias []float32, c Conv, act Activation) {
	need(dst, c.N*c.H*c.W*c.Out)
	c.pad(padded, x)
	over := parts{c.Size, c.line(), c.In}
	for n := range c.N {
		for y := range c.H {
			to, from := (n*c.H+y)*c.W*c.Out, n*c.image()+y*c.line()
			gemmParts(dst[to:], padded[from:], w, bias, c.W, c.Out, c.Size*c.In, over, act)
		}
	}
}

// pad copies the images of x into zeros.
func (c Conv) pad(padded, x []float32) {
	need(padded, c.Padded())
	need(x, c.N*c.H*c.W*c.In)
	clear(padded[:c.Padded()])
	half, row := c.Size/2, c.W*c.In
	for n := range c.N {
		to := n*c.image() + half*(c.line()+c.In)
		for range c.H {
			copy(padded[to:to+row], x)
			x = x[row:]
			to += c.line()
		}
	}
}

// Conv2DBackwardWeights writes to dw (Size×Size×In×Out), or adds, the gradient
// of the weights, given padded as Conv2D left it and the gradient dy
// (N×H×W×Out) before the activation. The gradient of the bias is
// ColumnSums(dy). The sum of an element runs over images, rows, columns.
func Conv2DBackwardWeights(dw, padded, dy []float32, c Conv, add bool) {
	need(dw, c.Patch()*c.Out)
	need(padded, c.Padded())
	if !add {
		clear(dw[:c.Patch()*c.Out])
	}
	row := c.Size * c.In
	over := parts{c.H, c.line(), c.In}
	for n := range c.N {
		for fy := range c.Size {
			from := n*c.image() + fy*c.line()
			gemmPartsTA(dw[fy*row*c.Out:], padded[from:], dy[n*c.H*c.W*c.Out:], row, c.Out, c.W, over)
		}
	}
}

// Conv2DBackwardInput writes to dx (N×H×W×In), or adds, the gradient of the
// input, given the weights and the gradient dy (N×H×W×Out) before the
// activation. cols is scratch and is overwritten. A pixel collects from the
// output pixels that saw it in their own order, row by row; each contribution
// is a sum over Out from 0 up.
func Conv2DBackwardInput(dx, cols, dy, w []float32, c Conv, add bool) {
	need(dx, c.N*c.H*c.W*c.In)
	GemmTB(cols, dy, w, c.N*c.H*c.W, c.Patch(), c.Out, false)
	if !add {
		clear(dx[:c.N*c.H*c.W*c.In])
	}
	col2im(dx, cols, c)
}

// span returns the filter columns first..last-1 that fall inside the image
// around pixel column x.
func (c Conv) span(x int) (first, last int) {
	half := c.Size / 2
	return max(0, half-x), min(c.Size, c.W+half-x)
}

// col2im adds every row of cols to the pixels its patch came from.
func col2im(dx, cols []float32, c Conv) {
	if simdCol2im(dx, cols, c) {
		return
	}
	half, line := c.Size/2, c.Size*c.In
	at := 0
	for n := range c.N {
		image := dx[n*c.H*c.W*c.In : (n+1)*c.H*c.W*c.In]
		for py := range c.H {
			for px := range c.W {
				first, last := c.span(px)
				for fy := range c.Size {
					row := cols[at : at+line]
					at += line
					y := py + fy - half
					if y < 0 || y >= c.H {
						continue
					}
					to := (y*c.W + px + first - half) * c.In
					part := row[first*c.In : last*c.In]
					pixels := image[to : to+len(part)]
					for i, v := range part {
						pixels[i] += v
					}
				}
			}
		}
	}
}
