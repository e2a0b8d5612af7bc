package draw

import (
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

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
	split := 0.0
	if fit {
		split = 0.4 * (s.height - axisHeight)
	}
	below := newPanel(v.Loss.Label, steps, v.Train, v.Test, false, s.height-split)
	above := newPanel(v.FitLabel, steps, v.TrainFit, v.TestFit, true, split)
	// Both panels share a left edge and leave the right to the labels.
	left, room := below.y.tickWidth(), below.tagWidth()
	if fit {
		left, room = max(left, above.y.tickWidth()), max(room, above.tagWidth())
	}
	right := s.width - min(room+10, 0.45*s.width)
	below.x.label = shorten(v.Steps.Label+" →", small, right-left, false)
	below.x.ticker = ticks{most: int(clamp((right-left)/90, 2, 6)), whole: true}.spaced(0, steps.hi, left, right)
	s.frame = s.panel(below, left-below.y.tickWidth(), split, right, s.height)
	if fit {
		s.panel(above, left-above.y.tickWidth(), 0, s.frame.Right, split-12)
	}
}

// panel is one of the two plots of a training curve.
type panel struct {
	label       string
	x, y        axis
	train, test [][2]float64
	height      float64 // px, about
}

// newPanel finds the range of the curves. A share is at most 1.
func newPanel(label string, x axis, train, test [][2]float64, share bool, height float64) panel {
	k := panel{label: label, x: x, train: train, test: test, height: height}
	lo, hi, first := 0.0, 0.0, true
	for _, q := range slices.Concat(train, test) {
		if first {
			lo, hi, first = q[1], q[1], false
		}
		lo, hi = min(lo, q[1]), max(hi, q[1])
	}
	if share {
		lo, hi = nice(max(min(lo, 0.9), -1), 1, 3)
	} else {
		lo, hi = nice(min(0, lo), hi, 4)
	}
	k.y = axis{lo: lo, hi: hi, ticker: ticks{most: int(clamp(height/50, 2, 5))}}
	return k
}

// ends returns the last values of the curves, named.
func (k panel) ends() []tag {
	var out []tag
	for _, end := range [...]struct {
		name   string
		curve  [][2]float64
		colour Colour
	}{{"train", k.train, accent}, {"held out", k.test, ink}} {
		if n := len(end.curve); n > 0 {
			last := end.curve[n-1]
			out = append(out, tag{data: last, run: run{size: small, spans: []span{
				{end.name + " ", end.colour, false}, {number(last[1]), end.colour, true},
			}}})
		}
	}
	return out
}

func (k panel) tagWidth() float64 {
	w := 0.0
	for _, t := range k.ends() {
		w = max(w, t.run.width())
	}
	return w
}

// panel draws the curves and writes each one's last value at its end.
func (s *sheet) panel(k panel, left, top, right, bottom float64) Frame {
	const nameLine = 20
	least := 30.0
	if k.x.label != "" {
		least = axisHeight + 20
	}
	p := newPlot(k.x, k.y)
	p.Add(grid{y: true})
	if len(k.test) > 0 {
		p.Add(curve{k.test, testStyle})
	}
	if len(k.train) > 0 {
		p.Add(curve{k.train, trainStyle})
	}
	s.free(texts{plain(k.label, small, muted).squeeze(s.width).to(0, vg.Length(top+13), 0)})
	frame := s.add(p, left, top+nameLine, right, max(bottom, top+nameLine+least))
	tags, at := k.ends(), frame.Left
	for i := range tags {
		px, py := frame.ToPixel(tags[i].data[0], tags[i].data[1])
		at, tags[i].y = max(at, px), py
	}
	for i := range tags {
		tags[i].run = tags[i].run.squeeze(s.width - at - 8)
	}
	s.settle(tags, at+8, frame.Top, frame.Bottom)
	return frame
}
