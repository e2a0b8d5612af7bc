package figure

import (
	"fmt"
	"math"
	"sort"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// loss shows how training went so far.
func (f *Figure) loss() *view.Loss {
	_, total, _ := f.trainer.Progress()
	v := &view.Loss{Total: total, FitLabel: "accuracy", Loss: view.Axis{Label: "cross-entropy (nats)"}, Steps: view.Axis{Label: "training step", Max: float64(total)}}
	if f.table.Regression() {
		v.FitLabel, v.Loss.Label = "R²", "mean squared error"
	}
	v.Table = view.Table{Caption: "Training", Columns: []string{"step", "loss, training rows", "loss, unseen rows", v.FitLabel + ", training rows", v.FitLabel + ", unseen rows"}}
	for _, p := range f.b.history {
		at := float64(p.Step)
		v.Train = append(v.Train, [2]float64{at, p.TrainLoss})
		v.Test = append(v.Test, [2]float64{at, p.TestLoss})
		v.TrainFit = append(v.TrainFit, [2]float64{at, p.TrainFit})
		v.TestFit = append(v.TestFit, [2]float64{at, p.TestFit})
		v.Table.Rows = append(v.Table.Rows, []string{fmt.Sprint(p.Step), number(p.TrainLoss), number(p.TestLoss), number(p.TrainFit), number(p.TestFit)})
	}
	last := f.last()
	v.Head.Name, v.Title = "loss", "How the model learns"
	v.Summary = fmt.Sprintf("After %s: loss %s on training rows, %s on unseen ones; %s on unseen rows %s.",
		plural(last.Step, "step"), number(last.TrainLoss), number(last.TestLoss), v.FitLabel, number(last.TestFit))
	if last.Step == 0 {
		v.Summary = "Not trained yet: the weights are random. Press play."
	}
	return v
}

// importanceView ranks the features over the whole model.
func (f *Figure) importanceView(most int) (*view.Importance, error) {
	imp, e, err := f.importance()
	if err != nil {
		return nil, err
	}
	v := &view.Importance{Axis: view.Axis{Label: f.importanceLabel(e)}}
	order := make([]int, len(imp.Values))
	for j := range order {
		order[j] = j
	}
	sort.SliceStable(order, func(i, k int) bool { return imp.Values[order[i]] > imp.Values[order[k]] })
	v.Head = view.Head{Name: "importance", Title: "What the model leans on"}
	v.Table = view.Table{Caption: e.Title, Columns: []string{"feature", measured(e), "standard error"}}
	for i, j := range order {
		name := f.table.Columns[j].Name
		v.Table.Rows = append(v.Table.Rows, []string{name, number(imp.Values[j]), number(imp.StdErr[j])})
		if i < most {
			v.Bars = append(v.Bars, view.Bar{Feature: name, Amount: imp.Values[j], StdErr: imp.StdErr[j], Index: j})
		}
	}
	v.Summary = fmt.Sprintf("The model leans most on %s: shuffling it raises the error by %s, from %s.",
		f.table.Columns[order[0]].Name, number(imp.Values[order[0]]), number(imp.Base))
	if e.Scores {
		v.Summary = fmt.Sprintf("The model leans most on %s: it moves the %s by %s on average, up or down.",
			f.table.Columns[order[0]].Name, f.scoreName(), number(imp.Values[order[0]]))
	}
	v.Note = "Features that say the same thing share their importance."
	return v, nil
}

// measured is what an importance says of a feature.
func measured(e *catalog.Explainer) string {
	if e.Scores {
		return "average move of the score"
	}
	return "rise of the error"
}

// importanceLabel says what an importance is measured in.
func (f *Figure) importanceLabel(e *catalog.Explainer) string {
	switch {
	case e.Scores:
		return "average move of the " + f.scoreName() + ", up or down"
	case f.table.Regression():
		return "rise of the error when shuffled (squared " + f.table.Target.Name + ")"
	}
	return "rise of the error when shuffled (nats)"
}

// traced is the feature of the effect view: the spec's, else the first of the
// plane.
func (f *Figure) traced() int {
	if j := f.table.Column(f.s.View.Feature); j >= 0 {
		return j
	}
	j, _ := f.plane()
	return j
}

// effectView shows how the score changes with one feature.
func (f *Figure) effectView() (*view.Effect, error) {
	j := f.traced()
	e, err := f.effect(j)
	if err != nil {
		return nil, err
	}
	c := &f.table.Columns[j]
	v := &view.Effect{X: axisOf(c), Y: view.Axis{Label: f.scoreName()}, Grid: e.Grid, Mean: e.Mean, Curves: e.Curves, Categories: c.Categories}
	own := f.ownCurve(j, e.Grid)
	v.Own = own
	if e.Missing == e.Missing {
		v.Missing = []float64{e.Missing, f.ownCurve(j, []float64{math.NaN()})[0]}
	}
	v.Present = [2]float64{float64(f.x[j]), float64(predict(f.explained, f.x)[f.class])}
	first, last := e.Grid[0], e.Grid[len(e.Grid)-1]
	v.X.Min, v.X.Max = stretch(first, last, v.Present[0])
	if v.X.Min < first || v.X.Max > last { // room for the mark of a row outside the grid
		pad := 0.04 * (v.X.Max - v.X.Min)
		v.X.Min, v.X.Max = v.X.Min-pad, v.X.Max+pad
	}
	if v.X.Min == v.X.Max {
		v.X.Min, v.X.Max = v.X.Min-c.Step, v.X.Max+c.Step
	}
	v.Y.Min, v.Y.Max = spanOf(append(e.Curves[:len(e.Curves):len(e.Curves)], e.Mean, own, v.Missing, v.Present[1:]))
	v.Rug = f.rug(j)
	v.Head = view.Head{Name: "effect", Title: "Effect of " + c.Name, Summary: f.effectSummary(j, e, own)}
	v.Note = "Other features stay as they are, even where that makes unlikely rows."
	v.Table = view.Table{Caption: "Effect of " + c.Name, Columns: []string{labelOf(c), "average " + f.scoreName(), "this " + f.table.Unit}}
	for i, g := range e.Grid {
		v.Table.Rows = append(v.Table.Rows, []string{valueText(c, g), number(e.Mean[i]), number(own[i])})
	}
	if v.Missing != nil {
		v.Table.Rows = append(v.Table.Rows, []string{spec.Missing, number(v.Missing[0]), number(v.Missing[1])})
	}
	return v, nil
}

// spanOf is the range of all curves, a little wider where they are all flat.
func spanOf(curves [][]float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, c := range curves {
		for _, v := range c {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if hi-lo < 1e-9*max(1, math.Abs(hi)) {
		pad := 0.05 * max(1, math.Abs(hi))
		return lo - pad, hi + pad
	}
	return lo, hi
}

// ownCurve is the present row's score over the grid.
func (f *Figure) ownCurve(j int, grid []float64) []float64 {
	d, k := f.problem.D, f.problem.K
	x := make([]float32, 0, len(grid)*d)
	for _, g := range grid {
		x = append(x, f.x...)
		x[len(x)-d+j] = float32(g)
	}
	scores := make([]float32, len(grid)*k)
	f.explained.Predict(scores, x, len(grid))
	out := make([]float64, len(grid))
	for i := range out {
		out[i] = float64(scores[i*k+f.class])
	}
	return out
}

func (f *Figure) rug(j int) []float64 {
	step := max(1, len(f.split.train)/100)
	var out []float64
	for i := 0; i < len(f.split.train); i += step {
		if x := float64(f.problem.TrainX[i*f.problem.D+j]); x == x {
			out = append(out, x)
		}
	}
	return out
}

func (f *Figure) effectSummary(j int, e explain.Effect, own []float64) string {
	c := &f.table.Columns[j]
	first, last := 0, len(e.Grid)-1
	change := e.Mean[last] - e.Mean[first]
	verb := "rises"
	if change < 0 {
		verb = "falls"
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range own {
		lo, hi = min(lo, v), max(hi, v)
	}
	return fmt.Sprintf("From %s to %s the average %s %s by %s; for this %s it runs between %s and %s.",
		valueText(c, e.Grid[first]), valueText(c, e.Grid[last]), f.scoreName(), verb, number(math.Abs(change)), f.table.Unit, f.scoreText(lo), f.scoreText(hi))
}

// confusion counts hits and misses on the test rows.
func (f *Figure) confusion() (*view.Confusion, error) {
	classes := f.table.Classes()
	v := &view.Confusion{Classes: classes, Counts: make([][]int, len(classes))}
	for i := range v.Counts {
		v.Counts[i] = make([]int, len(classes))
	}
	predicted, err := f.predictions()
	if err != nil {
		return nil, err
	}
	k, hits := f.problem.K, 0
	for _, i := range f.split.test {
		truth, said := int(f.table.Y[i]), model.Best(predicted[i*k:(i+1)*k])
		v.Counts[truth][said]++
		if truth == said {
			hits++
		}
	}
	v.Head = view.Head{Name: "confusion", Title: "Hits and misses on unseen rows", Summary: f.confusionSummary(v.Counts, hits)}
	v.Table = view.Table{Caption: "True class down, predicted class across", Columns: append([]string{"true"}, classes...)}
	for i, line := range v.Counts {
		cells := []string{classes[i]}
		for _, n := range line {
			cells = append(cells, fmt.Sprint(n))
		}
		v.Table.Rows = append(v.Table.Rows, cells)
	}
	return v, nil
}

func (f *Figure) confusionSummary(counts [][]int, hits int) string {
	text := fmt.Sprintf("%d of %s right.", hits, plural(len(f.split.test), "unseen row"))
	worst, from, to := 0, 0, 0
	for i := range counts {
		for j, n := range counts[i] {
			if i != j && n > worst {
				worst, from, to = n, i, j
			}
		}
	}
	if worst == 0 {
		return text + " No mistakes."
	}
	classes := f.table.Classes()
	return text + fmt.Sprintf(" Most often it takes %s for %s (%d).", classes[from], classes[to], worst)
}

// fit lays predicted against true values of the test rows.
func (f *Figure) fit() (*view.Fit, error) {
	c := f.table.Target
	v := &view.Fit{X: view.Axis{Label: "true " + labelOf(&c), Min: c.Min, Max: c.Max}}
	table := view.Table{Caption: "Unseen rows", Columns: []string{"row", "true", "predicted"}}
	predicted, err := f.predictions()
	if err != nil {
		return nil, err
	}
	for _, i := range f.split.test {
		truth, said := float64(f.table.Y[i]), float64(predicted[i])
		v.Points = append(v.Points, view.SurfacePoint{X: truth, Y: said, Value: truth, Row: i, Test: true})
		v.X.Min, v.X.Max = stretch(v.X.Min, v.X.Max, said)
		table.Rows = append(table.Rows, []string{fmt.Sprint(i), valueText(&c, truth), valueText(&c, said)})
	}
	v.Y = view.Axis{Label: "predicted " + labelOf(&c), Min: v.X.Min, Max: v.X.Max}
	v.Present = [2]float64{float64(f.table.Y[f.row]), float64(f.scores[0])}
	last := f.quality()
	v.Head = view.Head{Name: "fit", Title: "Predicted against true on unseen rows", Table: table}
	v.Summary = fmt.Sprintf("A typical miss is %s; the model explains %s of the spread (R²).", valueText(&c, math.Sqrt(last.TestLoss)), percent(max(0, last.TestFit)))
	return v, nil
}
