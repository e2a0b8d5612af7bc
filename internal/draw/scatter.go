package draw

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// scatter draws data rows: filled where the model was trained on them, hollow
// where they were held out, ringed where the prediction is wrong. Points
// outside the axes are left out. It implements plot.Plotter.
type scatter struct {
	points     []view.SurfacePoint
	regression bool    // colour is the true value instead of the class
	lo, hi     float64 // regression: range of the colour scale
	radius     float64 // px
}

// pointRadius suits n points on a picture width px wide.
func pointRadius(width float64, n int) float64 {
	r := 4.2
	if width < narrow {
		r = 3.4
	}
	if n > 300 {
		r *= 0.85
	}
	return r
}

// valueSteps is how many colours true values are drawn in.
const valueSteps = 24

// Plot draws all points of one look as one path, since a picture may have
// hundreds.
func (s scatter) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	looks := 16 // classes, told apart by shape and colour up to 8
	if s.regression {
		looks = valueSteps + 1
	}
	paths := make([]vg.Path, 2*looks)
	var wrong vg.Path
	for _, q := range s.points {
		at := vg.Point{X: toX(q.X), Y: toY(q.Y)}
		if !c.Contains(at) {
			continue
		}
		look, shape := q.Class%looks, q.Class
		if s.regression {
			lo, hi := spread(s.lo, s.hi)
			look, shape = int(valueSteps*clamp((q.Value-lo)/(hi-lo), 0, 1)+0.5), 0
		}
		if q.Test {
			look += looks
		}
		paths[look] = appendShape(paths[look], shape, at, vg.Length(s.radius))
		if q.Wrong {
			wrong = appendCircle(wrong, at, vg.Length(s.radius+3))
		}
	}
	for look, path := range paths {
		if len(path) == 0 {
			continue
		}
		s.paintLook(c, path, look%looks, look >= looks)
	}
	if len(wrong) > 0 {
		c.SetLineStyle(draw.LineStyle{Color: ink, Width: 1.3})
		c.Stroke(wrong)
	}
}

func (s scatter) paintLook(c draw.Canvas, path vg.Path, look int, test bool) {
	if s.regression {
		ringed(c, path, cividis(float64(look)/valueSteps), test)
		return
	}
	if test {
		c.SetColor(paper)
		c.Fill(path)
		c.SetLineStyle(draw.LineStyle{Color: classColour(look), Width: 1.7})
		c.Stroke(path)
		return
	}
	c.SetColor(classColour(look))
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 0.8})
	c.Stroke(path)
}

// ringed fills a path and outlines it, light where trained on and dark where
// held out: on cividis, which is the same in both themes.
func ringed(c draw.Canvas, path vg.Path, fill Colour, test bool) {
	c.SetColor(fill)
	c.Fill(path)
	sty := draw.LineStyle{Color: rgb(0xffffff), Width: 1.1}
	if test {
		sty = draw.LineStyle{Color: rgb(0x0b0d10), Width: 1.3}
	}
	c.SetLineStyle(sty)
	c.Stroke(path)
}

func hollowSwatch(c *draw.Canvas, at vg.Point) {
	c.SetLineStyle(draw.LineStyle{Color: muted, Width: 1.7})
	c.Stroke(appendCircle(nil, at, 4.2))
}

func wrongSwatch(c *draw.Canvas, at vg.Point) {
	c.SetColor(muted)
	c.Fill(appendCircle(nil, at, 2.6))
	c.SetLineStyle(draw.LineStyle{Color: ink, Width: 1.3})
	c.Stroke(appendCircle(nil, at, 6))
}

func ringedSwatch(test bool) func(*draw.Canvas, vg.Point) {
	return func(c *draw.Canvas, at vg.Point) { ringed(*c, appendCircle(nil, at, 4.5), cividis(0.55), test) }
}

// sum stands for what the scatter draws.
func (s scatter) sum() sum {
	out := sum(len(s.points)).points(s.points).floats(s.radius)
	if s.regression {
		return out.floats(s.lo, s.hi)
	}
	return out
}

// leadMarks makes the points selectable, unless the page has them so.
func (s *sheet) leadMarks(cloud scatter, x, y view.Axis, classes []string) {
	f := s.frame
	name := cloud.sum().floats(f.Left, f.Top, f.Right, f.Bottom, f.X0, f.X1, f.Y0, f.Y1)
	for _, text := range append([]string{x.Label, y.Label}, classes...) {
		name = name.bytes([]byte(text))
	}
	if s.has.holds(name.text()) {
		s.lead = &Lead{Sum: name.text()}
		return
	}
	s.pointMarks(cloud.points, x, y, classes)
	if len(s.marks) > 0 {
		s.lead = &Lead{Sum: name.text(), Count: len(s.marks)}
	}
}

// pointMarks makes the points selectable.
func (s *sheet) pointMarks(points []view.SurfacePoint, x, y view.Axis, classes []string) {
	for _, q := range points {
		px, py := s.frame.ToPixel(q.X, q.Y)
		if px < s.frame.Left || px > s.frame.Right || py < s.frame.Top || py > s.frame.Bottom {
			continue
		}
		text := fmt.Sprintf("row %d: %s %s, %s %s; ", q.Row, x.Label, reading(q.X, x), y.Label, reading(q.Y, y))
		if len(classes) > 0 {
			text += classes[q.Class%len(classes)]
		} else {
			text += "true value " + number(q.Value)
		}
		if q.Test {
			text += ", held out"
		}
		if q.Wrong {
			text += ", predicted wrong"
		}
		s.marks = append(s.marks, Mark{X: px, Y: py, Index: q.Row, Label: text})
	}
}

// presentMark adds the asked row as the last mark, on the edge where it lies
// outside.
func (s *sheet) presentMark(at [2]float64, x, y view.Axis) {
	px, py := s.frame.ToPixel(at[0], at[1])
	s.marks = append(s.marks, Mark{
		X: clamp(px, s.frame.Left, s.frame.Right), Y: clamp(py, s.frame.Top, s.frame.Bottom), Index: -1,
		Label: fmt.Sprintf("this row: %s %s, %s %s", x.Label, reading(at[0], x), y.Label, reading(at[1], y)),
	})
}

// crosses draws rows faintly, as small plus signs. It implements plot.Plotter.
type crosses [][2]float64

func (k crosses) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	var path vg.Path
	for _, q := range k {
		if at := (vg.Point{X: toX(q[0]), Y: toY(q[1])}); c.Contains(at) {
			path = appendPlus(path, at, 3)
		}
	}
	if len(path) > 0 {
		c.SetLineStyle(draw.LineStyle{Color: ink.Fade(0.45), Width: 1})
		c.Stroke(path)
	}
}

func appendPlus(path vg.Path, at vg.Point, r vg.Length) vg.Path {
	path.Move(vg.Point{X: at.X - r, Y: at.Y})
	path.Line(vg.Point{X: at.X + r, Y: at.Y})
	path.Move(vg.Point{X: at.X, Y: at.Y - r})
	path.Line(vg.Point{X: at.X, Y: at.Y + r})
	return path
}

func crossSwatch(c *draw.Canvas, at vg.Point) {
	c.SetLineStyle(draw.LineStyle{Color: ink.Fade(0.45), Width: 1})
	c.Stroke(appendPlus(nil, at, 4))
}

// length returns the distance from a to b.
func length(a, b vg.Point) float64 {
	return math.Hypot(float64(b.X-a.X), float64(b.Y-a.Y))
}
