package shapley_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model/tree"
)

// randomTree grows a tree of at most that depth over d features: thresholds
// that values often equal, categories, covers of 0, and features asked about
// again on one path.
func randomTree(r *rand.Rand, d, depth int) tree.Branches {
	b := tree.Branches{Weight: float32(r.IntN(8)+1) / 4, Codes: map[int32][]int{}}
	var grow func(depth int, cover float32) int32
	grow = func(depth int, cover float32) int32 {
		at := int32(len(b.Feature))
		b.Feature, b.Left, b.Right = append(b.Feature, -1), append(b.Left, 0), append(b.Right, 0)
		b.Threshold, b.Value = append(b.Threshold, 0), append(b.Value, float32(r.NormFloat64()))
		b.MissingLeft, b.Cover = append(b.MissingLeft, r.IntN(2) == 0), append(b.Cover, cover)
		if depth == 0 || r.IntN(6) == 0 {
			return at
		}
		b.Feature[at] = int32(r.IntN(d))
		if r.IntN(4) == 0 {
			codes := []int{}
			for c := range 5 {
				if r.IntN(2) == 0 {
					codes = append(codes, 4-c)
				}
			}
			b.Codes[at] = codes
		} else {
			b.Threshold[at] = float32(r.IntN(9)) / 2
		}
		share := []float32{0, 0.25, 0.5, 0.7, 1}[r.IntN(5)]
		b.Left[at] = grow(depth-1, cover*share)
		b.Right[at] = grow(depth-1, cover*(1-share))
		return at
	}
	grow(depth, 100)
	return b
}

// randomEnsemble has up to five trees of at most that depth and two classes.
func randomEnsemble(t testing.TB, r *rand.Rand, d, depth int) *tree.Margins {
	p := tree.EnsembleParams{D: d, K: 2, Base: []float32{0.5, -1}, Closed: r.IntN(2) == 0, Average: r.IntN(3) == 0}
	for range r.IntN(5) + 1 {
		b := randomTree(r, d, r.IntN(depth)+1)
		b.Class = r.IntN(2)
		p.Trees = append(p.Trees, b)
	}
	e, err := tree.NewEnsemble(p)
	if err != nil {
		t.Fatal(err)
	}
	return e.Margin().(*tree.Margins)
}

// randomRow has whole and half values within 0..4.5, one in five missing, some
// that are no category.
func randomRow(r *rand.Rand, d int) []float32 {
	x := make([]float32, d)
	for i := range x {
		switch r.IntN(10) {
		case 0, 1:
			x[i] = float32(math.NaN())
		case 2:
			x[i] = -1
		default:
			x[i] = float32(r.IntN(10)) / 2
		}
	}
	return x
}

// subset is a set of features by bits.
type subset uint

func (s subset) has(i int) bool { return s>>i&1 == 1 }

// conditional is algorithm 1 of Lundberg et al. 2020: the mean score where only
// the features in s are known. It divides covers by those of the children.
func conditional(m *tree.Margins, x []float32, class int, s subset) float64 {
	sum := m.Base(class)
	for t := range m.Trees() {
		c, weight := m.Adds(t)
		if c != class {
			continue
		}
		feature, right, value, cover := m.Nodes(t)
		turns := make([]bool, len(feature))
		m.Turns(turns, t, x)
		var at func(i int32) float64
		at = func(i int32) float64 {
			j := feature[i]
			switch {
			case j < 0:
				return float64(value[i])
			case s.has(int(j)) && turns[i]:
				return at(i + 1)
			case s.has(int(j)):
				return at(right[i])
			}
			l, r := float64(cover[i+1]), float64(cover[right[i]])
			if l+r == 0 {
				l, r = 1, 1
			}
			return (l*at(i+1) + r*at(right[i])) / (l + r)
		}
		sum += weight * at(0)
	}
	return sum
}

// mixed is the mean score over the background when the features in s come from
// x, by walking each mixed row in float64.
func mixed(m *tree.Margins, x, background []float32, class int, s subset) float64 {
	d := len(x)
	row, sum := make([]float32, d), 0.0
	for b := 0; b < len(background); b += d {
		copy(row, background[b:b+d])
		for i := range row {
			if s.has(i) {
				row[i] = x[i]
			}
		}
		sum += conditional(m, row, class, 1<<d-1)
	}
	return sum / float64(len(background)/d)
}

// enumerate returns Shapley values and interaction values of a game, by their
// definitions.
func enumerate(d int, v func(s subset) float64) (values, pairs []float64) {
	worth := make([]float64, 1<<d)
	for s := range worth {
		worth[s] = v(subset(s))
	}
	factorial := func(n int) float64 { return math.Gamma(float64(n) + 1) }
	values, pairs = make([]float64, d), make([]float64, d*d)
	for s := range worth {
		size := 0
		for i := range d {
			if subset(s).has(i) {
				size++
			}
		}
		for i := range d {
			if subset(s).has(i) {
				continue
			}
			values[i] += factorial(size) * factorial(d-size-1) / factorial(d) * (worth[s|1<<i] - worth[s])
			for j := range d {
				if j != i && !subset(s).has(j) {
					gain := worth[s|1<<i|1<<j] - worth[s|1<<i] - worth[s|1<<j] + worth[s]
					pairs[i*d+j] += factorial(size) * factorial(d-size-2) / factorial(d-1) * gain / 2
				}
			}
		}
	}
	for i := range d {
		pairs[i*d+i] = values[i]
		for j := range d {
			if j != i {
				pairs[i*d+i] -= pairs[i*d+j]
			}
		}
	}
	return values, pairs
}

func question(m explain.Model, x []float32, class int, background []float32) explain.Query {
	return explain.Query{Model: m, X: x, Class: class, Background: background, Rand: rand.New(rand.NewPCG(1, 2))}
}

func furthest(a, b []float64) float64 {
	worst := 0.0
	for i := range a {
		if e := math.Abs(a[i] - b[i]); !(e <= worst) {
			worst = e
		}
	}
	return worst
}
