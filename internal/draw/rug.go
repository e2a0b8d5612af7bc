package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// rug marks values along the lower edge, to show where there is data. It
// implements plot.Plotter.
type rug []float64

func (r rug) Plot(c draw.Canvas, p *plot.Plot) {
	toX, _ := p.Transforms(&c)
	var path vg.Path
	for _, v := range r {
		if x := toX(v); c.ContainsX(x) {
			path.Move(vg.Point{X: x, Y: c.Min.Y})
			path.Line(vg.Point{X: x, Y: c.Min.Y + 6})
		}
	}
	c.SetLineStyle(draw.LineStyle{Color: ink.Fade(0.35), Width: 1})
	c.Stroke(path)
}

// dots are small filled circles with a rim of paper. It implements
// plot.Plotter.
type dots struct {
	points [][2]float64
	colour Colour
}

func (d dots) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	var path vg.Path
	for _, q := range d.points {
		if at := (vg.Point{X: toX(q[0]), Y: toY(q[1])}); c.Contains(at) {
			path = appendCircle(path, at, 4)
		}
	}
	if len(path) == 0 {
		return
	}
	c.SetColor(d.colour)
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 1})
	c.Stroke(path)
}
