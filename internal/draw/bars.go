package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// bars draws horizontal bars with their amounts beside them, the first on top.
// Bar i occupies the data rows n-1-i..n-i. With flow each starts where the last
// ended, but the first within a group where the group starts; else all start at
// base. It implements plot.Plotter and plot.DataRanger.
type bars struct {
	items  []view.Bar
	base   float64
	flow   bool
	labels []string             // amounts, ready to read
	colour func(float64) Colour // of a bar
	thick  float64              // px
	drop   float64              // px that a bar sits below the middle of its row
	size   float64              // of the labels, px
	square bool                 // ends are flat: the amounts have no direction
}

// span returns where bar i starts and ends, in data units.
func (b bars) span(i int) (from, to float64) {
	from = b.base
	if b.flow {
		for _, item := range b.items[:i] {
			if !item.Split {
				from += item.Amount
			}
		}
	}
	return from, from + b.items[i].Amount
}

// DataRange covers bars and whiskers.
func (b bars) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax = b.base, b.base
	for i, item := range b.items {
		_, to := b.span(i)
		xmin = min(xmin, to-2*item.StdErr)
		xmax = max(xmax, to+2*item.StdErr)
	}
	return xmin, xmax, 0, float64(len(b.items))
}

// fit returns an axis range that leaves room for the labels on a plot width px
// wide.
func (b bars) fit(width float64) (lo, hi float64) {
	min0, max0, _, _ := b.DataRange()
	lo, hi = spread(min0, max0)
	left, right := 0.0, 0.0
	for range 4 {
		scale := (width - left - right) / (hi - lo)
		left, right = 0, 0
		for i, item := range b.items {
			_, to := b.span(i)
			room := measure(b.labels[i], b.size, false) + labelGap + 2
			if item.Amount < 0 {
				left = max(left, room-(to-2*item.StdErr-lo)*scale)
			} else {
				right = max(right, room-(hi-to-2*item.StdErr)*scale)
			}
		}
		left, right = min(left, 0.45*width), min(right, 0.45*width)
	}
	scale := (width - left - right) / (hi - lo)
	return lo - left/scale, hi + right/scale
}

// half is half the thickness of bar i: those within a group are thinner.
func (b bars) half(i int) float64 {
	if b.items[i].Within {
		return b.thick / 3
	}
	return b.thick / 2
}

// labelGap is the space between a bar and its amount, in px.
const labelGap = 6

// box returns bar i in canvas coordinates.
func (b bars) box(c *draw.Canvas, p *plot.Plot, i int) (from, to, middle vg.Length) {
	toX, toY := p.Transforms(c)
	f, t := b.span(i)
	return toX(f), toX(t), toY(float64(len(b.items)-i)-0.5) - vg.Length(b.drop)
}

func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	for i, item := range b.items {
		from, to, y := b.box(&c, p, i)
		half := vg.Length(b.half(i))
		fill := b.colour(item.Amount)
		switch {
		case item.Part > 0:
			fill = classColour(item.Part - 1)
		case item.Split:
			fill = fill.Fade(0.25)
		case item.Index < 0:
			fill = fill.Fade(0.55)
		}
		c.SetColor(fill)
		if b.square {
			c.Fill(appendRectangle(nil, min(from, to), y-half, max(from, to), y+half))
		} else {
			c.Fill(arrowBar(from, to, y, half))
		}
		if b.flow && i+1 < len(b.items) {
			x, _, next := b.box(&c, p, i+1)
			c.SetLineStyle(draw.LineStyle{Color: muted, Width: 1})
			c.Stroke(polyline(vg.Point{X: x, Y: y - half}, vg.Point{X: x, Y: next + vg.Length(b.half(i+1))}))
		}
		reach := b.whisker(c, p, i, to, y)
		label := plain(b.labels[i], b.size, ink)
		if item.Amount < 0 {
			put(&c, label.middle(to-reach-labelGap, y, 1))
		} else {
			put(&c, label.middle(to+reach+labelGap, y, 0))
		}
	}
}

// whisker draws two standard errors to each side of a bar's end and returns
// their length.
func (b bars) whisker(c draw.Canvas, p *plot.Plot, i int, to, y vg.Length) vg.Length {
	se := b.items[i].StdErr
	if se <= 0 {
		return 0
	}
	toX, _ := p.Transforms(&c)
	reach := toX(2*se) - toX(0)
	c.SetLineStyle(draw.LineStyle{Color: ink, Width: 1.2})
	path := polyline(vg.Point{X: to - reach, Y: y}, vg.Point{X: to + reach, Y: y})
	for _, x := range [...]vg.Length{to - reach, to + reach} {
		path.Move(vg.Point{X: x, Y: y - 3})
		path.Line(vg.Point{X: x, Y: y + 3})
	}
	c.Stroke(path)
	return reach
}

// arrowBar is a bar whose end points where it goes: direction is a cue beside
// colour.
func arrowBar(from, to, y, half vg.Length) vg.Path {
	tip := min(half*0.6, 5)
	if to < from {
		tip = -min(tip, from-to)
	} else {
		tip = min(tip, to-from)
	}
	var path vg.Path
	path.Move(vg.Point{X: from, Y: y + half})
	path.Line(vg.Point{X: to - tip, Y: y + half})
	path.Line(vg.Point{X: to, Y: y})
	path.Line(vg.Point{X: to - tip, Y: y - half})
	path.Line(vg.Point{X: from, Y: y - half})
	path.Close()
	return path
}

// rule is a vertical line at a value, behind the marks. It implements
// plot.Plotter.
type rule struct {
	at     float64 // data
	style  draw.LineStyle
	lo, hi float64 // part of the height it covers, 0 bottom to 1 top
}

func (r rule) Plot(c draw.Canvas, p *plot.Plot) {
	toX, _ := p.Transforms(&c)
	x := crisp(toX(r.at))
	c.SetLineStyle(r.style)
	c.Stroke(polyline(vg.Point{X: x, Y: c.Y(r.lo)}, vg.Point{X: x, Y: c.Y(r.hi)}))
}
