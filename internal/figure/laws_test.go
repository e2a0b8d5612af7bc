package figure

import (
	"errors"
	"math"
	"math/bits"
	"testing"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
	"github.com/whybox/whybox/internal/explain/saliency"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// trained builds every data set with every model that can learn it, small
// enough to try them all, and hands each to check.
func trained(t *testing.T, check func(t *testing.T, f *Figure)) {
	for _, d := range catalog.DataSets() {
		for _, m := range catalog.Models() {
			s := &spec.Spec{Schema: spec.Version, Seed: 17, Data: spec.Data{Name: d.Name}, Model: spec.Model{Name: m.Name},
				Explain: spec.Explain{Name: "occlusion"}, View: spec.View{Name: "waterfall"}}
			if refuseModel(&m, d.Load(knob.Fill(nil, d.Knobs), 17)) != "" {
				continue
			}
			switch m.Name {
			case "mlp":
				s.Model.Knobs = knob.Values{"hidden": "12,8", "epochs": 25.0}
			case "forest", "extra-trees":
				s.Model.Knobs = knob.Values{"trees": 15.0}
			case "boosting":
				s.Model.Knobs = knob.Values{"rounds": 20.0}
			case "ebm":
				s.Model.Knobs = knob.Values{"rounds": 10.0, "bags": 2.0}
			case "cnn":
				s.Model.Knobs = knob.Values{"filters": 3.0, "epochs": 1.0}
			}
			t.Run(d.Name+" "+m.Name, func(t *testing.T) { check(t, build(t, NewBuilder(), s)) })
		}
	}
}

// TestIntegratedGradientsGap trains ReLU, tanh and sigmoid networks and wants
// the completeness gap under a thousandth of the score at 256 steps, for
// several rows of every table.
func TestIntegratedGradientsGap(t *testing.T) {
	worst := 0.0
	for _, activation := range []string{"relu", "tanh", "sigmoid"} {
		for _, data := range []string{"moons", "xor", "loans", "breast_cancer", "wine", "iris", "diabetes", "digits"} {
			s := &spec.Spec{Schema: spec.Version, Seed: 23, Data: spec.Data{Name: data},
				Model:   spec.Model{Name: "mlp", Knobs: knob.Values{"hidden": "16,16", "activation": activation, "epochs": 20.0}},
				Explain: spec.Explain{Name: "integrated-gradients"}, View: spec.View{Name: "waterfall"}}
			b := NewBuilder()
			for _, row := range []int{0, 31, 77, 140} {
				s.Explain.Row = &row
				f := build(t, b, s)
				a, err := saliency.IntegratedGradients(f.query("explaining", "law", 0), saliency.IntegratedGradientsParams{Steps: 256, Baseline: "mean"})
				if err != nil {
					t.Fatal(err)
				}
				gap := math.Abs(a.Gap()) / math.Abs(a.Score)
				worst = max(worst, gap)
				if !(gap < 1e-3) {
					t.Errorf("%s %s row %d: the gap is %.2g of the score %.4g (base %.4g)", activation, data, row, gap, a.Score, a.Base)
				}
			}
		}
	}
	t.Logf("worst gap: %.2g of the score", worst)
}

// TestKernelIsExact lets KernelSHAP see all coalitions: it must then equal
// exact enumeration.
func TestKernelIsExact(t *testing.T) {
	trained(t, func(t *testing.T, f *Figure) {
		if f.problem.D > 10 {
			return
		}
		exact, err := shapley.Exact(f.query("explaining", "law", 12), shapley.ExactParams{})
		if err != nil {
			t.Fatal(err)
		}
		kernel, err := shapley.Kernel(f.query("explaining", "law", 12), shapley.KernelParams{Samples: 1 << f.problem.D})
		if err != nil {
			t.Fatal(err)
		}
		scale := 1.0
		if f.table.Regression() {
			scale = math.Abs(exact.Score) // scores in the hundreds
		}
		for j := range exact.Values {
			if diff := math.Abs(exact.Values[j] - kernel.Values[j]); !(diff <= 1e-6*scale) {
				t.Errorf("feature %d: exact %.9g, kernel %.9g", j, exact.Values[j], kernel.Values[j])
			}
		}
	})
}

// TestAbilities ties what the catalog says of a model family to what a trained
// model of it can do.
func TestAbilities(t *testing.T) {
	trained(t, func(t *testing.T, f *Figure) {
		if _, ok := f.trainer.Model().(explain.Differentiable); ok != f.family.Gradient {
			t.Errorf("gradients: %v, the catalog says %v", ok, f.family.Gradient)
		}
		if _, ok := marginOf(f.trainer.Model()); !f.table.Regression() && ok != f.family.Margin {
			t.Errorf("margins: %v, the catalog says %v", ok, f.family.Margin)
		}
		summed := f.trainer.Model().(explain.Model)
		if margin, ok := marginOf(f.trainer.Model()); ok {
			summed = margin
		}
		if _, err := catalog.Trees(summed); (err == nil) != f.family.Trees {
			t.Errorf("trees: %v, the catalog says %v", err, f.family.Trees)
		}
	})
}

// TestTreeShapley sums the definition over all subsets, a prediction at a
// time, for decision trees.
func TestTreeShapley(t *testing.T) {
	for _, data := range []string{"iris", "loans", "diabetes", "moons"} {
		s := &spec.Spec{Schema: spec.Version, Seed: 29, Data: spec.Data{Name: data}, Model: spec.Model{Name: "tree"},
			Explain: spec.Explain{Name: "exact-shapley"}, View: spec.View{Name: "waterfall"}}
		f := build(t, NewBuilder(), s)
		q := f.query("explaining", "law", 7)
		a, err := shapley.Exact(q, shapley.ExactParams{})
		if err != nil {
			t.Fatal(err)
		}
		for j, want := range definition(q) {
			if got := a.Values[j]; !(math.Abs(got-want) <= 1e-6*max(1, math.Abs(a.Score))) {
				t.Errorf("%s feature %d: %.9g, by the definition %.9g", data, j, got, want)
			}
		}
	}
}

// definition computes Shapley values straight from their formula.
func definition(q explain.Query) []float64 {
	d, k := q.Dims()
	worth := func(s uint) float64 {
		sum, m := 0.0, len(q.Background)/d
		out := make([]float32, k)
		for i := range m {
			row := append([]float32(nil), q.Background[i*d:(i+1)*d]...)
			for j := range d {
				if s>>j&1 == 1 {
					row[j] = q.X[j]
				}
			}
			q.Predict(out, row, 1)
			sum += float64(out[q.Class])
		}
		return sum / float64(m)
	}
	game := make([]float64, 1<<d)
	for s := range game {
		game[s] = worth(uint(s))
	}
	values := make([]float64, d)
	for j := range d {
		for s := range game {
			if s>>j&1 == 0 {
				n := bits.OnesCount(uint(s))
				values[j] += factorial(n) * factorial(d-n-1) / factorial(d) * (game[s|1<<j] - game[s])
			}
		}
	}
	return values
}

func factorial(n int) float64 {
	if n < 2 {
		return 1
	}
	return float64(n) * factorial(n-1)
}

// TestCounterfactualsFlip asks every search for every model about several
// rows: whatever comes back must be decided otherwise by the model and obey
// every range, whole number and pin.
func TestCounterfactualsFlip(t *testing.T) {
	asked, found := 0, 0
	trained(t, func(t *testing.T, f *Figure) {
		for _, c := range catalog.Counterfactuals() {
			if f.refuseCounterfactual(&c) != "" {
				continue
			}
			for _, row := range []int{1, 60, 120} {
				g := *f
				g.s = spec.Clone(f.s)
				g.s.Explain.Row, g.s.Explain.Counterfactual = &row, &spec.Counterfactual{Name: c.Name}
				if err := g.choose(); err != nil {
					t.Fatal(err)
				}
				asked++
				if ok := honest(t, &g, &c); ok {
					found++
				}
			}
		}
	})
	t.Logf("%d of %d questions had an answer", found, asked)
	if found*10 < asked*9 {
		t.Errorf("only %d of %d questions had an answer", found, asked)
	}
}

func honest(t *testing.T, f *Figure, c *catalog.Counterfactual) bool {
	t.Helper()
	goal, err := f.goal()
	if err != nil {
		t.Fatal(err)
	}
	goal.Count = 2
	q := f.query("searching", "law", 0)
	q.Model = f.trainer.Model()
	search := func(q explain.Query, g explain.Goal) ([]explain.Counterfactual, error) {
		return c.Search(q, g, knob.Fill(knob.Values{"count": float64(g.Count)}, c.Knobs))
	}
	if _, err := search(q, goal); errors.Is(err, explain.ErrNoneFound) {
		return false
	}
	for _, err := range laws.AllSearch(search, q, goal) {
		t.Errorf("%s, row %d: %v", c.Name, f.row, err)
	}
	return true
}
