package figure

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// curved is a figure of a sum of curves, trained for a few rounds.
func curved(data, feature string, edits ...spec.Edit) *spec.Spec {
	rounds := 12
	return &spec.Spec{Schema: spec.Version, Seed: 3, Data: spec.Data{Name: data}, Model: spec.Model{Name: "ebm", Stop: &rounds, Edits: edits},
		Explain: spec.Explain{Name: "permutation-shap", Output: "margin"}, View: spec.View{Name: "shape", Feature: feature}}
}

func shapeOf(t *testing.T, f *Figure) *view.Shape {
	t.Helper()
	v, err := f.View(Want{View: "shape"})
	if err != nil {
		t.Fatal(err)
	}
	return v.(*view.Shape)
}

// TestEditsMoveScoresByTheCurve raises and removes curves: the margin of every
// row in the table moves by what the picture shows at its value, nothing is
// trained again, and taking the edits back gives the bits from before.
func TestEditsMoveScoresByTheCurve(t *testing.T) {
	for _, x := range []struct{ data, feature, class string }{{"loans", "income", "repaid"}, {"loans", "group", "defaulted"}, {"wine", "alcohol", "cultivar 2"}, {"diabetes", "bmi", ""}} {
		b := NewBuilder()
		s := curved(x.data, x.feature)
		if s.Explain.Class = x.class; x.class == "" {
			s.Explain.Output = ""
		}
		f := build(t, b, s)
		before, trained := shapeOf(t, f), f.trainer
		margins := func(f *Figure) []float32 {
			out := make([]float32, f.table.Rows()*f.problem.K)
			f.explained.Predict(out, f.table.X, f.table.Rows())
			return out
		}
		was, values := margins(f), mainValues(t, f)
		if before.Edited || strings.Contains(before.Summary, "by hand") {
			t.Fatalf("%s: a curve as trained is said to be edited: %s", x.data, before.Summary)
		}
		from := before.Steps[len(before.Steps)/2].From + 1e-3
		if before.Categories != nil {
			from = 1
		}
		for _, e := range []spec.Edit{{Do: "add", By: 0.75, From: &from}, {Do: "flatten", To: &from}, {Do: "remove"}} {
			e.Feature = x.feature
			if e.Do != "remove" {
				e.Class = x.class
			}
			next := spec.Clone(s)
			next.Model.Edits = []spec.Edit{e}
			f := build(t, b, next)
			if f.trainer != trained {
				t.Fatalf("%s: an edit trains anew", x.data)
			}
			v, now, j := shapeOf(t, f), margins(f), f.table.Column(x.feature)
			moved := 0
			for i := range f.table.Rows() {
				at := i*f.problem.K + f.class
				got, want := float64(now[at])-float64(was[at]), stepAt(v, float64(f.table.Row(i)[j]))
				if math.Abs(got-want) > 1e-5*max(1, math.Abs(float64(was[at]))) {
					t.Fatalf("%s, %s: row %d moves by %v, the picture by %v", x.data, e.Do, i, got, want)
				}
				if want != 0 {
					moved++
				}
			}
			if moved == 0 || !v.Edited || !strings.Contains(v.Summary, "Edited by hand") {
				t.Errorf("%s, %s: %d rows moved; %s", x.data, e.Do, moved, v.Summary)
			}
			if edited := mainValues(t, f); slices.Equal(edited, values) {
				t.Errorf("%s, %s: the explanation is the one from before", x.data, e.Do)
			}
		}
		if f := build(t, b, s); !slices.Equal(margins(f), was) || !slices.Equal(mainValues(t, f), values) {
			t.Errorf("%s: taking the edits back gives another model", x.data)
		}
	}
}

func mainValues(t *testing.T, f *Figure) []float64 {
	t.Helper()
	a, ok, err := f.main()
	if err != nil || !ok {
		t.Fatal(err)
	}
	return slices.Clone(a.Values)
}

// stepAt is how far the picture's curve moved at a value.
func stepAt(v *view.Shape, x float64) float64 {
	at := &v.Steps[0]
	for i := range v.Steps {
		if v.Steps[i].From <= x {
			at = &v.Steps[i]
		}
	}
	return at.Value - at.Was
}

// TestShapeSaysWhatItShows counts again what the view says of training rows and
// of unseen ones.
func TestShapeSaysWhatItShows(t *testing.T) {
	from := 40000.0
	s := curved("loans", "income", spec.Edit{Feature: "income", From: &from, Do: "flatten"}, spec.Edit{Feature: "savings", Do: "remove"})
	s.Model.Stop = nil // pairs come last
	f := build(t, NewBuilder(), s)
	v := shapeOf(t, f)
	rows, counted := 0, 0
	for i, s := range v.Steps {
		rows += s.Rows
		if i > 0 && s.From != v.Steps[i-1].To || s.Spread < 0 {
			t.Errorf("step %d: %+v", i, s)
		}
	}
	for _, n := range v.Counts {
		counted += n.Rows
	}
	if rows != len(f.split.train) || counted != rows {
		t.Errorf("%d rows in steps, %d in bars, of %d", rows, counted, len(f.split.train))
	}
	hits, hitsBefore, changed := 0, 0, 0
	for _, i := range f.split.test {
		now, was := model.Best(predict(f.model, f.table.Row(i))), model.Best(predict(f.trainer.Model(), f.table.Row(i)))
		if now == int(f.table.Y[i]) {
			hits++
		}
		if was == int(f.table.Y[i]) {
			hitsBefore++
		}
		if now != was {
			changed++
		}
	}
	n := float64(len(f.split.test))
	if got := f.quality().TestFit; got != float64(hits)/n {
		t.Errorf("accuracy %v, counted %v", got, float64(hits)/n)
	}
	if got := f.last().TestFit; got != float64(hitsBefore)/n {
		t.Errorf("the loss curve says %v, counted %v", got, float64(hitsBefore)/n)
	}
	for _, want := range []string{plural(len(f.split.test), "unseen row") + " moved", ", " + fmt.Sprint(changed) + " changed class."} {
		if !strings.Contains(v.Curve.Says, want) {
			t.Errorf("%q lacks %q", v.Curve.Says, want)
		}
	}
	if changed == 0 {
		t.Error("the edits change no row's class: nothing is tested")
	}
	if !strings.Contains(v.Note, " with ") {
		t.Errorf("the pairs are not listed: %s", v.Note)
	}
	r, err := f.Result()
	if err != nil || r.Edited == nil || r.Edited.TestFit != float64(hits)/n || r.Training.TestFit != float64(hitsBefore)/n {
		t.Errorf("result %+v, %v", r.Edited, err)
	}
}

// TestClassStaysUnderEdits raises a curve until the row is taken for the other
// class: the question stays.
func TestClassStaysUnderEdits(t *testing.T) {
	b := NewBuilder()
	s := curved("loans", "income")
	f := build(t, b, s)
	was, said := f.className(), model.Best(f.scores)
	s = spec.Clone(s)
	s.Model.Edits = []spec.Edit{{Feature: "income", Class: was, Do: "add", By: -50}}
	if f = build(t, b, s); f.className() != was || model.Best(f.scores) == said {
		t.Errorf("explains %s, was %s; the model says class %d, said %d", f.className(), was, model.Best(f.scores), said)
	}
}

// TestEditsRefused puts edits where they make no sense.
func TestEditsRefused(t *testing.T) {
	b := NewBuilder()
	for name, x := range map[string]struct{ model, feature, class, do, path string }{
		"another model": {"tree", "income", "", "remove", "/model/edits"},
		"no feature":    {"ebm", "wages", "", "remove", "/model/edits/0/feature"},
		"no class":      {"ebm", "income", "later", "flatten", "/model/edits/0/class"},
		"categories":    {"ebm", "group", "", "rising", "/model/edits/0/do"},
	} {
		s := curved("loans", "income", spec.Edit{Feature: x.feature, Class: x.class, Do: x.do})
		s.Model.Name, s.Explain.Output = x.model, ""
		_, err := b.Build(s, nil)
		var e *spec.Error
		if !errors.As(err, &e) || e.Code != "E-MODEL-EDIT" || e.Path != x.path || e.Why == "" || e.Fix == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, m := range catalog.Models() {
		if m.Image || !m.Classification {
			continue
		}
		s := curved("loans", "income")
		zero := 0
		s.Model.Name, s.Model.Stop, s.Explain.Output = m.Name, &zero, ""
		f := build(t, b, s)
		if why := f.refuseView("shape"); (why == "") != m.Curves {
			t.Errorf("%s: %q", m.Name, why)
		}
	}
}

// TestShapeOfGaps shows the curves of a feature that the row lacks and of one that
// it has.
func TestShapeOfGaps(t *testing.T) {
	b := NewBuilder()
	b.Files = new(shelf.Shelf)
	text := "a,b,c,y\n"
	for i := range 60 {
		a := "?"
		if i%4 > 0 {
			a = string(rune('0' + i%7))
		}
		text += a + "," + string(rune('0'+i%5)) + ",1," + []string{"no", "yes"}[i%2] + "\n"
	}
	o, err := b.Open("gaps.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	row := 0
	for _, feature := range []string{"a", "b"} {
		s := curved(spec.Own, feature, spec.Edit{Feature: feature, Class: "yes", Do: "add", By: 1})
		s.Data.File, s.Data.Read, s.Explain.Row = &o.File, &spec.Reading{Target: "y", Gaps: "keep"}, &row
		f := build(t, b, s)
		v := shapeOf(t, f)
		if v.Absent != (feature == "a") {
			t.Errorf("%s: absent = %v", feature, v.Absent)
		}
		if v.Absent && !strings.Contains(v.Summary, "a is missing") {
			t.Error(v.Summary)
		}
		if _, err := f.Panel(Want{View: "shape"}); err != nil {
			t.Error(err)
		}
	}
}
