package draw

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
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
	run run
	y   float64 // px, wanted
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

// Looks of the two splits, everywhere.
var (
	trainStyle = draw.LineStyle{Color: accent, Width: 2}
	testStyle  = draw.LineStyle{Color: ink, Width: 2, Dashes: []vg.Length{5, 3}}
)

// loss lays out the training curve, the share of hits above the loss.
func (s *sheet) loss(v *view.Loss) {
	if len(v.Train) == 0 && len(v.Test) == 0 {
		if s.height == 0 {
			s.height = 200
		}
		s.note("not trained yet")
		return
	}
	fit := len(v.TrainFit) > 0 || len(v.TestFit) > 0
	if s.height == 0 {
		s.height = clamp(0.62*s.width, 250, 420)
	}
	last := float64(v.Total)
	for _, c := range [...][][2]float64{v.Train, v.Test, v.TrainFit, v.TestFit} {
		for _, q := range c {
			last = max(last, q[0])
		}
	}
	steps := axis{lo: 0, hi: max(last, 1)}
	main := axis{label: shorten(v.Steps.Label+" →", small, 0.8*s.width, false), lo: 0, hi: steps.hi,
		ticker: ticks{most: int(clamp(s.width/110, 2, 6)), whole: true}}
	// Both panels share a left edge and leave the right to the labels.
	left, right := 52.0, s.width-86
	split := 0.0
	if fit {
		split = 0.36 * (s.height - axisHeight)
		s.panel(panel{v.FitLabel, steps, v.TrainFit, v.TestFit, true}, left, 0, right, split)
		split += 6
	}
	s.frame = s.panel(panel{v.Loss.Label, main, v.Train, v.Test, false}, left, split, right, s.height)
}

// panel is one of the two plots of a training curve.
type panel struct {
	label       string
	x           axis
	train, test [][2]float64
	share       bool // at most 1
}

func (s *sheet) panel(k panel, left, top, right, bottom float64) Frame {
	const nameLine = 20
	lo, hi, first := 0.0, 0.0, true
	for _, q := range slices.Concat(k.train, k.test) {
		if first {
			lo, hi, first = q[1], q[1], false
		}
		lo, hi = min(lo, q[1]), max(hi, q[1])
	}
	if k.share {
		hi = max(hi, 1)
		lo, hi = spread(min(lo, 0.9), hi)
		lo = max(lo, -1)
	} else {
		lo, hi = nice(min(0, lo), hi, 4)
	}
	if bottom-top < 60 {
		return s.add(newPlot(k.x, axis{lo: lo, hi: hi}), left, top, right, bottom)
	}
	y := axis{lo: lo, hi: hi, ticker: ticks{most: int(clamp((bottom-top)/50, 2, 5))}}
	width := widestTick(y)
	p := newPlot(k.x, y)
	p.Add(grid{y: true})
	if len(k.test) > 0 {
		p.Add(curve{k.test, testStyle})
	}
	if len(k.train) > 0 {
		p.Add(curve{k.train, trainStyle})
	}
	s.free(texts{plain(shorten(k.label, small, s.width, false), small, muted).to(0, vg.Length(top+13), 0)})
	frame := s.add(p, left-width-4-gonumGap(), top+nameLine, right, bottom)
	var tags []tag
	for _, end := range [...]struct {
		name  string
		curve [][2]float64
		c     Colour
	}{{"train", k.train, accent}, {"held out", k.test, ink}} {
		if n := len(end.curve); n > 0 {
			v := end.curve[n-1][1]
			_, py := frame.ToPixel(0, v)
			r := run{size: small, spans: []span{{end.name + " ", end.c, false}, {number(v), end.c, true}}}
			tags = append(tags, tag{r, py})
		}
	}
	s.settle(tags, frame.Right+6, frame.Top, frame.Bottom)
	return frame
}

// widestTick returns the px of the widest label of an axis.
func widestTick(a axis) float64 {
	w := 0.0
	for _, t := range a.ticker.Ticks(a.lo, a.hi) {
		w = max(w, measure(t.Label, small, false))
	}
	return w
}

// gonumGap is the space that gonum/plot leaves between tick labels and ticks.
func gonumGap() float64 { return measure(" ", small, false) }

// effect lays out partial dependence over individual curves.
func (s *sheet) effect(v *view.Effect) {
	items := []entry{{lineSwatch(meanStyle), "average"}}
	if len(v.Curves) > 0 {
		items = append(items, entry{lineSwatch(iceStyle(1)), "single rows"})
	}
	items = append(items, entry{askedSwatch, "this row"})
	l := legend{entries: items, width: s.width}
	p := s.quantityPlot(v.X, v.Y, l.height()+2, 0.6)
	s.free(l)
	if v.Categories != nil {
		p.X.Tick.Marker = categoryTicks(v.Categories, s.frame)
	}
	p.Add(grid{y: true})
	for _, one := range v.Curves {
		p.Add(curve{zip(v.Grid, one), iceStyle(len(v.Curves))})
	}
	p.Add(rug(v.Rug))
	p.Add(curve{zip(v.Grid, v.Mean), halo(meanStyle)}, curve{zip(v.Grid, v.Mean), meanStyle})
	if v.Own != nil {
		p.Add(curve{zip(v.Grid, v.Own), halo(ownStyle)}, curve{zip(v.Grid, v.Own), ownStyle})
	}
	if v.Categories != nil {
		p.Add(dots{zip(v.Grid, v.Mean), ink})
		if v.Own != nil {
			p.Add(dots{zip(v.Grid, v.Own), accent})
		}
	}
	p.Add(asked{at: v.Present})
	for i, x := range v.Grid {
		px, py := s.frame.ToPixel(x, v.Mean[i])
		text := v.X.Label + " " + number(x)
		if at := int(x); v.Categories != nil && at >= 0 && at < len(v.Categories) {
			text = v.Categories[at]
		}
		text += ": average " + number(v.Mean[i])
		if v.Own != nil {
			text += ", this row " + number(v.Own[i])
		}
		s.marks = append(s.marks, Mark{
			X: clamp(px, s.frame.Left, s.frame.Right), Y: clamp(py, s.frame.Top, s.frame.Bottom), Index: i, Label: text,
		})
	}
	s.presentMark(v.Present, v.X, v.Y)
}

var (
	meanStyle = draw.LineStyle{Color: ink, Width: 3}
	ownStyle  = draw.LineStyle{Color: accent, Width: 2}
)

// iceStyle is thinner in ink the more curves there are.
func iceStyle(n int) draw.LineStyle {
	return draw.LineStyle{Color: muted.Fade(clamp(6/float64(n), 0.14, 0.5)), Width: 1}
}

// halo sets a line off from those beneath it.
func halo(sty draw.LineStyle) draw.LineStyle {
	return draw.LineStyle{Color: paper, Width: sty.Width + 2.5}
}

func zip(xs, ys []float64) [][2]float64 {
	out := make([][2]float64, len(xs))
	for i := range xs {
		out[i] = [2]float64{xs[i], ys[i]}
	}
	return out
}

// categoryTicks names codes, shortened to the room each has.
func categoryTicks(names []string, f Frame) plot.ConstantTicks {
	out := make(plot.ConstantTicks, len(names))
	room := (f.Right-f.Left)/max(1, f.X1-f.X0) - 6
	for i, name := range names {
		out[i] = plot.Tick{Value: float64(i), Label: shorten(name, small, max(20, room), false)}
	}
	return out
}
