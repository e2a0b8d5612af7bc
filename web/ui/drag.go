package ui

import (
	"math"
	"slices"
	"strconv"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/view"
)

// control returns the feature's control, if the what-if panel is there.
func (s *Session) control(index int) (view.Control, bool) {
	p := s.panels["what-if"]
	if p == nil || p.WhatIf == nil || index < 0 || index >= len(p.WhatIf.Controls) {
		return view.Control{}, false
	}
	return p.WhatIf.Controls[index], true
}

// feature returns the name of a feature, "" where it is not known.
func (s *Session) feature(index int) string {
	if index < 0 || index >= len(s.status.Data.Features) {
		return ""
	}
	return s.status.Data.Features[index]
}

// Value returns a feature of the row as the spec has it now, which may be
// ahead of the panels; NaN where it is missing.
func (s *Session) Value(k view.Control) float64 {
	if v, ok := s.Spec().Explain.Edit[k.Feature]; ok {
		return v
	}
	if row := s.Spec().Explain.Row; row != nil && *row != s.status.Row {
		return float64(k.Value)
	}
	return float64(k.Row)
}

// value is Value by index, also without the what-if panel.
func (s *Session) value(index int) float64 {
	if k, ok := s.control(index); ok {
		return s.Value(k)
	}
	if v, ok := s.Spec().Explain.Edit[s.feature(index)]; ok {
		return v
	}
	if index < len(s.status.X) {
		return float64(s.status.X[index])
	}
	return 0
}

// valueOf is value by name; ok is false where there is no such feature.
func (s *Session) valueOf(feature string) (v float64, ok bool) {
	j := slices.Index(s.status.Data.Features, feature)
	if j < 0 {
		return 0, false
	}
	return s.value(j), true
}

// axes returns the panel of a view and the features on its axes, or nil where
// a drag cannot change any.
func (s *Session) axes(name string) (*Shown, []int) {
	p := s.panels[name]
	if p == nil || p.Drawing == nil || !s.known {
		return nil, nil
	}
	if slices.ContainsFunc(p.Axes, func(j int) bool { return s.feature(j) == "" }) {
		return nil, nil
	}
	return p, p.Axes
}

// handle returns what can be dragged over a view, or nil: the row or, of a
// curve, the chosen part.
func (s *Session) handle(name string) *Handle {
	if t := s.curve(); t != nil && name == "shape" {
		return t.handle()
	}
	p, axes := s.axes(name)
	if len(axes) == 0 {
		return nil
	}
	f := p.Drawing.Frame
	x, y := s.value(axes[0]), (f.Y0+f.Y1)/2
	text := s.feature(axes[0]) + " " + orMissing(x, shortNumber(x))
	h := &Handle{Sideways: len(axes) == 1, Now: x, Min: f.X0, Max: f.X1}
	if !h.Sideways {
		y = s.value(axes[1])
		text += ", " + s.feature(axes[1]) + " " + orMissing(y, strconv.FormatFloat(y, 'g', 4, 64))
		h.Label = "This " + s.unit() + " on the surface: drag it, or use the arrow keys, with Shift for larger steps"
	} else {
		h.Label = capital(s.feature(axes[0])) + " of this " + s.unit()
	}
	h.X, h.Y = f.ToPixel(x, y)
	besideX, belowY := f.Aside()
	if math.IsNaN(x) {
		h.X, h.Now = besideX, h.Min
	}
	if math.IsNaN(y) {
		h.Y = belowY
	}
	h.Text = text
	return h
}

func (s *Session) unit() string {
	if s.status.Data.Unit == "" {
		return "row"
	}
	return s.status.Data.Unit
}

// dragTo moves the row to a place in the drawing of a view, or lifts the chosen
// part of a curve.
func (s *Session) dragTo(name string, px, py float64) {
	if t := s.curve(); t != nil && name == "shape" {
		t.lift(py)
		return
	}
	p, axes := s.axes(name)
	if len(axes) == 0 {
		return
	}
	x, y := p.Drawing.Frame.ToData(px, py)
	s.moveTo(p, axes, []float64{x, y}[:len(axes)])
}

// nudge moves the row by a hundredth of an axis, or a tenth, or lifts the chosen
// part of a curve.
func (s *Session) nudge(name string, right, up int, far bool) {
	if t := s.curve(); t != nil && name == "shape" {
		t.nudge(up, far)
		return
	}
	p, axes := s.axes(name)
	if len(axes) == 0 {
		return
	}
	f := p.Drawing.Frame
	steps := []float64{float64(right) * (f.X1 - f.X0), float64(up) * (f.Y1 - f.Y0)}
	if len(axes) == 1 {
		steps[0] = float64(right+up) * (f.X1 - f.X0)
	}
	at := make([]float64, len(axes))
	for i, j := range axes {
		part := steps[i] / 100
		if far {
			part *= 10
		}
		if k, ok := s.control(j); ok && part != 0 {
			part = math.Copysign(math.Max(math.Abs(part), k.Step), part)
		}
		if at[i] = s.value(j) + part; math.IsNaN(at[i]) { // from the middle
			at[i] = []float64{f.X0 + f.X1, f.Y0 + f.Y1}[i]/2 + part
		}
	}
	s.moveTo(p, axes, at)
}

// moveTo edits the features on the axes, each brought into what it and the
// drawing allow.
func (s *Session) moveTo(p *Shown, axes []int, at []float64) {
	f := p.Drawing.Frame
	lo, hi := []float64{f.X0, f.Y0}, []float64{f.X1, f.Y1}
	names := make([]string, len(axes))
	for i, j := range axes {
		names[i] = s.feature(j)
		if k, ok := s.control(j); ok {
			at[i] = clamp(at[i], math.Max(k.Min, lo[i]), math.Min(k.Max, hi[i]), 0)
			at[i] = clamp(at[i], k.Min, k.Max, k.Step)
			continue
		}
		fine := math.Pow(10, math.Floor(math.Log10((hi[i]-lo[i])/500)))
		at[i] = clamp(math.Round(at[i]/fine)*fine, lo[i], hi[i], 0)
	}
	s.Edit("axes", names, at)
}

// verdict says what the model makes of the row and why, for a screen reader.
func (s *Session) verdict() string {
	if len(s.problems) > 0 {
		return capital(s.problems[0].What) + "."
	}
	if !s.known {
		return ""
	}
	if text := s.brushSays(); text != "" {
		return text
	}
	text := "The model says " + s.outcome() + "."
	if t := s.curve(); t != nil && len(t.edits()) > 0 {
		return text + " " + t.curve.Says
	}
	for _, name := range []string{"flips", s.whyView()} {
		if p := s.panels[name]; p != nil && !p.Stale && len(p.Problems) == 0 && s.wanted(name) {
			return text + " " + p.Head.Summary
		}
	}
	return text
}

func (s *Session) wanted(name string) bool {
	return slices.ContainsFunc(s.flying, func(w figure.Want) bool { return w.View == name })
}

// best returns the index of the highest score.
func (s *Session) best() int {
	best := 0
	for j, v := range s.status.Scores {
		if v > s.status.Scores[best] {
			best = j
		}
	}
	return best
}

// outcome is what the model says: "benign, 93 %" or "152".
func (s *Session) outcome() string {
	if len(s.status.Data.Classes) == 0 || len(s.status.Scores) == 0 {
		return s.status.Predicted
	}
	return s.status.Predicted + ", " + percent(float64(s.status.Scores[s.best()]))
}
