package shapley

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// causalAndAsymmetric are the two values with the orders that each is a mean
// over.
var causalAndAsymmetric = []struct {
	name   string
	orders func(parents [][]int) func(order []int) bool
	run    func(q explain.Query, worlds int) (explain.Attribution, error)
}{
	{"causal", func([][]int) func([]int) bool { return anyOrder }, func(q explain.Query, worlds int) (explain.Attribution, error) {
		return Causal(q, CausalParams{Worlds: worlds})
	}},
	{"asymmetric", causesFirst, func(q explain.Query, worlds int) (explain.Attribution, error) {
		return Asymmetric(q, AsymmetricParams{Worlds: worlds})
	}},
}

// Both values, by going through the orders one by one.
func TestCausalAgainstOrders(t *testing.T) {
	for _, e := range causalAndAsymmetric {
		for d := 1; d <= 6; d++ {
			r := rand.New(rand.NewPCG(11, uint64(d)))
			q := ask(r, network(r, d), 1)
			causes := graph(r, d)
			q.Causes = causes
			const worlds = 11
			want := byOrders(d, worthIn(q, worlds, rand.New(rand.NewPCG(5, 5))), e.orders(causes.Parents()))
			q.Rand = rand.New(rand.NewPCG(5, 5))
			a := must(e.run(q, worlds))
			if off := far(a.Values, want); off > 1e-12 {
				t.Errorf("%s, %d features: off by %g", e.name, d, off)
			}
			if gap := math.Abs(a.Gap()); gap > 1e-13 {
				t.Errorf("%s, %d features: gap %g", e.name, d, gap)
			}
		}
	}
}

// A chain x₀ → x₁ with the model 2x₁, x₁ = 1.5·x₀ in the mean: the symmetric
// values share what x₀ does through x₁, the asymmetric give all of it to x₀, and
// plain Shapley values none. Heskes et al. 2020, section 4.
func TestCausalChain(t *testing.T) {
	q := explain.Query{
		Model: function{2, func(x []float32) float64 { return 2 * float64(x[1]) }},
		X:     []float32{0.5, -1}, Causes: equations{[][]float64{nil, {1.5}}},
	}
	for i, want := range [][]float64{{0.75, -2.75}, {1.5, -3.5}} {
		e := causalAndAsymmetric[i]
		q.Rand = rand.New(rand.NewPCG(1, 9))
		a := must(e.run(q, 4000))
		for j, v := range a.Values {
			if off := math.Abs(v - want[j]); off > 4*a.StdErr[j] || a.StdErr[j] > 0.1 {
				t.Errorf("%s: value %d is %g ± %g, want %g", e.name, j, v, a.StdErr[j], want[j])
			}
		}
	}
}

// Where model and equations are linear the expectations are known: ±1.96 StdErr
// hold the values that follow in 92 to 98 % of 200 seeds.
func TestCausalIsHonest(t *testing.T) {
	const d, seeds = 5, 200
	r := rand.New(rand.NewPCG(12, 1))
	w := random(r, d)
	q := ask(r, function{d, func(x []float32) float64 { return dot(w, x) }}, 1)
	causes := graph(r, d)
	q.Causes = causes
	row := make([]float32, d)
	expected := func(in []bool) float64 {
		causes.mean(row, q.X, in)
		return dot(w, row)
	}
	for _, e := range causalAndAsymmetric {
		want := byOrders(d, expected, e.orders(causes.Parents()))
		for _, worlds := range []int{5, 50} {
			held := 0
			for seed := range uint64(seeds) {
				q.Rand = rand.New(rand.NewPCG(seed, 3))
				a := must(e.run(q, worlds))
				for i, v := range a.Values {
					if math.Abs(v-want[i]) <= 1.96*a.StdErr[i] {
						held++
					}
				}
			}
			share := float64(held) / (d * seeds)
			t.Logf("%s, %d worlds: %.1f %%", e.name, worlds, 100*share)
			if share < 0.92 || share > 0.98 {
				t.Errorf("%s, %d worlds: the exact value lies within ±1.96 StdErr in %.1f %% of the cases", e.name, worlds, 100*share)
			}
		}
	}
}

// Without causes both are plain Shapley values, with the worlds for a background.
func TestCausalWithoutCauses(t *testing.T) {
	const d, worlds = 6, 20
	r := rand.New(rand.NewPCG(13, 1))
	q := ask(r, network(r, d), 1)
	q.Causes = equations{make([][]float64, d)}
	first := rand.New(rand.NewPCG(4, 4)).Uint64()
	q.Background = make([]float32, worlds*d)
	for w := range worlds {
		q.Causes.Intervene(q.Background[w*d:(w+1)*d], q.X, make([]bool, d), first+uint64(w))
	}
	want := must(Exact(q, ExactParams{}))
	for _, e := range causalAndAsymmetric {
		q.Rand = rand.New(rand.NewPCG(4, 4))
		a := must(e.run(q, worlds))
		if off := far(a.Values, want.Values); off > 1e-12 || math.Abs(a.Base-want.Base) > 1e-12 || a.Score != want.Score {
			t.Errorf("%s: off by %g, base %g and %g, score %g and %g", e.name, off, a.Base, want.Base, a.Score, want.Score)
		}
	}
}

// The parts of the work may be done in any place and order.
func TestCausalShared(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 1))
	q := ask(r, network(r, 5), 1)
	q.Causes = graph(r, 5)
	for _, e := range causalAndAsymmetric {
		q.Share, q.Rand = nil, rand.New(rand.NewPCG(1, 1))
		alone := must(e.run(q, 21))
		q.Rand = rand.New(rand.NewPCG(1, 1))
		came := 0
		q.Share = func(n int, compute func(i int) ([]float64, error), told func(i int)) ([][]float64, error) {
			out := make([][]float64, n)
			for i := n - 1; i >= 0; i-- {
				out[i], _ = compute(i)
				told(i)
				came++
			}
			return out, nil
		}
		if a := must(e.run(q, 21)); !slices.Equal(a.Values, alone.Values) || !slices.Equal(a.StdErr, alone.StdErr) || came != 3 {
			t.Errorf("%s: %v alone, %v shared, in %d parts", e.name, alone.Values, a.Values, came)
		}
	}
}

func TestCausalRefuses(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 1))
	for _, e := range causalAndAsymmetric {
		q := ask(r, largest(3), 1)
		if _, err := e.run(q, 10); !errors.Is(err, explain.ErrNeedsCauses) {
			t.Errorf("%s without causes: %v", e.name, err)
		}
		q.Causes = equations{make([][]float64, 3)}
		if _, err := e.run(q, 1); err == nil || !strings.Contains(err.Error(), "choose at least 2") {
			t.Errorf("%s with one world: %v", e.name, err)
		}
		q = ask(r, largest(16), 1)
		q.Causes = equations{make([][]float64, 16)}
		if _, err := e.run(q, 10); !errors.Is(err, explain.ErrTooMany) {
			t.Errorf("%s with 16 features: %v", e.name, err)
		}
		q = ask(r, function{2, func(x []float32) float64 { return math.Inf(1) }}, 1)
		q.Causes = equations{make([][]float64, 2)}
		if _, err := e.run(q, 10); err == nil || !strings.Contains(err.Error(), "simulated") {
			t.Errorf("%s of an infinite score: %v", e.name, err)
		}
		stop := errors.New("stop")
		q = ask(r, largest(3), 1)
		q.Causes = equations{make([][]float64, 3)}
		q.Pace = func(done, of int) error { return stop }
		if _, err := e.run(q, 10); !errors.Is(err, stop) {
			t.Errorf("%s does not stop: %v", e.name, err)
		}
	}
}

// switches are three causes and effects that are 0 or 1: x₀ → x₁, and both → x₂.
type switches struct{}

// chance returns the chance of a 1 in switch i, given those before.
func (switches) chance(i int, row []float32) float64 {
	switch i {
	case 0:
		return 0.3
	case 1:
		return 0.2 + 0.5*float64(row[0])
	}
	return 0.1 + 0.3*float64(row[0]) + 0.5*float64(row[1])
}

func (switches) Parents() [][]int { return [][]int{nil, {0}, {0, 1}} }

func (s switches) Intervene(dst, x []float32, known []bool, world uint64) {
	r := rand.New(rand.NewPCG(world, 7))
	for i := range dst {
		u := r.Float64()
		dst[i] = 0
		if u < s.chance(i, dst) {
			dst[i] = 1
		}
		if known[i] {
			dst[i] = x[i]
		}
	}
}

// Frye et al. 2020 define asymmetric values by what is seen, E[f | x_S], not by
// what is set: here that is summed over the joint distribution of three switches.
func TestAsymmetricConditions(t *testing.T) {
	f := func(x []float32) float64 { return float64(x[0]) + 2*float64(x[1]*x[2]) - 3*float64(x[2]) }
	q := explain.Query{Model: function{3, f}, X: []float32{1, 0, 1}, Causes: switches{}}
	seen := func(in []bool) float64 {
		sum, all := 0.0, 0.0
		for s := range 8 {
			row := []float32{float32(s & 1), float32(s >> 1 & 1), float32(s >> 2)}
			chance := 1.0
			for i, v := range row {
				p := switches{}.chance(i, row)
				if v == 0 {
					p = 1 - p
				}
				if in[i] && v != q.X[i] {
					p = 0
				}
				chance *= p
			}
			sum, all = sum+chance*f(row), all+chance
		}
		return sum / all
	}
	want := byOrders(3, seen, causesFirst(q.Causes.Parents()))
	q.Rand = rand.New(rand.NewPCG(3, 9))
	a := must(Asymmetric(q, AsymmetricParams{Worlds: 5000}))
	for i, v := range a.Values {
		if off := math.Abs(v - want[i]); off > 4*a.StdErr[i] || a.StdErr[i] > 0.05 {
			t.Errorf("value %d is %g ± %g, want %g", i, v, a.StdErr[i], want[i])
		}
	}
}
