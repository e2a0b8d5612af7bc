package draw

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// rowsStrip is the share of the height that shows where training rows are.
const rowsStrip = 0.16

var (
	trainedStyle = draw.LineStyle{Color: muted, Width: 1.8, Dashes: []vg.Length{5, 3}}
	countStyle   = draw.LineStyle{Color: ink.Fade(0.22), Width: 9}
)

// shape lays out the curve of one feature: as it is, as it was trained with its
// band, and the training rows in a strip below.
func (s *sheet) shape(v *view.Shape) {
	l := legend{width: s.width, entries: []entry{{lineSwatch(ownStyle), "curve"}, {lineSwatch(trainedStyle), "as trained"}, {lineSwatch(countStyle), "training rows"}, {askedSwatch, "this row"}}}
	y := v.Y
	y.Min -= rowsStrip / (1 - rowsStrip) * (v.Y.Max - v.Y.Min)
	p := s.quantityPlot(v.X, y, l.height()+2, 0.66)
	s.free(l)
	p.Y.Tick.Marker = from(v.Y.Min, p.Y.Tick.Marker.Ticks(y.Min, y.Max))
	if v.Categories != nil {
		p.X.Tick.Marker = categoryTicks(v.Categories, s.frame)
	}
	n := len(v.Steps)
	now, was, middle := make([][2]float64, 2*n), make([][2]float64, 2*n), make([][2]float64, n)
	s.marks = make([]Mark, n)
	for i := range v.Steps {
		t, m := &v.Steps[i], &s.marks[i]
		now[2*i], now[2*i+1] = [2]float64{t.From, t.Value}, [2]float64{t.To, t.Value}
		was[2*i], was[2*i+1] = [2]float64{t.From, t.Was}, [2]float64{t.To, t.Was}
		middle[i] = [2]float64{(t.From + t.To) / 2, t.Value}
		m.X, m.Y = s.frame.ToPixel(middle[i][0], t.Value)
		m.Index, m.Label = i, t.Label+": adds "+signed(t.Value)+", as trained "+signed(t.Was)+", training rows: "+number(float64(t.Rows))
	}
	p.Add(grid{y: true}, counts(v, y.Min), bandOf(v), curve{was, trainedStyle}, curve{now, halo(ownStyle)}, curve{now, ownStyle})
	if v.Categories != nil {
		p.Add(dots{middle, accent})
	}
	if !v.Absent {
		p.Add(asked{at: v.Present})
		s.presentMark(v.Present, v.X, v.Y)
	}
}

// bandOf returns blocks as high as the spread around a curve as it was trained.
func bandOf(v *view.Shape) blocks {
	out := blocks{colour: accent.Fade(0.16)}
	for _, t := range v.Steps {
		out.at = append(out.at, [4]float64{t.From, t.Was - t.Spread, t.To, t.Was + t.Spread})
	}
	return out
}

// counts returns blocks that stand on the lower edge, the highest within the
// strip.
func counts(v *view.Shape, floor float64) blocks {
	most, out := 1, blocks{colour: countStyle.Color}
	for _, n := range v.Counts {
		most = max(most, n.Rows)
	}
	for _, n := range v.Counts {
		gap := (n.To - n.From) / 12
		out.at = append(out.at, [4]float64{n.From + gap, floor, n.To - gap, floor + 0.9*(v.Y.Min-floor)*float64(n.Rows)/float64(most)})
	}
	return out
}

// blocks are filled rectangles in data units: left, bottom, right, top. It
// implements plot.Plotter.
type blocks struct {
	at     [][4]float64
	colour color.Color
}

func (b blocks) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	var path vg.Path
	for _, r := range b.at {
		if r[3] > r[1] && r[2] > r[0] {
			path = append(path, vg.Rectangle{Min: vg.Point{X: toX(r[0]), Y: toY(r[1])}, Max: vg.Point{X: toX(r[2]), Y: toY(r[3])}}.Path()...)
		}
	}
	if len(path) > 0 {
		c.SetColor(b.colour)
		c.Fill(path)
	}
}
