//go:build !js

package draw

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// strips draws each feature's range with the present value on it and a tick
// where the row had it in the data. Rows as in bars, x from 0 to 1. It
// implements plot.Plotter.
type strips struct {
	controls []view.Control
	drop     float64 // px a mark sits below the middle of its row
}

func (t strips) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i, k := range t.controls {
		y := toY(float64(len(t.controls)-i)-0.5) - vg.Length(t.drop)
		track(c, y)
		if k.Value != k.Value {
			continue // the text says that it is missing
		}
		now := vg.Point{X: toX(share(float64(k.Value), k.Min, k.Max)), Y: y}
		was := vg.Point{X: toX(share(float64(k.Row), k.Min, k.Max)), Y: y}
		colour := ink
		if k.Row == k.Row && k.Value != k.Row {
			colour = accent
			c.SetLineStyle(draw.LineStyle{Color: accent, Width: 2.5})
			c.Stroke(polyline(was, now))
			c.SetLineStyle(draw.LineStyle{Color: muted, Width: 2})
			c.Stroke(polyline(vg.Point{X: was.X, Y: y - 5}, vg.Point{X: was.X, Y: y + 5}))
		}
		c.SetColor(colour)
		c.Fill(appendCircle(nil, now, 5))
	}
}

// whatIf lays out the row's scores and every feature's range.
func (s *sheet) whatIf(v *view.WhatIf) {
	const head, scoreLine = 30.0, 20.0
	size := s.font()
	widest, value := 0.0, 0.0
	for _, k := range v.Controls {
		widest = max(widest, measure(k.Feature, size, false))
		value = max(value, measure(k.Text, size, false))
	}
	top := head + scoreLine*float64(len(v.Scores)) + 10
	r := s.arrange(max(1, len(v.Controls)), widest, top+4)
	r.column(s, value)
	title := span{shorten(v.Outcome, medium, s.width, true), ink, true}
	s.free(texts{run{spans: []span{title}, size: medium}.to(0, 18, 0)})
	s.scores(v.Scores, head, scoreLine)

	p := newPlot(axis{}, axis{lo: 0, hi: max(1, float64(len(v.Controls)))})
	p.Add(strips{v.Controls, r.drop})
	s.frame = s.add(p, r.gutter, top, r.right, top+r.pitch*max(1, float64(len(v.Controls))))
	s.frame.X0, s.frame.X1, s.frame.Y0, s.frame.Y1 = 0, 0, 0, 0
	var t texts
	for i, k := range v.Controls {
		y := top + (float64(i)+0.5)*r.pitch
		t = append(t, r.line(s, plain(k.Feature, size, ink), plain(k.Text, size, ink), y)...)
		s.marks = append(s.marks, Mark{
			X: 0, Y: y - r.pitch/2, W: s.width, H: r.pitch, Index: k.Index, Label: k.Feature + " = " + k.Text,
		})
	}
	if r.pitch >= 11 {
		s.free(t)
	}
}

// scores writes each class's share as a bar.
func (s *sheet) scores(scores []view.Score, top, pitch float64) {
	name, text, most := 0.0, 0.0, 0.0
	for _, k := range scores {
		name = max(name, measure(k.Label, small, false))
		text = max(text, measure(k.Text, small, false))
		most = max(most, k.Value)
	}
	name, text = min(name, 0.35*s.width), min(text, 0.25*s.width)
	if most < 1 {
		most = 1
	}
	room := max(10, min(s.width-name-text-24, 320))
	for i, k := range scores {
		y := top + (float64(i)+0.5)*pitch
		w := room * clamp(k.Value/most, 0, 1)
		s.free(texts{
			plain(shorten(k.Label, small, name, false), small, ink).to(0, vg.Length(y+capHalf*small), 0),
			plain(shorten(k.Text, small, text+4, false), small, ink).to(vg.Length(name+room+18), vg.Length(y+capHalf*small), 0),
		}, box{name + 10, y - 4, room, 8, line}, box{name + 10, y - 4, w, 8, accent})
	}
}

// box is a filled rectangle in px from the top left. It implements
// plot.Plotter for a free sheet.
type box struct {
	left, top, width, height float64
	colour                   Colour
}

func (b box) Plot(c draw.Canvas, _ *plot.Plot) {
	if b.width <= 0 {
		return
	}
	x, y := c.Min.X+vg.Length(b.left), c.Max.Y-vg.Length(b.top)
	c.SetColor(b.colour)
	c.Fill(appendRectangle(nil, x, y-vg.Length(b.height), x+vg.Length(b.width), y))
}
