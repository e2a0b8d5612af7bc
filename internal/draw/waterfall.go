package draw

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// Heights around the bars, in px.
const (
	axisHeight  = 44 // ticks and the name of a horizontal axis
	captionLine = 26 // base above, final below
)

// waterfall lays out the features' parts of a score.
func (s *sheet) waterfall(v *view.Waterfall) {
	b := bars{items: v.Bars, colour: signColour, size: s.font()}
	if v.Cumulative {
		b.base, b.flow = v.Base, true
	}
	format := amountsOf(largestAmount(v.Bars))
	for _, bar := range v.Bars {
		b.labels = append(b.labels, format.text(bar.Amount, true))
	}
	top, bottom := 6.0, 0.0
	if v.Cumulative {
		top, bottom = captionLine, captionLine
	}
	p, frame := s.barPlot(&b, v.Score.Label, top, bottom)
	if !v.Cumulative {
		p.Add(rule{0, draw.LineStyle{Color: muted, Width: 1}, 0, 1}, b)
		return
	}
	p.Add(
		rule{v.Base, draw.LineStyle{Color: muted, Width: 1, Dashes: []vg.Length{2, 3}}, 0, 1},
		rule{v.Final, draw.LineStyle{Color: ink, Width: 1.5}, 0, 0.5 / float64(len(v.Bars))},
		b,
	)
	caption := func(label string, value, y float64, colour Colour, bold bool) {
		r := run{size: b.size, spans: []span{{label + "  ", colour, false}, {number(value), ink, bold}}}
		if r.width() > s.width {
			r.spans[0].text = shorten(label, b.size, s.width-measure(number(value), b.size, bold)-8, false) + "  "
			r.full = label
		}
		x, _ := frame.ToPixel(value, 0)
		s.free(texts{r.to(vg.Length(s.within(x, r.width()+4)), vg.Length(y), 0.5)})
	}
	caption(v.BaseLabel, v.Base, frame.Top-9, muted, false)
	caption(v.FinalLabel, v.Final, frame.Bottom+captionLine-9, ink, true)
}

// importance lays out the features' weight for the whole model.
func (s *sheet) importance(v *view.Importance) {
	b := bars{items: v.Bars, size: s.font(), square: true, colour: func(amount float64) Colour {
		if amount < 0 {
			return muted
		}
		return accent
	}}
	format := amountsOf(largestAmount(v.Bars))
	for _, bar := range v.Bars {
		b.labels = append(b.labels, format.text(bar.Amount, false))
	}
	p, _ := s.barPlot(&b, v.Axis.Label, 6, 0)
	p.Add(rule{0, draw.LineStyle{Color: muted, Width: 1}, 0, 1}, b)
}

// barPlot arranges bars under their names and adds the marks. top and bottom
// are left free for captions between the bars and the edge or the axis.
func (s *sheet) barPlot(b *bars, label string, top, bottom float64) (*plot.Plot, Frame) {
	widest := 0.0
	for _, item := range b.items {
		widest = max(widest, nameValue(item.Feature, item.Value, b.size, 1e6).width())
	}
	r := s.arrange(len(b.items), widest, top+bottom+axisHeight)
	b.thick, b.drop = r.thick, r.drop
	right := s.width - 10
	lo, hi := b.fit(right - r.gutter)
	most := int(clamp((right-r.gutter)/80, 2, 7))
	x := axis{shorten(label, small, right-r.gutter, false), lo, hi, ticks{most: most}.spaced(lo, hi, r.gutter, right)}
	p := newPlot(x, axis{lo: 0, hi: float64(len(b.items))})
	p.X.Padding = vg.Length(bottom)
	p.Add(grid{x: true})
	s.frame = s.add(p, r.gutter, top, right, s.height)
	s.frame.Y0, s.frame.Y1 = 0, 0
	names := make(apart, len(b.items))
	for i, item := range b.items {
		row := (s.frame.Bottom - s.frame.Top) / float64(len(b.items))
		y := s.frame.Top + (float64(i)+0.5)*row
		names[i] = r.name(nameValue(item.Feature, item.Value, b.size, r.room(s)), y)
		from, to := b.span(i)
		x0, _ := s.frame.ToPixel(from, 0)
		x1, _ := s.frame.ToPixel(to, 0)
		x0, x1 = min(x0, x1), max(x0, x1)
		s.marks = append(s.marks, Mark{
			X: x0, Y: y + r.drop - b.half(i), W: max(x1-x0, 1), H: 2 * b.half(i),
			Index: item.Index, Label: barLabel(item, b.labels[i]),
		})
	}
	if r.pitch >= 11 {
		s.free(names)
	}
	return p, s.frame
}

func barLabel(b view.Bar, amount string) string {
	text := b.Feature
	if b.Value != "" {
		text += " = " + b.Value
	}
	switch {
	case amount[0] == '+':
		text += ": raises by " + amount[1:]
	case b.Amount < 0 && len(amount) > len("−") && amount[:len("−")] == "−":
		text += ": lowers by " + amount[len("−"):]
	default:
		text += ": " + amount
	}
	if b.StdErr > 0 {
		text += ", give or take " + number(2*b.StdErr)
	}
	return text
}

func largestAmount(bars []view.Bar) float64 {
	most := 0.0
	for _, b := range bars {
		most = max(most, math.Abs(b.Amount))
	}
	return most
}
