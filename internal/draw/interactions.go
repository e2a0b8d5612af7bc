package draw

import (
	"fmt"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// interactions lays out a square of features against features. The columns
// carry the numbers of the lines, for names do not fit above them.
func (s *sheet) interactions(v *view.Interactions) {
	m := float64(len(v.Features))
	labels, widest := make([]run, len(v.Features)), 0.0
	for i, name := range v.Features {
		r := run{size: s.font(), spans: []span{{strconv.Itoa(i+1) + "  ", muted, true}, {name, ink, false}}}
		labels[i] = r
		if over := r.width() - 0.45*s.width; over > 0 {
			labels[i].spans[1].text = shorten(name, s.font(), r.width()-over-measure(r.spans[0].text, s.font(), true), false)
			labels[i].full = name
		}
		widest = max(widest, labels[i].width())
	}
	most := 0.0
	for i, line := range v.Values {
		for j, value := range line {
			if i != j {
				most = max(most, value)
			}
		}
	}
	bar := colourBar{label: "both together: " + v.Unit, hi: most}
	const numbers = 22.0
	top := s.freeColourBar(bar, 0) + numbers + 4
	left := widest + 10
	side := min(s.width-left-2, 56*m, 480)
	if s.height == 0 {
		s.height = top + side + 4
	}
	side = max(10, min(side, s.height-top-2))
	p := newPlot(axis{lo: 0, hi: m}, axis{lo: 0, hi: m})
	p.Add(pairCells{v, most})
	s.frame = s.add(p, left, top, left+side, top+side)
	s.frame.X0, s.frame.X1, s.frame.Y0, s.frame.Y1 = 0, 0, 0, 0
	cell := side / m
	var t texts
	for i := range labels {
		at := (float64(i) + 0.5) * cell
		if cell >= 16 {
			t = append(t, run{size: small, spans: []span{{strconv.Itoa(i + 1), muted, true}}}.to(vg.Length(left+at), vg.Length(top-7), 0.5))
		}
		if cell >= 11 {
			t = append(t, labels[i].to(vg.Length(left-8), vg.Length(top+at+capHalf*s.font()), 1))
		}
		for j, value := range v.Values[i] {
			text := fmt.Sprintf("%s with %s: %s", v.Features[i], v.Features[j], number(value))
			if i == j {
				text = fmt.Sprintf("%s alone: %s", v.Features[i], number(value))
			}
			if i != j && v.Chance(i, j) {
				text += ", may be chance"
			}
			s.marks = append(s.marks, Mark{X: left + float64(j)*cell, Y: top + float64(i)*cell, W: cell, H: cell, Index: i*len(labels) + j, Label: text})
		}
	}
	s.free(t)
}

// pairCells draws the pairs by magnitude, those that may be chance pale. The
// diagonal is of another kind: it is written in outline. It implements
// plot.Plotter.
type pairCells struct {
	*view.Interactions
	most float64 // of a pair; gets the full colour
}

func (k pairCells) Plot(c draw.Canvas, _ *plot.Plot) {
	m := vg.Length(len(k.Values))
	w := (c.Max.X - c.Min.X) / m
	gap := min(1, w/20)
	format := amountsOf(k.most)
	for i, row := range k.Values {
		for j, value := range row {
			left, top := c.Min.X+vg.Length(j)*w, c.Max.Y-vg.Length(i)*w
			path := appendRectangle(nil, left+gap, top-w+gap, left+w-gap, top-gap)
			text := muted
			switch {
			case i == j:
				c.SetLineStyle(draw.LineStyle{Color: line, Width: 1.5})
				c.Stroke(path)
			case k.Chance(i, j):
				c.SetColor(muted.Fade(0.12))
				c.Fill(path)
			default:
				t := share(value, 0, k.most)
				text = onCividis(t)
				c.SetColor(cividis(t))
				c.Fill(path)
			}
			r := plain(format.text(value, false), 11, text)
			if r.width() < float64(w)-4 {
				put(&c, r.middle(left+w/2, top-w/2, 0.5))
			}
		}
	}
}
