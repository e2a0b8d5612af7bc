package shapley

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
)

// Over 300 seeds the exact values lie within ±1.96 StdErr about as often as
// they should, and the mean of the estimates comes to them.
func TestPermutationAgainstExact(t *testing.T) {
	const d, seeds, pairs = 7, 300, 30
	r := rand.New(rand.NewPCG(8, 1))
	for name, m := range map[string]function{"net": network(r, d), "largest": largest(d)} {
		q := ask(r, m, 4)
		exact := must(Exact(q, ExactParams{}))
		held, of := 0, 0
		mean, spread := make([]float64, d), make([]float64, d)
		for seed := range uint64(seeds) {
			q.Rand = rand.New(rand.NewPCG(seed, 2))
			a := must(Permutation(q, PermutationParams{Pairs: pairs}))
			if g := math.Abs(a.Gap()); g > 1e-13 || a.Base != exact.Base || a.Score != exact.Score {
				t.Fatalf("%s: gap %g, base %g, score %g", name, g, a.Base, a.Score)
			}
			for i, v := range a.Values {
				off := v - exact.Values[i]
				mean[i] += off / seeds
				spread[i] += off * off / seeds
				of++
				if math.Abs(off) <= 1.96*a.StdErr[i]+1e-12 {
					held++
				}
			}
		}
		if share := float64(held) / float64(of); share < 0.91 || share > 0.99 {
			t.Errorf("%s: the exact value lay within ±1.96 StdErr in %.1f %% of the cases", name, 100*share)
		}
		for i := range mean {
			if z := math.Abs(mean[i]) / math.Sqrt(spread[i]/seeds+1e-30); math.Abs(mean[i]) > 1e-12 && z > 4.5 {
				t.Errorf("%s: feature %d is off by %g in the mean, %.1f standard errors", name, i, mean[i], z)
			}
		}
	}
}

// What an order and its reverse give together has no error where features act
// alone or in pairs, and with up to two features there are no other orders.
func TestPermutationExactCases(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	for _, d := range []int{1, 2, 6} {
		q := ask(r, function{d, func(x []float32) float64 {
			s := 0.5
			for i, v := range x {
				s += float64(v) * float64(i+1) * (1 + float64(x[0]))
			}
			return s
		}}, 3)
		exact := must(Exact(q, ExactParams{}))
		a := must(Permutation(q, PermutationParams{Pairs: 2}))
		if e := far(a.Values, exact.Values); e > 1e-5 {
			t.Errorf("%d features: off by %g", d, e)
		}
		if (a.StdErr == nil) != (d <= 2) || d > 2 && slices.Max(a.StdErr) > 1e-5 {
			t.Errorf("%d features: standard errors %v", d, a.StdErr)
		}
	}
}

func TestPermutationRefuses(t *testing.T) {
	_, err := Permutation(ask(rand.New(rand.NewPCG(1, 1)), largest(4), 1), PermutationParams{Pairs: 1})
	if err == nil || !strings.Contains(err.Error(), "choose at least 2") {
		t.Error(err)
	}
}

// The same seed gives the same values, another one others; progress is told.
func TestPermutationDeterministic(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 1))
	q := ask(r, largest(6), 5)
	run := func(seed uint64) explain.Attribution {
		q.Rand = rand.New(rand.NewPCG(seed, 1))
		return must(Permutation(q, PermutationParams{Pairs: 3}))
	}
	told := 0
	q.Pace = func(done, of int) error { told++; return nil }
	a := run(1)
	if !slices.Equal(a.Values, run(1).Values) || slices.Equal(a.Values, run(2).Values) || told == 0 {
		t.Error("the seed does not decide")
	}
}

func TestPermutationLaws(t *testing.T) {
	explainer := func(q explain.Query) (explain.Attribution, error) {
		return Permutation(q, PermutationParams{Pairs: 40})
	}
	c := laws.Claims{Complete: true, Gap: 1e-12}
	for _, err := range append(laws.All(explainer, c), laws.TreeToo(explainer, c)...) {
		t.Error(err)
	}
}
