package importer_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

// oracle is one folder of testdata/xgboost.
type oracle struct {
	dir           string
	d, k          int
	x, background []float32
}

func oracles(t testing.TB) []oracle {
	t.Helper()
	out := []oracle{{dir: "binary_breast_cancer_50x4", d: 30, k: 1}, {dir: "multiclass_wine_30x3", d: 13, k: 3}, {dir: "regression_diabetes_100x6", d: 10, k: 1}}
	for i := range out {
		out[i].x, out[i].background = rows(t, out[i].path("X20.csv")), rows(t, out[i].path("background50.csv"))
		if len(out[i].x) != 20*out[i].d || len(out[i].background) != 50*out[i].d {
			t.Fatalf("%s: %d and %d values", out[i].dir, len(out[i].x), len(out[i].background))
		}
	}
	return out
}

func (o oracle) path(name string) string { return filepath.Join("testdata", "xgboost", o.dir, name) }

// numbers returns all numbers at a path of keys of a file, in order, whatever
// arrays they lie in.
func (o oracle) numbers(t testing.TB, name string, keys ...string) []float64 {
	t.Helper()
	file, err := os.ReadFile(o.path(name))
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(file, &v); err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		v = v.(map[string]any)[k]
	}
	var out []float64
	var flat func(v any)
	flat = func(v any) {
		switch v := v.(type) {
		case float64:
			out = append(out, v)
		case []any:
			for _, e := range v {
				flat(e)
			}
		default:
			t.Fatalf("%s %v: %T", name, keys, v)
		}
	}
	flat(v)
	return out
}

// rows reads the numbers of a CSV file below its first line.
func rows(t testing.TB, path string) []float32 {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []float32
	for _, line := range strings.Split(strings.TrimSpace(string(file)), "\n")[1:] {
		for cell := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			v, err := strconv.ParseFloat(cell, 32)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, float32(v))
		}
	}
	return out
}

func load(t testing.TB, path string) *importer.Imported {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := importer.XGBoost(file)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func predict(m model.Model, x []float32) []float32 {
	d, k := m.Dims()
	dst := make([]float32, len(x)/d*k)
	m.Predict(dst, x, len(x)/d)
	return dst
}

func margin(m *importer.Imported) model.Model { return m.Model.(model.Marginer).Margin() }

// apart returns how far a and b are from each other at most; NaN and lengths
// that differ are infinitely far.
func apart(a, b []float64) float64 {
	if len(a) != len(b) {
		return math.Inf(1)
	}
	worst := 0.0
	for i := range a {
		if e := math.Abs(a[i] - b[i]); !(e <= worst) {
			worst = e
		}
	}
	if worst != worst {
		return math.Inf(1)
	}
	return worst
}

func wide(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// XGBoost's sums of float32 run in the same order, so the margins have the same
// bits; the links differ in how they round.
func TestXGBoostScores(t *testing.T) {
	for _, o := range oracles(t) {
		m := load(t, o.path("model.json"))
		if d, k := m.Model.Dims(); d != o.d || k != o.k || len(m.Features) != d || m.Source != "XGBoost 1.7.4" {
			t.Errorf("%s: %d features, %d scores, %q by %s", o.dir, d, k, m.Features, m.Source)
		}
		if e := apart(wide(predict(margin(m), o.x)), o.numbers(t, "expected.json", "margin")); e != 0 {
			t.Errorf("%s: margins off by %g", o.dir, e)
		}
		e := apart(wide(predict(m.Model, o.x)), o.numbers(t, "expected.json", "predict"))
		t.Logf("%s: scores off by %.2g", o.dir, e)
		if e > 2e-7 {
			t.Errorf("%s: scores off by %g", o.dir, e)
		}
	}
}

func TestUBJEqualsJSON(t *testing.T) {
	o := oracles(t)[0]
	a, b := load(t, o.path("model.json")), load(t, o.path("model.ubj"))
	if !slices.Equal(a.Features, b.Features) || a.Objective != b.Objective || a.Source != b.Source {
		t.Errorf("%v and %v", a, b)
	}
	x, y := margin(a).(*tree.Margins), margin(b).(*tree.Margins)
	if x.Trees() != 50 || y.Trees() != 50 {
		t.Fatalf("%d and %d trees", x.Trees(), y.Trees())
	}
	for i := range 50 {
		f, r, v, c := x.Nodes(i)
		f2, r2, v2, c2 := y.Nodes(i)
		if !slices.Equal(f, f2) || !slices.Equal(r, r2) || !slices.Equal(v, v2) || !slices.Equal(c, c2) {
			t.Errorf("tree %d differs", i)
		}
	}
	if !slices.Equal(predict(a.Model, o.background), predict(b.Model, o.background)) {
		t.Error("scores differ")
	}
}

// Every row and class against pred_contribs and pred_interactions of XGBoost,
// which are float32 sums, and the interventional values of shap.
func TestXGBoostExplained(t *testing.T) {
	for _, o := range oracles(t) {
		m := margin(load(t, o.path("model.json")))
		var contribs, between, bases []float64
		pairs := 0.0
		wantPairs := o.numbers(t, "expected_interactions.json", "pred_interactions")
		n := o.d + 1 // features and the base
		for i := range 20 {
			for class := range o.k {
				q := explain.Query{Model: m, X: o.x[i*o.d : (i+1)*o.d], Class: class, Background: o.background}
				a, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
				if err != nil {
					t.Fatal(err)
				}
				contribs = append(append(contribs, a.Values...), a.Base)
				b, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
				if err != nil {
					t.Fatal(err)
				}
				between = append(between, b.Values...)
				if i == 0 {
					bases = append(bases, b.Base)
				}
				p, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
				if err != nil {
					t.Fatal(err)
				}
				block := wantPairs[(i*o.k+class)*n*n:][:n*n]
				for j := range o.d {
					pairs = max(pairs, apart(p.Values[j*o.d:(j+1)*o.d], block[j*n:j*n+o.d]))
				}
				pairs = max(pairs, math.Abs(p.Base-block[n*n-1]))
			}
		}
		want := o.numbers(t, "expected_shap.json", "interventional_raw", "values")
		if o.k > 1 { // shap puts classes before rows
			want = turned(want, o.k, 20, o.d)
		}
		e := []float64{
			apart(contribs, o.numbers(t, "expected.json", "pred_contribs")), pairs, apart(between, want),
			apart(bases, o.numbers(t, "expected_shap.json", "interventional_raw", "expected_value")),
		}
		t.Logf("%s: contributions off by %.2g, interactions %.2g, interventional %.2g, its base %.2g", o.dir, e[0], e[1], e[2], e[3])
		if !(slices.Max(e) <= 1e-4) {
			t.Errorf("%s: off by %g", o.dir, e)
		}
	}
}

// turned exchanges the first two indices of k×n×d numbers.
func turned(v []float64, k, n, d int) []float64 {
	var out []float64
	for i := range n {
		for c := range k {
			out = append(out, v[(c*n+i)*d:][:d]...)
		}
	}
	return out
}

// The first rows by enumeration over subsets, which has float64's precision.
func TestXGBoostExplainedBrute(t *testing.T) {
	for _, o := range oracles(t) {
		m := margin(load(t, o.path("model.json")))
		for key, explainer := range map[string]func(q explain.Query) (explain.Attribution, error){
			"brute_path_dependent": func(q explain.Query) (explain.Attribution, error) {
				return shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
			},
			"brute_interventional": func(q explain.Query) (explain.Attribution, error) {
				return shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
			},
		} {
			var got []float64
			for _, i := range o.numbers(t, "expected_shap.json", key, "rows") {
				for class := range o.k {
					a, err := explainer(explain.Query{Model: m, X: o.x[int(i)*o.d:][:o.d], Class: class, Background: o.background})
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, a.Values...)
				}
			}
			e := apart(got, o.numbers(t, "expected_shap.json", key, "values"))
			t.Logf("%s %s: off by %.2g", o.dir, key, e)
			if !(e <= 1e-6) {
				t.Errorf("%s %s: off by %g", o.dir, key, e)
			}
		}
	}
}
