//go:build !js

package main_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
)

// gappy is a model of XGBoost 1.7.4 that was trained with missing values, and
// rows that lack some; see the importer's testdata.
const gappy = "../../internal/importer/testdata/xgboost/missing_breast_cancer_12x3/"

// TestMissingCells drops a model and rows that lack values: they are kept, their
// contributions are XGBoost's, a value is taken away by keyboard, and then the
// table is read another way.
func TestMissingCells(t *testing.T) {
	p := open(t)
	p.visit("")
	p.done()
	p.drop("model.json", text(t, gappy+"model.json"), "X20.csv", text(t, gappy+"X20.csv"))
	p.wait(`wb.panel("beeswarm")?.querySelector(".plot-picture svg")`)
	p.done()
	var told struct {
		Contribs [][]float64 `json:"pred_contribs"`
	}
	if err := json.Unmarshal([]byte(text(t, gappy+"expected.json")), &told); err != nil {
		t.Fatal(err)
	}
	p.openStep("row")
	for _, row := range []int{1, 18} { // one lacks two values, the other all
		p.choose("row", fmt.Sprint(row))
		p.done()
		f := openedFrom(p, gappy, p.spec())
		st, err := f.Status()
		if err != nil {
			t.Fatal(err)
		}
		sign := map[string]float64{"class 0": -1, "class 1": 1}[st.Class]
		values := p.numbers().Values
		if len(values) != 10 || sign == 0 {
			t.Fatalf("%v of class %q", values, st.Class)
		}
		for j, v := range values {
			if want := told.Contribs[row][j]; math.Abs(sign*v-want) > 1e-4 {
				t.Errorf("row %d, feature %d has %v, XGBoost says %v", row, j, sign*v, want)
			}
		}
		p.sameAs(f)
	}

	const button = `document.querySelector('label[for="what-if-0"]').parentElement.querySelector(".gap")`
	p.choose("row", "19") // lacks nothing
	p.done()
	p.run(button + ".focus()")
	p.keys(" ")
	p.done()
	p.kept("taking a value away")
	s := p.spec()
	if v, ok := s.Explain.Edit["mean_radius"]; !ok || v == v || browser.Eval[string](p, p.ctx, button+`.getAttribute("aria-pressed")`) != "true" {
		t.Errorf("the edits are %v", s.Explain.Edit)
	}
	p.sameAs(openedFrom(p, gappy, s))
	p.keys(kb.Enter)
	p.done()
	if v := p.spec().Explain.Edit["mean_radius"]; v != v || v == 0 {
		t.Errorf("given back as %v", v)
	}

	p.openStep("data")
	if way := browser.Eval[string](p, p.ctx, `document.querySelector("#gaps").value`); way != "keep" {
		t.Errorf("missing cells: %q", way)
	}
	p.choose("gaps", "fill")
	p.done()
	p.sameAs(openedFrom(p, gappy, p.spec()))
	p.choose("delimiter", ";")
	p.wait(`document.body.innerText.includes("able lacks 10 of the model's 10 features")`)
	p.choose("delimiter", "")
	p.done()
	p.choose("missing", "0.0")
	p.done()
	if r := p.spec().Data.Read; r == nil || len(r.Missing) != 1 || r.Missing[0] != "0.0" {
		t.Errorf("read as %+v", r)
	}
	p.sameAs(openedFrom(p, gappy, p.spec()))
}
