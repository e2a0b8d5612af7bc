package tree

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
)

// randomRows returns few rows of two numbers and a category, many of them
// missing, with q random targets and weights.
func randomRows(t *testing.T, r *rand.Rand, q int, l limits) (*planter, []int32) {
	t.Helper()
	p := model.Problem{D: 3, K: q, Categories: []int{0, 5, 0}}
	for range 3 + r.IntN(25) {
		row := []float32{float32(r.IntN(6)) / 3, float32(r.IntN(5)), float32(r.NormFloat64())}
		for j := range row {
			if r.IntN(4) == 0 {
				row[j] = float32(math.NaN())
			}
		}
		p.TrainX, p.TrainY = append(p.TrainX, row...), append(p.TrainY, 0)
	}
	bins, err := binned.New(p, 100)
	if err != nil {
		t.Fatal(err)
	}
	g := newPlanter(bins, q, l, r)
	var rows []int32
	for i := range g.weight {
		g.weight[i] = float64(1+r.IntN(8)) / 4
		for c := range q {
			g.target[i*q+c] = float64(r.IntN(17)-8) / 4
		}
		rows = append(rows, int32(i))
	}
	return g, rows
}

// gainOf computes the documented gain from the rows themselves, or false where
// a side is too small.
func gainOf(p *planter, rows []int32, left func(i int32) bool) (float64, bool) {
	var weight [3]float64
	var count [3]int
	sums := [3][]float64{make([]float64, p.q), make([]float64, p.q), make([]float64, p.q)}
	for _, i := range rows {
		side := 1
		if left(i) {
			side = 0
		}
		for _, s := range []int{side, 2} {
			weight[s] += p.weight[i]
			count[s]++
			for c := range p.q {
				sums[s][c] += p.target[int(i)*p.q+c]
			}
		}
	}
	out := 0.0
	for c := range p.q {
		out += sums[0][c]*sums[0][c]/(weight[0]+p.l2) + sums[1][c]*sums[1][c]/(weight[1]+p.l2) - sums[2][c]*sums[2][c]/(weight[2]+p.l2)
	}
	return out, min(count[0], count[1]) >= p.minLeaf && min(weight[0], weight[1]) >= p.minWeight
}

// everySplit calls use with every way to part the rows by one feature: each
// threshold and each set of categories, missing values on either side.
func everySplit(p *planter, rows []int32, use func(j int, left func(i int32) bool)) {
	for j := range p.bins.D {
		column := p.bins.Column[j*p.bins.N:]
		for _, missingLeft := range []bool{false, true} {
			if categories := p.bins.Features[j].Categories; categories > 0 {
				for set := range 1 << categories {
					use(j, func(i int32) bool {
						if v := column[i]; v == v {
							return set>>int(v)&1 == 1
						}
						return missingLeft
					})
				}
				continue
			}
			for _, at := range rows {
				use(j, func(i int32) bool {
					if v := column[i]; v == v {
						return v <= column[at]
					}
					return missingLeft
				})
			}
		}
	}
}

// The split that is found gains as much as the best of all, for one target with
// any weights (all sets of categories included), and for two classes.
func TestSearchAgainstEverySplit(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	found, missing, sets := 0, 0, 0
	for range 600 {
		l := limits{depth: 1, minLeaf: 1 + r.IntN(2), l2: float64(r.IntN(3)), minGain: float64(r.IntN(2))}
		p, rows := randomRows(t, r, 1, l)
		p.weigh(rows)
		got := p.search(rows)
		best := math.Inf(-1)
		everySplit(p, rows, func(j int, left func(int32) bool) {
			if p.bins.Features[j].Categories > 0 && p.minLeaf > 1 {
				return // the order of means is best where no set is forbidden
			}
			if g, ok := gainOf(p, rows, left); ok {
				best = max(best, g)
			}
		})
		if got.feature < 0 {
			if best > p.minGain+1e-9 {
				t.Fatalf("no split found, one gains %v", best)
			}
			continue
		}
		found++
		column := p.bins.Column[got.feature*p.bins.N:]
		mine, ok := gainOf(p, rows, func(i int32) bool { return got.left(column[i]) })
		if !ok || math.Abs(mine-got.gain) > 1e-9 || got.gain < best-1e-9 || got.gain <= p.minGain {
			t.Fatalf("split %+v gains %v (allowed %v), the best %v", got, mine, ok, best)
		}
		if got.codes != nil {
			sets++
		}
		if slices.ContainsFunc(rows, func(i int32) bool { return column[i] != column[i] }) {
			missing++
		}
	}
	t.Logf("%d splits, %d with missing values, %d of categories", found, missing, sets)
	if found < 300 || missing < 200 || sets < 50 {
		t.Error("too little was tried")
	}
}

// With classes as targets of 0 and 1 a split gains what the summed Gini
// impurity falls, and for two classes no set of categories does better.
func TestSearchIsGini(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 2))
	for range 300 {
		k := 2 + r.IntN(2)
		p, rows := randomRows(t, r, k, limits{depth: 1, minLeaf: 1, minGain: math.Inf(-1)})
		class := make([]int, len(rows))
		clear(p.target)
		for i := range rows {
			p.weight[i], class[i] = 1, r.IntN(k)
			p.target[i*k+class[i]] = 1
		}
		gini := func(in func(i int32) bool) float64 {
			count, n, squares := make([]float64, k), 0.0, 0.0
			for _, i := range rows {
				if in(i) {
					count[class[i]]++
					n++
				}
			}
			for _, c := range count {
				squares += c * c
			}
			return n - squares/max(n, 1)
		}
		p.weigh(rows)
		got := p.search(rows)
		best := math.Inf(-1)
		everySplit(p, rows, func(j int, left func(int32) bool) {
			if p.bins.Features[j].Categories > 0 && k > 2 {
				return
			}
			if g, ok := gainOf(p, rows, left); ok {
				best = max(best, g)
			}
		})
		if got.feature < 0 {
			continue
		}
		column := p.bins.Column[got.feature*p.bins.N:]
		left := func(i int32) bool { return got.left(column[i]) }
		falls := gini(func(int32) bool { return true }) - gini(left) - gini(func(i int32) bool { return !left(i) })
		if math.Abs(got.gain-falls) > 1e-9 || got.gain < best-1e-9 {
			t.Fatalf("%d classes: gain %v, the impurity falls by %v, the best by %v", k, got.gain, falls, best)
		}
	}
}

// A drawn threshold is uniform between the least and the greatest value.
func TestDrawIsUniform(t *testing.T) {
	p := model.Problem{D: 1, K: 1, TrainX: []float32{2, 2.5, 2.5, 2.5, 6}, TrainY: make([]float32, 5), Regression: true}
	bins, err := binned.New(p, 10)
	if err != nil {
		t.Fatal(err)
	}
	g := newPlanter(bins, 1, limits{minLeaf: 1, random: true}, rand.New(rand.NewPCG(1, 1)))
	const draws, cells = 40000, 8
	var count [cells]float64
	for range draws {
		at := g.drawThreshold(0, []int32{0, 1, 2, 3, 4})
		if at <= 2 || at > 6 {
			t.Fatalf("threshold %v", at)
		}
		count[min(int((at-2)/4*cells), cells-1)]++
	}
	chi := 0.0
	for _, c := range count {
		chi += (c - draws/cells) * (c - draws/cells) / (draws / cells)
	}
	if chi > 24.3 { // 99.9 % of χ² with 7 degrees of freedom lie below
		t.Errorf("χ² = %v of %v", chi, count)
	}
}

// With as many leaves as it may have, a tree splits the most telling leaf
// first: each leaf more gains as much as the best split of any leaf there was.
func TestLeavesAreLimited(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 3))
	more := 0
	for range 100 {
		p, rows := randomRows(t, r, 1, limits{depth: 4, minLeaf: 1, l2: 1})
		worth, most := math.NaN(), 0.0
		for p.leaves = 1; p.leaves < 9; p.leaves++ {
			tree := p.grow(slices.Clone(rows))
			parts := map[int32][]int32{}
			depth := map[int32]int{}
			for _, i := range rows {
				at, deep := tree.walk(p, i)
				parts[at], depth[at] = append(parts[at], i), deep
			}
			now, best := 0.0, 0.0
			for at, part := range parts {
				p.weigh(part)
				now += p.worth(p.sum, p.total)
				if depth[at] < p.depth && len(part) > 1 {
					best = max(best, p.search(part).gain)
				}
			}
			if p.leaves > 1 && math.Abs(now-worth-most) > 1e-9 {
				t.Fatalf("leaf %d gained %v, the best split %v", p.leaves, now-worth, most)
			}
			if len(parts) > p.leaves || len(parts) < p.leaves && most != 0 {
				t.Fatalf("%d leaves, want %d", len(parts), p.leaves)
			}
			if most > 0 {
				more++
			}
			worth, most = now, best
		}
	}
	if more < 200 {
		t.Errorf("only %d splits were compared", more)
	}
}

// walk returns the leaf that row i comes to, and how deep it lies.
func (t *plant) walk(p *planter, i int32) (at int32, depth int) {
	for ; t.Feature[at] >= 0; depth++ {
		c := cut{threshold: t.Threshold[at], codes: t.Codes[at], missingLeft: t.MissingLeft[at]}
		if c.left(p.bins.Column[int(t.Feature[at])*p.bins.N+int(i)]) {
			at = t.Left[at]
		} else {
			at = t.Right[at]
		}
	}
	return at, depth
}
