package additive

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
)

// crossed returns the cells of two features and of their pair, for rows of two
// small whole numbers; what is negative is missing.
func crossed(t *testing.T, rows [][2]int, pairBins int) []*cells {
	t.Helper()
	p := model.Problem{D: 2, K: 1, Regression: true}
	for _, r := range rows {
		for _, v := range r {
			x := float32(v)
			if v < 0 {
				x = float32(math.NaN())
			}
			p.TrainX = append(p.TrainX, x)
		}
		p.TrainY = append(p.TrainY, 0)
	}
	fine, err := binned.New(p, 50)
	if err != nil {
		t.Fatal(err)
	}
	return []*cells{newCells(fine, 0), newCells(fine, 1), newPair(fine.Coarser(pairBins), 0, 1)}
}

// sumOf adds up the functions at a cell of fine bins.
func sumOf(value [][]float64, terms []*cells, i, l, q, k int) float64 {
	pair := terms[2]
	at := pair.within(terms[0], 0, i)*pair.bins[1].Bins() + pair.within(terms[1], 1, l)
	return value[0][i*q+k] + value[1][l*q+k] + value[2][at*q+k]
}

// In 400 random tables, features near copies of each other among them, the sum
// stays for every pair of bins, seen or not, and a pair has no mean left in any
// row or column.
func TestPurifyAgainstItsDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	worst := 0.0
	for range 400 {
		var rows [][2]int
		spread, copies := 2+r.IntN(24), r.IntN(2) == 0
		for range 2 + r.IntN(120) {
			a := r.IntN(spread) - 1
			b := r.IntN(spread) - 1
			if copies {
				b = a + r.IntN(2)
			}
			rows = append(rows, [2]int{a, b})
		}
		q := 1 + r.IntN(2)
		terms := crossed(t, rows, 2+r.IntN(12))
		value := make([][]float64, 3)
		for at, c := range terms {
			for range c.n * q {
				value[at] = append(value[at], r.NormFloat64())
			}
		}
		before := slices.Clone(value[2])
		got := purify(value, terms, q)
		if !slices.Equal(before, value[2]) {
			t.Fatal("the functions given were changed")
		}
		for k := range q {
			for i := range terms[0].n {
				for l := range terms[1].n {
					if d := math.Abs(sumOf(got, terms, i, l, q, k) - sumOf(value, terms, i, l, q, k)); d > 1e-12 {
						t.Fatalf("the sum at %d, %d moved by %v", i, l, d)
					}
				}
			}
			worst = max(worst, impure(terms[2], got[2], q, k))
		}
	}
	t.Logf("largest mean of a row or column of a pair: %.1e", worst)
	if worst > 1e-10 {
		t.Errorf("a pair has a mean of %v left", worst)
	}
}

// impure returns the largest magnitude of a mean of a pair over the rows of one
// bin.
func impure(c *cells, value []float64, q, k int) (worst float64) {
	n, m := c.bins[0].Bins(), c.bins[1].Bins()
	sums, all := make([]float64, n+m), make([]float64, n+m)
	for i := range n {
		for l := range m {
			w := float64(c.rows[i*m+l])
			for _, line := range []int{i, n + l} {
				sums[line] += w * value[(i*m+l)*q+k]
				all[line] += w
			}
		}
	}
	for line := range sums {
		if all[line] > 0 {
			worst = max(worst, math.Abs(sums[line]/all[line]))
		}
	}
	return worst
}

// The paper's algorithm, moving the means of rows and columns in turn, ends at
// the same pair, and independent features need one turn.
func TestPurifyAgainstMovingMeans(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 2))
	for range 100 {
		var rows [][2]int
		for range 60 {
			rows = append(rows, [2]int{r.IntN(4), r.IntN(4)})
		}
		terms := crossed(t, rows, 4)
		c := terms[2]
		value := [][]float64{make([]float64, terms[0].n), make([]float64, terms[1].n), make([]float64, c.n)}
		for i := range value[2] {
			value[2][i] = r.NormFloat64()
		}
		want, m := slices.Clone(value[2]), c.bins[1].Bins()
		for range 2000 {
			for axis := range 2 {
				for line := range c.bins[axis].Bins() {
					sum, all := 0.0, 0.0
					for cell := range want {
						if [2]int{cell / m, cell % m}[axis] == line {
							sum += want[cell] * float64(c.rows[cell])
							all += float64(c.rows[cell])
						}
					}
					for cell := range want {
						if [2]int{cell / m, cell % m}[axis] == line && all > 0 {
							want[cell] -= sum / all
						}
					}
				}
			}
		}
		for cell, v := range purify(value, terms, 1)[2] {
			if c.rows[cell] > 0 && math.Abs(v-want[cell]) > 1e-9 {
				t.Fatalf("cell %d: %v, moving means gives %v", cell, v, want[cell])
			}
		}
	}
}

// On a table of two by two with as many rows in each cell, the pure part of
// "both" is a quarter of ±1, and half of what both say goes to each feature.
func TestPurifyOfAnd(t *testing.T) {
	terms := crossed(t, [][2]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, 2)
	and := make([]float64, 9) // with a bin of missing values on either side
	and[8] = 1
	got := purify([][]float64{make([]float64, 3), make([]float64, 3), and}, terms, 1)
	for cell, want := range map[int]float64{4: 0.25, 5: -0.25, 7: -0.25, 8: 0.25} {
		if math.Abs(got[2][cell]-want) > 1e-15 {
			t.Errorf("cell %d of the pair: %v, want %v", cell, got[2][cell], want)
		}
	}
	for j := range 2 {
		if rise := got[j][2] - got[j][1]; math.Abs(rise-0.5) > 1e-15 {
			t.Errorf("feature %d rises by %v, want 0.5", j, rise)
		}
	}
}

// In trained models the pairs are pure to float32, and the margins are still
// the mean of what the bags learnt.
func TestTrainedPairsArePure(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Wine(), dataset.Diabetes(), dataset.Loans(400, 2)} {
		p := model.Problem{D: len(table.Columns), K: max(1, len(table.Classes())), Regression: table.Regression(), Seed: 4, TrainX: table.X, TrainY: table.Y}
		for _, c := range table.Columns {
			p.Categories = append(p.Categories, len(c.Categories))
		}
		made, err := NewEBM(p, EBMParams{Rounds: 20, Rate: 0.1, Leaves: 3, MinLeaf: 2, Bins: 255, PairBins: 16, Pairs: 4, Bags: 2, HeldOut: 0.15, Patience: 5})
		if err != nil {
			t.Fatal(err)
		}
		trained := made.(*trainer)
		for !trained.Done() {
			if err := trained.Step(); err != nil {
				t.Fatal(err)
			}
		}
		m := trained.model
		margins := make([]float32, len(p.TrainY)*p.K)
		m.margins(margins, p.TrainX, len(p.TrainY))
		scale, off := 0.0, 0.0
		for i, v := range margins {
			want := 0.0
			for _, b := range trained.bags {
				want += float64(b.margins[i]) / float64(len(trained.bags))
			}
			scale, off = max(scale, math.Abs(want)), max(off, math.Abs(float64(v)-want))
		}
		impurity := 0.0
		for at, c := range trained.terms[p.D:] {
			value := make([]float64, c.n*p.K)
			for i := range value {
				value[i] = float64(m.terms[p.D+at].Value[i])
			}
			for k := range p.K {
				impurity = max(impurity, impure(c, value, p.K, k))
			}
		}
		t.Logf("%s: margins up to %.3g off by %.1e, means of pairs up to %.1e", table.Name, scale, off, impurity)
		if off > 1e-6*scale || impurity > 1e-7*scale {
			t.Errorf("%s: margins off by %v, means of pairs up to %v, at a scale of %v", table.Name, off, impurity, scale)
		}
	}
}
