package figure

import (
	"errors"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/model"
)

// Status says where the figure stands. It computes the attribution if there is
// one to show; an error in that leaves Values empty, and the panel says why.
func (f *Figure) Status() (Status, error) {
	done, total, perPoint := f.trainer.Progress()
	s := Status{Steps: done, Total: total, PerPoint: perPoint, Trained: f.trainer.Done(), Row: f.row,
		Predicted: f.table.Target.Name, Scores: f.scores, X: f.x, Setting: Setting{Refused: f.refused(), Views: f.Views()}}
	s.Data = DataStatus{Name: f.table.Name, Title: f.table.Title, Help: f.table.Help, Source: f.table.Source, Licence: f.table.Licence,
		Unit: f.table.Unit, Classes: f.table.Classes(), Rows: f.table.Rows(), Train: len(f.split.train), Test: len(f.split.test),
		Height: f.table.Height, Width: f.table.Width}
	if s.Data.TakesGaps = f.family.Gaps; f.s.Data.Read != nil && f.b.Files != nil {
		s.Data.Reading = f.b.Files.Reading(f.s.Data)
	}
	if f.table.Height > 0 {
		s.Data.Ink = f.table.Columns[0].Max
	}
	if !f.table.Unlabelled {
		s.Data.Target = f.table.Target.Name
	}
	for _, c := range f.table.Columns {
		s.Data.Features = append(s.Data.Features, c.Name)
	}
	if t := f.table.Truth; t != nil {
		s.Data.Truth = t.Equations
	}
	if f.table.Regression() {
		s.Predicted = valueText(&f.table.Target, float64(f.scores[0]))
	} else {
		s.Predicted, s.Class = f.table.Classes()[model.Best(f.scores)], f.className()
		s.Target = f.table.Classes()[f.target()]
	}
	s.Check, s.Groups = f.check(), f.groups()
	if g := f.grove(); g != nil {
		s.Trees = len(g.of)
	}
	a, _, err := f.main()
	if IsStopped(err) {
		return s, err
	}
	s.Values = a.Values
	s.Sum = sumOfSetting(s.Setting)
	return s, nil
}

// refused lists what cannot be chosen with this data and model, and why.
func (f *Figure) refused() map[string]string {
	out := map[string]string{}
	note := func(name, why string) {
		if why != "" {
			out[name] = why
		}
	}
	for _, m := range catalog.Models() {
		note(m.Name, refuseModel(&m, f.table))
	}
	for _, e := range catalog.Explainers() {
		note(e.Name, f.refuseExplainer(&e))
	}
	for _, c := range catalog.Counterfactuals() {
		note(c.Name, f.refuseCounterfactual(&c))
	}
	for _, v := range catalog.Views() {
		note(v.Name, f.refuseView(v.Name))
	}
	return out
}

// IsStopped reports whether an error means that the question was dropped.
func IsStopped(err error) bool {
	var stopped *Stopped
	return errors.As(err, &stopped)
}
