package figure

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// asking builds a figure that explains by one method.
func asking(t *testing.T, data, model, explainer string, knobs knob.Values) *Figure {
	t.Helper()
	return build(t, NewBuilder(), &spec.Spec{Schema: spec.Version, Seed: 31, Data: spec.Data{Name: data}, Model: spec.Model{Name: model},
		Explain: spec.Explain{Name: explainer, Knobs: knobs}, View: spec.View{Name: "waterfall"}})
}

// What is read off the trees of a trained model is what trying every subset on
// the model gives.
func TestTreesOfTrainedModels(t *testing.T) {
	for _, m := range catalog.Models() {
		if !m.Trees {
			continue
		}
		for _, data := range []string{"iris", "loans", "diabetes", "moons"} {
			f := asking(t, data, m.Name, "tree-shap-interventional", knob.Values{"background": 7.0})
			if !f.addsUp() {
				f.s.Explain.Output = "margin"
				if err := f.choose(); err != nil {
					t.Fatal(err)
				}
			}
			got, _, err := f.main()
			if err != nil {
				t.Fatal(err)
			}
			want, err := shapley.Exact(f.query("explaining", "law", 7), shapley.ExactParams{})
			if err != nil {
				t.Fatal(err)
			}
			for j, v := range got.Values {
				if math.Abs(v-want.Values[j]) > 1e-5*max(1, math.Abs(want.Score)) {
					t.Errorf("%s, %s: feature %d gets %g, by every subset %g", m.Name, data, j, v, want.Values[j])
				}
			}
			f.s.Explain.Name, f.s.Explain.Knobs = "tree-shap", nil
			if a, _, err := f.main(); err != nil || math.Abs(a.Gap()) > 1e-9*max(1, math.Abs(a.Score)) {
				t.Errorf("%s, %s: gap %g, %v", m.Name, data, a.Gap(), err)
			}
		}
	}
}

// What the new methods cannot do here, and why.
func TestShapleyRefusals(t *testing.T) {
	for _, c := range []struct{ data, model, explainer, want string }{
		{"iris", "logistic", "tree-shap", "trees"},
		{"iris", "logistic", "tree-shap-interventional", "trees"},
		{"iris", "logistic", "causal-shapley", "what causes what"},
		{"iris", "logistic", "asymmetric-shapley", "what causes what"},
	} {
		f := asking(t, c.data, c.model, c.explainer, nil)
		_, _, err := f.main()
		var e *spec.Error
		if !errors.As(err, &e) || e.Code != "E-EXPLAIN-NEEDS" || !strings.Contains(e.Why, c.want) {
			t.Errorf("%s of %s: %v", c.explainer, c.model, err)
		}
		if f.refused()[c.explainer] == "" {
			t.Errorf("%s can be chosen", c.explainer)
		}
	}
	f := asking(t, "iris", "logistic", "shapley-difference", knob.Values{"against": 150.0})
	if _, _, err := f.main(); err == nil || !strings.Contains(err.Error(), "rows 0 to 149") {
		t.Errorf("a row that is not there: %v", err)
	}
}

// Why one row has another score than that row: the values sum to what the scores
// differ by, which the other figure knows.
func TestDifferenceToARow(t *testing.T) {
	f := asking(t, "loans", "logistic", "shapley-difference", knob.Values{"against": 5.0})
	a, _, err := f.main()
	if err != nil {
		t.Fatal(err)
	}
	other := predict(f.trainer.Model(), f.table.Row(5))
	if a.Base != float64(other[f.class]) || a.Score != float64(f.scores[f.class]) || math.Abs(a.Gap()) > 1e-12 {
		t.Errorf("from %g to %g, gap %g; the scores are %v and %v", a.Base, a.Score, a.Gap(), other, f.scores)
	}
}

// The margin of a logistic regression is linear, and so are the means of the
// applicants' equations; so what is to be expected where some features are set is
// known, and the values follow order by order.
func TestCausesOfLoans(t *testing.T) {
	for _, name := range []string{"causal-shapley", "asymmetric-shapley"} {
		f := asking(t, "loans", "logistic", name, knob.Values{"worlds": 1000.0})
		f.s.Explain.Output = "margin"
		if err := f.choose(); err != nil {
			t.Fatal(err)
		}
		a, _, err := f.main()
		if err != nil {
			t.Fatal(err)
		}
		want := loanValues(f, name == "asymmetric-shapley")
		for j, v := range a.Values {
			t.Logf("%s of %s: %.4f ± %.4f, expected %.4f", name, f.table.Columns[j].Name, v, a.StdErr[j], want[j])
			if off := math.Abs(v - want[j]); off > 4*a.StdErr[j]+1e-4 || a.StdErr[j] > 0.05 {
				t.Errorf("%s of %s is %.4f ± %.4f, expected %.4f", name, f.table.Columns[j].Name, v, a.StdErr[j], want[j])
			}
		}
	}
}

// loanValues returns the mean contribution of each column of loans over all
// orders, or those with causes first, by the equations of the means.
func loanValues(f *Figure, causesFirst bool) []float64 {
	at := f.table.Column
	age, group, dependants, tenure := at("age"), at("group"), at("dependants"), at("tenure")
	income, savings, debt, town := at("income"), at("savings"), at("debt"), at("neighbourhood")
	equations := []struct {
		of     int
		mean   func(x []float64) float64
		causes []int
	}{
		{age, func(x []float64) float64 { return 45 }, nil},
		{group, func(x []float64) float64 { return 0.4 }, nil},
		{dependants, func(x []float64) float64 { return 1.4 }, nil},
		{tenure, func(x []float64) float64 { return 0.3*x[age] - 5.4 }, []int{age}},
		{income, func(x []float64) float64 { return 18000 + 400*x[age] + 800*x[tenure] - 8000*x[group] }, []int{age, tenure, group}},
		{savings, func(x []float64) float64 { return 1000 + 250*x[age] - 1500*x[dependants] + 0.3*x[income] }, []int{age, dependants, income}},
		{debt, func(x []float64) float64 { return 4000 + 3000*x[dependants] + 0.35*x[income] }, []int{dependants, income}},
		{town, func(x []float64) float64 { return 34 - 15*x[group] + 0.0004*x[income] }, []int{group, income}},
	}
	d := len(equations)
	worth := make([]float64, 1<<d)
	causes := make([]int, d)
	for _, e := range equations {
		for _, c := range e.causes {
			causes[e.of] |= 1 << c
		}
	}
	for s := range worth {
		x, row := make([]float64, d), make([]float32, d)
		for _, e := range equations {
			x[e.of] = e.mean(x)
			if s>>e.of&1 == 1 {
				x[e.of] = float64(f.x[e.of])
			}
			row[e.of] = float32(x[e.of])
		}
		worth[s] = float64(predict(f.explained, row)[f.class])
	}
	values, orders := make([]float64, d), 0.0
	var walk func(s int, path []int)
	walk = func(s int, path []int) {
		if len(path) == d {
			orders++
			have := 0
			for _, i := range path {
				values[i] += worth[have|1<<i] - worth[have]
				have |= 1 << i
			}
		}
		for i := range d {
			if s>>i&1 == 0 && (!causesFirst || causes[i]&^s == 0) {
				walk(s|1<<i, append(path, i))
			}
		}
	}
	walk(0, nil)
	for i := range values {
		values[i] /= orders
	}
	return values
}

// The mean size of Shapley values ranks by the explained class, and says so.
func TestMeanSize(t *testing.T) {
	f := asking(t, "iris", "logistic", "mean-abs-shap", nil)
	v, err := f.importanceView(10)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Bars) != 4 || v.Bars[0].Amount < v.Bars[3].Amount || v.Bars[0].StdErr <= 0 || !strings.Contains(v.Summary, "on average") || strings.Contains(v.Axis.Label, "error") {
		t.Errorf("%+v", v)
	}
}
