package additive

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
)

// slopes of few rows over two features of few values.
type slopes struct {
	table          *binned.Table
	rows           []int32
	target, weight []float64 // n×q, one output after another
	q              int
}

func randomSlopes(t *testing.T, r *rand.Rand) slopes {
	t.Helper()
	n, s := 2+r.IntN(30), slopes{q: 1 + r.IntN(2)}
	p := model.Problem{D: 2, K: 1, Regression: true, TrainY: make([]float32, n)}
	for i := range n {
		for range 2 {
			v := float32(r.IntN(6))
			if r.IntN(8) == 0 {
				v = float32(math.NaN())
			}
			p.TrainX = append(p.TrainX, v)
		}
		s.rows = append(s.rows, int32(i))
	}
	for range n * s.q {
		s.target, s.weight = append(s.target, r.NormFloat64()), append(s.weight, 0.1+r.Float64())
	}
	var err error
	if s.table, err = binned.New(p, 10); err != nil {
		t.Fatal(err)
	}
	return s
}

// worthOf computes Σ Y²/(H+ridge) from the rows of each part.
func (s slopes) worthOf(part func(i int32) int, parts int) (worth float64, count []int) {
	n := len(s.rows)
	count = make([]int, parts)
	for c := range s.q {
		y, h := make([]float64, parts), make([]float64, parts)
		for _, i := range s.rows {
			at := part(i)
			y[at] += s.target[c*n+int(i)]
			h[at] += s.weight[c*n+int(i)]
			if c == 0 {
				count[at]++
			}
		}
		for at := range parts {
			worth += y[at] * y[at] / (h[at] + ridge)
		}
	}
	return worth, count
}

// The quadrants that are chosen gain as much as the best of all pairs of cuts.
func TestQuadrantsAgainstEveryCross(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 400 {
		s, minLeaf := randomSlopes(t, r), 1+r.IntN(3)
		c := newPair(s.table, 0, 1)
		_, got := bestQuadrants(c, c.tally(new(room), s.rows, s.target, s.weight, s.q), new(room), minLeaf)
		whole, _ := s.worthOf(func(int32) int { return 0 }, 1)
		best := 0.0
		n := len(s.rows)
		for row := 1; row < c.bins[0].Bins(); row++ {
			for column := 1; column < c.bins[1].Bins(); column++ {
				worth, count := s.worthOf(func(i int32) int {
					part := 0
					if int(s.table.Code[i]) >= row {
						part = 2
					}
					if int(s.table.Code[n+int(i)]) >= column {
						part++
					}
					return part
				}, 4)
				fits := true
				for _, rows := range count {
					fits = fits && (rows == 0 || rows >= minLeaf)
				}
				if fits {
					best = max(best, worth-whole)
				}
			}
		}
		if math.Abs(got-best) > 1e-9 {
			t.Fatalf("gain %v, the best is %v", got, best)
		}
	}
}

// With two leaves the cut gains as much as the best of all cuts, and the
// update is the Newton step of each side, and of the missing rows.
func TestSegmentsAgainstEveryCut(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	for range 400 {
		s, minLeaf := randomSlopes(t, r), 1+r.IntN(3)
		c := newCells(s.table, 0)
		update := make([]float64, c.n*s.q)
		segments(update, c, c.tally(new(room), s.rows, s.target, s.weight, s.q), 2, minLeaf)
		present := slopes{target: s.target, weight: s.weight, q: s.q, rows: s.rows}
		side := func(cut int) func(i int32) int {
			return func(i int32) int {
				switch code := int(s.table.Code[i]); {
				case code == 0:
					return 2
				case code >= cut:
					return 1
				}
				return 0
			}
		}
		best, at := math.Inf(-1), 0
		for cut := 1; cut < c.n; cut++ {
			worth, count := present.worthOf(side(cut), 3)
			if cut == 1 || min(count[0], count[1]) >= minLeaf {
				if worth > best+1e-9 {
					best, at = worth, cut
				}
			}
		}
		// Every row gets the step of its side.
		n := len(s.rows)
		for k := range s.q {
			var y, h [3]float64
			var count [3]int
			for _, i := range s.rows {
				p := side(at)(i)
				y[p] += s.target[k*n+int(i)]
				h[p] += s.weight[k*n+int(i)]
				count[p]++
			}
			for _, i := range s.rows {
				p := side(at)(i)
				want := y[p] / (h[p] + ridge)
				if p == 2 && count[2] < minLeaf {
					want = 0
				}
				if got := update[int(s.table.Code[i])*s.q+k]; math.Abs(got-want) > 1e-9 {
					t.Fatalf("step %v, want %v", got, want)
				}
			}
		}
	}
}
