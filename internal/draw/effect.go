package draw

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// effect lays out partial dependence over individual curves.
func (s *sheet) effect(v *view.Effect) {
	items := []entry{{lineSwatch(meanStyle), "average"}}
	if len(v.Curves) > 0 {
		items = append(items, entry{lineSwatch(iceStyle(1)), "single rows"})
	}
	items = append(items, entry{ownSwatch, "this row"})
	l := legend{entries: items, width: s.width}
	x, y, gone := v.X, v.Y, v.Missing != nil
	if gone {
		x = widened(x)
	}
	at, pad := v.Present[1], (y.Max-y.Min)/20
	y.Min, y.Max = min(y.Min, at-pad), max(y.Max, at+pad)
	p := s.quantityPlot(x, y, l.height()+2, 0.6)
	s.free(l)
	if v.Categories != nil {
		p.X.Tick.Marker = categoryTicks(v.Categories, s.frame)
	}
	p.Add(grid{y: true})
	for _, one := range v.Curves {
		p.Add(curve{zip(v.Grid, one), iceStyle(len(v.Curves))})
	}
	s.lanes(p, v.X, y, gone, false)
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
	now := v.Present
	if gone {
		p.Add(dots{[][2]float64{{aside(v.X), v.Missing[0]}}, ink}, dots{[][2]float64{{aside(v.X), v.Missing[1]}}, accent})
		if math.IsNaN(now[0]) {
			now[0] = aside(v.X)
		}
	}
	p.Add(asked{at: now})
	s.gridMarks(v)
	s.presentMark(now, v.X, v.Y)
}

// gridMarks makes the points of the average selectable.
func (s *sheet) gridMarks(v *view.Effect) {
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
}

var (
	meanStyle = draw.LineStyle{Color: ink, Width: 3}
	ownStyle  = draw.LineStyle{Color: accent, Width: 2}
)

func ownSwatch(c *draw.Canvas, at vg.Point) {
	lineSwatch(ownStyle)(c, at)
	c.SetColor(paper)
	c.Fill(appendCircle(nil, at, 5))
	askedSwatch(c, at)
}

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
