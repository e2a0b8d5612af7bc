package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// fit lays out predicted against true values. Points off the diagonal are
// errors.
func (s *sheet) fit(v *view.Fit) {
	l := legend{width: s.width, entries: []entry{
		{dotSwatch, "held-out row"},
		{lineSwatch(diagonalStyle), "predicted right"},
		{askedSwatch, "this row"},
	}}
	p := s.quantityPlot(v.X, v.Y, l.height()+2, 0.72)
	p.Add(grid{x: true, y: true}, diagonal{}, plainDots{v.Points, pointRadius(s.width, len(v.Points))})
	p.Add(asked{at: v.Present})
	s.free(l)
	s.pointMarks(v.Points, v.X, v.Y, nil)
	s.presentMark(v.Present, v.X, v.Y)
}

var diagonalStyle = draw.LineStyle{Color: muted, Width: 1.2, Dashes: []vg.Length{4, 3}}

// diagonal is the line where both axes agree. It implements plot.Plotter.
type diagonal struct{}

func (diagonal) Plot(c draw.Canvas, p *plot.Plot) {
	lo, hi := max(p.X.Min, p.Y.Min), min(p.X.Max, p.Y.Max)
	if hi > lo {
		curve{[][2]float64{{lo, lo}, {hi, hi}}, diagonalStyle}.Plot(c, p)
	}
}

// plainDots draws rows that have no class. It implements plot.Plotter.
type plainDots struct {
	points []view.SurfacePoint
	radius float64
}

func (d plainDots) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	var path vg.Path
	for _, q := range d.points {
		if at := (vg.Point{X: toX(q.X), Y: toY(q.Y)}); c.Contains(at) {
			path = appendCircle(path, at, vg.Length(d.radius))
		}
	}
	if len(path) > 0 {
		paintDots(c, path)
	}
}

func paintDots(c draw.Canvas, path vg.Path) {
	c.SetColor(accent.Fade(0.45))
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: accent, Width: 1.1})
	c.Stroke(path)
}

func dotSwatch(c *draw.Canvas, at vg.Point) { paintDots(*c, appendCircle(nil, at, 4.2)) }
