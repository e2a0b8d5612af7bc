package shapley

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The values sum to what the scores differ by, equal features get nothing, and
// the other way round every value changes its sign; exact and drawn.
func TestDifference(t *testing.T) {
	const d = 12
	r := rand.New(rand.NewPCG(41, 1))
	q := ask(r, network(r, d), 1)
	q.Background, q.Other = nil, random(r, d)
	q.Other[3] = q.X[3]
	q.Other[7] = q.X[7]
	for _, samples := range []int{8 * d, 1 << d} {
		q.Rand = rand.New(rand.NewPCG(1, 1))
		there := must(Difference(q, DifferenceParams{Samples: samples}))
		back := q
		back.X, back.Other = q.Other, q.X
		back.Rand = rand.New(rand.NewPCG(1, 1))
		home := must(Difference(back, DifferenceParams{Samples: samples}))
		scores := make([]float32, 2)
		q.Predict(scores, q.X, 1)
		q.Predict(scores[1:], q.Other, 1)
		if there.Score != float64(scores[0]) || there.Base != float64(scores[1]) || math.Abs(there.Gap()) > 1e-13 {
			t.Errorf("from %g to %g, gap %g", there.Base, there.Score, there.Gap())
		}
		for i, v := range there.Values {
			if math.Abs(v+home.Values[i]) > 1e-13 {
				t.Errorf("feature %d gets %g there and %g back", i, v, home.Values[i])
			}
		}
		if exact := samples == 1<<d; exact != (there.StdErr == nil) {
			t.Errorf("%d samples: errors %v", samples, there.StdErr)
		} else if exact {
			q.Background = q.Other
			if off := far(there.Values, must(Exact(q, ExactParams{})).Values); off > 1e-12 {
				t.Errorf("off by %g", off)
			}
			if v := max(math.Abs(there.Values[3]), math.Abs(there.Values[7])); v > 1e-13 {
				t.Errorf("a feature that is the same in both gets %g", v)
			}
		}
	}
}

// For a linear model each feature moves the score by its weight times its own
// difference.
func TestDifferenceLinear(t *testing.T) {
	r := rand.New(rand.NewPCG(42, 1))
	w := random(r, 4)
	q := ask(r, function{4, func(x []float32) float64 { return dot(w, x) }}, 1)
	q.Other = random(r, 4)
	a := must(Difference(q, DifferenceParams{Samples: 64}))
	for i, v := range a.Values {
		if want := float64(w[i] * (q.X[i] - q.Other[i])); math.Abs(v-want) > 1e-6 {
			t.Errorf("feature %d gets %g, want %g", i, v, want)
		}
	}
}
