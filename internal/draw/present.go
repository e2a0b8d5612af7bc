package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// asked is the row in question: its class's shape, large and ringed. Outside
// the axes it sits on their edge. It implements plot.Plotter.
type asked struct {
	at      [2]float64
	class   int
	classed bool
}

func (a asked) Plot(c draw.Canvas, p *plot.Plot) {
	at := vg.Point{
		X: c.X(clamp(p.X.Norm(a.at[0]), 0, 1)),
		Y: c.Y(clamp(p.Y.Norm(a.at[1]), 0, 1)),
	}
	ring := appendCircle(nil, at, 10)
	c.SetColor(paper.Fade(0.75))
	c.Fill(ring)
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 6})
	c.Stroke(ring)
	c.SetLineStyle(draw.LineStyle{Color: present, Width: 2.5})
	c.Stroke(ring)
	fill, shape := present, 0
	if a.classed {
		fill, shape = classColour(a.class), a.class
	}
	c.SetColor(fill)
	c.Fill(appendShape(nil, shape, at, 5.2))
}

func askedSwatch(c *draw.Canvas, at vg.Point) {
	c.SetLineStyle(draw.LineStyle{Color: present, Width: 2})
	c.Stroke(appendCircle(nil, at, 6))
	c.SetColor(present)
	c.Fill(appendCircle(nil, at, 2.2))
}

// journey is the path of a counterfactual, with an arrow head. It implements
// plot.Plotter.
type journey [][2]float64

func (j journey) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	points := make([]vg.Point, len(j))
	for i, q := range j {
		points[i] = vg.Point{X: toX(q[0]), Y: toY(q[1])}
	}
	for _, part := range c.ClipLinesXY(points) {
		path := polyline(part...)
		c.SetLineStyle(draw.LineStyle{Color: paper, Width: 5})
		c.Stroke(path)
		c.SetLineStyle(draw.LineStyle{Color: present, Width: 2})
		c.Stroke(path)
	}
	if n := len(points); n > 1 && c.Contains(points[n-1]) {
		arrowHead(c, before(points), points[n-1])
	}
}

// before returns the last point far enough from the end to give a direction.
func before(points []vg.Point) vg.Point {
	end := points[len(points)-1]
	for i := len(points) - 2; i > 0; i-- {
		if length(points[i], end) > 8 {
			return points[i]
		}
	}
	return points[0]
}

// arrowHead draws a filled head at to, coming from from.
func arrowHead(c draw.Canvas, from, to vg.Point) {
	d := length(from, to)
	if d < 0.5 {
		return
	}
	along := to.Sub(from).Scale(vg.Length(1 / d))
	across := vg.Point{X: -along.Y, Y: along.X}
	foot := to.Sub(along.Scale(10))
	path := polyline(to, foot.Add(across.Scale(5.5)), to.Sub(along.Scale(7.5)), foot.Sub(across.Scale(5.5)))
	path.Close()
	c.SetColor(present)
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 1})
	c.Stroke(path)
}

func arrowSwatch(c *draw.Canvas, at vg.Point) {
	c.SetLineStyle(draw.LineStyle{Color: present, Width: 2})
	c.Stroke(polyline(vg.Point{X: at.X - 8, Y: at.Y}, vg.Point{X: at.X + 4, Y: at.Y}))
	arrowHead(*c, vg.Point{X: at.X - 8, Y: at.Y}, vg.Point{X: at.X + 9, Y: at.Y})
}
