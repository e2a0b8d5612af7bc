package draw

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// Sizes of a force plot in px.
const (
	trainHeight = 34 // of the arrows
	pushLine    = 21 // a line of the lists below
	pushesMost  = 6  // lines of a list
)

// force lays out two trains of arrows that meet at the score, and beneath them
// what each arrow stands for.
func (s *sheet) force(v *view.Force) {
	up, down := pushes(v.Bars)
	format := amountsOf(largestAmount(v.Bars))
	lists := []pushList{{"raises the score", raise, up, format}, {"lowers the score", lower, down, format}}
	columns, width := 2, (s.width-24)/2
	if s.width < narrow {
		columns, width = 1, s.width
	}
	high := 0.0
	for i := range lists {
		lists[i].shorten()
		h := float64(len(lists[i].bars)+1)*pushLine + 8
		if columns == 1 {
			high += h
		} else {
			high = max(high, h)
		}
	}
	const top = 2*captionLine + trainHeight
	if s.height == 0 {
		s.height = top + axisHeight + 14 + high
	}
	s.train(v, top)
	y := top + axisHeight + 14.0
	for i, l := range lists {
		left := 0.0
		if columns == 2 {
			left = float64(i) * (width + 24)
		} else if i > 0 {
			y += float64(len(lists[0].bars)+1)*pushLine + 8
		}
		if y+float64(len(l.bars)+1)*pushLine <= s.height+1 {
			s.free(l.texts(left, y, width, s.font()))
		}
	}
}

// train draws the arrows, what they start from and where they meet.
func (s *sheet) train(v *view.Force, bottom float64) {
	up, down := pushes(v.Bars)
	lo, hi := spread(min(v.Final-total(up), v.Base), max(v.Final-total(down), v.Base))
	pad := 0.04 * (hi - lo)
	right := s.width - 10
	x := axis{shorten(v.Score.Label, small, right-10, false), lo - pad, hi + pad,
		ticks{most: int(clamp(s.width/90, 2, 7))}.spaced(lo-pad, hi+pad, 10, right)}
	p := newPlot(x, axis{})
	f := s.add(p, 10, captionLine*2, right, bottom+axisHeight)
	p.Add(grid{x: true}, rule{v.Base, draw.LineStyle{Color: muted, Width: 1, Dashes: []vg.Length{2, 3}}, 0, 1})
	s.frame = f
	s.frame.Y0, s.frame.Y1 = 0, 0
	var arrows []arrow
	format := amountsOf(largestAmount(v.Bars))
	for _, list := range [][]view.Bar{up, down} {
		at := v.Final
		for _, b := range list {
			tip, _ := f.ToPixel(at, 0)
			at -= b.Amount
			tail, _ := f.ToPixel(at, 0)
			arrows = append(arrows, arrow{tail: tail, tip: tip, colour: signColour(b.Amount), text: b.Feature, others: b.Index < 0})
			s.marks = append(s.marks, Mark{X: min(tail, tip), Y: f.Top + 4, W: max(1, math.Abs(tip-tail)), H: f.Bottom - f.Top - 8,
				Index: b.Index, Label: barLabel(b, format.text(b.Amount, true))})
		}
	}
	p.Add(arrowTrain(arrows))
	p.Add(rule{v.Final, draw.LineStyle{Color: ink, Width: 2}, 0, 1})
	s.caption(v.FinalLabel, v.Final, 14, ink, true)
	s.caption(v.BaseLabel, v.Base, 14+captionLine, muted, false)
}

// caption writes a label and its value centred over a value of the axis.
func (s *sheet) caption(label string, value, y float64, colour Colour, bold bool) {
	r := run{size: s.font(), spans: []span{{label + "  ", colour, false}, {number(value), ink, bold}}}.squeeze(s.width - 4)
	x, _ := s.frame.ToPixel(value, 0)
	s.free(texts{r.to(vg.Length(s.within(x, r.width()+4)), vg.Length(y), 0.5)})
}

// pushes splits bars by sign, each list largest first.
func pushes(bars []view.Bar) (up, down []view.Bar) {
	for _, b := range bars {
		if b.Amount > 0 {
			up = append(up, b)
		} else if b.Amount < 0 {
			down = append(down, b)
		}
	}
	return up, down
}

func total(bars []view.Bar) float64 {
	sum := 0.0
	for _, b := range bars {
		sum += b.Amount
	}
	return sum
}

// arrow is one feature's push, px from the left of the sheet.
type arrow struct {
	tail, tip float64
	colour    Colour
	text      string
	others    bool
}

// arrowTrain draws arrows nose to tail. It implements plot.Plotter.
type arrowTrain []arrow

func (t arrowTrain) Plot(c draw.Canvas, _ *plot.Plot) {
	low, high := c.Min.Y+4, c.Max.Y-4
	middle := (low + high) / 2
	for _, a := range t {
		tail, tip := vg.Length(a.tail), vg.Length(a.tip)
		nose := vg.Length(math.Copysign(min(9, math.Abs(a.tip-a.tail)), a.tip-a.tail))
		colour := a.colour
		if a.others {
			colour = colour.Fade(0.6)
		}
		path := polyline(vg.Point{X: tail - nose, Y: low}, vg.Point{X: tip - nose, Y: low}, vg.Point{X: tip, Y: middle},
			vg.Point{X: tip - nose, Y: high}, vg.Point{X: tail - nose, Y: high}, vg.Point{X: tail, Y: middle})
		path.Close()
		c.SetColor(colour)
		c.Fill(path)
		c.SetLineStyle(draw.LineStyle{Color: paper, Width: 1.2})
		c.Stroke(path)
		name := plain(a.text, small, paper)
		if room := math.Abs(a.tip-a.tail) - 24; name.width() <= room && !a.others {
			put(&c, name.middle((tail+tip-nose)/2, middle, 0.5))
		}
	}
}

// pushList is what raises, or what lowers.
type pushList struct {
	title  string
	colour Colour
	bars   []view.Bar
	format amounts
}

// shorten sums up what is past the most a list shows.
func (l *pushList) shorten() {
	if len(l.bars) <= pushesMost {
		return
	}
	rest := l.bars[pushesMost-1:]
	sum := view.Bar{Feature: "smaller ones together", Index: -1, Amount: total(rest)}
	l.bars = append(l.bars[:pushesMost-1:pushesMost-1], sum)
}

func (l pushList) texts(left, y, width, size float64) texts {
	line := func(name run, amount string, y float64) texts {
		r := plain(amount, size, l.colour)
		room := max(20, width-r.width()-10)
		return texts{name.squeeze(room).to(vg.Length(left), vg.Length(y), 0), r.to(vg.Length(left+width), vg.Length(y), 1)}
	}
	head := run{size: size, spans: []span{{l.title, l.colour, true}}}
	out := line(head, l.format.text(total(l.bars), true), y+size)
	for i, b := range l.bars {
		amount := l.format.text(b.Amount, true)
		name := nameValue(b.Feature, b.Value, size, max(20, width-measure(amount, size, false)-10))
		out = append(out, line(name, amount, y+size+float64(i+1)*pushLine)...)
	}
	return out
}
