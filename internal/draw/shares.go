package draw

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// Sizes of bars side by side, in px.
const (
	shareThick = 14
	shareGap   = 14 // between the bars of two features
	shareName  = 20 // for a name above its bars
)

// shares lays out the features' weight over parts of the rows: for each feature
// a bar a part, in the order and the colours of the legend.
func (s *sheet) shares(v *view.Importance) {
	l := legend{left: 4, top: 2, width: s.width - 8}
	for k, part := range v.Shares {
		l.entries = append(l.entries, entry{shapeSwatch(k), fmt.Sprintf("%s (%d)", part.Name, part.Rows)})
	}
	b, widest := flatShares(v), 0.0
	for _, item := range v.Bars {
		widest = max(widest, measure(item.Feature, s.font(), false))
	}
	top, n, above := l.height()+8, float64(len(v.Bars)), 0.0
	if s.width < narrow {
		above = shareName
	}
	if s.height == 0 {
		s.height = top + axisHeight + n*(above+shareGap+shareThick*float64(len(v.Shares)))
	}
	r := s.arrange(len(v.Bars), widest, top+axisHeight)
	right := s.width - 10
	lo, hi := b.fit(right - r.gutter)
	most := int(clamp((right-r.gutter)/80, 2, 7))
	p := newPlot(axis{shorten(v.Axis.Label, small, right-r.gutter, false), lo, hi, ticks{most: most}.spaced(lo, hi, r.gutter, right)}, axis{lo: 0, hi: n})
	p.Add(grid{x: true})
	s.frame = s.add(p, r.gutter, top, right, s.height)
	s.frame.Y0, s.frame.Y1 = 0, 0
	pitch := (s.frame.Bottom - s.frame.Top) / n
	gap := min(shareGap, pitch/4)
	b.thick = (pitch - gap - min(above, pitch/3)) / float64(len(v.Shares))
	names := make(apart, len(v.Bars))
	for i, item := range v.Bars {
		start := s.frame.Top + float64(i+1)*pitch - gap/2 - b.thick*float64(len(v.Shares))
		middle := start + b.thick*float64(len(v.Shares))/2
		if r.stacked {
			middle = start - 8
		}
		names[i] = shareLabel(r, nameValue(item.Feature, "", s.font(), r.room(s)), middle)
		for k, part := range v.Shares {
			at := i*len(v.Shares) + k
			x0, _ := s.frame.ToPixel(0, 0)
			x1, _ := s.frame.ToPixel(part.Amounts[i], 0)
			y := start + b.thick*float64(k)
			b.middles = append(b.middles, vg.Length(s.height-y-b.thick/2))
			text := fmt.Sprintf("%s, %s: %s", item.Feature, part.Name, b.labels[at])
			if e := part.StdErrs[i]; e > 0 {
				text += ", give or take " + number(2*e)
			}
			s.marks = append(s.marks, Mark{X: x0, Y: y, W: max(x1-x0, 1), H: b.thick, Index: item.Index, Label: text})
		}
	}
	p.Add(rule{0, draw.LineStyle{Color: muted, Width: 1}, 0, 1}, b)
	if pitch >= 11 {
		s.free(names)
	}
	s.free(l)
}

func shareLabel(r rows, label run, y float64) run {
	if r.stacked {
		return label.to(0, vg.Length(y+capHalf*label.size), 0)
	}
	return label.to(vg.Length(r.gutter-nameGap), vg.Length(y+capHalf*label.size), 1)
}

// shareBars are the bars of every feature, those of its parts below each other.
// It implements plot.Plotter.
type shareBars struct {
	bars
	parts   int
	middles []vg.Length // of the bars, on the canvas
}

// flatShares are the bars of the parts, feature by feature.
func flatShares(v *view.Importance) *shareBars {
	b := &shareBars{parts: len(v.Shares), bars: bars{size: small}}
	most := 0.0
	for _, part := range v.Shares {
		for _, amount := range part.Amounts {
			most = max(most, amount)
		}
	}
	format := amountsOf(most)
	for i := range v.Bars {
		for _, part := range v.Shares {
			b.items = append(b.items, view.Bar{Amount: part.Amounts[i], StdErr: part.StdErrs[i]})
			b.labels = append(b.labels, format.text(part.Amounts[i], false))
		}
	}
	return b
}

func (b *shareBars) Plot(c draw.Canvas, p *plot.Plot) {
	toX, _ := p.Transforms(&c)
	half := vg.Length(max(0.5, b.thick/2-0.5))
	for i, item := range b.items {
		y := b.middles[i]
		c.SetColor(classColour(i % b.parts))
		c.Fill(appendRectangle(nil, toX(0), y-half, toX(item.Amount), y+half))
		reach := b.whisker(c, p, i, toX(item.Amount), y)
		if b.thick >= 12 {
			put(&c, plain(b.labels[i], b.size, ink).middle(toX(item.Amount)+reach+labelGap, y, 0))
		}
	}
}
