package figure

import (
	"math"
	"testing"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// Every method whose values add up explains a margin as well as a probability,
// where the model has both: it keeps its laws, and its score is the one asked
// for. A margin is the log-odds of its probability, or with one margin a class the
// two differ by them. Sums of trees are read only where nothing comes after the
// sum.
func TestMarginAndProbability(t *testing.T) {
	taken := map[string]map[string]bool{}
	for _, m := range []string{"logistic", "mlp", "boosting", "forest"} {
		for _, output := range []string{"", "margin"} {
			family := catalog.ModelOf(m)
			if output == "margin" && !family.Margin {
				continue
			}
			f := build(t, NewBuilder(), &spec.Spec{Schema: spec.Version, Seed: 9, Data: spec.Data{Name: "loans"}, Model: spec.Model{Name: m, Knobs: quick(m)},
				Explain: spec.Explain{Name: "exact-shapley", Output: output}, View: spec.View{Name: "waterfall"}})
			want := float64(f.scores[f.class])
			if output == "margin" {
				odds := math.Log(want) - math.Log1p(-want)
				margins := predict(f.explained, f.x)
				want = float64(margins[f.class])
				if apart := want - float64(margins[1-f.class]); math.Abs(want-odds) > 1e-4 && math.Abs(apart-odds) > 1e-4 {
					t.Errorf("%s: margins %v, log-odds %g", m, margins, odds)
				}
			}
			for _, e := range catalog.Explainers() {
				if e.Whole() || !e.Complete {
					continue
				}
				if why := f.refuseExplainer(&e); why != "" {
					if !e.Trees && !e.Gradient || e.Trees && family.Trees && output == "margin" {
						t.Errorf("%s of %s, %q: %s", e.Name, m, output, why)
					}
					continue
				}
				if taken[e.Name] == nil {
					taken[e.Name] = map[string]bool{}
				}
				taken[e.Name][output] = true
				if score := keepsLaws(t, f, &e); math.Abs(score-want) > 2e-5*max(1, math.Abs(want)) {
					t.Errorf("%s of %s, %q: the score is %g, not %g", e.Name, m, output, score, want)
				}
			}
		}
	}
	for _, e := range catalog.Explainers() {
		if !e.Whole() && e.Complete && (!taken[e.Name][""] || !taken[e.Name]["margin"]) {
			t.Errorf("%s is tried on %v", e.Name, taken[e.Name])
		}
	}
}

// quick trains a model in a moment.
func quick(m string) knob.Values {
	switch m {
	case "mlp":
		return knob.Values{"epochs": 8.0}
	case "boosting":
		return knob.Values{"rounds": 15.0}
	case "forest":
		return knob.Values{"trees": 8.0}
	}
	return nil
}

// keepsLaws puts an explainer to a figure's model and returns the score that it
// explains. Those that are exact must be as the definition has it.
func keepsLaws(t *testing.T, f *Figure, e *catalog.Explainer) float64 {
	t.Helper()
	task := Task{Name: e.Name, Knobs: knob.Fill(nil, e.Knobs)}
	if _, ok := task.Knobs["background"]; ok {
		task.Knobs["background"] = 6.0
	}
	if _, ok := task.Knobs["steps"]; ok {
		task.Knobs["steps"] = 1024.0
	}
	q := f.query("explaining", "law", task.background())
	other, err := f.against(task)
	if err != nil {
		t.Fatal(err)
	}
	q.Other = other
	run := func(q explain.Query) (explain.Attribution, error) { return e.Attribute(q, task.Knobs) }
	for _, err := range []error{laws.Finite(run, q), laws.Complete(run, q, 1e-3), laws.Deterministic(run, q)} {
		if err != nil {
			t.Errorf("%s of %s, %q: %v", e.Name, f.family.Name, f.s.Explain.Output, err)
		}
	}
	a, err := run(q)
	if err != nil {
		t.Fatal(err)
	}
	switch e.Name {
	case "exact-shapley", "kernel-shap", "owen", "permutation-shap", "tree-shap-interventional":
		for j, want := range definition(q) {
			off := 1e-5
			if a.StdErr != nil {
				off += 5 * a.StdErr[j]
			}
			if math.Abs(a.Values[j]-want) > off {
				t.Errorf("%s of %s, %q: feature %d gets %g, by the definition %g", e.Name, f.family.Name, f.s.Explain.Output, j, a.Values[j], want)
			}
		}
	}
	return a.Score
}
