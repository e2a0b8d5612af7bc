package figure

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// edited returns the model as trained, with the spec's edits of its curves.
func (f *Figure) edited() (model.Model, error) {
	m, edits := f.trainer.Model(), f.s.Model.Edits
	if len(edits) == 0 {
		return m, nil
	}
	curves := catalog.CurvesOf(m)
	if curves == nil {
		return nil, editError("", article(f.family.Title)+" has no curves to edit", "only a sum of curves has")
	}
	out := make([]catalog.CurveEdit, len(edits))
	for i, e := range edits {
		path := fmt.Sprintf("/%d", i)
		o := &out[i]
		*o = catalog.CurveEdit{Feature: f.table.Column(e.Feature), From: float32(math.Inf(-1)), To: float32(math.Inf(1)), Class: f.problem.K - 1, Do: catalog.Change(e.Do), By: float32(e.By)}
		if o.Feature < 0 {
			return nil, editError(path+"/feature", "no feature called "+e.Feature, "it is another table's")
		}
		if f.table.Columns[o.Feature].Kind == dataset.Category && slices.Contains([]string{"rising", "falling", "interpolate"}, e.Do) {
			return nil, editError(path+"/do", e.Do+" means nothing for "+e.Feature, "its categories have no order")
		}
		if e.From != nil {
			o.From = float32(*e.From)
		}
		if e.To != nil {
			o.To = float32(*e.To)
		}
		if e.Class != "" {
			o.Class = slices.Index(f.table.Classes(), e.Class)
		}
		if o.Class < 0 {
			return nil, editError(path+"/class", "no class called "+e.Class, "it is another table's")
		}
	}
	return curves.Edited(out), nil
}

func editError(path, what, why string) error {
	return &spec.Error{Code: "E-MODEL-EDIT", Path: "/model/edits" + path, What: what, Why: why, Fix: "take the edit back"}
}

// unseen returns the scores (n×k) that a model, named by key, gives the rows
// held out.
func (f *Figure) unseen(m model.Model, key string) ([]float32, error) {
	return remember(f.b, keyOf("unseen", key), func() ([]float32, error) {
		return model.PredictAll(m, f.problem.TestX, len(f.problem.TestY), func() error { return f.pace("drawing", 0, 1) })
	})
}

// quality is the newest point of the loss curve with, for rows held out, what
// the edits make of it.
func (f *Figure) quality() model.Point {
	p := f.last()
	if len(f.s.Model.Edits) > 0 {
		if scores, err := f.unseen(f.model, f.weightsKey()); err == nil {
			p.TestLoss, p.TestFit = model.Fit(scores, f.problem, f.problem.TestY)
		}
	}
	return p
}

// saysOfEdits is how well the model does on rows held out and, where it has
// edits, how well it did before and what became of those rows.
func (f *Figure) saysOfEdits() (string, error) {
	label, fit := "accuracy", func(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }
	if f.table.Regression() {
		label, fit = "R²", number
	}
	before, after := f.last(), f.quality()
	n, k := len(f.problem.TestY), f.problem.K
	if len(f.s.Model.Edits) == 0 {
		return fmt.Sprintf("On %s: %s %s, loss %s.", plural(n, "unseen row"), label, fit(after.TestFit), number(after.TestLoss)), nil
	}
	was, err := f.unseen(f.trainer.Model(), keyOf(f.b.modelKey, f.steps()))
	if err != nil {
		return "", err
	}
	now, err := f.unseen(f.model, f.weightsKey())
	if err != nil {
		return "", err
	}
	moved, changed := 0, 0
	for i := range n {
		a, b := was[i*k:(i+1)*k], now[i*k:(i+1)*k]
		if !slices.Equal(a, b) {
			moved++
		}
		if model.Best(a) != model.Best(b) {
			changed++
		}
	}
	text := fmt.Sprintf("Edited by hand: %s %s, before %s; loss %s, before %s; %d of %s moved", label, fit(after.TestFit), fit(before.TestFit),
		number(after.TestLoss), number(before.TestLoss), moved, plural(n, "unseen row"))
	if k > 1 {
		text += fmt.Sprintf(", %d changed class", changed)
	}
	return text + ".", nil
}
