package dataset

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The stated effect of a column is what an intervention does: draw applicants,
// set the column to one value and to another, every other chance kept, and
// compare the log-odds of repaying.
func TestEffectsAreThoseOfInterventions(t *testing.T) {
	const n = 20000
	for _, c := range []struct {
		name     string
		low, add float64
	}{
		{"age", 30, 20}, {"group", 0, 1}, {"dependants", 1, 2}, {"tenure", 5, 10},
		{"income", 30000, 20000}, {"savings", 10000, 20000}, {"debt", 10000, 20000}, {"neighbourhood", 30, 40},
	} {
		var sum, squares float64
		for i := range uint64(n) {
			low := loanModel.draw(rand.New(rand.NewPCG(i, 9)), fix(c.name, c.low))[loanOdds]
			high := loanModel.draw(rand.New(rand.NewPCG(i, 9)), fix(c.name, c.low+c.add))[loanOdds]
			sum += high - low
			squares += (high - low) * (high - low)
		}
		mean := sum / n
		stderr := math.Sqrt(max(0, squares/n-mean*mean) / n)
		want := loanModel.effects()[c.name] * c.add
		// Four standard errors, plus what rounding to whole dollars can do.
		if math.Abs(mean-want) > 4*stderr+1e-6 {
			t.Errorf("%s: %v units change the log-odds by %v ± %v, stated %v", c.name, c.add, mean, stderr, want)
		}
	}
}

// fix sets one variable of loanModel.
func fix(name string, value float64) []float64 {
	fixed := make([]float64, len(loanModel))
	for i, v := range loanModel {
		fixed[i] = math.NaN()
		if v.name == name {
			fixed[i] = value
		}
	}
	return fixed
}

// The same effects by hand, path by path.
func TestEffectsByHand(t *testing.T) {
	const income = 0.00009 + 0.3*0.00006 - 0.35*0.00015
	const tenure = 0.1 + 800*income
	for name, want := range map[string]float64{
		"income": income, "tenure": tenure, "savings": 0.00006, "debt": -0.00015, "neighbourhood": 0,
		"group": -8000 * income, "dependants": -0.2 - 1500*0.00006 - 3000*0.00015,
		"age": 0.3*tenure + 400*income + 250*0.00006,
	} {
		if got := Loans(1, 1).Truth.Effects[name]; math.Abs(got-want) > 1e-15 {
			t.Errorf("%s: effect %v, want %v", name, got, want)
		}
	}
}

func TestTruthIsInCausalOrder(t *testing.T) {
	table := Loans(1, 1)
	truth := table.Truth
	if len(truth.Equations) != len(table.Columns)+1 {
		t.Fatalf("%d equations for %d columns and the outcome", len(truth.Equations), len(table.Columns))
	}
	var names []string
	for _, v := range loanModel {
		names = append(names, v.name)
	}
	names[len(names)-1] = table.Target.Name
	for _, e := range truth.Edges {
		from, to := slices.Index(names, e[0]), slices.Index(names, e[1])
		if from < 0 || to < 0 || from >= to {
			t.Errorf("edge %v goes against the order %v", e, names)
		}
		if e[1] == "outcome" && (e[0] == "group" || e[0] == "neighbourhood" || e[0] == "age") {
			t.Errorf("%s must not act on the outcome directly", e[0])
		}
		if e[0] == "neighbourhood" {
			t.Error("the proxy must cause nothing")
		}
	}
	if got, want := truth.Equations[1], "group = 1 with chance 0.4, else 0"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := truth.Equations[4], "income = (18000 + 400·age + 800·tenure - 8000·group)·(1 + 0.5·triangular(-1, 1))"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Classes are drawn with the chance the log-odds say: in ten bands of the true
// chance the share that repaid lies within four standard errors of the mean
// chance. The proxy must follow group and income, as documented.
func TestOutcomesFollowTheOdds(t *testing.T) {
	table := Loans(20000, 3)
	var count, repaid, chance [10]float64
	var groups [2]struct{ n, income, neighbourhood, repaid float64 }
	at := func(i int, name string) float64 { return float64(table.Row(i)[table.Column(name)]) }
	for i, y := range table.Y {
		odds := -1.4 - 0.2*at(i, "dependants") + 0.1*at(i, "tenure") + 0.00009*at(i, "income") +
			0.00006*at(i, "savings") - 0.00015*at(i, "debt")
		p := 1 / (1 + math.Exp(-odds))
		band := min(int(p*10), 9)
		count[band]++
		chance[band] += p
		repaid[band] += float64(y)
		g := &groups[int(at(i, "group"))]
		g.n++
		g.income += at(i, "income")
		g.neighbourhood += at(i, "neighbourhood")
		g.repaid += float64(y)
	}
	for b, n := range count {
		p := chance[b] / n
		if stderr := math.Sqrt(p * (1 - p) / n); math.Abs(repaid[b]/n-p) > 4*stderr {
			t.Errorf("band %d: %v of %v repaid, expected share %v", b, repaid[b], n, p)
		}
	}
	a, b := groups[0], groups[1]
	if gap := a.income/a.n - b.income/b.n; math.Abs(gap-8000) > 800 {
		t.Errorf("group A earns %v more, want 8000", gap)
	}
	if gap := a.neighbourhood/a.n - b.neighbourhood/b.n; math.Abs(gap-18.2) > 0.8 {
		t.Errorf("group A's neighbourhood scores %v more, want 18.2", gap)
	}
	if !(a.repaid/a.n > b.repaid/b.n) {
		t.Error("group A must repay more often, through income")
	}
}
