package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// rowsStrip is the share of the height that shows where training rows are.
const rowsStrip = 0.16

var trainedStyle = draw.LineStyle{Color: muted, Width: 1.8, Dashes: []vg.Length{5, 3}}

// shape lays out the curve of one feature: as it is, as it was trained with its
// band, and the training rows in a strip below.
func (s *sheet) shape(v *view.Shape) {
	items := []entry{{lineSwatch(ownStyle), "curve"}}
	if v.Edited {
		items = append(items, entry{lineSwatch(trainedStyle), "as trained"})
	}
	items = append(items, entry{barSwatch, "training rows"})
	if !v.Absent {
		items = append(items, entry{askedSwatch, "this row"})
	}
	l := legend{entries: items, width: s.width}
	y := v.Y
	y.Min -= rowsStrip / (1 - rowsStrip) * (v.Y.Max - v.Y.Min)
	p := s.quantityPlot(v.X, y, l.height()+2, 0.66)
	s.free(l)
	p.Y.Tick.Marker = from(v.Y.Min, p.Y.Tick.Marker.Ticks(y.Min, y.Max))
	if v.Categories != nil {
		p.X.Tick.Marker = categoryTicks(v.Categories, s.frame)
	}
	p.Add(grid{y: true}, curve{[][2]float64{{v.X.Min, 0}, {v.X.Max, 0}}, draw.LineStyle{Color: muted, Width: 1.2}}, counts(v.Counts), spreads{v.Steps, v.Categories != nil})
	if v.Edited {
		s.steps(p, v, trainedStyle, func(t view.Step) float64 { return t.Was })
	}
	s.steps(p, v, halo(ownStyle), func(t view.Step) float64 { return t.Value })
	s.steps(p, v, ownStyle, func(t view.Step) float64 { return t.Value })
	if !v.Absent {
		p.Add(asked{at: v.Present})
	}
	s.stepMarks(v)
	if !v.Absent {
		s.presentMark(v.Present, v.X, v.Y)
	}
}

// steps adds a curve, in one line or, of categories, in one apart for each.
func (s *sheet) steps(p *plot.Plot, v *view.Shape, sty draw.LineStyle, of func(view.Step) float64) {
	var line [][2]float64
	for _, t := range v.Steps {
		if v.Categories != nil {
			p.Add(curve{[][2]float64{{t.From + 0.12, of(t)}, {t.To - 0.12, of(t)}}, sty})
			continue
		}
		line = append(line, [2]float64{t.From, of(t)}, [2]float64{t.To, of(t)})
	}
	if line != nil {
		p.Add(curve{line, sty})
	}
}

// stepMarks makes the steps selectable.
func (s *sheet) stepMarks(v *view.Shape) {
	for i, t := range v.Steps {
		px, py := s.frame.ToPixel((t.From+t.To)/2, t.Value)
		text := t.Label + ": adds " + signed(t.Value)
		if t.Value != t.Was {
			text += ", as trained " + signed(t.Was)
		}
		s.marks = append(s.marks, Mark{X: clamp(px, s.frame.Left, s.frame.Right), Y: clamp(py, s.frame.Top, s.frame.Bottom), Index: i,
			Label: text + ", training rows: " + number(float64(t.Rows))})
	}
}

// spreads is the band around a curve as it was trained. It implements
// plot.Plotter.
type spreads struct {
	steps []view.Step
	apart bool
}

func (b spreads) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	at := func(x, y float64) vg.Point {
		return vg.Point{X: toX(clamp(x, p.X.Min, p.X.Max)), Y: toY(clamp(y, p.Y.Min, p.Y.Max))}
	}
	var path vg.Path
	draws := false
	for _, t := range b.steps {
		from, to := t.From, t.To
		if b.apart {
			from, to = from+0.12, to-0.12
		}
		if t.Spread <= 0 {
			continue
		}
		draws = true
		part := polyline(at(from, t.Was-t.Spread), at(to, t.Was-t.Spread), at(to, t.Was+t.Spread), at(from, t.Was+t.Spread))
		part.Close()
		path = append(path, part...)
	}
	if draws {
		c.SetColor(accent.Fade(0.16))
		c.Fill(path)
	}
}

// counts draws how many rows there are along the lower edge, the most as high
// as the strip. It implements plot.Plotter.
type counts []view.Count

func (k counts) Plot(c draw.Canvas, p *plot.Plot) {
	toX, _ := p.Transforms(&c)
	most := 0
	for _, n := range k {
		most = max(most, n.Rows)
	}
	var path vg.Path
	for _, n := range k {
		if n.Rows == 0 {
			continue
		}
		top := c.Min.Y + vg.Length(0.9*rowsStrip*float64(n.Rows)/float64(most))*(c.Max.Y-c.Min.Y)
		left, right := toX(n.From), toX(n.To)
		if gap := (right - left) / 10; gap < 1 {
			left, right = left+gap, right-gap
		} else {
			left, right = left+1, right-1
		}
		bar := polyline(vg.Point{X: left, Y: c.Min.Y}, vg.Point{X: left, Y: top}, vg.Point{X: right, Y: top}, vg.Point{X: right, Y: c.Min.Y})
		bar.Close()
		path = append(path, bar...)
	}
	if len(path) > 0 {
		c.SetColor(ink.Fade(0.22))
		c.Fill(path)
	}
}

func barSwatch(c *draw.Canvas, at vg.Point) {
	bar := polyline(vg.Point{X: at.X - 3, Y: at.Y - 5}, vg.Point{X: at.X - 3, Y: at.Y + 4}, vg.Point{X: at.X + 3, Y: at.Y + 4}, vg.Point{X: at.X + 3, Y: at.Y - 5})
	bar.Close()
	c.SetColor(ink.Fade(0.22))
	c.Fill(bar)
}
