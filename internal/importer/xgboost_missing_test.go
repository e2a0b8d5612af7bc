package importer_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
)

// Rows that lack values, down to one that has none, against XGBoost's margins,
// contributions and interactions.
func TestXGBoostMissing(t *testing.T) {
	o := oracle{dir: "missing_breast_cancer_12x3", d: 10, k: 1}
	file, err := os.Open(o.path("X20.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil || len(lines) != 21 {
		t.Fatal(err, len(lines))
	}
	gaps := 0
	for _, line := range lines[1:] {
		for _, cell := range line {
			v, err := strconv.ParseFloat(cell, 32)
			if cell == "" {
				v, err = math.NaN(), nil
				gaps++
			}
			if err != nil {
				t.Fatal(err)
			}
			o.x = append(o.x, float32(v))
		}
	}
	m := margin(load(t, o.path("model.json")))
	if e := apart(wide(predict(m, o.x)), o.numbers(t, "expected.json", "margin")); gaps != 49 || e != 0 {
		t.Errorf("margins off by %g with %d values missing", e, gaps)
	}
	var contribs []float64
	pairs, want := 0.0, o.numbers(t, "expected_interactions.json", "pred_interactions")
	for i := range 20 {
		q := explain.Query{Model: m, X: o.x[i*o.d : (i+1)*o.d]}
		a, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
		if err != nil {
			t.Fatal(err)
		}
		contribs = append(append(contribs, a.Values...), a.Base)
		p, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
		if err != nil {
			t.Fatal(err)
		}
		n := o.d + 1
		for j := range o.d {
			pairs = max(pairs, apart(p.Values[j*o.d:(j+1)*o.d], want[(i*n+j)*n:][:o.d]))
		}
	}
	e := apart(contribs, o.numbers(t, "expected.json", "pred_contribs"))
	t.Logf("contributions off by %.2g, interactions %.2g", e, pairs)
	if !(max(e, pairs) <= 1e-4) {
		t.Errorf("off by %g and %g", e, pairs)
	}
}
