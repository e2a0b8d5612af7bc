package figure

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// edited returns the model as trained, with the spec's edits of its curves.
func (f *Figure) edited() (model.Model, error) {
	m, edits := f.trainer.Model(), f.s.Model.Edits
	if len(edits) == 0 {
		return m, nil
	}
	curves := catalog.CurvesOf(m)
	if curves == nil {
		return nil, &spec.Error{Code: "E-MODEL-EDIT", Path: "/model/edits", What: article(f.family.Title) + " has no curves to edit",
			Why: "only a sum of curves has", Fix: "take the edits back"}
	}
	out := make([]catalog.CurveEdit, len(edits))
	for i := range edits {
		e, err := f.curveEdit(&edits[i], fmt.Sprintf("/model/edits/%d", i))
		if err != nil {
			return nil, err
		}
		out[i] = e
	}
	return curves.Edited(out), nil
}

// curveEdit puts an edit of the spec in terms of the model.
func (f *Figure) curveEdit(e *spec.Edit, path string) (catalog.CurveEdit, error) {
	j := f.table.Column(e.Feature)
	if j < 0 {
		return catalog.CurveEdit{}, &spec.Error{Code: spec.CodeName, Path: path + "/feature", What: fmt.Sprintf("no feature called %q", e.Feature)}
	}
	ordered := e.Do == "rising" || e.Do == "falling" || e.Do == "interpolate"
	if ordered && f.table.Columns[j].Kind == dataset.Category {
		return catalog.CurveEdit{}, &spec.Error{Code: "E-MODEL-EDIT", Path: path + "/do", What: fmt.Sprintf("%q cannot be done to %s", e.Do, e.Feature),
			Why: "its categories have no order", Fix: `write "flatten" or "add"`}
	}
	out := catalog.CurveEdit{Feature: j, From: float32(math.Inf(-1)), To: float32(math.Inf(1)), Class: f.problem.K - 1, Do: catalog.Change(e.Do), By: float32(e.By)}
	if e.From != nil {
		out.From = float32(*e.From)
	}
	if e.To != nil {
		out.To = float32(*e.To)
	}
	if e.Class != "" {
		if out.Class = slices.Index(f.table.Classes(), e.Class); out.Class < 0 {
			return out, &spec.Error{Code: spec.CodeName, Path: path + "/class", What: fmt.Sprintf("no class called %q", e.Class)}
		}
	}
	return out, nil
}

// edit is what the edits do to the rows that training has not seen.
type edit struct {
	now            model.Point
	wasAUC, nowAUC float64 // of two classes
	moved          int     // rows whose scores are others
	changed        int     // rows that are taken for another class
	shift          float64 // mean magnitude of the change of a predicted quantity
}

// effectOfEdits compares the model with itself before the edits.
func (f *Figure) effectOfEdits() (edit, error) {
	rest := func() error { return f.pace("drawing", 0, 1) }
	n, k := len(f.problem.TestY), f.problem.K
	return remember(f.b, keyOf("edits", f.weightsKey()), func() (e edit, err error) {
		e.now = f.last()
		was, err := remember(f.b, keyOf("test scores", f.b.modelKey, f.steps()), func() ([]float32, error) {
			return model.PredictAll(f.trainer.Model(), f.problem.TestX, n, rest)
		})
		if err != nil {
			return e, err
		}
		e.wasAUC = f.auc(was)
		e.nowAUC = e.wasAUC
		if len(f.s.Model.Edits) == 0 {
			return e, nil
		}
		now, err := model.PredictAll(f.model, f.problem.TestX, n, rest)
		if err != nil {
			return e, err
		}
		if e.now, err = model.Evaluate(f.model, f.problem, rest); err != nil {
			return e, err
		}
		e.now.Step, e.nowAUC = f.last().Step, f.auc(now)
		for i := range n {
			a, b := was[i*k:(i+1)*k], now[i*k:(i+1)*k]
			if !slices.Equal(a, b) {
				e.moved++
			}
			if model.Best(a) != model.Best(b) {
				e.changed++
			}
			e.shift += math.Abs(float64(b[0])-float64(a[0])) / float64(n)
		}
		return e, nil
	})
}

// auc measures the scores (n×k) of the rows held out; 0 but for two classes.
func (f *Figure) auc(scores []float32) float64 {
	if f.problem.K != 2 {
		return 0
	}
	last := make([]float32, len(f.problem.TestY))
	for i := range last {
		last[i] = scores[2*i+1]
	}
	return model.AUC(last, f.problem.TestY, 1)
}

// quality is the newest point of the loss curve or, where the curves are edited,
// what has become of it.
func (f *Figure) quality() model.Point {
	e, err := f.effectOfEdits()
	if len(f.s.Model.Edits) == 0 || err != nil {
		return f.last()
	}
	return e.now
}

// measures lists how well the model does on unseen rows, now and before the
// edits.
func (f *Figure) measures(e edit) []view.Measure {
	was, now := f.last(), e.now
	if f.table.Regression() {
		miss := func(p model.Point) string { return valueText(&f.table.Target, math.Sqrt(p.TestLoss)) }
		return []view.Measure{{Label: "R²", Was: number(was.TestFit), Now: number(now.TestFit)}, {Label: "typical miss", Was: miss(was), Now: miss(now)}}
	}
	exact := func(p float64) string { return fmt.Sprintf("%.1f %%", 100*p) }
	out := []view.Measure{{Label: "accuracy", Was: exact(was.TestFit), Now: exact(now.TestFit)}, {Label: "log loss", Was: number(was.TestLoss), Now: number(now.TestLoss)}}
	if f.problem.K == 2 && e.wasAUC == e.wasAUC {
		out = append(out, view.Measure{Label: "AUC", Was: number(e.wasAUC), Now: number(e.nowAUC)})
	}
	return out
}

// saysOfEdits is what the edits do to unseen rows, in words; "" without edits.
func (f *Figure) saysOfEdits(e edit) string {
	n := len(f.problem.TestY)
	switch {
	case len(f.s.Model.Edits) == 0:
		return ""
	case f.table.Regression():
		return fmt.Sprintf("%d of %s moved, by %s on average over all.", e.moved, plural(n, "unseen row"), number(e.shift))
	}
	return fmt.Sprintf("%d of %s moved, %d changed class.", e.moved, plural(n, "unseen row"), e.changed)
}
