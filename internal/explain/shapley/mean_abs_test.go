package shapley

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// Over all rows it is the mean of the exact values' sizes, one row at a time.
func TestMeanAbsAgainstExact(t *testing.T) {
	const d, rows = 6, 30
	r := rand.New(rand.NewPCG(51, 1))
	q := ask(r, network(r, d), 4)
	q.EvalX = random(r, rows*d)
	got, err := MeanAbs(q, MeanAbsParams{Rows: 100, Samples: 1 << d})
	if err != nil {
		t.Fatal(err)
	}
	want, squares, base := make([]float64, d), make([]float64, d), 0.0
	for i := range rows {
		q.X = q.EvalX[i*d : (i+1)*d]
		a := must(Exact(q, ExactParams{}))
		base += a.Score / rows
		for j, v := range a.Values {
			want[j] += math.Abs(v) / rows
			squares[j] += v * v / rows
		}
	}
	if off := far(got.Values, want); off > 1e-12 || math.Abs(got.Base-base) > 1e-12 {
		t.Errorf("off by %g; base %g, want %g", off, got.Base, base)
	}
	for j, v := range got.StdErr {
		spread := math.Sqrt((squares[j] - want[j]*want[j]) / (rows - 1))
		if wide := v / spread; math.Abs(wide-2.0452/1.96) > 1e-3 { // Student's t, 29 degrees of freedom
			t.Errorf("feature %d: the error is %g times the spread of the mean", j, wide)
		}
	}
}

// Cohorts of rows drawn from many: ±1.96 StdErr hold the mean over all of them in
// 92 to 98 % of 200 seeds, and the parts may be computed elsewhere.
func TestMeanAbsIsHonest(t *testing.T) {
	const d, rows, seeds = 4, 4000, 200
	r := rand.New(rand.NewPCG(52, 1))
	q := ask(r, network(r, d), 2)
	q.EvalX = random(r, rows*d)
	ask := func(seed uint64, n int) explain.Importance {
		q.Rand = rand.New(rand.NewPCG(seed, 3))
		v, err := MeanAbs(q, MeanAbsParams{Rows: n, Samples: 64})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	all, held := ask(1, rows), 0
	for seed := range uint64(seeds) {
		some := ask(seed, 40)
		for i, v := range some.Values {
			if math.Abs(v-all.Values[i]) <= 1.96*some.StdErr[i] {
				held++
			}
		}
	}
	share := float64(held) / (d * seeds)
	t.Logf("%.1f %%", 100*share)
	if share < 0.92 || share > 0.98 {
		t.Errorf("the mean over all rows lies within ±1.96 StdErr in %.1f %% of the cases", 100*share)
	}
	alone := ask(7, 20)
	q.Share = func(n int, compute func(i int) ([]float64, error), came func(i int)) ([][]float64, error) {
		out := make([][]float64, n)
		for i := n - 1; i >= 0; i-- {
			out[i], _ = compute(i)
			came(i)
		}
		return out, nil
	}
	if v := ask(7, 20); !slices.Equal(v.Values, alone.Values) {
		t.Errorf("%v alone, %v shared", alone.Values, v.Values)
	}
}

func TestMeanAbsRefuses(t *testing.T) {
	q := ask(rand.New(rand.NewPCG(1, 1)), largest(4), 1)
	q.EvalX = make([]float32, 8)
	if _, err := MeanAbs(q, MeanAbsParams{Rows: 1, Samples: 16}); err == nil || !strings.Contains(err.Error(), "choose at least 2") {
		t.Error(err)
	}
}
