package draw

import (
	"image"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// colourBarHeight is what a colour bar takes, in px.
const colourBarHeight = 40

// colourBar explains a cividis scale: a strip with its ends and middle
// labelled. It implements plot.Plotter for a free sheet.
type colourBar struct {
	label      string
	lo, hi     float64
	top, width float64 // px
}

// freeColourBar places a colour bar at top px.
func (s *sheet) freeColourBar(b colourBar, top float64) {
	b.top, b.width = top, min(0.5*s.width, 260)
	s.free(b)
	r := plain(shorten(b.label, small, s.width-b.width-12, false), small, muted)
	if r.spans[0].text != b.label {
		r.full = b.label
	}
	s.free(texts{r.to(vg.Length(b.width+12), vg.Length(top+11), 0)})
}

func (b colourBar) Plot(c draw.Canvas, _ *plot.Plot) {
	img := image.NewPaletted(image.Rect(0, 0, 128, 1), nil)
	for i := range 128 {
		k := cividis(float64(i) / 127)
		img.Palette = append(img.Palette, color.NRGBA{k.R, k.G, k.B, 255})
		img.Pix[i] = uint8(i)
	}
	top := c.Max.Y - vg.Length(b.top) - 2
	c.DrawImage(vg.Rectangle{
		Min: vg.Point{X: c.Min.X, Y: top - 10},
		Max: vg.Point{X: c.Min.X + vg.Length(b.width), Y: top},
	}, img)
	for i, v := range [...]float64{b.lo, (b.lo + b.hi) / 2, b.hi} {
		at := float64(i) / 2
		r := plain(number(v), small, muted)
		put(&c, r.to(c.Min.X+vg.Length(at*b.width), top-24, at))
	}
}
