package figure

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// asked returns a figure of a row by the sampled Shapley values.
func asked(t *testing.T, b *Builder, data, method string, row int, v spec.View) *Figure {
	t.Helper()
	s := &spec.Spec{Schema: spec.Version, Seed: 5, Data: spec.Data{Name: data}, Model: spec.Model{Name: "tree"},
		Explain: spec.Explain{Name: method, Row: &row}, View: v}
	if data == "diabetes" {
		s.Model.Name = "linear"
	} else {
		s.Explain.Class = "virginica"
	}
	return build(t, b, s)
}

// TestCohortIsTheWaterfall asks for the waterfall of each row of a cohort: its
// values are the row's in the cohort, to the bit.
func TestCohortIsTheWaterfall(t *testing.T) {
	b := NewBuilder()
	f := asked(t, b, "diabetes", "kernel-shap", 0, spec.View{Name: "beeswarm", Rows: 12})
	f.s.Explain.Knobs = knob.Values{"samples": 128.0}
	c, err := f.cohort()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.rows) != 12 || !slices.IsSorted(c.rows) || !c.estimated() {
		t.Fatalf("rows %v, estimated %v", c.rows, c.estimated())
	}
	for i, row := range c.rows {
		g := asked(t, b, "diabetes", "kernel-shap", row, spec.View{Name: "waterfall"})
		g.s.Explain.Knobs = f.s.Explain.Knobs
		a, _, err := g.main()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(a.Values, c.values[i]) || !slices.Equal(a.StdErr, c.errors[i]) || a.Score != c.scores[i] || a.Base != c.bases[i] {
			t.Errorf("row %d: cohort %v, waterfall %v", row, c.values[i], a.Values)
		}
	}
}

// TestLinearDependence explains a linear model: a feature's values lie on one
// straight line through its mean over the background, whose slope is the weight.
func TestLinearDependence(t *testing.T) {
	f := asked(t, NewBuilder(), "diabetes", "exact-shapley", 0, spec.View{Name: "dependence", Rows: 40})
	weight := func(j int) float64 {
		x := slices.Clone(f.origin)
		before := predict(f.trainer.Model(), x)[0]
		x[j] += 10
		return float64(predict(f.trainer.Model(), x)[0]-before) / 10
	}
	for j, c := range f.table.Columns {
		f.s.View.Feature = c.Name
		v, err := f.View(Want{View: "dependence"})
		if err != nil {
			t.Fatal(err)
		}
		d := v.(*view.Dependence)
		mean, bg, n := 0.0, f.background(50), 50
		for i := range n {
			mean += float64(bg[i*f.problem.D+j]) / float64(n)
		}
		for i, x := range d.Values {
			if want := weight(j) * (x - mean); math.Abs(d.Amounts[i]-want) > 1e-4*math.Abs(want)+2e-3 {
				t.Errorf("%s, row %d: %v, the line has %v", c.Name, d.Rows[i], d.Amounts[i], want)
			}
		}
	}
}

// TestCohortAddsUp sums what the views show: base and strands, the others among
// them, are the row's score, which is the model's own.
func TestCohortAddsUp(t *testing.T) {
	b := NewBuilder()
	for _, data := range []string{"iris", "diabetes"} {
		for _, most := range []int{10, 3} {
			f := asked(t, b, data, "exact-shapley", 3, spec.View{Name: "beeswarm", Rows: 30})
			g, err := f.gather(most)
			if err != nil {
				t.Fatal(err)
			}
			if len(g.Strands) != min(most, f.problem.D) || g.n != 30 {
				t.Fatalf("%d strands, %d rows", len(g.Strands), g.n)
			}
			for i := range g.Rows {
				sum := g.Base
				for _, k := range g.Strands {
					sum += k.Values[i]
				}
				score := float64(predict(f.explained, f.table.Row(g.Rows[i]))[f.class])
				if scale := max(1, math.Abs(score)); math.Abs(sum-score) > 1e-6*scale || math.Abs(g.Finals[i]-score) > 1e-12*scale {
					t.Errorf("%s row %d: %v adds up, %v is said, %v is the score", data, g.Rows[i], sum, g.Finals[i], score)
				}
			}
		}
	}
}

// TestPresentIsAmongTheRows asks about rows in the cohort, outside it, and
// edited by hand.
func TestPresentIsAmongTheRows(t *testing.T) {
	b := NewBuilder()
	f := asked(t, b, "iris", "exact-shapley", 0, spec.View{Name: "beeswarm", Rows: 20})
	c, err := f.cohort()
	if err != nil {
		t.Fatal(err)
	}
	out := 0
	for slices.Contains(c.rows, out) {
		out++
	}
	for _, x := range []struct {
		row, n int
		edit   map[string]float64
	}{{c.rows[4], 20, nil}, {out, 21, nil}, {c.rows[4], 21, map[string]float64{"petal length": 3}}} {
		f := asked(t, b, "iris", "exact-shapley", x.row, spec.View{Name: "beeswarm", Rows: 20})
		f.s.Explain.Edit = x.edit
		f = build(t, b, f.s)
		g, err := f.gather(10)
		if err != nil {
			t.Fatal(err)
		}
		if len(g.Rows) != x.n || g.Rows[g.Present] != x.row || !slices.Equal(g.x[g.Present], f.x) {
			t.Errorf("row %d, edit %v: %d rows, present %d", x.row, x.edit, len(g.Rows), g.Present)
		}
	}
}

// TestMeanError draws many small cohorts of normal numbers: the mean magnitude
// is off by its standard error.
func TestMeanError(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	const n, rounds = 50, 2000
	want := math.Sqrt(2 / math.Pi) // mean magnitude of a normal number
	square, said := 0.0, 0.0
	for range rounds {
		sizes := make([]float64, n)
		for i := range sizes {
			sizes[i] = math.Abs(r.NormFloat64())
		}
		mean, stderr := meanSize(sizes, make([]float64, n))
		square += (mean - want) * (mean - want) / rounds
		said += stderr / rounds
	}
	if ratio := said / math.Sqrt(square); ratio < 0.95 || ratio > 1.05 {
		t.Errorf("the standard error is %v of the error", ratio)
	}
	if mean, e := meanSize([]float64{1, 1}, []float64{3, 3}); mean != 1 || e != 3 {
		t.Errorf("two equal magnitudes, each off by 3: %v ± %v", mean, e)
	}
	// Three draws: Student's t with 2 degrees of freedom is 4.3027, against 1.96.
	if _, e := meanSize([]float64{1, 2, 3}, []float64{0, 0, 0}); math.Abs(e-4.302652730/1.959963985/math.Sqrt(3)) > 1e-9 {
		t.Errorf("three draws: ± %v", e)
	}
}

// TestClustersStandTogether joins the nearest pair again and again, as the
// definition of average linkage says: every cluster on the way is a run of the
// order.
func TestClustersStandTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 3, 17, 60} {
		values, key := make([][]float64, n), make([]float64, n)
		for i := range values {
			values[i], key[i] = []float64{r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}, r.Float64()
		}
		order := clustered(values, key)
		place := make([]int, n)
		for at, i := range order {
			place[i] = at
		}
		if sorted := slices.Sorted(slices.Values(order)); len(sorted) != n || sorted[n-1] != n-1 || len(slices.Compact(sorted)) != n {
			t.Fatalf("%d rows in the order %v", n, order)
		}
		for _, cluster := range averageLinkage(values) {
			var at []int
			for _, i := range cluster {
				at = append(at, place[i])
			}
			if slices.Max(at)-slices.Min(at) != len(at)-1 {
				t.Errorf("the cluster %v of %d rows is torn: places %v", cluster, n, at)
			}
		}
	}
}

// averageLinkage lists every cluster that joining the nearest pair makes, the
// distance being the mean over all pairs of rows.
func averageLinkage(values [][]float64) [][]int {
	var now, all [][]int
	for i := range values {
		now = append(now, []int{i})
	}
	between := func(a, b []int) float64 {
		sum := 0.0
		for _, i := range a {
			for _, j := range b {
				d := 0.0
				for k := range values[i] {
					d += (values[i][k] - values[j][k]) * (values[i][k] - values[j][k])
				}
				sum += math.Sqrt(d)
			}
		}
		return sum / float64(len(a)*len(b))
	}
	for len(now) > 1 {
		bestA, bestB, least := 0, 1, math.Inf(1)
		for a := range now {
			for b := range a {
				if d := between(now[a], now[b]); d < least {
					bestA, bestB, least = a, b, d
				}
			}
		}
		joined := append(slices.Clone(now[bestA]), now[bestB]...)
		now = slices.Delete(now, bestA, bestA+1) // the larger index first
		now[bestB] = joined
		all = append(all, joined)
	}
	return all
}

func TestRowOrder(t *testing.T) {
	b := NewBuilder()
	for _, by := range []string{"", "score", "similarity"} {
		f := asked(t, b, "iris", "exact-shapley", 3, spec.View{Name: "heatmap", Rows: 40, Order: by})
		v, err := f.View(Want{View: "heatmap"})
		if err != nil {
			t.Fatal(err)
		}
		h := v.(*view.Heatmap)
		if by != "similarity" {
			for at := range h.Order[1:] {
				if h.Finals[h.Order[at]] > h.Finals[h.Order[at+1]] {
					t.Errorf("place %d has a higher score than the next", at)
				}
			}
		} else if h.By != by {
			t.Errorf("ordered by %s", h.By)
		}
	}
}

// TestCohortRefusals asks for views of many rows where they make no sense.
func TestCohortRefusals(t *testing.T) {
	for name, x := range map[string]struct{ example, method, view string }{
		"an image":          {"digits-draw", "", "beeswarm"},
		"the whole model":   {"wine-importance", "", "violin"},
		"no sum":            {"loans-why", "gradient", "decision"},
		"no sum, one row":   {"loans-why", "gradient", "force"},
		"pairs of an image": {"digits-draw", "", "interactions"},
	} {
		s := example(t, x.example)
		if x.method != "" {
			s.Explain.Name, s.Explain.Knobs = x.method, nil
		}
		f := build(t, NewBuilder(), s)
		why := f.refuseView(x.view)
		if _, err := f.View(Want{View: x.view}); err == nil || why == "" || slices.Contains(f.Views(), x.view) {
			t.Errorf("%s: %s is shown (%q, %v)", name, x.view, why, err)
		}
	}
}
