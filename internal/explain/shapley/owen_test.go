package shapley

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
)

// unbroken reports whether an order keeps every group together.
func unbroken(groups [][]int) func(order []int) bool {
	return func(order []int) bool {
		for _, g := range groups {
			first, last := len(order), -1
			for at, i := range order {
				if slices.Contains(g, i) {
					first, last = min(first, at), max(last, at)
				}
			}
			if last-first >= len(g) {
				return false
			}
		}
		return true
	}
}

// The definition: the mean over the orders that keep groups together.
func TestOwenAgainstOrders(t *testing.T) {
	for _, groups := range [][][]int{
		{{0, 3}}, {{1, 2, 5}, {0, 4}}, {{5, 4, 3, 2, 1, 0}}, {{0}, {1}}, {{0, 1}, {2, 3}, {4, 5}},
	} {
		r := rand.New(rand.NewPCG(21, 1))
		q := ask(r, network(r, 6), 3)
		a := must(Owen(q, OwenParams{Groups: groups, Pairs: 20}))
		if a.StdErr != nil {
			t.Fatalf("%v: not tried in full", groups)
		}
		want := byOrders(6, worthOf(q), unbroken(groups))
		if off := far(a.Values, want); off > 1e-12 {
			t.Errorf("%v: off by %g", groups, off)
		}
	}
}

// In the game that is worth 1 to whoever holds all of some players, the groups
// that these stand in share it alike, and in each its own of them: Owen 1977.
func TestOwenUnanimity(t *testing.T) {
	q := coalitions(7, func(in []bool) float64 { return truth(in[0] && in[1] && in[4]) })
	a := must(Owen(q, OwenParams{Groups: [][]int{{0, 1, 2}, {3, 4}}, Pairs: 200}))
	if off := far(a.Values, []float64{0.25, 0.25, 0, 0, 0.5, 0, 0}); off > 1e-12 {
		t.Errorf("off by %g: %v", off, a.Values)
	}
}

// With groups of one, and with one group, Owen's values are Shapley's; and a
// group gets what it would as one feature.
func TestOwenReduces(t *testing.T) {
	const d = 7
	r := rand.New(rand.NewPCG(22, 1))
	q := ask(r, network(r, d), 4)
	exact := must(Exact(q, ExactParams{}))
	for _, groups := range [][][]int{nil, {}, {{0}, {3}}, {{0, 1, 2, 3, 4, 5, 6}}} {
		a := must(Owen(q, OwenParams{Groups: groups, Pairs: 100}))
		if off := far(a.Values, exact.Values); off > 1e-12 || a.StdErr != nil {
			t.Errorf("%v: off by %g", groups, off)
		}
	}
	groups := [][]int{{0, 2}, {1, 5, 6}, {3, 4}}
	a := must(Owen(q, OwenParams{Groups: groups, Pairs: 100}))
	v := worthOf(q)
	quotient := byOrders(len(groups), func(in []bool) float64 {
		features := make([]bool, d)
		for g, yes := range in {
			for _, i := range groups[g] {
				features[i] = yes
			}
		}
		return v(features)
	}, anyOrder)
	for g, own := range groups {
		sum := 0.0
		for _, i := range own {
			sum += a.Values[i]
		}
		if math.Abs(sum-quotient[g]) > 1e-12 || math.Abs(a.Groups[g].Value-sum) > 1e-15 || a.Groups[g].StdErr != 0 || len(a.Groups[g].Members) != len(own) {
			t.Errorf("group %d gets %g, as one feature %g; it says %+v", g, sum, quotient[g], a.Groups[g])
		}
	}
}

// Drawn orders: right in the mean, and ±1.96 StdErr hold the exact values in 92
// to 98 % of 200 seeds.
func TestOwenIsHonest(t *testing.T) {
	const seeds = 200
	groups := [][]int{{0, 1, 2}, {3, 4, 5}, {6, 7}, {8, 9}}
	for name, model := range map[string]function{"network": network(rand.New(rand.NewPCG(2, 1)), 10), "largest": largest(10)} {
		q := ask(rand.New(rand.NewPCG(2, 2)), model, 4)
		exact := must(Owen(q, OwenParams{Groups: groups, Pairs: 10000}))
		if exact.StdErr != nil {
			t.Fatal("not tried in full")
		}
		held, of := 0, 0
		for seed := range uint64(seeds) {
			q.Rand = rand.New(rand.NewPCG(seed, 3))
			u, err := newUnions(q, groups)
			if err != nil {
				t.Fatal(err)
			}
			a := must(along(q, u.orders(q, 40), 10, u.groups, u.member))
			count := func(v, stderr, exact float64) {
				if off := math.Abs(v - exact); stderr > 1e-9 || off > 1e-9 {
					of++
					if off <= 1.96*stderr {
						held++
					}
				}
			}
			for i, v := range u.spread(a.Values[:10]) {
				count(v, a.StdErr[i], exact.Values[i])
			}
			for g, own := range u.shares(a) {
				count(own.Value, own.StdErr, exact.Groups[g].Value)
			}
		}
		share := float64(held) / float64(of)
		t.Logf("%s: %.1f %% of %d", name, 100*share, of)
		if share < 0.92 || share > 0.98 {
			t.Errorf("%s: the exact value lies within ±1.96 StdErr in %.1f %% of the cases", name, 100*share)
		}
	}
}

// More features than can be tried: orders are drawn, and the sum stays whole.
func TestOwenDraws(t *testing.T) {
	const d = 30
	r := rand.New(rand.NewPCG(23, 1))
	q := ask(r, network(r, d), 2)
	for i := range d {
		q.Features = append(q.Features, explain.Feature{Name: fmt.Sprint(i), Group: fmt.Sprint(i % 10)})
	}
	rows := 0
	q.Model = counter{network(r, d), &rows}
	a := must(Owen(q, OwenParams{Pairs: 5}))
	if len(a.StdErr) != d || math.Abs(a.Gap()) > 1e-13 || rows != 2*(2+2*5*(d-1)) {
		t.Errorf("%d errors, gap %g, %d rows", len(a.StdErr), a.Gap(), rows)
	}
	q.Rand = nil
	rows = 0
	a = must(Owen(q, OwenParams{Pairs: 1000})) // 10 groups of 3: 2¹⁰ + 10·2⁹·6 coalitions
	if a.StdErr != nil || rows != 2*(1<<10+10<<9*6) {
		t.Errorf("tried in full with %d rows, errors %v", rows, a.StdErr)
	}
}

// One-hot columns are one feature: half a category is never asked for, and the
// whole stands at the column that is 1.
func TestOwenOneHot(t *testing.T) {
	names := []string{"age", "color_red", "color_green", "color_dark_blue", "is_old", "is_tall", "size=S", "size=L"}
	background := []float32{
		3, 1, 0, 0, 1, 1, 0, 1,
		5, 0, 1, 0, 0, 0, 1, 0,
		2, 0, 0, 1, 1, 1, 1, 0,
	}
	q := explain.Query{X: []float32{4, 0, 1, 0, 1, 1, 0, 1}, Background: background}
	for i, n := range names {
		q.Features = append(q.Features, explain.Feature{Name: n, OneHot: []string{"", "color", "color", "color", "", "", "size", "size"}[i]})
	}
	w := []float64{0.25, 1, -2, 4, 0.5, -1, 3, -0.5}
	q.Model = function{8, func(x []float32) float64 {
		if x[1]+x[2]+x[3] != 1 || x[6]+x[7] != 1 {
			t.Fatalf("half a category is asked for: %v", x)
		}
		s := 0.0
		for i, v := range x {
			s += w[i] * float64(v) * (1 + float64(x[0]))
		}
		return s
	}}
	a := must(Owen(q, OwenParams{Pairs: 50}))
	players := [][]int{{0}, {1, 2, 3}, {4}, {5}, {6, 7}}
	v := worthOf(q)
	want := byOrders(5, func(in []bool) float64 {
		features := make([]bool, 8)
		for p, yes := range in {
			for _, i := range players[p] {
				features[i] = yes
			}
		}
		return v(features)
	}, anyOrder)
	if off := far(a.Values, []float64{want[0], 0, want[1], 0, want[2], want[3], 0, want[4]}); off > 1e-6 {
		t.Errorf("off by %g: %v, want %v", off, a.Values, want)
	}
	var said []string
	for _, g := range a.Groups {
		said = append(said, fmt.Sprint(g.Name, g.Members))
	}
	if got := strings.Join(said, " "); got != "color[[2 1 3]] size[[7 6]] age[[0]] is_old[[4]] is_tall[[5]]" {
		t.Errorf("the groups are %s", got)
	}
	q.Features[0].Group, q.Features[1].Group, q.Features[2].Group, q.Features[3].Group = "who", "who", "who", "who"
	q.Model = function{8, func(x []float32) float64 { return w[1]*float64(x[1]) + w[2]*float64(x[2]*x[0]) }}
	a = must(Owen(q, OwenParams{Pairs: 50}))
	if g := a.Groups[0]; g.Name != "who" || fmt.Sprint(g.Members) != "[[0] [2 1 3]]" || math.Abs(g.Value-a.Values[0]-a.Values[2]) > 1e-15 {
		t.Errorf("a group with a category: %+v", g)
	}
	q.Features[1].Group = "" // half a category in a group is no category
	a = must(Owen(q, OwenParams{Pairs: 50}))
	if g := a.Groups[0]; fmt.Sprint(g.Members) != "[[0] [2 3]]" {
		t.Errorf("two columns of a category: %+v", g)
	}
}

// Groups share what is drawn: the errors of their sums are not the sums of their
// errors.
func TestOwenGroupErrors(t *testing.T) {
	const d = 30
	r := rand.New(rand.NewPCG(24, 1))
	q := ask(r, network(r, d), 2)
	for i := range d {
		q.Features = append(q.Features, explain.Feature{Name: fmt.Sprint("f", i), Group: []string{"a", "b", ""}[i%3]})
	}
	a := must(Owen(q, OwenParams{Pairs: 20}))
	if len(a.Groups) != 12 {
		t.Fatalf("%d groups", len(a.Groups))
	}
	all := a.Base
	for _, g := range a.Groups {
		sum, apart := 0.0, 0.0
		for _, m := range g.Members {
			sum += a.Values[m[0]]
			apart += a.StdErr[m[0]]
		}
		all += g.Value
		if math.Abs(g.Value-sum) > 1e-14 || !(g.StdErr > 0) || g.StdErr > apart*(1+1e-9) {
			t.Errorf("%s gets %g ± %g, its features %g ± %g at most", g.Name, g.Value, g.StdErr, sum, apart)
		}
		if len(g.Members) == 1 && math.Abs(g.StdErr-a.StdErr[g.Members[0][0]]) > 1e-15 {
			t.Errorf("%s, alone: ± %g and ± %g", g.Name, g.StdErr, a.StdErr[g.Members[0][0]])
		}
	}
	if math.Abs(all-a.Score) > 1e-12 {
		t.Errorf("the groups add up to %g, the score is %g", all, a.Score)
	}
}

func TestOwenRefuses(t *testing.T) {
	q := ask(rand.New(rand.NewPCG(1, 1)), largest(4), 1)
	for want, p := range map[string]OwenParams{
		"choose at least 2":   {Pairs: 1},
		"feature 4":           {Pairs: 5, Groups: [][]int{{4}}},
		"feature 1 is in two": {Pairs: 5, Groups: [][]int{{0, 1}, {1, 2}}},
	} {
		if _, err := Owen(q, p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestOwenLaws(t *testing.T) {
	explainer := func(q explain.Query) (explain.Attribution, error) { return Owen(q, OwenParams{Pairs: 40}) }
	c := laws.Claims{Complete: true, Gap: 1e-12}
	for _, err := range append(laws.All(explainer, c), laws.TreeToo(explainer, c)...) {
		t.Error(err)
	}
}
