package ui

import "math"

// CurveTools edits the curve that is shown large.
type CurveTools struct {
	T *curveTools
}

// field is a number to type.
type field struct {
	id, label, hint, value string
	set                    func(text string)
}

// fields lists the ends of the part, of an ordered feature, and how far a press
// moves it.
func (t *curveTools) fields() []field {
	by := field{"curve-by", "By", "", shortNumber(t.amount()), t.By}
	if t.curve.Categories != nil {
		return []field{by}
	}
	return []field{{"curve-from", "From", "start", end(t.from), t.From}, {"curve-to", "to", "end", end(t.to), t.To}, by}
}

// end writes an end of the part for its field.
func end(x *float64) string {
	if x == nil {
		return ""
	}
	return shortNumber(*x)
}

// action is a button.
type action struct {
	label string
	off   bool
	do    func()
}

// actions lists what can be done to the part, or to the curve.
func (t *curveTools) actions() []action {
	full, unordered := t.full(), t.curve.Categories != nil
	out := []action{{"Raise", full, func() { t.Raise(1) }}, {"Lower", full, func() { t.Raise(-1) }}}
	for _, a := range [...][2]string{{"Flatten", "flatten"}, {"Straight line", "interpolate"}, {"Only rising", "rising"}, {"Only falling", "falling"}, {"Remove curve", "remove"}} {
		ordered := a[1] == "interpolate" || a[1] == "rising" || a[1] == "falling"
		out = append(out, action{a[0], full || unordered && ordered, func() { t.Do(a[1]) }})
	}
	return append(out, action{"Whole curve", !t.chosen(), t.Whole}, action{"Undo all edits", len(t.edits()) == 0, t.S.TakeAllBack})
}

// says tells how the model does, and what part of the curve is chosen.
func (t *curveTools) says() string {
	in, all, _ := t.part()
	first, last := t.reach()
	text := t.curve.Says + " Chosen: " + t.curve.Steps[first].Label
	if first < last {
		text += " … " + t.curve.Steps[last].Label
	}
	return text + ", " + count(in) + " of " + count(all) + " training rows."
}

// amount is how far a press moves the part: what was typed, or a twentieth of
// the picture's height, rounded.
func (t *curveTools) amount() float64 {
	if t.by > 0 {
		return t.by
	}
	step := (t.frame.Y1 - t.frame.Y0) / 20
	scale := math.Pow(10, math.Floor(math.Log10(step)))
	return tidy(math.Max(1, math.Round(step/scale)) * scale)
}
