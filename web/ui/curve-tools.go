package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// CurveTools edits the curve that is shown large: a part of it, or all where
// none is chosen, is raised, lowered or brought into shape.
type CurveTools struct {
	S     *Session
	Curve *view.Curve
	Frame draw.Frame // of the picture

	of       string   // feature that the part was chosen for
	from, to *float64 // the chosen part, ends included; nil for the end of the curve
	by       float64  // how far a press moves it; 0 for what suits the curve

	pressed, dragged bool
	anchor           float64 // where the part that is being chosen began, data units
	lifting          bool
	held             []spec.Edit // as lifting found them
	height           float64     // of the pointer that lifts, 0 top to 1 bottom of the frame
	heldHeight, unit float64     // its first height, and the score that the frame spanned then
}

// show tells the tools what is on the screen.
func (c *CurveTools) show(s *Session, p *Shown) {
	c.S, c.Curve, c.Frame = s, p.Curve, p.Drawing.Frame
	if c.of != c.Curve.Feature {
		*c = CurveTools{S: c.S, Curve: c.Curve, Frame: c.Frame, of: c.Curve.Feature}
	}
}

// left returns where step i begins, data units.
func (c *CurveTools) left(i int) float64 {
	switch {
	case i == 0:
		return c.Frame.X0
	case i == len(c.Curve.Low):
		return c.Frame.X1
	}
	return (c.Curve.High[i-1] + c.Curve.Low[i]) / 2
}

// reach returns the first and the last step of the part.
func (c *CurveTools) reach() (first, last int) {
	last = len(c.Curve.Low) - 1
	for i := 1; i < len(c.Curve.Low); i++ {
		if c.from != nil && c.left(i) <= *c.from {
			first = i
		}
		if c.to != nil && c.left(i) > *c.to {
			last = i - 1
			break
		}
	}
	return first, max(first, last)
}

// part returns the rows with a value in the part, those with any, and the mean
// of the curve over the part.
func (c *CurveTools) part() (in, all int, mean float64) {
	first, last := c.reach()
	for i, n := range c.Curve.Rows {
		all += n
		if i >= first && i <= last {
			in += n
			mean += c.Curve.Values[i] * float64(n)
		}
	}
	if in == 0 {
		return 0, all, c.Curve.Values[first]
	}
	return in, all, mean / float64(in)
}

func (c *CurveTools) partText() string {
	in, all, _ := c.part()
	return count(in) + " of " + count(all) + " training rows"
}

func (c *CurveTools) chosen() bool { return c.from != nil || c.to != nil }

// Whole chooses the whole curve.
func (c *CurveTools) Whole() { c.from, c.to = nil, nil }

// value brings a place on the axis to a value that an edit may name.
func (c *CurveTools) value(x float64) float64 {
	if c.Curve.Categories != nil {
		return clamp(math.Round(x), 0, float64(len(c.Curve.Categories)-1), 0)
	}
	if c.Curve.Grain == 0 {
		x = tidy(x)
	}
	return clamp(x, c.Curve.Min, c.Curve.Max, c.Curve.Grain)
}

// choose takes both ends, in any order.
func (c *CurveTools) choose(a, b float64) {
	from, to := c.value(min(a, b)), c.value(max(a, b))
	c.from, c.to = &from, &to
}

// Pick chooses one step of the curve.
func (c *CurveTools) Pick(i int) {
	if c.dragged || i >= len(c.Curve.Low) {
		return
	}
	from, to := c.Curve.Low[i], c.Curve.High[i]
	c.from, c.to = &from, &to
}

// From takes a typed end; nothing typed is the end of the curve, and what is no
// number is dropped.
func (c *CurveTools) From(text string) {
	if x, ok := c.typed(text, c.from); ok {
		if c.from = x; x != nil && c.to != nil && *x > *c.to {
			c.to = x
		}
	}
}

// To takes the other end.
func (c *CurveTools) To(text string) {
	if x, ok := c.typed(text, c.to); ok {
		if c.to = x; x != nil && c.from != nil && *x < *c.from {
			c.from = x
		}
	}
}

func (c *CurveTools) typed(text string, now *float64) (*float64, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, true
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) {
		return now, false
	}
	x = c.value(x)
	return &x, true
}

// Category chooses one category by its code, or all.
func (c *CurveTools) Category(code string) {
	if c.from, c.to = nil, nil; code != "" {
		c.From(code)
		c.To(code)
	}
}

func (c *CurveTools) category() string { return end(c.from) }

func (c *CurveTools) categories() []Option {
	out := []Option{{Value: "", Text: "all"}}
	for i, name := range c.Curve.Categories {
		out = append(out, Option{Value: strconv.Itoa(i), Text: name})
	}
	return out
}

// end writes an end of the part for its field.
func end(x *float64) string {
	if x == nil {
		return ""
	}
	return shortNumber(*x)
}

// amount is how far a press moves the part: what was typed, or a twentieth of
// the picture's height, rounded.
func (c *CurveTools) amount() float64 {
	if c.by > 0 {
		return c.by
	}
	step := (c.Frame.Y1 - c.Frame.Y0) / 20
	scale := math.Pow(10, math.Floor(math.Log10(step)))
	return tidy(math.Max(1, math.Round(step/scale)) * scale)
}

// By takes how far a press moves the part.
func (c *CurveTools) By(text string) {
	if x, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && x > 0 && x <= spec.MaxBy {
		c.by = tidy(x)
	}
}

func (c *CurveTools) edit(do string, by float64) spec.Edit {
	if do == "remove" {
		return spec.Edit{Feature: c.Curve.Feature, Do: do}
	}
	return spec.Edit{Feature: c.Curve.Feature, Class: c.Curve.Class, From: c.from, To: c.to, Do: do, By: by}
}

// Do changes the part, or removes the curve.
func (c *CurveTools) Do(what string) { c.S.EditCurve(c.edit(what, 0)) }

// Raise moves the part up by so many presses, down where negative.
func (c *CurveTools) Raise(presses float64) {
	c.S.EditCurve(c.edit("add", tidy(presses*c.amount())))
}

func (c *CurveTools) edits() []spec.Edit { return c.S.Spec().Model.Edits }

func (c *CurveTools) full() bool { return len(c.edits()) == spec.MaxEdits }

// unordered reports whether steps have no neighbours.
func (c *CurveTools) unordered() bool { return c.Curve.Categories != nil }

// was writes a measure before the edits.
func was(m view.Measure) string {
	if m.Was == m.Now {
		return ""
	}
	return "before " + m.Was
}
