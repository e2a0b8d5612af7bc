package ui

import (
	"math"
	"slices"
	"strconv"

	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
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

// TakeBack drops one edit of the curves, by its place in the list.
func (s *Session) TakeBack(i int) {
	s.change("", func(sp *spec.Spec) { sp.Model.Edits = slices.Delete(sp.Model.Edits, i, i+1) })
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

// editText says what an edit does: "income from 20000 to 30000 raised by 0.5".
func (s *Session) editText(e spec.Edit) string {
	text := e.Feature
	switch {
	case e.From != nil && e.To != nil && *e.From == *e.To:
		text += " " + s.valueName(e.Feature, *e.From)
	default:
		if e.From != nil {
			text += " from " + s.valueName(e.Feature, *e.From)
		}
		if e.To != nil {
			text += " to " + s.valueName(e.Feature, *e.To)
		}
	}
	switch {
	case e.Do == "add" && e.By < 0:
		text += " lowered by " + shortNumber(-e.By)
	case e.Do == "add":
		text += " raised by " + shortNumber(e.By)
	default:
		text += map[string]string{"flatten": " made flat", "interpolate": " made straight", "rising": " only rising", "falling": " only falling", "remove": " removed"}[e.Do]
	}
	if e.Class != "" {
		text += ", for " + e.Class
	}
	return text
}

// valueName writes a value of a feature, a category by its name.
func (s *Session) valueName(feature string, v float64) string {
	if k, ok := s.control(slices.Index(s.status.Data.Features, feature)); ok && v >= 0 && int(v) < len(k.Categories) {
		return k.Categories[int(v)]
	}
	return shortNumber(v)
}

// curve returns the curve that is shown large, or nil.
func (s *Session) curve() *view.Curve {
	p := s.panels["shape"]
	if s.Spec() == nil || s.mainView() != "shape" || p == nil || len(p.Problems) > 0 {
		return nil
	}
	return p.Curve
}

// curveVerdict says how the edits of the shown curve change the model; "" where
// there are none.
func (s *Session) curveVerdict() string {
	c := s.curve()
	if c == nil || c.Says == "" {
		return ""
	}
	text := ""
	for _, m := range c.Measures {
		text += capital(m.Label) + " " + m.Now + ", before " + m.Was + ". "
	}
	return text + c.Says
}
