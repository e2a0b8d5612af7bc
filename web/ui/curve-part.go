package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// curveTools is how a person stands to the curve that is shown large: which part
// of it is chosen, all where none is, and what the pointer does to it.
type curveTools struct {
	S     *Session
	curve *view.Curve
	frame draw.Frame // of the picture

	from, to *float64 // the chosen part, ends included; nil for the end of the curve
	by       float64  // how far a press moves it; 0 for what suits the curve

	pressed, dragged bool
	anchor           float64 // where the part that is being chosen began, a share of the frame
	lifting          bool
	held             []spec.Edit // as lifting found them
	mean, at         float64     // of the part as lifting found it, and where the pointer is, score units
}

// curve returns the tools of the curve that is shown large, or nil. For another
// feature they start anew.
func (s *Session) curve() *curveTools {
	p := s.panels["shape"]
	if s.mainView() != "shape" || p == nil || p.Curve == nil || p.Drawing == nil || len(p.Problems) > 0 {
		return nil
	}
	t := &s.tools
	if t.curve == nil || t.curve.Feature != p.Curve.Feature {
		*t = curveTools{S: s}
	}
	if t.curve = p.Curve; !t.lifting {
		t.frame = p.Drawing.Frame
	}
	return t
}

// reach returns the first and the last step of the part.
func (t *curveTools) reach() (first, last int) {
	last = len(t.curve.Steps) - 1
	for i := range t.curve.Steps {
		if t.from != nil && t.curve.Steps[i].From <= *t.from {
			first = i
		}
		if t.to != nil && t.curve.Steps[i].From > *t.to {
			return first, max(first, i-1)
		}
	}
	return first, last
}

// ends returns where the part lies, as shares of the frame's width.
func (t *curveTools) ends() (left, right float64) {
	first, last := t.reach()
	across := func(x float64) float64 { return (x - t.frame.X0) / (t.frame.X1 - t.frame.X0) }
	return across(t.curve.Steps[first].From), across(t.curve.Steps[last].To)
}

// part returns the rows with a value in the part, those with any, and the mean
// of the curve over the part.
func (t *curveTools) part() (in, all int, mean float64) {
	first, last := t.reach()
	for i := range t.curve.Steps {
		k := &t.curve.Steps[i]
		all += k.Rows
		if i >= first && i <= last {
			in += k.Rows
			mean += k.Value * float64(k.Rows)
		}
	}
	if in == 0 {
		return 0, all, t.curve.Steps[first].Value
	}
	return in, all, mean / float64(in)
}

func (t *curveTools) chosen() bool { return t.from != nil || t.to != nil }

// Whole chooses the whole curve.
func (t *curveTools) Whole() { t.from, t.to = nil, nil }

// value brings a place on the axis to a value that an edit may name.
func (t *curveTools) value(x float64) *float64 {
	switch c := t.curve; {
	case c.Categories != nil:
		x = clamp(math.Round(x), 0, float64(len(c.Categories)-1), 0)
	case c.Grain == 0:
		x = clamp(tidy(x), c.Min, c.Max, 0)
	default:
		x = clamp(x, c.Min, c.Max, c.Grain)
	}
	return &x
}

// middle is a value within a step, as a person would write it where it can be.
func (t *curveTools) middle(from, to float64) *float64 {
	x := (from + to) / 2
	if at := t.value(x); *at >= from && *at < to {
		return at
	}
	return &x
}

// Pick chooses one step of the curve.
func (t *curveTools) Pick(i int) {
	if !t.dragged && i >= 0 && i < len(t.curve.Steps) {
		k := &t.curve.Steps[i]
		t.from = t.middle(k.From, k.To)
		t.to = t.from
	}
}

// From takes a typed end; nothing typed is the end of the curve, and what is no
// number is dropped.
func (t *curveTools) From(text string) {
	if x, ok := t.typed(text); ok {
		if t.from = x; x != nil && t.to != nil && *x > *t.to {
			t.to = x
		}
	}
}

// To takes the other end.
func (t *curveTools) To(text string) {
	if x, ok := t.typed(text); ok {
		if t.to = x; x != nil && t.from != nil && *x < *t.from {
			t.from = x
		}
	}
}

func (t *curveTools) typed(text string) (*float64, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, true
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) {
		return nil, false
	}
	return t.value(x), true
}

// By takes how far a press moves the part.
func (t *curveTools) By(text string) {
	if x, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && x > 0 && x <= spec.MaxBy {
		t.by = tidy(x)
	}
}

// Down begins to choose a part at x, a share of the frame.
func (t *curveTools) Down(x float64) { t.pressed, t.dragged, t.anchor = true, false, x }

// dragStart is how far a pointer moves, as a share of the frame, before that is
// no click any more.
const dragStart = 0.012

// Move goes on choosing.
func (t *curveTools) Move(x float64) {
	x = max(0, min(1, x))
	t.dragged = t.dragged || t.pressed && math.Abs(x-t.anchor) > dragStart
	if t.pressed && t.dragged {
		at := func(x float64) *float64 { return t.value(t.frame.X0 + x*(t.frame.X1-t.frame.X0)) }
		t.from, t.to = at(min(x, t.anchor)), at(max(x, t.anchor))
	}
}

// Up ends it. A click on nothing chooses the whole curve; one on a step is
// picked by the plot below.
func (t *curveTools) Up() {
	if t.pressed && !t.dragged {
		t.Whole()
	}
	t.pressed = false
}

// handle is the grip that lifts the part, in its middle.
func (t *curveTools) handle() *Handle {
	left, right := t.ends()
	in, _, mean := t.part()
	h := &Handle{Upright: true, Now: tidy(mean), Min: t.frame.Y0, Max: t.frame.Y1, Label: "Height of this part: drag it, or use the arrow keys, with Shift for larger steps"}
	h.Text = "adds " + strconv.FormatFloat(mean, 'g', 3, 64) + " on average, " + count(in) + " training rows"
	if t.lifting {
		mean = t.at
	}
	f := t.frame
	_, h.Y = f.ToPixel(0, mean)
	h.X = f.Left + (left+right)/2*(f.Right-f.Left)
	return h
}

// lift drags the part to a height in the drawing.
func (t *curveTools) lift(py float64) {
	if !t.lifting {
		_, _, t.mean = t.part()
		t.lifting, t.held = true, t.edits()
	}
	_, t.at = t.frame.ToData(0, max(t.frame.Top, min(t.frame.Bottom, py)))
	t.S.liftCurve(t.held, t.edit("add", tidy(t.at-t.mean)))
}

// nudge lifts it by a press or, far, by five.
func (t *curveTools) nudge(up int, far bool) {
	presses := float64(up)
	if far {
		presses *= 5
	}
	if presses != 0 {
		t.Raise(presses)
	}
}
