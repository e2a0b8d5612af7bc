package figure

import (
	"math"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/view"
)

// refuseShape says why there is no curve to show, or "".
func (f *Figure) refuseShape() string {
	if catalog.CurvesOf(f.model) == nil {
		return "shows a curve that the model adds up, and " + article(f.family.Title) + " has none"
	}
	return ""
}

// shape shows one curve of a sum of curves.
func (f *Figure) shape() (*view.Shape, error) {
	j, at := f.traced(), f.class
	c := &f.table.Columns[j]
	now, was := &catalog.CurvesOf(f.model).Terms()[j], &catalog.CurvesOf(f.trainer.Model()).Terms()[j]
	sum := labelOf(&f.table.Target)
	v := &view.Shape{Categories: c.Categories, Curve: view.Curve{Feature: c.Name, Categories: c.Categories, Min: c.Min, Max: c.Max, Grain: c.Step}}
	if !f.table.Regression() {
		v.Curve.Class = f.className()
		sum = "margin of " + v.Curve.Class
	}
	b, x := now.Bins[0], float64(f.x[j])
	bin := int(b.Bin(f.x[j]))
	v.X, v.Y.Label = axisOf(c), "adds to the "+sum
	switch n := len(b.Low); {
	case c.Categories != nil:
		v.X.Min, v.X.Max = -0.5, float64(len(c.Categories))-0.5
	case n > 2:
		v.X.Min, v.X.Max = float64(b.Low[1]), float64(b.High[n-1])
		fallthrough
	default:
		if bin > 0 {
			v.X.Min, v.X.Max = stretch(v.X.Min, v.X.Max, x)
		}
	}
	v.Absent, v.Present = bin == 0, [2]float64{x, float64(now.Value[bin*f.problem.K+at])}
	lo, hi := 0.0, 0.0
	for i := 1; i < len(now.Rows); i++ {
		k := i*f.problem.K + at
		s := view.Step{From: v.X.Min, To: v.X.Max, Value: float64(now.Value[k]), Was: float64(was.Value[k]), Spread: float64(was.Spread[k]), Rows: now.Rows[i]}
		stepOf(&s, c, now, i)
		v.Steps = append(v.Steps, s)
		v.Edited = v.Edited || s.Value != s.Was
		lo, hi = min(lo, s.Value, s.Was-s.Spread), max(hi, s.Value, s.Was+s.Spread)
	}
	pad := 0.06 * (hi - lo)
	v.Y.Min, v.Y.Max = spanOf([][]float64{{lo - pad, hi + pad}})
	v.Counts = f.counts(j, v)
	v.Curve.Steps = v.Steps
	var err error
	v.Curve.Says, err = f.saysOfEdits()
	v.Head = f.shapeHead(v, j, sum)
	return v, err
}

// stepOf says which values lie in a bin. Those of the first and the last have
// no end.
func stepOf(s *view.Step, c *dataset.Column, t *catalog.Term, bin int) {
	b := t.Bins[0]
	switch {
	case c.Categories != nil:
		s.From, s.To, s.Label = float64(bin)-1.5, float64(bin)-0.5, c.Categories[bin-1]
		return
	case bin < len(b.Low):
		s.Label = valueText(c, float64(b.High[bin]))
		if low := valueText(c, float64(b.Low[bin])); low != s.Label {
			low, _, _ = strings.Cut(low, " ")
			s.Label = low + " to " + s.Label
		}
	}
	if bin > 1 {
		s.From = float64(b.Cuts[bin-2])
	}
	if bin <= len(b.Cuts) {
		s.To = float64(b.Cuts[bin-1])
	}
}

// counts deals the training rows into bars: one a step where there are few, else
// thirty of a width.
func (f *Figure) counts(j int, v *view.Shape) []view.Count {
	var out []view.Count
	if len(v.Steps) <= 40 {
		for _, s := range v.Steps {
			out = append(out, view.Count{From: s.From, To: s.To, Rows: s.Rows})
		}
		return out
	}
	const bars = 30
	width := (v.X.Max - v.X.Min) / bars
	for i := range bars {
		left := v.X.Min + float64(float64(i)*width)
		out = append(out, view.Count{From: left, To: left + width})
	}
	for i := j; i < len(f.problem.TrainX); i += f.problem.D {
		if x := float64(f.problem.TrainX[i]); x == x {
			out[max(0, min(int((x-v.X.Min)/width), bars-1))].Rows++
		}
	}
	return out
}

// shapeHead puts a curve into words and a table.
func (f *Figure) shapeHead(v *view.Shape, j int, sum string) view.Head {
	c := &f.table.Columns[j]
	h := view.Head{Name: "shape", Title: "What " + c.Name + " adds to the " + sum}
	h.Table = view.Table{Caption: h.Title, Columns: []string{labelOf(c), "adds", "as trained", "training rows"}}
	least, most := 0, 0
	for i, s := range v.Steps {
		h.Table.Rows = append(h.Table.Rows, []string{s.Label, signed(s.Value), signed(s.Was), number(float64(s.Rows))})
		if s.Value < v.Steps[least].Value {
			least = i
		}
		if s.Value > v.Steps[most].Value {
			most = i
		}
	}
	value := "missing"
	if !v.Absent {
		value = valueText(c, v.Present[0])
	}
	low, high := &v.Steps[least], &v.Steps[most]
	h.Summary = "For this " + f.table.Unit + ", " + c.Name + " is " + value + ", which adds " + signed(v.Present[1]) + ". The curve goes from " +
		signed(low.Value) + " (" + low.Label + ") to " + signed(high.Value) + " (" + high.Label + ")."
	if len(f.s.Model.Edits) > 0 {
		h.Summary += " " + v.Curve.Says
	}
	h.Note = f.pairsNote()
	if slices.ContainsFunc(v.Steps, func(s view.Step) bool { return s.Spread > 0 }) {
		h.Note = strings.TrimSpace("The band is how far the models that were averaged differ: a standard deviation up and down. " + h.Note)
	}
	return h
}

// pairsNote lists what pairs of features add, up or down, on average over the
// training rows.
func (f *Figure) pairsNote() string {
	var pairs []string
	terms := catalog.CurvesOf(f.model).Terms()
	for i := range terms[f.problem.D:] {
		t := &terms[f.problem.D+i]
		size, rows := 0.0, 0.0
		for cell, n := range t.Rows {
			size += float64(float64(n) * math.Abs(float64(t.Value[cell*f.problem.K+f.class])))
			rows += float64(n)
		}
		pairs = append(pairs, f.table.Columns[t.Features[0]].Name+" with "+f.table.Columns[t.Features[1]].Name+" ("+number(size/rows)+")")
	}
	if len(pairs) == 0 {
		return ""
	}
	return "Pairs of features add, beside their curves and on average: " + list(pairs) + "."
}
