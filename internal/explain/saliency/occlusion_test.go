package saliency

import (
	"math"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// w·(x - baseline) for a linear model; for ab from zero each feature loses all.
func TestOcclusionTable(t *testing.T) {
	w := []float32{3, -2, 0}
	q := about(linear(w, 1), 2, -1, 4)
	from, err := newRun(q, 0).baseline("mean")
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, len(w))
	base := 1.0
	for i := range w {
		want[i] = float64(w[i]) * (float64(q.X[i]) - float64(from[i]))
		base += float64(w[i]) * float64(from[i])
	}
	a := must(Occlusion(q, OcclusionParams{Baseline: "mean"}))
	equal(t, "line", a.Values, want, 1e-5)
	if math.Abs(a.Base-base) > 1e-5 || a.Score != 9 || !a.Partial {
		t.Errorf("base %v, score %v, partial %v", a.Base, a.Score, a.Partial)
	}
	q = about(function{d: 2, f: func(x []float32) float64 { return float64(x[0] * x[1]) }}, 3, 5)
	a = must(Occlusion(q, OcclusionParams{Baseline: "zero"}))
	equal(t, "product", a.Values, []float64{15, 15}, 0)
}

// A missing feature is hidden like others: behind the mean of the rows that have
// it, or where none has it the score stays.
func TestOcclusionMissing(t *testing.T) {
	nan := float32(math.NaN())
	q := about(function{d: 2, f: func(x []float32) float64 {
		if x[0] != x[0] {
			return 10 + float64(x[1])
		}
		return float64(x[0]) + float64(x[1])
	}}, nan, 3)
	q.Background = []float32{nan, 1, 2, 1, 6, 4, nan, 2}
	for name, neutral := range map[string]float64{"mean": 4, "median": 4} {
		a := must(Occlusion(q, OcclusionParams{Baseline: name}))
		other := map[string]float64{"mean": 2, "median": 1.5}[name]
		equal(t, name, a.Values, []float64{13 - (neutral + 3), 3 - other}, 1e-6)
	}
	q.Background = []float32{nan, 1, nan, 3}
	a := must(Occlusion(q, OcclusionParams{Baseline: "mean"}))
	equal(t, "nobody has it", a.Values, []float64{0, 1}, 1e-6)
}

// Worked by hand: a 3 × 3 image of the sum of its pixels times their weight,
// patches of 2 at stride 1. Patches have 1+2+4+5 = 12, 2+3+5+6 = 16,
// 4+5+7+8 = 24 and 5+6+8+9 = 28; a corner is in one of them, an edge in two,
// the centre in all.
func TestOcclusionPatches(t *testing.T) {
	q := picture(3, 3, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9})
	a := must(Occlusion(q, OcclusionParams{Baseline: "zero", Patch: 2, Stride: 1}))
	equal(t, "patch 2", a.Values, []float64{12, 14, 16, 18, 20, 22, 24, 26, 28}, 1e-5)
	a = must(Occlusion(q, OcclusionParams{Baseline: "zero", Patch: 1, Stride: 1}))
	equal(t, "patch 1", a.Values, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1e-5)
	a = must(Occlusion(q, OcclusionParams{Baseline: "zero", Patch: 3, Stride: 2}))
	equal(t, "the whole image", a.Values, []float64{45, 45, 45, 45, 45, 45, 45, 45, 45}, 1e-5)
	// Stride 2 would leave the last row and column out: one more square each.
	a = must(Occlusion(q, OcclusionParams{Baseline: "zero", Patch: 2, Stride: 2}))
	equal(t, "stride 2", a.Values, []float64{12, 14, 16, 18, 20, 22, 24, 26, 28}, 1e-5)
	q = picture(2, 3, []float32{1, 2, 3, 4, 5, 6})
	a = must(Occlusion(q, OcclusionParams{Baseline: "zero", Patch: 2, Stride: 2}))
	equal(t, "2 × 3", a.Values, []float64{12, 14, 16, 12, 14, 16}, 1e-5)
}

// picture asks a linear model about an image of ones.
func picture(height, width int, w []float32) explain.Query {
	x := make([]float32, len(w))
	for i := range x {
		x[i] = 1
	}
	q := about(linear(w, 0), x...)
	q.Height, q.Width = height, width
	return q
}

func TestOcclusionErrors(t *testing.T) {
	q := picture(3, 4, make([]float32, 12))
	for _, p := range []OcclusionParams{{"zero", 0, 1}, {"zero", 4, 1}, {"zero", 2, 0}, {"zero", 2, 3}} {
		if _, err := Occlusion(q, p); err == nil {
			t.Errorf("patch %d, stride %d: no error", p.Patch, p.Stride)
		}
	}
}
