package ui

import (
	"math"
	"slices"
	"strconv"

	"github.com/whybox/whybox/internal/spec"
)

// EditCurve changes a curve of the model. What is added to the part that the
// last edit added to becomes one edit with it.
func (s *Session) EditCurve(e spec.Edit) {
	if next, ok := withEdit(s.Spec().Model.Edits, e); ok {
		s.change("curve/"+e.Do, func(sp *spec.Spec) { sp.Model.Edits = next })
	}
}

// liftCurve is one step of dragging a part of a curve: before are the edits as
// the drag found them. Drop ends it.
func (s *Session) liftCurve(before []spec.Edit, e spec.Edit) {
	if next, ok := withEdit(before, e); ok {
		s.drag("curve/lift", func(sp *spec.Spec) { sp.Model.Edits = next })
	}
}

// TakeAllBack makes the curves what training made them.
func (s *Session) TakeAllBack() {
	s.change("", func(sp *spec.Spec) { sp.Model.Edits = nil })
}

// withEdit returns edits and one more, sharing nothing, and whether there was
// room for it.
func withEdit(edits []spec.Edit, e spec.Edit) ([]spec.Edit, bool) {
	next := slices.Clone(edits)
	if last := len(next) - 1; last >= 0 && e.Do == "add" && alike(&next[last], &e) {
		by := tidy(next[last].By + e.By)
		if math.Abs(by) < 1e-9*math.Abs(e.By) {
			return next[:last], true
		}
		next[last].By = by
		return next, true
	}
	if len(next) == spec.MaxEdits {
		return nil, false
	}
	return append(next, e), true
}

// alike reports whether two edits do the same to the same part.
func alike(a, b *spec.Edit) bool {
	end := func(x, y *float64) bool { return x == y || x != nil && y != nil && *x == *y }
	return a.Feature == b.Feature && a.Class == b.Class && a.Do == b.Do && end(a.From, b.From) && end(a.To, b.To)
}

// tidy keeps six significant digits, as a person would type.
func tidy(v float64) float64 {
	x, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if err != nil {
		return v
	}
	return x
}

// Do changes the chosen part, or removes the curve.
func (t *curveTools) Do(what string) { t.S.EditCurve(t.edit(what, 0)) }

// Raise moves the part up by so many presses, down where negative.
func (t *curveTools) Raise(presses float64) {
	t.S.EditCurve(t.edit("add", tidy(presses*t.amount())))
}

func (t *curveTools) edit(do string, by float64) spec.Edit {
	if do == "remove" {
		return spec.Edit{Feature: t.curve.Feature, Do: do}
	}
	return spec.Edit{Feature: t.curve.Feature, Class: t.curve.Class, From: t.from, To: t.to, Do: do, By: by}
}

func (t *curveTools) edits() []spec.Edit { return t.S.Spec().Model.Edits }

func (t *curveTools) full() bool { return len(t.edits()) == spec.MaxEdits }
