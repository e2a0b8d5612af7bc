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

// Plot draws the bars a kind of mark at a time, so that few paths hold them: a
// page makes and lays them out anew in each frame of a drag.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	b.links(c, p)
	b.bodies(c, p)
	b.whiskers(c, p)
	for i, item := range b.items {
		_, to, y := b.box(&c, p, i)
		reach, label := b.reach(&c, p, i), plain(b.labels[i], b.size, ink)
		if item.Amount < 0 {
			put(&c, label.middle(to-reach-labelGap, y, 1))
		} else {
			put(&c, label.middle(to+reach+labelGap, y, 0))
		}
	}
}

// links draws lines from the end of each bar to the start of the next.
func (b bars) links(c draw.Canvas, p *plot.Plot) {
	if !b.flow {
		return
	}
	c.SetLineStyle(draw.LineStyle{Color: muted, Width: 1})
	for i := range len(b.items) - 1 {
		_, _, y := b.box(&c, p, i)
		x, _, next := b.box(&c, p, i+1)
		c.Stroke(polyline(vg.Point{X: x, Y: y - vg.Length(b.half(i))}, vg.Point{X: x, Y: next + vg.Length(b.half(i+1))}))
	}
}

// bodies fills the bars, those of one colour at once: they lie in rows of
// their own.
func (b bars) bodies(c draw.Canvas, p *plot.Plot) {
	var colours []Colour
	paths := map[Colour]vg.Path{}
	for i := range b.items {
		from, to, y := b.box(&c, p, i)
		half, fill := vg.Length(b.half(i)), b.fill(i)
		if _, ok := paths[fill]; !ok {
			colours = append(colours, fill)
		}
		if b.square {
			paths[fill] = appendRectangle(paths[fill], min(from, to), y-half, max(from, to), y+half)
		} else {
			paths[fill] = appendArrowBar(paths[fill], from, to, y, half)
		}
	}
	for _, colour := range colours {
		c.SetColor(colour)
		c.Fill(paths[colour])
	}
}

// fill is the colour of bar i.
func (b bars) fill(i int) Colour {
	item := b.items[i]
	switch {
	case item.Part > 0:
		return classColour(item.Part - 1)
	case item.Split:
		return b.colour(item.Amount).Fade(0.25)
	case item.Index < 0:
		return b.colour(item.Amount).Fade(0.55)
	}
	return b.colour(item.Amount)
}

// reach is how far the whisker of bar i goes to each side: two standard errors.
func (b bars) reach(c *draw.Canvas, p *plot.Plot, i int) vg.Length {
	toX, _ := p.Transforms(c)
	return toX(2*max(b.items[i].StdErr, 0)) - toX(0)
}

// whiskers draws how sure the ends of the bars are.
func (b bars) whiskers(c draw.Canvas, p *plot.Plot) {
	c.SetLineStyle(draw.LineStyle{Color: ink, Width: 1.2})
	for i, item := range b.items {
		if item.StdErr <= 0 {
			continue
		}
		_, to, y := b.box(&c, p, i)
		reach := b.reach(&c, p, i)
		path := polyline(vg.Point{X: to - reach, Y: y}, vg.Point{X: to + reach, Y: y})
		for _, x := range [...]vg.Length{to - reach, to + reach} {
			path.Move(vg.Point{X: x, Y: y - 3})
			path.Line(vg.Point{X: x, Y: y + 3})
		}
		c.Stroke(path)
	}
}

// appendArrowBar adds a bar whose end points where it goes: direction is a cue
// beside colour.
func appendArrowBar(path vg.Path, from, to, y, half vg.Length) vg.Path {
	tip := min(half*0.6, 5)
	if to < from {
		tip = -min(tip, from-to)
	} else {
		tip = min(tip, to-from)
	}
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
