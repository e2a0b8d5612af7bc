package figure

import (
	"math"
	"strconv"
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

// shaped is the feature whose curve is shown: the spec's, else the one whose
// curve, as trained, moves the score most.
func (f *Figure) shaped() int {
	if j := f.table.Column(f.s.View.Feature); j >= 0 {
		return j
	}
	terms := catalog.CurvesOf(f.trainer.Model()).Terms()
	best := 0
	for j := range f.problem.D {
		if f.weight(&terms[j]) > f.weight(&terms[best]) {
			best = j
		}
	}
	return best
}

// weight is how far a term moves the margin of the explained class, up or down,
// on average over the training rows.
func (f *Figure) weight(t *catalog.Term) float64 {
	sum, rows := 0.0, 0
	for cell, n := range t.Rows {
		sum += float64(float64(n) * math.Abs(float64(t.Value[cell*f.problem.K+f.class])))
		rows += n
	}
	return sum / float64(max(rows, 1))
}

// shape shows one curve of a sum of curves.
func (f *Figure) shape() (*view.Shape, error) {
	j := f.shaped()
	c := &f.table.Columns[j]
	now, was := &catalog.CurvesOf(f.model).Terms()[j], &catalog.CurvesOf(f.trainer.Model()).Terms()[j]
	e, err := f.effectOfEdits()
	if err != nil {
		return nil, err
	}
	v := &view.Shape{X: view.Axis{Label: labelOf(c)}, Y: view.Axis{Label: "adds to the " + f.sumName()}, Categories: c.Categories}
	x := float64(f.x[j])
	v.Absent = now.Bins[0].Bin(f.x[j]) == 0
	v.X.Min, v.X.Max = f.reach(now, c)
	if !v.Absent && c.Categories == nil {
		v.X.Min, v.X.Max = stretch(v.X.Min, v.X.Max, x)
	}
	v.Steps = f.stepsOf(v.X, c, now, was)
	v.Y.Min, v.Y.Max = spanOfSteps(v.Steps)
	v.Present = [2]float64{x, f.adds(now, f.x[j])}
	v.Counts = f.counts(j, v.X)
	for i := range v.Steps {
		v.Edited = v.Edited || v.Steps[i].Value != v.Steps[i].Was
	}
	v.Curve = f.curve(c, now, v)
	v.Curve.Measures, v.Curve.Says = f.measures(e), f.saysOfEdits(e)
	v.Head = f.shapeHead(v, j, now, was)
	return v, nil
}

// sumName is what curves add up to.
func (f *Figure) sumName() string {
	if f.table.Regression() {
		return labelOf(&f.table.Target)
	}
	return "margin of " + f.className()
}

// adds is what a curve adds at a value of its feature.
func (f *Figure) adds(t *catalog.Term, x float32) float64 {
	return float64(t.Value[int(t.Bins[0].Bin(x))*f.problem.K+f.class])
}

// reach is the range of the training values.
func (f *Figure) reach(t *catalog.Term, c *dataset.Column) (lo, hi float64) {
	b := t.Bins[0]
	switch n := len(b.Low); {
	case b.Categories > 0:
		return -0.5, float64(b.Categories) - 0.5
	case n > 1 && b.Low[1] < b.High[n-1]:
		return float64(b.Low[1]), float64(b.High[n-1])
	case n > 1:
		return float64(b.Low[1]) - 0.5, float64(b.Low[1]) + 0.5
	}
	return c.Min, c.Max
}

// stepsOf lists the steps of a curve but for that of missing values.
func (f *Figure) stepsOf(x view.Axis, c *dataset.Column, now, was *catalog.Term) []view.Step {
	b, k := now.Bins[0], f.problem.K
	out := make([]view.Step, b.Bins()-1)
	for i := range out {
		at := (i+1)*k + f.class
		s := view.Step{From: x.Min, To: x.Max, Value: float64(now.Value[at]), Was: float64(was.Value[at]), Spread: float64(was.Spread[at]), Rows: now.Rows[i+1]}
		switch {
		case b.Categories > 0:
			s.From, s.To, s.Label = float64(i)-0.5, float64(i)+0.5, valueText(c, float64(i))
		case len(b.Low) <= i+1:
			s.Label = "any value"
		default:
			if i > 0 {
				s.From = float64(b.Cuts[i-1])
			}
			if i < len(b.Cuts) {
				s.To = float64(b.Cuts[i])
			}
			s.Label = rangeText(c, float64(b.Low[i+1]), float64(b.High[i+1]))
		}
		out[i] = s
	}
	return out
}

// rangeText writes "40 to 43 years".
func rangeText(c *dataset.Column, lo, hi float64) string {
	from, to := valueText(c, lo), valueText(c, hi)
	if from == to {
		return to
	}
	from, _, _ = strings.Cut(from, " ")
	return from + " to " + to
}

// spanOfSteps is the range of a curve, as it is and as it was with its spread,
// and of 0.
func spanOfSteps(steps []view.Step) (lo, hi float64) {
	for _, s := range steps {
		lo, hi = min(lo, s.Value, s.Was-s.Spread), max(hi, s.Value, s.Was+s.Spread)
	}
	lo, hi = spanOf([][]float64{{lo, hi}})
	pad := 0.06 * (hi - lo)
	return lo - pad, hi + pad
}

// counts deals the training values of a feature into bars: one a category or
// whole number where there are few, else some thirty of a width.
func (f *Figure) counts(j int, x view.Axis) []view.Count {
	const most = 40
	from, width := x.Min, (x.Max-x.Min)/30
	if f.table.Columns[j].Kind != dataset.Number {
		from, width = math.Ceil(x.Min)-0.5, math.Ceil((x.Max-x.Min+1)/most)
	}
	out := make([]view.Count, int(math.Floor((x.Max-from)/width+1e-9))+1)
	for i := range out {
		left := from + float64(float64(i)*width)
		out[i].From, out[i].To = max(left, x.Min), min(left+width, x.Max)
	}
	for i := j; i < len(f.problem.TrainX); i += f.problem.D {
		if v := float64(f.problem.TrainX[i]); v >= x.Min && v <= x.Max {
			out[min(int((v-from)/width), len(out)-1)].Rows++
		}
	}
	if last := len(out) - 1; last > 0 && out[last].From >= out[last].To { // the greatest value alone
		out[last-1].Rows += out[last].Rows
		out = out[:last]
	}
	return out
}

// curve is what a page needs to edit what v shows.
func (f *Figure) curve(c *dataset.Column, t *catalog.Term, v *view.Shape) view.Curve {
	out := view.Curve{Feature: c.Name, Categories: c.Categories, Min: c.Min, Max: c.Max, Grain: c.Step}
	if !f.table.Regression() {
		out.Class = f.className()
	}
	b := t.Bins[0]
	for i, s := range v.Steps {
		lo, hi := float64(i), float64(i)
		if b.Categories == 0 {
			lo, hi = c.Min, c.Max
			if i+1 < len(b.Low) {
				lo, hi = decimal(b.Low[i+1]), decimal(b.High[i+1])
			}
		}
		out.Low, out.High = append(out.Low, lo), append(out.High, hi)
		out.Values, out.Rows = append(out.Values, decimal(float32(s.Value))), append(out.Rows, s.Rows)
	}
	return out
}

// decimal is the float64 that is written like v: 17.99, not 17.989999771118164.
func decimal(v float32) float64 {
	x, err := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', -1, 32), 64)
	if err != nil {
		return float64(v)
	}
	return x
}
