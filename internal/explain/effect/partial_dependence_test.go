package effect

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// Of an additive function every curve is the feature's own part, but for a
// constant; so is their mean.
func TestPartialDependenceAdditive(t *testing.T) {
	part := []func(x float32) float32{
		func(x float32) float32 { return x * x },
		func(x float32) float32 { return max(x, 0.5) * 3 },
		func(x float32) float32 { return 0 },
	}
	q := over(function{3, 1, func(dst, x []float32) { dst[0] = part[0](x[0]) + part[1](x[1]) + part[2](x[2]) }}, 80)
	for j := range part {
		e := must(PartialDependence(q, PartialDependenceParams{Feature: j, Grid: 25, Rows: 30}))
		if e.Feature != j || len(e.Grid) != 25 || len(e.Curves) != 30 || len(e.Rows) != 30 {
			t.Fatalf("feature %d: %d values, %d curves of %d rows", e.Feature, len(e.Grid), len(e.Curves), len(e.Rows))
		}
		for _, curve := range append(slices.Clone(e.Curves), e.Mean) {
			for g, z := range e.Grid {
				want := float64(part[j](float32(z)) - part[j](float32(e.Grid[0])))
				if math.Abs(curve[g]-curve[0]-want) > 1e-5 {
					t.Fatalf("feature %d at %g: rises by %g, want %g", j, z, curve[g]-curve[0], want)
				}
			}
		}
	}
}

// The mean of ab over a at a given b is b times the mean of a, and each curve is
// the line through zero with the row's own slope.
func TestPartialDependenceInteraction(t *testing.T) {
	const n = 40
	q := over(function{2, 2, func(dst, x []float32) { dst[0], dst[1] = 7, x[0]*x[1] }}, n)
	q.Class = 1
	e := must(PartialDependence(q, PartialDependenceParams{Feature: 1, Grid: 9, Rows: 1000}))
	mean := 0.0
	for i, row := range e.Rows {
		if row != i {
			t.Fatalf("curve %d is row %d; all rows were asked for", i, row)
		}
		mean += float64(q.EvalX[2*i]) / n
		for g, z := range e.Grid {
			if want := float64(q.EvalX[2*i]) * z; math.Abs(e.Curves[i][g]-want) > 1e-5 {
				t.Fatalf("row %d at %g: %g, want %g", i, z, e.Curves[i][g], want)
			}
		}
	}
	for g, z := range e.Grid {
		if math.Abs(e.Mean[g]-mean*z) > 1e-5 {
			t.Errorf("mean at %g: %g, want %g", z, e.Mean[g], mean*z)
		}
	}
}

func TestGrid(t *testing.T) {
	number := make([]float32, 101)
	for i := range number {
		number[i] = float32(i) // quantiles 5 and 95
	}
	spike := make([]float32, 100)
	spike[0], spike[99] = -3, 5
	for _, c := range []struct {
		name    string
		seen    []float32
		feature explain.Feature
		n       int
		want    []float64
	}{
		{"number", number, explain.Feature{}, 4, []float64{5, 35, 65, 95}},
		{"number, few rows", []float32{2, 1}, explain.Feature{}, 2, []float64{float64(float32(1.05)), float64(float32(1.95))}},
		{"nearly always 0", spike, explain.Feature{}, 3, []float64{-3, 1, 5}},
		{"always 4", []float32{4, 4, 4}, explain.Feature{}, 10, []float64{4}},
		{"one row", []float32{4}, explain.Feature{}, 10, []float64{4}},
		{"count, many", number, explain.Feature{Integer: true}, 4, []float64{5, 35, 65, 95}},
		{"count, thinned", []float32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, explain.Feature{Integer: true}, 4, []float64{0, 3, 7, 10}},
		{"count, few", []float32{3, 0, 0, 1, 0, 0, 0, 0}, explain.Feature{Integer: true}, 4, []float64{0, 1, 2, 3}},
		{"count, always 4", []float32{4, 4}, explain.Feature{Integer: true}, 4, []float64{4}},
		{"category", []float32{2, 0, 5, 2, 0}, explain.Feature{Integer: true, Category: true, Max: 7}, 2, []float64{0, 2, 5}},
	} {
		q := explain.Query{Model: function{1, 1, nil}, EvalX: c.seen, Features: []explain.Feature{c.feature}}
		if got := newRun(q).grid(0, c.n); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// The sample of rows comes from the seed, in order and without repetition.
func TestPartialDependenceRows(t *testing.T) {
	q := over(function{1, 1, func(dst, x []float32) { dst[0] = x[0] }}, 50)
	rows := func(seed uint64) []int {
		q.Rand = rand.New(rand.NewPCG(seed, 1))
		return must(PartialDependence(q, PartialDependenceParams{Grid: 5, Rows: 12})).Rows
	}
	a := rows(1)
	if !slices.Equal(a, rows(1)) || slices.Equal(a, rows(2)) {
		t.Errorf("rows %v and %v by seed 1, %v by seed 2", a, rows(1), rows(2))
	}
	if !slices.IsSorted(a) || len(slices.Compact(slices.Clone(a))) != 12 || a[11] >= 50 {
		t.Errorf("rows %v", a)
	}
}

func TestPartialDependenceErrors(t *testing.T) {
	q := over(function{1, 1, func(dst, x []float32) { dst[0] = x[0] }}, 10)
	for _, p := range []PartialDependenceParams{{0, 1, 5}, {0, 5, 0}} {
		if _, err := PartialDependence(q, p); err == nil || !strings.Contains(err.Error(), "at least 2 values and 1 row") {
			t.Errorf("%+v: %v", p, err)
		}
	}
	q.Model = function{1, 1, func(dst, x []float32) { dst[0] = float32(math.Inf(-1)) }}
	if _, err := PartialDependence(q, PartialDependenceParams{0, 5, 5}); err == nil || !strings.Contains(err.Error(), "-Inf") {
		t.Errorf("a score of -Inf: %v", err)
	}
}

func must(e explain.Effect, err error) explain.Effect {
	if err != nil {
		panic(err)
	}
	return e
}

// TestPartialDependenceMissing: the grid is that of the rows which have the
// feature, and where all lack it the mean is what the model makes of that.
func TestPartialDependenceMissing(t *testing.T) {
	q := over(function{2, 1, func(dst, x []float32) {
		if dst[0] = 2*x[0] + x[1]; x[0] != x[0] {
			dst[0] = 7 + x[1]
		}
	}}, 60)
	q.Features[0].Gaps = true
	var present []float32
	mean := 0.0
	for i := range 60 {
		if i%5 == 0 {
			q.EvalX[2*i] = float32(math.NaN())
		} else {
			present = append(present, q.EvalX[2*i])
		}
		mean += float64(q.EvalX[2*i+1]) / 60
	}
	e := must(PartialDependence(q, PartialDependenceParams{Feature: 0, Grid: 9, Rows: 100}))
	if e.Grid[0] < float64(slices.Min(present)) || e.Grid[8] > float64(slices.Max(present)) || len(e.Curves[0]) != 9 {
		t.Errorf("grid %v", e.Grid)
	}
	if math.Abs(e.Missing-(7+mean)) > 1e-5 || math.Abs(e.Mean[3]-(2*e.Grid[3]+mean)) > 1e-5 {
		t.Errorf("missing %v, want %v; mean %v", e.Missing, 7+mean, e.Mean)
	}
	if e = must(PartialDependence(q, PartialDependenceParams{Feature: 1, Grid: 9, Rows: 100})); !math.IsNaN(e.Missing) {
		t.Errorf("what no row lacks: %v", e.Missing)
	}
	for i := range 60 {
		q.EvalX[2*i] = float32(math.NaN())
	}
	if e = must(PartialDependence(q, PartialDependenceParams{Feature: 0, Grid: 9, Rows: 100})); len(e.Grid) != 1 || math.Abs(e.Missing-(7+mean)) > 1e-5 {
		t.Errorf("a feature that all lack: %v, %v", e.Grid, e.Missing)
	}
}
