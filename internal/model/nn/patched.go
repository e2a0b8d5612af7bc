package nn

import (
	"image"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
)

// patcher scores copies of one image that differ from it in a rectangle: of
// each convolution and maximum it computes only what the rectangle reaches.
type patcher struct {
	seen   *autodiff.Node // the result of the last stage
	stages []kernel.Conv  // of one image, each with a 2×2 maximum after it
	other  []float32      // d, standardised: what rectangles are filled with
	whole  [][]float32    // H×W×In of each stage, and what the last one leaves: of the image
	copied [][]float32    // the same of a copy

	// Scratch of a stage: what it looks at, that with zeros around, its
	// convolution, what is wanted of that, and its maxima.
	crop, padded, found, wanted, pooled []float32
	from                                []int32
}

func newPatcher(seen *autodiff.Node, arch plan) *patcher {
	h, w, channels := arch.shape[0], arch.shape[1], arch.shape[2]
	p := &patcher{seen: seen, other: make([]float32, h*w*channels)}
	size := 0
	mapped := func() {
		p.whole, p.copied = append(p.whole, make([]float32, h*w*channels)), append(p.copied, make([]float32, h*w*channels))
	}
	mapped()
	for _, l := range arch.layers {
		if len(l.shape) != 4 {
			break
		}
		c := kernel.Conv{N: 1, H: h, W: w, In: channels, Out: l.shape[3], Size: l.shape[0]}
		size = max(size, c.Padded(), h*w*c.Out)
		p.stages = append(p.stages, c)
		h, w, channels = h/2, w/2, c.Out
		mapped()
	}
	for _, scratch := range []*[]float32{&p.crop, &p.padded, &p.found, &p.wanted, &p.pooled} {
		*scratch = make([]float32, size)
	}
	p.from = make([]int32, size)
	return p
}

// predictPatched writes the values of node for the images to dst (n×k).
func (m *network) predictPatched(node *autodiff.Node, dst, x, other []float32, at []image.Rectangle) {
	if len(dst) < len(at)*m.k || len(x) < m.d || len(other) < m.d {
		panic("nn: slice shorter than its sizes")
	}
	p := m.patcher
	kernel.Standardize(p.whole[0], x, m.in.mean, m.in.scale, 1, m.d)
	kernel.Standardize(p.other, other, m.in.mean, m.in.scale, 1, m.d)
	for i, c := range p.stages {
		m.stage(i, p.whole, image.Rect(0, 0, c.W/2, c.H/2))
	}
	last := len(p.stages)
	size := len(p.whole[last])
	m.eachChunk(len(at), func(first, rows int) {
		m.graph.SetRows(rows)
		for i, r := range at[first : first+rows] {
			p.copied[last] = p.seen.Value()[i*size : (i+1)*size]
			m.patch(r)
		}
		m.graph.ForwardFrom(p.seen, node)
		copy(dst[first*m.k:(first+rows)*m.k], node.Value())
	})
}

// patch computes the copy with the rectangle r.
func (m *network) patch(r image.Rectangle) {
	p := m.patcher
	for i := range p.copied {
		copy(p.copied[i], p.whole[i])
	}
	c := p.stages[0]
	r = r.Intersect(image.Rect(0, 0, c.W, c.H))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from, to := (y*c.W+r.Min.X)*c.In, (y*c.W+r.Max.X)*c.In
		copy(p.copied[0][from:to], p.other[from:to])
	}
	for i := 0; i < len(p.stages) && !r.Empty(); i++ {
		r = reach(p.stages[i], r)
		m.stage(i, p.copied, r)
	}
}

// reach returns which maxima depend on a rectangle of pixels.
func reach(c kernel.Conv, r image.Rectangle) image.Rectangle {
	r = r.Inset(-(c.Size / 2))
	return image.Rect(r.Min.X>>1, r.Min.Y>>1, (r.Max.X+1)>>1, (r.Max.Y+1)>>1).Intersect(image.Rect(0, 0, c.W/2, c.H/2))
}

// stage computes the maxima r of stage i from maps[i] and puts them in
// maps[i+1]. It looks at the pixels they depend on alone; beyond those it sees
// zeros, which only matter at the edge of the image, where zeros belong.
func (m *network) stage(i int, maps [][]float32, r image.Rectangle) {
	p, c := m.patcher, m.patcher.stages[i]
	inner := image.Rectangle{r.Min.Mul(2), r.Max.Mul(2)}
	outer := inner.Inset(-(c.Size / 2)).Intersect(image.Rect(0, 0, c.W, c.H))
	part := c
	part.H, part.W = outer.Dy(), outer.Dx()
	cut(p.crop, maps[i], part.W, c.W, outer, outer.Min, image.Point{}, c.In)
	kernel.Conv2D(p.found, p.padded, p.crop, m.weights.w[i].Data, m.weights.b[i].Data, part, kernel.ActReLU)
	cut(p.wanted, p.found, inner.Dx(), part.W, inner, inner.Min, outer.Min, c.Out)
	kernel.MaxPool(p.pooled, p.from, p.wanted, 1, inner.Dy(), inner.Dx(), c.Out)
	cut(maps[i+1], p.pooled, c.W/2, r.Dx(), r, image.Point{}, r.Min, c.Out)
}

// cut copies the rectangle r of pixels from one map to another; w and origin of
// a map are its width and where its first pixel is.
func cut(dst, src []float32, dw, sw int, r image.Rectangle, dst0, src0 image.Point, channels int) {
	n := r.Dx() * channels
	for y := r.Min.Y; y < r.Max.Y; y++ {
		to, from := ((y-dst0.Y)*dw+r.Min.X-dst0.X)*channels, ((y-src0.Y)*sw+r.Min.X-src0.X)*channels
		copy(dst[to:to+n], src[from:from+n])
	}
}

// PredictPatched writes the class probabilities of n images to dst (n×k): image
// i is x (d values, data units) with the rectangle at[i], of columns and rows
// of pixels, taken from other (d values). They are those of Predict, to the
// bit. It panics where Patches is false.
func (m Classifier) PredictPatched(dst, x, other []float32, at []image.Rectangle) {
	m.predictPatched(m.prob, dst, x, other, at)
}

// PredictPatched is that of Classifier for logits.
func (m Margin) PredictPatched(dst, x, other []float32, at []image.Rectangle) {
	m.predictPatched(m.output, dst, x, other, at)
}

// Patches reports whether the network can score patched images.
func (m *network) Patches() bool { return m.patcher != nil }
