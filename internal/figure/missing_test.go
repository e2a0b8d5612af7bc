package figure

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// gappy is a model of XGBoost 1.7.4 that was trained with missing values, and
// rows that lack some; see the importer's testdata.
const gappy = "../importer/testdata/xgboost/missing_breast_cancer_12x3/"

// gapped opens it as a figure.
func gapped(t *testing.T) (*Builder, *spec.Spec) {
	t.Helper()
	b := NewBuilder()
	b.Files = new(shelf.Shelf)
	model, rows := openedFrom(t, b, gappy, "model.json"), openedFrom(t, b, gappy, "X20.csv")
	return b, &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: spec.Own, File: &rows}, Model: spec.Model{Name: spec.Own, File: &model},
		Explain: spec.Explain{Name: "tree-shap", Output: "margin", Class: "class 1"}, View: spec.View{Name: "beeswarm"}}
}

// lacking counts missing values.
func lacking(x []float32) (n int) {
	for _, v := range x {
		if v != v {
			n++
		}
	}
	return n
}

func built(t *testing.T, b *Builder, s *spec.Spec) *Figure {
	t.Helper()
	f, err := b.Build(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestMissingOracle: rows with missing cells have XGBoost's own contributions,
// and all views of each are drawn and can be sent.
func TestMissingOracle(t *testing.T) {
	b, s := gapped(t)
	var want struct {
		Margin   []float64   `json:"margin"`
		Contribs [][]float64 `json:"pred_contribs"`
	}
	data, err := os.ReadFile(gappy + "expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil || len(want.Contribs) != 20 {
		t.Fatal(err, len(want.Contribs))
	}
	worst, gone := 0.0, 0
	for i, contribs := range want.Contribs {
		s.Explain.Row = &i
		f := built(t, b, s)
		a, ok, err := f.main()
		if err != nil || !ok {
			t.Fatal(err)
		}
		for j, v := range a.Values {
			worst = max(worst, math.Abs(v-contribs[j]))
		}
		worst = max(worst, math.Abs(a.Base-contribs[10]), math.Abs(a.Score-want.Margin[i]))
		gone += lacking(f.x)
		for _, name := range f.Views() {
			p, err := f.Panel(Want{View: name, Size: draw.Size{Width: 480}})
			if err != nil || p.Head.Summary == "" {
				t.Errorf("row %d, %s: %v", i, name, err)
				continue
			}
			if _, err := json.Marshal(p); err != nil {
				t.Errorf("row %d, %s: %v", i, name, err)
			}
		}
		st, err := f.Status()
		if err != nil || !st.Data.TakesGaps || st.Data.Reading != nil {
			t.Fatalf("%v, %+v", err, st.Data)
		}
		text, err := json.Marshal(st)
		var back Status
		if err != nil || json.Unmarshal(text, &back) != nil || !sameRow(back.X, f.x) {
			t.Errorf("row %d: %v, %v came back as %v", i, err, f.x, back.X)
		}
	}
	t.Logf("largest difference from XGBoost over 20 rows with %d missing cells: %.2g", gone, worst)
	if gone != 49 || worst > 1e-4 {
		t.Errorf("off by %v with %d missing cells", worst, gone)
	}
}

// TestMissingEdit: a value taken away by hand is asked of the model as missing,
// as XGBoost would be; a filled table gives another answer.
func TestMissingEdit(t *testing.T) {
	b, s := gapped(t)
	row := 19 // lacks nothing
	s.Explain.Row = &row
	s.Explain.Edit = spec.Edits{}
	f := built(t, b, s)
	for _, c := range f.table.Columns {
		s.Explain.Edit[c.Name] = math.NaN()
	}
	empty := 18 // has nothing
	blank := built(t, b, s).scores
	s.Explain.Row, s.Explain.Edit = &empty, nil
	f = built(t, b, s)
	if blank[1] != f.scores[1] {
		t.Errorf("without a value: %v, the row that has none: %v", blank, f.scores)
	}
	if head := f.whatIfHead(&view.WhatIf{}); !strings.Contains(head.Summary, "as in the data") {
		t.Errorf("an unchanged row: %q", head.Summary)
	}
	kept := f.scores[1]
	s.Data.Read = &spec.Reading{Gaps: "fill"}
	if f = built(t, b, s); f.scores[1] == kept || lacking(f.x) != 0 {
		t.Errorf("filled: %v", f.scores)
	}
}

// TestMissingFlips: what a row lacks stays missing in every counterfactual.
func TestMissingFlips(t *testing.T) {
	b, s := gapped(t)
	row := 1
	s.Explain.Row, s.Explain.Class = &row, ""
	s.Explain.Counterfactual = &spec.Counterfactual{Name: "growing-spheres"}
	f := built(t, b, s)
	if lacking(f.x) != 2 {
		t.Fatalf("the row is %v", f.x)
	}
	s.Explain.Counterfactual.Free = []string{"mean_concavity"} // which it lacks
	found, err := f.counterfactuals()
	if err != nil || len(found) == 0 {
		t.Fatal(err)
	}
	for _, c := range found {
		for j, v := range c.X {
			if (v != v) != (f.x[j] != f.x[j]) {
				t.Errorf("%s is %v, in the row %v", f.table.Columns[j].Name, v, f.x[j])
			}
		}
		if scores := predict(f.trainer.Model(), c.X); scores[0] != c.Scores[0] || scores[f.target()] <= 0.5 {
			t.Errorf("the model says %v, the search %v", scores, c.Scores)
		}
	}
	v, err := f.flips()
	if err != nil || !strings.Contains(v.Note, "What is missing stays so.") {
		t.Errorf("%v, %q", err, v.Note)
	}
	w, err := f.whatIf()
	if j := f.table.Column("mean_concavity"); err != nil || !w.Controls[j].Fixed || w.Controls[j].Fixable || !w.Controls[j].Gaps || w.Controls[j].Text != "missing" {
		t.Errorf("%v, %+v", err, w)
	}
}

// TestMissingRefused: models that take no missing values say so, each with a way
// out.
func TestMissingRefused(t *testing.T) {
	b := NewBuilder()
	b.Files = new(shelf.Shelf)
	text := "a,b,kind\n"
	for i := range 60 {
		cell := []string{"", "1", "2", "3.5"}[i%4]
		text += cell + "," + []string{"4", "7", "5.5"}[i%3] + "," + []string{"x", "y"}[(i+i/7)%2] + "\n"
	}
	o, err := b.Open("rows.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s := &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: spec.Own, File: &o.File}, Model: spec.Model{Name: "logistic"},
		Explain: spec.Explain{Name: "kernel-shap"}, View: spec.View{Name: "beeswarm"}}
	refused := func(what, code, path string) {
		t.Helper()
		_, err := b.Build(s, nil)
		if e, ok := err.(*spec.Error); !ok || e.Code != code || e.Path != path || e.Why == "" || e.Fix == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if f := built(t, b, s); lacking(f.table.X) > 0 || f.table.Columns[0].Gaps {
		t.Error("a model of weights got missing cells")
	}
	s.Data.Read = &spec.Reading{Gaps: "keep"}
	refused("cells kept for weights", "E-MODEL-GAPS", "/data/read/gaps")
	s.Data.Read, s.Explain.Edit = nil, spec.Edits{"a": math.NaN()}
	refused("an edit for weights", "E-EXPLAIN-MISSING", "/explain/edit")
	for _, name := range []string{"boosting", "forest", "extra-trees", "ebm"} {
		s.Model.Name, s.Explain.Edit = name, spec.Edits{"a": math.NaN()}
		f := built(t, b, s)
		if !f.table.Columns[0].Gaps || f.table.Columns[1].Gaps || f.x[0] == f.x[0] || lacking(f.table.X) != 15 {
			t.Errorf("%s: %+v, row %v", name, f.table.Columns, f.x)
		}
		for _, view := range f.Views() {
			if p, err := f.Panel(Want{View: view, Size: draw.Size{Width: 480}}); err != nil {
				t.Errorf("%s, %s: %v", name, view, err)
			} else if _, err := json.Marshal(p); err != nil {
				t.Errorf("%s, %s: %v", name, view, err)
			}
		}
		s.Explain.Edit = spec.Edits{"b": math.NaN()}
		refused(name+": what no row lacks", "E-EXPLAIN-MISSING", "/explain/edit")
	}
}
