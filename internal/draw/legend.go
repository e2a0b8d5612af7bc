package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of a legend in px.
const (
	legendLine   = 20
	legendSwatch = 20 // from the left of a swatch to its text
	legendGap    = 16 // between items
)

// entry is one item of a legend: a swatch drawn around a point, and a text.
type entry struct {
	swatch func(c *draw.Canvas, at vg.Point)
	text   string
}

// legend is a row of entries, broken into lines where the width is short. It
// implements plot.Plotter for a free sheet.
type legend struct {
	entries   []entry
	left, top float64 // px
	width     float64 // px to fill
}

// layout calls place with the left end of each entry and the middle of its
// line, and returns the height.
func (l legend) layout(place func(i int, x, y float64, text string)) float64 {
	x, y := 0.0, 0.0
	for i, e := range l.entries {
		text := shorten(e.text, small, l.width-legendSwatch, false)
		w := legendSwatch + measure(text, small, false)
		if x > 0 && x+w > l.width {
			x, y = 0, y+legendLine
		}
		place(i, l.left+x, l.top+y+legendLine/2, text)
		x += w + legendGap
	}
	if len(l.entries) == 0 {
		return 0
	}
	return y + legendLine
}

func (l legend) height() float64 { return l.layout(func(int, float64, float64, string) {}) }

func (l legend) Plot(c draw.Canvas, _ *plot.Plot) {
	l.layout(func(i int, x, y float64, text string) {
		at := vg.Point{X: c.Min.X + vg.Length(x) + 7, Y: c.Max.Y - vg.Length(y)}
		l.entries[i].swatch(&c, at)
		r := plain(text, small, ink)
		if text != l.entries[i].text {
			r.full = l.entries[i].text
		}
		put(&c, r.middle(c.Min.X+vg.Length(x)+legendSwatch, at.Y, 0))
	})
}

// shapeSwatch shows the shape and colour of a class.
func shapeSwatch(class int) func(*draw.Canvas, vg.Point) {
	return func(c *draw.Canvas, at vg.Point) {
		c.SetColor(classColour(class))
		c.Fill(appendShape(nil, class, at, 5))
	}
}

// lineSwatch shows a short piece of line.
func lineSwatch(sty draw.LineStyle) func(*draw.Canvas, vg.Point) {
	return func(c *draw.Canvas, at vg.Point) {
		c.SetLineStyle(sty)
		c.Stroke(polyline(vg.Point{X: at.X - 7, Y: at.Y}, vg.Point{X: at.X + 8, Y: at.Y}))
	}
}
