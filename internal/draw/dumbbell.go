package draw

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// dumbbell draws changes from one value to another, each on its own range. The
// first is on top; the data rows are as in bars, and x runs from 0 to 1. It
// implements plot.Plotter.
type dumbbell struct {
	changes []view.Change
	drop    float64 // px a mark sits below the middle of its row
}

// share returns where a value lies on its range, 0..1.
func share(v, lo, hi float64) float64 {
	if hi <= lo {
		return 0.5
	}
	return clamp((v-lo)/(hi-lo), 0, 1)
}

func (d dumbbell) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i, ch := range d.changes {
		y := toY(float64(len(d.changes)-i)-0.5) - vg.Length(d.drop)
		track(c, y)
		from := vg.Point{X: toX(share(ch.A, ch.Min, ch.Max)), Y: y}
		to := vg.Point{X: toX(share(ch.B, ch.Min, ch.Max)), Y: y}
		c.SetLineStyle(draw.LineStyle{Color: accent, Width: 2.5})
		c.Stroke(polyline(from, to))
		hollow := appendCircle(nil, from, 4.5)
		c.SetColor(paper)
		c.Fill(hollow)
		c.SetLineStyle(draw.LineStyle{Color: muted, Width: 1.8})
		c.Stroke(hollow)
		c.SetColor(accent)
		c.Fill(appendCircle(nil, to, 5.5))
	}
}

// track is the line of a feature's whole range.
func track(c draw.Canvas, y vg.Length) {
	c.SetLineStyle(draw.LineStyle{Color: line, Width: 4})
	c.Stroke(polyline(vg.Point{X: c.Min.X, Y: y}, vg.Point{X: c.Max.X, Y: y}))
}

// flips lays out counterfactuals below each other.
func (s *sheet) flips(v *view.Flips) {
	const head = 30.0
	size := s.font()
	if len(v.Items) == 0 {
		s.note("nothing found that flips the decision")
		return
	}
	widest, change, n := 0.0, 0.0, 0
	for _, item := range v.Items {
		n += len(item.Changes)
		for _, ch := range item.Changes {
			widest = max(widest, measure(ch.Feature, size, false))
			change = max(change, fromTo(ch, size).width())
		}
	}
	heads := head * float64(len(v.Items))
	r := s.arrange(max(1, n), widest, heads+8)
	r.column(s, change)
	top := 0.0
	for i, item := range v.Items {
		title := run{size: size, spans: []span{{"→ " + item.Outcome, ink, true}, {"   cost " + number(item.Cost), muted, false}}}
		if title.width() > s.width {
			title.full = item.Outcome
			title.spans[0].text = shorten(title.spans[0].text, size, s.width-measure(title.spans[1].text, size, false), true)
		}
		s.free(texts{title.to(0, vg.Length(top+19), 0)})
		top += head
		bottom := top + r.pitch*float64(len(item.Changes))
		if len(item.Changes) == 0 {
			continue
		}
		p := newPlot(axis{}, axis{lo: 0, hi: float64(len(item.Changes))})
		p.Add(dumbbell{item.Changes, r.drop})
		frame := s.add(p, r.gutter, top, r.right, bottom)
		if i == 0 {
			s.frame = frame
		}
		s.changeRows(item.Changes, r, top, size)
		top = bottom
	}
	s.frame.X0, s.frame.X1, s.frame.Y0, s.frame.Y1 = 0, 0, 0, 0
}

// changeRows names the changes and makes them selectable.
func (s *sheet) changeRows(changes []view.Change, r rows, top, size float64) {
	var names texts
	for i, ch := range changes {
		y := top + (float64(i)+0.5)*r.pitch
		names = append(names, r.line(s, plain(ch.Feature, size, ink), fromTo(ch, size), y)...)
		s.marks = append(s.marks, Mark{
			X: 0, Y: y - r.pitch/2, W: s.width, H: r.pitch, Index: ch.Index,
			Label: fmt.Sprintf("%s: from %s to %s", ch.Feature, ch.From, ch.To),
		})
	}
	s.free(names)
}

// fromTo is "18,400 USD → 14,200 USD".
func fromTo(ch view.Change, size float64) run {
	return run{size: size, spans: []span{{ch.From + " → ", muted, false}, {ch.To, ink, true}}}
}

// note is all there is to say in an empty view.
func (s *sheet) note(text string) {
	if s.height == 0 {
		s.height = 64
	}
	s.free(texts{plain(shorten(text, medium, s.width, false), medium, muted).to(vg.Length(s.width/2), vg.Length(s.height/2+5), 0.5)})
	s.frame = Frame{Right: s.width, Bottom: s.height}
}
