package shapley

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// With every coalition the regression has the Shapley values for its solution:
// Lundberg and Lee 2017, theorem 2.
func TestKernelWithAllCoalitions(t *testing.T) {
	for d := 1; d <= 10; d++ {
		r := rand.New(rand.NewPCG(1, uint64(d)))
		models := map[string]function{"network": network(r, d), "largest": largest(d)}
		if d >= 4 {
			models["tree"] = tree(d)
		}
		for name, model := range models {
			q := ask(r, model, 4)
			want := must(Exact(q, ExactParams{}))
			q.Rand = nil // nothing is left to chance
			got, err := Kernel(q, KernelParams{Samples: 1<<d - 2})
			if err != nil {
				t.Fatal(err)
			}
			if e := far(got.Values, want.Values); e > 1e-12 {
				t.Errorf("%s of %d: off by %g", name, d, e)
			}
			if got.StdErr != nil || got.Base != want.Base || got.Score != want.Score {
				t.Errorf("%s of %d: base %v, score %v, standard errors %v", name, d, got.Base, got.Score, got.StdErr)
			}
		}
	}
}

// Over many seeds the values are right in the mean, their spread is what StdErr
// says, and ±1.96 StdErr holds the exact value about 95 % of the time.
func TestKernelIsHonest(t *testing.T) {
	const d, seeds = 10, 400
	r := rand.New(rand.NewPCG(2, 1))
	for name, model := range map[string]function{"network": network(r, d), "tree": tree(d), "largest": largest(d)} {
		q := ask(rand.New(rand.NewPCG(2, 2)), model, 4)
		exact := must(Exact(q, ExactParams{}))
		for _, samples := range []int{8 * d, 24 * d} {
			var mean, square, claimed [d]float64
			inside, cases := 0.0, 0.0
			for seed := range seeds {
				q.Rand = rand.New(rand.NewPCG(uint64(seed), 3))
				a := must(Kernel(q, KernelParams{Samples: samples}))
				for i := range d {
					e := a.Values[i] - exact.Values[i]
					mean[i] += e / seeds
					square[i] += e * e / seeds
					claimed[i] += a.StdErr[i] * a.StdErr[i] / seeds
					inside += truth(math.Abs(e) <= 1.96*a.StdErr[i])
					cases++
				}
			}
			for i := range d {
				spread := math.Sqrt(square[i] - mean[i]*mean[i])
				if z := math.Abs(mean[i]) / spread * math.Sqrt(seeds); z > 4 {
					t.Errorf("%s, %d coalitions: value %d is off in the mean by %.1f standard errors", name, samples, i, z)
				}
				if ratio := math.Sqrt(claimed[i]) / spread; ratio < 0.85 || ratio > 1.3 {
					t.Errorf("%s, %d coalitions: value %d claims %.2f of its spread", name, samples, i, ratio)
				}
			}
			if c := inside / cases; c < 0.92 || c > 0.98 {
				t.Errorf("%s, %d coalitions: %.3f of the exact values within 1.96 StdErr", name, samples, c)
			}
		}
	}
}

func TestKernelAtSmallBudgets(t *testing.T) {
	const d, m = 30, 7
	r := rand.New(rand.NewPCG(3, 1))
	rows := 0
	q := ask(r, network(r, d), m)
	q.Model = counter{network(r, d), &rows}
	for _, samples := range []int{8 * d, 8*d + 1, 1000, 2048} {
		rows = 0
		a, err := Kernel(q, KernelParams{Samples: samples})
		if err != nil {
			t.Fatal(err)
		}
		if g := math.Abs(a.Gap()); g > 1e-14 {
			t.Errorf("%d coalitions: gap %g", samples, g)
		}
		if rows > (samples+2)*m || rows < samples*m*9/10 {
			t.Errorf("%d coalitions of %d background rows took %d rows", samples, m, rows)
		}
		for i, e := range a.StdErr {
			if !(e > 0) || len(a.StdErr) != d {
				t.Errorf("%d coalitions: standard error %d of %d is %v", samples, i, len(a.StdErr), e)
			}
		}
	}
}

// An additive game leaves no residual, so the sample does not matter.
func TestKernelAdditive(t *testing.T) {
	const d = 12
	r := rand.New(rand.NewPCG(4, 1))
	q := ask(r, function{d, func(x []float32) float64 {
		s := 0.0
		for i, v := range x {
			s += float64(v*v) / float64(i+1)
		}
		return s
	}}, 6)
	want := must(Exact(q, ExactParams{}))
	a := must(Kernel(q, KernelParams{Samples: 8 * d}))
	if e := far(a.Values, want.Values); e > 1e-6 {
		t.Errorf("off by %g", e)
	}
	for _, e := range a.StdErr {
		if e > 1e-6 {
			t.Errorf("standard error %g", e)
		}
	}
}

func TestKernelRepeats(t *testing.T) {
	ask := func(seed uint64) []float64 {
		q := ask(rand.New(rand.NewPCG(5, 1)), tree(14), 3)
		q.Rand = rand.New(rand.NewPCG(seed, 1))
		return must(Kernel(q, KernelParams{Samples: 300})).Values
	}
	if far(ask(1), ask(1)) != 0 {
		t.Error("the same seed gave other values")
	}
	if far(ask(1), ask(2)) == 0 {
		t.Error("another seed gave the same values")
	}
}

func TestKernelRefusesTooFew(t *testing.T) {
	q := ask(rand.New(rand.NewPCG(6, 1)), largest(30), 1)
	_, err := Kernel(q, KernelParams{Samples: 239})
	if err == nil || !strings.Contains(err.Error(), "at least 240") {
		t.Errorf("239 coalitions of 30 features: %v", err)
	}
	if _, err := Kernel(q, KernelParams{Samples: 240}); err != nil {
		t.Error(err)
	}
}

// Every pair appears once, sizes are taken whole from the smallest on, and the
// weights are those of the kernel.
func TestPairs(t *testing.T) {
	const d = 8
	c, err := choosePairs(d, 1<<d-2, nil)
	pairs, drawn := c.pairs, c.drawn
	if err != nil || drawn != 0 || len(pairs) != 1<<(d-1) {
		t.Fatalf("%d pairs, %d drawn, %v", len(pairs), drawn, err)
	}
	seen := map[string]bool{}
	total := 0.0
	kernel := func(s int) float64 { return (d - 1) / (choose(d, s) * float64(s*(d-s))) }
	for _, p := range pairs[1:] {
		size, key := 0, ""
		for _, in := range p.in {
			if in {
				size++
				key += "1"
			} else {
				key += "0"
			}
		}
		if seen[key] || key[0] != '1' {
			t.Errorf("%s twice, or upside down", key)
		}
		seen[key] = true
		if ratio := p.weight / pairs[1].weight * kernel(1) / kernel(size); math.Abs(ratio-1) > 1e-12 {
			t.Errorf("%s weighs %g times what it should", key, ratio)
		}
		total += p.weight
	}
	if math.Abs(total-1) > 1e-12 {
		t.Errorf("weights sum to %g", total)
	}
	c, err = choosePairs(d, 160, rand.New(rand.NewPCG(7, 1)))
	pairs, drawn = c.pairs, c.drawn
	if err != nil || drawn != 80-8-28 { // sizes 1 and 2 whole
		t.Fatalf("%d drawn, %v", drawn, err)
	}
	total, n := 0.0, 0
	for _, p := range pairs[1:] {
		total += p.weight
		n += p.count
	}
	if n != drawn || math.Abs(total-1) > 1e-12 {
		t.Errorf("%d draws of %d, weights sum to %g", n, drawn, total)
	}
}
