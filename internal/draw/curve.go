package draw

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// curve is a line through points, clipped to the plot; a single point is a
// dot. It implements plot.Plotter and plot.DataRanger.
type curve struct {
	points [][2]float64
	style  draw.LineStyle
}

func (l curve) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, ymin = l.points[0][0], l.points[0][1]
	xmax, ymax = xmin, ymin
	for _, q := range l.points {
		xmin, xmax = min(xmin, q[0]), max(xmax, q[0])
		ymin, ymax = min(ymin, q[1]), max(ymax, q[1])
	}
	return xmin, xmax, ymin, ymax
}

func (l curve) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	if len(l.points) == 1 {
		at := vg.Point{X: toX(l.points[0][0]), Y: toY(l.points[0][1])}
		if c.Contains(at) {
			c.SetColor(l.style.Color)
			c.Fill(appendCircle(nil, at, 3))
		}
		return
	}
	line := make([]vg.Point, 0, len(l.points))
	for i, q := range l.points {
		at := vg.Point{X: toX(q[0]), Y: toY(q[1])}
		// Points closer than half a pixel say nothing new.
		if n := len(line); n > 0 && i+1 < len(l.points) && length(line[n-1], at) < 0.5 {
			continue
		}
		line = append(line, at)
	}
	c.SetLineStyle(l.style)
	for _, part := range c.ClipLinesXY(line) {
		c.Stroke(polyline(part...))
	}
}

// tag is a label at the end of a curve.
type tag struct {
	run  run
	data [2]float64
	y    float64 // px, wanted
}

// settle moves tags apart until none overlaps, staying in lo..hi px, and
// writes them at x.
func (s *sheet) settle(tags []tag, x, lo, hi float64) {
	slices.SortStableFunc(tags, func(a, b tag) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return 0
	})
	const apart = 15
	for i := range tags {
		tags[i].y = clamp(tags[i].y, lo+6, hi-4)
		if i > 0 {
			tags[i].y = max(tags[i].y, tags[i-1].y+apart)
		}
	}
	for i := len(tags) - 1; i >= 0; i-- {
		limit := hi - 4
		if i+1 < len(tags) {
			limit = tags[i+1].y - apart
		}
		tags[i].y = min(tags[i].y, limit)
	}
	for _, t := range tags {
		s.free(texts{t.run.to(vg.Length(x), vg.Length(t.y+capHalf*t.run.size), 0)})
	}
}
