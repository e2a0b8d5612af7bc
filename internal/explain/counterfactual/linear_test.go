package counterfactual_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/counterfactual"
	"github.com/whybox/whybox/internal/explain/laws"
)

// halfSpace is a random question about a linear classifier of two classes, and
// the cheapest answer, known in closed form: to gain a margin of need at the
// least Σ|δ|/MAD, change the features in order of |w|·MAD, each as far as its
// range allows (a continuous knapsack).
type halfSpace struct {
	q    explain.Query
	g    explain.Goal
	best []int   // features of the cheapest answer, in that order
	cost float64 // its cost
	gap  float64 // |w|·MAD of the last of them over that of the next
}

// newHalfSpace draws a question; width is about how many MADs a feature may
// move, so that a small one makes several features necessary.
func newHalfSpace(r *rand.Rand, d int, width float64) (halfSpace, bool) {
	w, x := make([]float64, d), make([]float32, d)
	b := 2*r.Float64() - 1
	features := make([]explain.Feature, d)
	for j := range d {
		w[j] = 4*r.Float64() - 2
		x[j] = float32(20*r.Float64() - 10)
		mad := float32(0.1 + 3*r.Float64())
		reach := float32(width*(0.5+r.Float64())) * mad
		features[j] = explain.Feature{Min: x[j] - reach, Max: x[j] + reach, MAD: mad}
		b -= w[j] * float64(x[j])
	}
	margin := b
	for j := range d {
		margin += w[j] * float64(x[j])
	}
	class := 1
	if margin > 0 {
		class = 0
	}
	h := halfSpace{q: explain.Query{Model: laws.Logistic(w, b), X: x, Features: features}, g: explain.Goal{Class: class, Count: 1}}
	power := func(j int) float64 { return math.Abs(w[j]) * float64(features[j].MAD) }
	order := make([]int, d)
	for j := range order {
		order[j] = j
	}
	slices.SortFunc(order, func(a, b int) int {
		if power(a) > power(b) {
			return -1
		}
		return 1
	})
	need := math.Abs(margin)
	for i, j := range order {
		reach := float64(features[j].Max-x[j]) / float64(features[j].MAD)
		h.best = append(h.best, j)
		move := min(reach, need/power(j))
		h.cost += move
		need -= move * power(j)
		if need <= 1e-9 {
			h.gap = math.Inf(1)
			if i+1 < d {
				h.gap = power(j) / power(order[i+1])
			}
			return h, true
		}
	}
	return h, false
}

func seeded(s uint64) *rand.Rand { return rand.New(rand.NewPCG(s, 9)) }

func wachter(q explain.Query, g explain.Goal) ([]explain.Counterfactual, error) {
	return counterfactual.Wachter(q, g, counterfactual.DefaultWachter())
}

func spheres(q explain.Query, g explain.Goal) ([]explain.Counterfactual, error) {
	return counterfactual.GrowingSpheres(q, g, counterfactual.DefaultGrowingSpheres())
}

func TestWachterFindsTheNearestPointOfAHalfSpace(t *testing.T) {
	for _, width := range []float64{50, 0.15} {
		several := 0
		for s := range uint64(150) {
			h, ok := newHalfSpace(seeded(s), 2+int(s%6), width)
			if !ok {
				continue
			}
			h.q.Rand = seeded(1)
			found, err := wachter(h.q, h.g)
			if err != nil {
				t.Fatalf("width %g, seed %d: %v", width, s, err)
			}
			if len(h.best) > 1 {
				several++
			}
			if got := found[0].Cost; got < h.cost*(1-1e-5) || got > h.cost*1.002 {
				t.Errorf("width %g, seed %d: cost %g with %v, the nearest point costs %g with %v (gap %g)", width, s, got, found[0].Changed, h.cost, h.best, h.gap)
			}
			if want := slices.Sorted(slices.Values(h.best)); h.gap > 1.05 && !slices.Equal(slices.Sorted(slices.Values(found[0].Changed)), want) {
				t.Errorf("width %g, seed %d: changed %v, the nearest point changes %v", width, s, found[0].Changed, h.best)
			}
		}
		if width < 1 && several < 20 {
			t.Errorf("only %d questions needed several features", several)
		}
	}
}

func TestSpheresComeNearTheNearestPointOfAHalfSpace(t *testing.T) {
	worst, sum, n := 0.0, 0.0, 0
	for s := range uint64(150) {
		h, ok := newHalfSpace(seeded(s), 2+int(s%6), 50)
		if !ok {
			continue
		}
		h.q.Rand = seeded(1)
		found, err := spheres(h.q, h.g)
		if err != nil {
			t.Fatalf("seed %d: %v", s, err)
		}
		ratio := found[0].Cost / h.cost
		if ratio < 1-1e-5 {
			t.Errorf("seed %d: cost %g is below the nearest point's, %g", s, found[0].Cost, h.cost)
		}
		worst, sum, n = max(worst, ratio), sum+ratio, n+1
	}
	if mean := sum / float64(n); mean > 1.01 || worst > 1.1 {
		t.Errorf("cost over the nearest point's: mean %.3f, worst %.3f of %d; at most 1.01 and 1.1 expected", mean, worst, n)
	}
	t.Logf("cost over the nearest point's: mean %.3f, worst %.3f of %d", sum/float64(n), worst, n)
}
