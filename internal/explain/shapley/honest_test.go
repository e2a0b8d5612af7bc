package shapley

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// The promise of StdErr: over 200 seeds ±1.96 of it hold the exact value in 92
// to 98 % of the cases, on three models. Values that every seed gets right, such
// as those of features a model ignores, do not count: they would hide the rest.
func TestStandardErrorsAreHonest(t *testing.T) {
	const d, seeds = 10, 200
	explainers := []struct {
		name string
		run  func(q explain.Query) explain.Attribution
	}{
		{"KernelSHAP, 80 coalitions", func(q explain.Query) explain.Attribution { return must(Kernel(q, KernelParams{Samples: 80})) }},
		{"KernelSHAP, 320 coalitions", func(q explain.Query) explain.Attribution { return must(Kernel(q, KernelParams{Samples: 320})) }},
		{"permutation SHAP, 40 pairs", func(q explain.Query) explain.Attribution { return must(Permutation(q, PermutationParams{Pairs: 40})) }},
		{"permutation SHAP, 100 pairs", func(q explain.Query) explain.Attribution { return must(Permutation(q, PermutationParams{Pairs: 100})) }},
	}
	for name, model := range map[string]function{"network": network(rand.New(rand.NewPCG(2, 1)), d), "tree": tree(d), "largest": largest(d)} {
		q := ask(rand.New(rand.NewPCG(2, 2)), model, 4)
		for _, e := range explainers {
			share, counted := coverage(q, seeds, e.run)
			t.Logf("%-8s %-28s %.1f %% of %d values × %d seeds", name, e.name, 100*share, counted, seeds)
			if counted < 3 || share < 0.92 || share > 0.98 {
				t.Errorf("%s: %s: the exact value lies within ±1.96 StdErr in %.1f %% of the cases, of %d values", name, e.name, 100*share, counted)
			}
		}
	}
}

// With a handful of pairs Student's t makes up for what the spread of so few
// leaves open, where every order adds to every value.
func TestFewPairsAreHonest(t *testing.T) {
	q := ask(rand.New(rand.NewPCG(2, 2)), network(rand.New(rand.NewPCG(2, 1)), 10), 4)
	for _, pairs := range []int{5, 10, 20} {
		share, _ := coverage(q, 400, func(q explain.Query) explain.Attribution {
			return must(Permutation(q, PermutationParams{Pairs: pairs}))
		})
		t.Logf("%d pairs: %.1f %%", pairs, 100*share)
		if share < 0.92 || share > 0.98 {
			t.Errorf("%d pairs: the exact value lies within ±1.96 StdErr in %.1f %% of the cases", pairs, 100*share)
		}
	}
}

// coverage returns how often ±1.96 StdErr hold the exact value, over the seeds
// and over those values that some seed gets wrong.
func coverage(q explain.Query, seeds int, run func(q explain.Query) explain.Attribution) (share float64, counted int) {
	exact := must(Exact(q, ExactParams{})).Values
	held, missed := make([]int, len(exact)), make([]bool, len(exact))
	for seed := range seeds {
		q.Rand = rand.New(rand.NewPCG(uint64(seed), 3))
		a := run(q)
		for i, v := range a.Values {
			off := math.Abs(v - exact[i])
			missed[i] = missed[i] || off > 1e-9
			if off <= 1.96*a.StdErr[i] {
				held[i]++
			}
		}
	}
	all := 0
	for i, m := range missed {
		if m {
			counted++
			all += held[i]
		}
	}
	return float64(all) / float64(counted*seeds), counted
}
