package shapley

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// In the orders of a round every two stand side by side equally often: once
// where d is even and else twice.
func TestNeighbours(t *testing.T) {
	for d := 2; d <= 60; d++ {
		plan, met := neighbours(d), map[[2]int]int{}
		for order := range slices.Chunk(plan, d) {
			if sorted := slices.Sorted(slices.Values(order)); len(slices.Compact(sorted)) != d || sorted[d-1] != d-1 {
				t.Fatalf("%v is no order", order)
			}
			for at := range d - 1 {
				i, j := order[at], order[at+1]
				met[[2]int{min(i, j), max(i, j)}]++
			}
		}
		for i := range d {
			for j := i + 1; j < d; j++ {
				if n := met[[2]int{i, j}]; n != 1+d%2 {
					t.Fatalf("of %d, %d and %d meet %d times", d, i, j, n)
				}
			}
		}
	}
}

// With terms of one feature and of two nothing depends on the order: every round
// is exact, and says so.
func TestSampledInteractionOfPairs(t *testing.T) {
	for _, d := range []int{16, 17} {
		r := rand.New(rand.NewPCG(41, uint64(d)))
		q := ask(r, function{d, func(x []float32) float64 {
			return float64(x[0])*float64(x[1]) - 2*float64(x[2])*float64(x[d-1]) + 3*float64(x[4])*float64(x[4]) - float64(x[3])
		}}, 1)
		a, err := InteractionSampled(q, InteractionSampledParams{Rounds: 4})
		if err != nil || a.StdErr == nil {
			t.Fatal(err, "or not sampled")
		}
		off := func(i int) float64 { return float64(q.X[i] - q.Background[i]) }
		for i := range d {
			row := 0.0
			for j := range d {
				want := 0.0
				switch {
				case i == j:
					row += a.Values[i*d+j]
					continue
				case min(i, j) == 0 && max(i, j) == 1:
					want = off(0) * off(1) / 2
				case min(i, j) == 2 && max(i, j) == d-1:
					want = -off(2) * off(d-1)
				}
				row += a.Values[i*d+j]
				if v := a.Values[i*d+j]; math.Abs(v-want) > 1e-5 || a.StdErr[i*d+j] > 1e-5 {
					t.Errorf("of %d, pair %d, %d gets %g ± %g, want %g", d, i, j, v, a.StdErr[i*d+j], want)
				}
			}
			if i > 4 && i != d-1 && math.Abs(row) > 1e-5 {
				t.Errorf("of %d, feature %d does nothing and gets %g", d, i, row)
			}
		}
	}
}

// Against every coalition: right in the mean, and over 200 seeds ±1.96 StdErr
// hold the exact value in 92 to 98 % of the cases, of pairs and of what features
// do alone. The maximum of features is what the comment warns of: few orders say
// something of a pair.
func TestSampledInteractionIsHonest(t *testing.T) {
	const seeds = 200
	for name, model := range map[string]function{
		"network of 12": network(rand.New(rand.NewPCG(2, 1)), 12), "largest of 12": largest(12), "network of 13": network(rand.New(rand.NewPCG(2, 3)), 13),
	} {
		d := model.d
		q := ask(rand.New(rand.NewPCG(2, 2)), model, 3)
		exact, err := Interaction(q, InteractionParams{})
		if err != nil {
			t.Fatal(err)
		}
		held, of, mean := [2]int{}, [2]int{}, make([]float64, d*d)
		square := make([]float64, d*d) // of what is off
		for seed := range uint64(seeds) {
			q.Rand = rand.New(rand.NewPCG(seed, 3))
			a, err := InteractionSampled(q, InteractionSampledParams{Rounds: 20})
			if err != nil || a.StdErr == nil {
				t.Fatal(err, "or not sampled")
			}
			for i, v := range a.Values {
				mean[i] += v / seeds
				alone := 0
				if i/d == i%d {
					alone = 1
				}
				off := math.Abs(v - exact.Values[i])
				square[i] += off * off / seeds
				of[alone]++
				if off <= 1.96*a.StdErr[i] {
					held[alone]++
				}
			}
			if all := sum(a.Values); math.Abs(all-(a.Score-a.Base)) > 1e-12 || math.Abs(a.Score-exact.Score) > 1e-12 || math.Abs(a.Base-exact.Base) > 1e-12 {
				t.Fatalf("%s: the values sum to %g, the score is %g from %g", name, all, a.Score, a.Base)
			}
		}
		for i, v := range mean {
			if math.Abs(v-exact.Values[i]) > 5*math.Sqrt(square[i]/seeds)+1e-9 {
				t.Errorf("%s: value %d is %g in the mean, exactly %g", name, i, v, exact.Values[i])
			}
		}
		for alone, what := range []string{"pairs", "alone"} {
			share := float64(held[alone]) / float64(of[alone])
			t.Logf("%s, %s: %.1f %% of %d", name, what, 100*share, of[alone])
			least := 0.92
			if name == "largest of 12" && what == "pairs" {
				least = 0.75
			}
			if share < least || share > 0.98 {
				t.Errorf("%s, %s: the exact value lies within ±1.96 StdErr in %.1f %% of the cases", name, what, 100*share)
			}
		}
	}
}

// Where the rounds would take more, all coalitions are tried.
func TestSampledInteractionOfFew(t *testing.T) {
	for d := 1; d <= 10; d++ {
		r := rand.New(rand.NewPCG(43, uint64(d)))
		q := ask(r, network(r, d), 2)
		q.Rand = nil
		want, err := Interaction(q, InteractionParams{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := InteractionSampled(q, InteractionSampledParams{Rounds: 12})
		if err != nil || got.StdErr != nil || !slices.Equal(got.Values, want.Values) {
			t.Errorf("%d features: %v, errors %v", d, err, got.StdErr)
		}
	}
}

// The cost is what the comment says, and parts may be computed elsewhere.
func TestSampledInteractionCost(t *testing.T) {
	for _, d := range []int{20, 21} {
		rows := 0
		r := rand.New(rand.NewPCG(44, 1))
		q := ask(r, network(r, d), 3)
		q.Model = counter{network(r, d), &rows}
		run := func() Interactions {
			q.Rand = rand.New(rand.NewPCG(9, 9))
			a, err := InteractionSampled(q, InteractionSampledParams{Rounds: 3})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		alone := run()
		if want := 3 * 3 * (2 + d*(d-1)*(1+d%2)); rows != want {
			t.Errorf("of %d: %d predictions, want %d", d, rows, want)
		}
		q.Share = func(n int, compute func(i int) ([]float64, error), came func(i int)) ([][]float64, error) {
			out := make([][]float64, n)
			for i := n - 1; i >= 0; i-- {
				out[i], _ = compute(i)
				came(i)
			}
			return out, nil
		}
		if shared := run(); !slices.Equal(shared.Values, alone.Values) || !slices.Equal(shared.StdErr, alone.StdErr) {
			t.Errorf("of %d: shared, the values differ", d)
		}
		q.Share = nil
	}
}

func TestSampledInteractionRefuses(t *testing.T) {
	for want, x := range map[string]struct{ d, rounds int }{"choose at least 2": {4, 1}, fmt.Sprint(MaxPaired): {MaxPaired + 1, 5}} {
		q := ask(rand.New(rand.NewPCG(1, 1)), largest(x.d), 1)
		if _, err := InteractionSampled(q, InteractionSampledParams{Rounds: x.rounds}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
