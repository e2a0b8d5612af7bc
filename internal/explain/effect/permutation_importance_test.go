package effect

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// For f = Σ wⱼxⱼ with independent columns, shuffling column j raises the
// squared error by 2wⱼ²·variance of the column in the mean over all shuffles:
// exactly, whatever the other columns, when the labels are f.
func TestPermutationImportanceLinear(t *testing.T) {
	const n, repeats = 60, 400
	w := []float32{2, -1, 0, 0.5}
	q := over(function{4, 1, func(dst, x []float32) { dst[0] = w[0]*x[0] + w[1]*x[1] + w[3]*x[3] }}, n)
	a, err := PermutationImportance(q, PermutationImportanceParams{Repeats: repeats})
	if err != nil {
		t.Fatal(err)
	}
	if a.Base != 0 {
		t.Errorf("base %g, want 0", a.Base)
	}
	for j, wj := range w {
		var mean, square float64
		for i := range n {
			v := float64(q.EvalX[i*4+j])
			mean += v / n
			square += v * v / n
		}
		want := 2 * float64(wj*wj) * (square - mean*mean)
		if e := math.Abs(a.Values[j] - want); e > 4*a.StdErr[j] {
			t.Errorf("feature %d: %g ± %g, want %g", j, a.Values[j], a.StdErr[j], want)
		}
	}
	if a.Values[2] != 0 || a.StdErr[2] != 0 {
		t.Errorf("a feature the model does not read got %g ± %g", a.Values[2], a.StdErr[2])
	}
}

// Two classes told apart by the sign of the first feature with probability
// 0.9: the loss is -ln 0.9 intact; a shuffle mixes up a share of the rows known
// from the class counts, and each of these costs ln 9 more.
func TestPermutationImportanceClasses(t *testing.T) {
	const n, repeats = 101, 500
	m := function{2, 2, func(dst, x []float32) {
		dst[0], dst[1] = 0.9, 0.1
		if x[0] > 0 {
			dst[0], dst[1] = 0.1, 0.9
		}
	}}
	q := over(m, n)
	q.Regression = false
	ones := 0.0
	for i := range q.EvalY {
		q.EvalY[i] = 0
		if q.EvalX[2*i] > 0 {
			q.EvalY[i] = 1
			ones++
		}
	}
	a, err := PermutationImportance(q, PermutationImportanceParams{Repeats: repeats})
	if err != nil {
		t.Fatal(err)
	}
	if e := math.Abs(a.Base + math.Log(0.9)); e > 1e-6 {
		t.Errorf("base %g", a.Base)
	}
	want := 2 * (ones / n) * (1 - ones/n) * math.Log(9)
	if e := math.Abs(a.Values[0] - want); e > 4*a.StdErr[0] || a.StdErr[0] > want/50 {
		t.Errorf("%g ± %g, want %g", a.Values[0], a.StdErr[0], want)
	}
	if a.Values[1] != 0 {
		t.Errorf("a feature the model does not read got %g", a.Values[1])
	}
}

// A probability of 0 for the true class costs -ln 1e-7, not infinity.
func TestPermutationImportanceCertainty(t *testing.T) {
	q := over(function{1, 2, func(dst, x []float32) { dst[0], dst[1] = 1, 0 }}, 10)
	q.Regression = false
	for i := range q.EvalY {
		q.EvalY[i] = 1
	}
	a, err := PermutationImportance(q, PermutationImportanceParams{Repeats: 2})
	if err != nil || math.Abs(a.Base+math.Log(1e-7)) > 1e-5 {
		t.Errorf("base %g, %v", a.Base, err)
	}
}

// StdErr is the spread over seeds.
func TestPermutationImportanceStdErr(t *testing.T) {
	const seeds = 600
	q := over(function{2, 1, func(dst, x []float32) { dst[0] = x[0] * x[1] }}, 30)
	var mean, square, claimed float64
	for seed := range uint64(seeds) {
		q.Rand = rand.New(rand.NewPCG(seed, 1))
		a, err := PermutationImportance(q, PermutationImportanceParams{Repeats: 5})
		if err != nil {
			t.Fatal(err)
		}
		mean += a.Values[0] / seeds
		square += a.Values[0] * a.Values[0] / seeds
		claimed += a.StdErr[0] * a.StdErr[0] / seeds
	}
	if ratio := math.Sqrt(claimed / (square - mean*mean)); ratio < 0.9 || ratio > 1.1 {
		t.Errorf("claims %.2f of its spread", ratio)
	}
}

func TestPermutationImportanceErrors(t *testing.T) {
	q := over(function{1, 1, func(dst, x []float32) { dst[0] = x[0] }}, 10)
	if _, err := PermutationImportance(q, PermutationImportanceParams{Repeats: 1}); err == nil || !strings.Contains(err.Error(), "at least 2") {
		t.Errorf("1 repeat: %v", err)
	}
	q.Model = function{1, 1, func(dst, x []float32) { dst[0] = float32(math.NaN()) }}
	if _, err := PermutationImportance(q, PermutationImportanceParams{Repeats: 2}); err == nil || !strings.Contains(err.Error(), "NaN") {
		t.Errorf("a score of NaN: %v", err)
	}
	q = over(function{1, 2, func(dst, x []float32) { dst[0], dst[1] = 3, -3 }}, 10)
	q.Regression = false
	clear(q.EvalY)
	if _, err := PermutationImportance(q, PermutationImportanceParams{Repeats: 2}); err == nil || !strings.Contains(err.Error(), "probabilities") {
		t.Errorf("margins: %v", err)
	}
}

func TestPace(t *testing.T) {
	stop := errors.New("stop")
	m := function{3, 1, func(dst, x []float32) { dst[0] = x[0] }}
	for name, explainer := range map[string]func(q explain.Query) error{
		"permutation importance": func(q explain.Query) error {
			_, err := PermutationImportance(q, PermutationImportanceParams{Repeats: 3})
			return err
		},
		"partial dependence": func(q explain.Query) error {
			_, err := PartialDependence(q, PartialDependenceParams{Grid: 20, Rows: 300})
			return err
		},
	} {
		q := over(m, 700)
		rows, last, total := 0, 0, 0
		q.Model = counter{m, &rows}
		q.Pace = func(done, of int) error {
			if done != rows || rows-last > explain.Batch {
				t.Fatalf("%s: %d rows reported at %d, last at %d", name, done, rows, last)
			}
			last, total = rows, of
			return nil
		}
		if err := explainer(q); err != nil {
			t.Fatal(err)
		}
		if rows != total {
			t.Errorf("%s: announced %d rows, took %d", name, total, rows)
		}
		rows = 0
		q.Pace = func(done, of int) error {
			if done > 1000 {
				return stop
			}
			return nil
		}
		if err := explainer(q); err != stop || rows > 1000+explain.Batch {
			t.Errorf("%s: stopped with %v after %d rows", name, err, rows)
		}
	}
}
