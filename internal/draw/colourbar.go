package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// colourBarHeight is what a colour bar takes, in px.
const colourBarHeight = 40.0

// colourBar explains a cividis scale: a strip with its ends and middle
// labelled. It implements plot.Plotter for a free sheet.
type colourBar struct {
	label      string
	lo, hi     float64
	top, width float64 // px
}

// freeColourBar places a colour bar at top px and returns its height. Its name
// stands beside it, or above it where there is no room.
func (s *sheet) freeColourBar(b colourBar, top float64) float64 {
	b.top, b.width = top, min(0.5*s.width, 260)
	name := plain(b.label, small, muted)
	height := colourBarHeight
	if beside := s.width - b.width - 12; name.width() <= beside {
		name = name.to(vg.Length(b.width+12), vg.Length(top+11), 0)
	} else {
		name = name.squeeze(s.width).to(0, vg.Length(top+12), 0)
		b.top += legendLine - 2
		height += legendLine - 2
	}
	s.free(b, texts{name})
	return height
}

func (b colourBar) Plot(c draw.Canvas, _ *plot.Plot) {
	const steps = 52
	top := c.Max.Y - vg.Length(b.top) - 2
	right := c.Min.X + vg.Length(b.width)
	for i := range steps { // each reaches to the end, so that no seam shows
		c.SetColor(cividis(float64(i) / (steps - 1)))
		c.Fill(appendRectangle(nil, c.Min.X+vg.Length(b.width*float64(i)/steps), top-10, right, top))
	}
	for i, v := range [...]float64{b.lo, (b.lo + b.hi) / 2, b.hi} {
		at := float64(i) / 2
		r := plain(number(v), small, muted)
		put(&c, r.to(c.Min.X+vg.Length(at*b.width), top-24, at))
	}
}
