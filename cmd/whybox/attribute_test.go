package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// answer runs a command that must succeed and returns its JSON.
func answer(t *testing.T, args ...string) map[string]any {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), append(args, "--json"), strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("%v: exit code %d: %s", args, code, errs.String())
	}
	return decode(t, out.Bytes())
}

func decode(t *testing.T, document []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(document, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// flat returns all numbers of lists within lists.
func flat(v any) []float64 {
	switch v := v.(type) {
	case float64:
		return []float64{v}
	case []any:
		var out []float64
		for _, e := range v {
			out = append(out, flat(e)...)
		}
		return out
	}
	return nil
}

// narrow undoes that a float32 was written with as few digits as tell it from
// others.
func narrow(v []float64) []float64 {
	for i := range v {
		v[i] = float64(float32(v[i]))
	}
	return v
}

// furthest returns how far two lists are apart at most.
func furthest(a, b []float64) float64 {
	if len(a) == 0 || len(a) != len(b) {
		return math.Inf(1)
	}
	worst := 0.0
	for i := range a {
		worst = max(worst, math.Abs(a[i]-b[i]))
	}
	return worst
}

// The whole way from files to numbers, against XGBoost's own: scores, and for
// each row and class the contributions with the base behind them.
func TestExplainXGBoost(t *testing.T) {
	for dir, k := range map[string]int{"binary_breast_cancer_50x4": 1, "multiclass_wine_30x3": 3, "regression_diabetes_100x6": 1} {
		dir = filepath.Join("..", "..", "internal", "importer", "testdata", "xgboost", dir)
		file, err := os.ReadFile(filepath.Join(dir, "expected.json"))
		if err != nil {
			t.Fatal(err)
		}
		want := decode(t, file)
		files := []string{"--model", filepath.Join(dir, "model.json"), "--data", filepath.Join(dir, "X20.csv")}
		with := func(command string, more ...string) map[string]any {
			return answer(t, append(append([]string{command}, files...), more...)...)
		}
		if e := furthest(narrow(flat(with("predict")["scores"])), flat(want["predict"])); e > 2e-7 {
			t.Errorf("%s: predictions off by %g", dir, e)
		}
		if e := furthest(narrow(flat(with("predict", "--margin")["scores"])), flat(want["margin"])); e != 0 {
			t.Errorf("%s: margins off by %g", dir, e)
		}
		r := with("explain", "--method", "tree-shap")
		pairs := with("explain", "--method", "tree-shap-interactions")
		base, features := flat(r["base"]), len(r["features"].([]any))
		var got []float64
		for i, v := range flat(r["values"]) {
			got = append(got, v)
			if (i+1)%features == 0 {
				got = append(got, base[i/features%k])
			}
		}
		if e := furthest(got, flat(want["pred_contribs"])); e > 1e-4 {
			t.Errorf("%s: contributions off by %g", dir, e)
		}
		if e := furthest(flat(r["values"]), flat(pairs["values"])); e > 1e-9 {
			t.Errorf("%s: rows of interactions off by %g", dir, e)
		}
		if n := len(flat(pairs["interactions"])); n != 20*k*features*features {
			t.Errorf("%s: %d interactions", dir, n)
		}
	}
}

// These methods play one game over the background rows: the exact ones agree, the
// sampled one comes near. No columns are one-hot, so Owen's values are Shapley's.
func TestExplainMethodsAgree(t *testing.T) {
	dir := filepath.Join("..", "..", "internal", "importer", "testdata", "xgboost", "regression_diabetes_100x6")
	lines, err := os.ReadFile(filepath.Join(dir, "X20.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows := filepath.Join(t.TempDir(), "rows.csv")
	few := strings.Join(strings.SplitAfter(string(lines), "\n")[:4], "")
	if err := os.WriteFile(rows, []byte(few), 0o644); err != nil {
		t.Fatal(err)
	}
	values := map[string][]float64{}
	for _, m := range []string{"tree-shap", "exact-shapley", "kernel-shap", "permutation-shap", "owen", "shapley-interactions"} {
		r := answer(t, "explain", "--model", filepath.Join(dir, "model.json"), "--data", rows, "--background", filepath.Join(dir, "background50.csv"), "--method", m, "--seed", "5")
		values[m] = flat(r["values"])
		if (r["stderr"] == nil) != (m != "permutation-shap") { // kernel-shap tries all 1,024 subsets
			t.Errorf("%s: standard errors %v", m, r["stderr"])
		}
	}
	for m, tolerance := range map[string]float64{"exact-shapley": 1e-4, "kernel-shap": 1e-4, "owen": 1e-4, "shapley-interactions": 1e-4, "permutation-shap": 3} {
		if e := furthest(values["tree-shap"], values[m]); e > tolerance {
			t.Errorf("%s is off by %g", m, e)
		}
	}
}
