package draw

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// sheet is a laid out picture: plots on a page, ready to be drawn on any
// canvas that can write runs.
type sheet struct {
	width, height float64 // px
	plots         []placed
	frame         Frame
	marks         []Mark
	lead          *Lead // of marks
	spots         *Spots
	has           Has // what the page holds
}

// placed is a plot and the rectangle it gets, in px from the top left.
type placed struct {
	plot                     *plot.Plot
	left, top, right, bottom float64
}

// area returns the rectangle as vg has it, y up.
func (s *sheet) area(p placed) vg.Rectangle {
	return vg.Rectangle{
		Min: vg.Point{X: vg.Length(p.left), Y: vg.Length(s.height - p.bottom)},
		Max: vg.Point{X: vg.Length(p.right), Y: vg.Length(s.height - p.top)},
	}
}

// add places a plot and returns the frame of its data. The height of the sheet
// must be known.
func (s *sheet) add(p *plot.Plot, left, top, right, bottom float64) Frame {
	if p.X.Label.Text != "" {
		bottom -= descent * small // gonum/plot sets the name's baseline on the edge
	}
	at := placed{p, left, top, right, bottom}
	s.plots = append(s.plots, at)
	data := p.DataCanvas(draw.Canvas{Rectangle: s.area(at)})
	return Frame{
		Width: s.width, Height: s.height,
		Left: float64(data.Min.X), Right: float64(data.Max.X),
		Top: s.height - float64(data.Max.Y), Bottom: s.height - float64(data.Min.Y),
		X0: p.X.Min, X1: p.X.Max, Y0: p.Y.Min, Y1: p.Y.Max,
	}
}

// free places plotters that use px from the top left of the sheet, not data.
func (s *sheet) free(plotters ...plot.Plotter) {
	p := newPlot(axis{}, axis{})
	p.Add(plotters...)
	s.plots = append(s.plots, placed{plot: p})
}

// paint draws the sheet, each plot a part of its own. The canvas has the
// sheet's lower left corner at 0, 0.
func (s *sheet) paint(c draw.Canvas) {
	for _, p := range s.plots {
		if p.right == 0 { // free: the whole sheet
			p.right, p.bottom = s.width, s.height
		}
		p.plot.Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: s.area(p)})
		cut(c)
	}
}

// font returns the size of names and values: smaller on a phone.
func (s *sheet) font() float64 {
	if s.width < 400 {
		return small
	}
	return medium
}

// axis is what newPlot needs of an axis. The zero axis is invisible and runs
// from 0 to 1.
type axis struct {
	label  string
	lo, hi float64
	ticker plot.Ticker
}

// tickWidth returns the px that gonum/plot gives the ticks of a vertical axis
// and their labels.
func (a axis) tickWidth() float64 {
	w := 0.0
	for _, t := range a.ticker.Ticks(a.lo, a.hi) {
		w = max(w, measure(t.Label, small, false))
	}
	return w + measure(" ", small, false) + 4
}

// newPlot returns a plot with whybox's own look and no defaults of
// gonum/plot's, whose fonts and colours are package variables.
func newPlot(x, y axis) *plot.Plot {
	p := &plot.Plot{TextHandler: handler{}}
	p.Legend.TextStyle = style(small, ink, draw.XLeft, draw.YBottom)
	p.X = newAxis(x, style(small, muted, draw.XCenter, draw.YTop))
	p.X.Label.TextStyle = style(small, muted, draw.XCenter, draw.YBottom)
	p.Y = newAxis(y, style(small, muted, draw.XRight, draw.YCenter))
	p.Y.Label.TextStyle = p.X.Label.TextStyle
	return p
}

func newAxis(a axis, tick draw.TextStyle) plot.Axis {
	out := plot.Axis{Min: a.lo, Max: a.hi, Scale: plot.LinearScale{}}
	if a.lo == a.hi {
		out.Min, out.Max = 0, 1
	}
	out.Label.Text = a.label
	out.Label.Padding = 6
	out.LineStyle.Color = line
	out.Tick.Label = tick
	out.Tick.LineStyle = draw.LineStyle{Color: line, Width: 1}
	out.Tick.Marker = a.ticker
	if a.ticker == nil {
		out.Tick.Marker = plot.ConstantTicks(nil)
	} else {
		out.Tick.Length = 4
	}
	return out
}

// grid draws thin lines at the ticks, behind everything. It implements
// plot.Plotter.
type grid struct{ x, y bool }

func (g grid) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	c.SetLineStyle(draw.LineStyle{Color: line, Width: 1})
	var path vg.Path
	if g.x {
		for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
			x := crisp(toX(t.Value))
			path.Move(vg.Point{X: x, Y: c.Min.Y})
			path.Line(vg.Point{X: x, Y: c.Max.Y})
		}
	}
	if g.y {
		for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
			y := crisp(toY(t.Value))
			path.Move(vg.Point{X: c.Min.X, Y: y})
			path.Line(vg.Point{X: c.Max.X, Y: y})
		}
	}
	c.Stroke(path)
}

// crisp moves a hairline to the middle of a pixel.
func crisp(v vg.Length) vg.Length { return vg.Length(math.Floor(float64(v)) + 0.5) }

// texts writes runs placed in px from the top left. It implements plot.Plotter.
type texts []run

func (t texts) Plot(c draw.Canvas, _ *plot.Plot) {
	for _, r := range t {
		r.at = vg.Point{X: c.Min.X + r.at.X, Y: c.Max.Y - r.at.Y}
		put(&c, r)
	}
}

// apart is texts that change one by one: each is a part. It implements
// plot.Plotter.
type apart texts

func (t apart) Plot(c draw.Canvas, p *plot.Plot) {
	for i := range t {
		cut(c)
		texts(t[i:i+1]).Plot(c, p)
	}
	cut(c)
}

// clamp returns v limited to lo..hi; hi where they leave no room. It compares,
// since min and max are calls in WebAssembly.
func clamp(v, lo, hi float64) float64 {
	if v <= lo {
		v = lo
	}
	if v > hi {
		v = hi
	}
	return v
}

// lay lays out any view that has a picture.
func lay(v view.View, size Size, has Has) (*sheet, error) {
	if err := check(v); err != nil {
		return nil, err
	}
	s := &sheet{width: float64(size.Width), height: float64(size.Height), has: has}
	if size.Width == 0 {
		s.width = 640
	}
	switch v := v.(type) {
	case *view.Surface:
		s.surface(v)
	case *view.Waterfall:
		s.waterfall(v)
	case *view.Importance:
		s.importance(v)
	case *view.Saliency:
		s.saliency(v)
	case *view.Flips:
		s.flips(v)
	case *view.Loss:
		s.loss(v)
	case *view.Effect:
		s.effect(v)
	case *view.Confusion:
		s.confusion(v)
	case *view.Fit:
		s.fit(v)
	default:
		s.ofRows(v)
		s.onPaper(v)
	}
	s.frame.Width, s.frame.Height = s.width, s.height
	return s, nil
}

// ofRows lays out the views of attributions of several rows, Force, Tree and Shape.
func (s *sheet) ofRows(v view.View) {
	switch v := v.(type) {
	case *view.Beeswarm:
		s.beeswarm(v)
	case *view.Violin:
		s.violin(v)
	case *view.Decision:
		s.decision(v)
	case *view.Heatmap:
		s.heatmap(v)
	case *view.Forces:
		s.forces(v)
	case *view.Force:
		s.force(v)
	case *view.Dependence:
		s.dependence(v)
	case *view.Interactions:
		s.interactions(v)
	case *view.Tree:
		s.tree(v)
	case *view.Shape:
		s.shape(v)
	}
}
