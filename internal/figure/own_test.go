package figure

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
)

// oracle is a model of XGBoost 1.7.4 with rows; see the importer's testdata.
const oracle = "../importer/testdata/xgboost/binary_breast_cancer_50x4/"

func opened(t *testing.T, b *Builder, title string) spec.File {
	t.Helper()
	return openedFrom(t, b, oracle, title)
}

func openedFrom(t *testing.T, b *Builder, folder, title string) spec.File {
	t.Helper()
	data, err := os.ReadFile(folder + title)
	if err != nil {
		t.Fatal(err)
	}
	o, err := b.Open(title, data)
	if err != nil {
		t.Fatal(err)
	}
	return o.File
}

// TestOwnOracle explains every row of a foreign model in a figure and compares
// the attributions with XGBoost's own contributions; then all views are drawn.
func TestOwnOracle(t *testing.T) {
	b := NewBuilder()
	b.Files = new(shelf.Shelf)
	model, rows := opened(t, b, "model.json"), opened(t, b, "X20.csv")
	var want struct {
		Contribs [][]float64 `json:"pred_contribs"`
	}
	data, err := os.ReadFile(oracle + "expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil || len(want.Contribs) != 20 {
		t.Fatal(err, len(want.Contribs))
	}
	s := &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: spec.Own, File: &rows}, Model: spec.Model{Name: spec.Own, File: &model},
		Explain: spec.Explain{Name: "tree-shap", Output: "margin", Class: "class 1"}, View: spec.View{Name: "beeswarm"}}
	worst := 0.0
	for i, contribs := range want.Contribs {
		s.Explain.Row = &i
		f, err := b.Build(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, ok, err := f.main()
		if err != nil || !ok {
			t.Fatal(err)
		}
		for j, v := range a.Values {
			worst = max(worst, math.Abs(v-contribs[j]))
		}
		worst = max(worst, math.Abs(a.Base-contribs[30]))
		if i > 0 {
			continue
		}
		for _, name := range f.Views() {
			if p, err := f.Panel(Want{View: name, Size: draw.Size{Width: 480}}); err != nil || p.Head.Summary == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, name := range []string{"loss", "confusion", "importance"} {
			if f.refuseView(name) == "" {
				t.Errorf("the view %s is offered for rows without answers", name)
			}
		}
		if p, err := f.Panel(Want{View: "parity"}); err != nil || p.Drawing != nil || len(p.Head.Table.Rows) != 20 {
			t.Errorf("parity: %v, %+v", err, p)
		}
		if st, err := f.Status(); err != nil || st.Check == nil || st.Check.Says == "" || st.Data.Target != "" || st.Refused["permutation-importance"] == "" || !st.Trained {
			t.Errorf("%v, %+v", err, st)
		}
	}
	t.Logf("largest difference from XGBoost: %.2g", worst)
	if worst > 1e-4 {
		t.Errorf("off by %v", worst)
	}
}

// TestNoParity: a model that is trained here has no earlier answers.
func TestNoParity(t *testing.T) {
	s := &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: "moons"}, Model: spec.Model{Name: "logistic"}, Explain: spec.Explain{Name: "gradient"}, View: spec.View{Name: "surface"}}
	f, err := NewBuilder().Build(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := f.Status(); err != nil || st.Check != nil || st.Refused["parity"] == "" {
		t.Errorf("%v, %+v", err, st)
	}
}

// TestOwnMissing: a figure whose files are not here says which.
func TestOwnMissing(t *testing.T) {
	for _, b := range []*Builder{NewBuilder(), {memo: map[string]*remembered{}, Files: new(shelf.Shelf)}} {
		f := &spec.File{Title: "rows.csv", Sum: "0123456789abcdef"}
		s := &spec.Spec{Schema: spec.Version, Data: spec.Data{Name: spec.Own, File: f}, Model: spec.Model{Name: "mlp"}, Explain: spec.Explain{Name: "kernel-shap"}, View: spec.View{Name: "surface"}}
		_, err := b.Build(s, nil)
		if e, ok := err.(*spec.Error); !ok || e.Code != "E-FILE-MISSING" || e.Path != "/data/file" {
			t.Errorf("%v", err)
		}
	}
}
