package counterfactual_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/counterfactual"
	"github.com/whybox/whybox/internal/explain/laws"
)

// image is a question about 64 whole pixels of 0..16 and ten classes: reach the
// class with the least score.
func image() (explain.Query, explain.Goal) {
	const pixels, classes = 64, 10
	r := seeded(4)
	var margins []explain.Differentiable
	for range classes {
		w := make([]float64, pixels)
		for j := range w {
			w[j] = 0.1 * (r.Float64() - 0.5)
		}
		margins = append(margins, laws.Sum(laws.Affine(w, 0), laws.Net(pixels, 12, 0.1, r)))
	}
	q := explain.Query{Model: laws.Softmax(margins...), Height: 8, Width: 8, Rand: seeded(1)}
	for range pixels {
		q.X = append(q.X, float32(r.IntN(17)))
		q.Features = append(q.Features, explain.Feature{Max: 16, Integer: true, MAD: 2})
	}
	scores := make([]float32, classes)
	q.Predict(scores, q.X, 1)
	g := explain.Goal{Count: 3}
	for c, s := range scores {
		if s < scores[g.Class] {
			g.Class = c
		}
	}
	return q, g
}

// TestImageTakesFewRows stands for the time an image takes: at some 2 µs a row
// of a small network, 60,000 rows are 120 ms.
func TestImageTakesFewRows(t *testing.T) {
	for _, s := range searches {
		q, g := image()
		if err := laws.ObeysConstraints(s.search, q, g); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
		rows := 0
		q.Model = counted{q.Model.(explain.Differentiable), &rows}
		found, err := s.search(q, g)
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		t.Logf("%s: %d rows, %d found, %d pixels changed", s.name, rows, len(found), len(found[0].Changed))
		if rows > 60000 {
			t.Errorf("%s: %d rows", s.name, rows)
		}
		if n := len(found[0].Changed); n > 32 {
			t.Errorf("%s: %d of 64 pixels changed, which is no sparse answer", s.name, n)
		}
	}
}

// TestResultsDiffer asks for three answers where each feature alone can flip
// the row.
func TestResultsDiffer(t *testing.T) {
	for _, s := range searches {
		q, g := line()
		found, err := s.search(q, g)
		if err != nil || len(found) != 3 {
			t.Fatalf("%s: %d found, error %v", s.name, len(found), err)
		}
		if !slices.Equal(found[0].Changed, []int{1}) {
			t.Errorf("%s: cheapest changes %v; income alone does it for 1.5", s.name, found[0].Changed)
		}
		for i, c := range found {
			if c.Cost > 3.1 {
				t.Errorf("%s: result %d costs %g; any feature alone does it for 3", s.name, i, c.Cost)
			}
			if n := len(c.Path) / len(q.X); n < 2 || n > 40 {
				t.Errorf("%s: result %d has a path of %d points", s.name, i, n)
			}
		}
	}
}

// needle has class 1 within 0.3 of the point 2 in every feature, and no slope.
type needle struct{ d int }

func (m needle) Dims() (d, k int) { return m.d, 2 }

func (m needle) Predict(dst, x []float32, n int) {
	for i := range n {
		dst[2*i], dst[2*i+1] = 0.2, 0.8
		for _, v := range x[i*m.d : (i+1)*m.d] {
			if v < 1.7 || v > 2.3 {
				dst[2*i], dst[2*i+1] = 0.8, 0.2
			}
		}
	}
}

func TestSpheresStartFromKnownRows(t *testing.T) {
	q := laws.Query(needle{8}, make([]float32, 8), 5)
	g := explain.Goal{Class: 1, Count: 1}
	if found, err := spheres(q, g); !errors.Is(err, explain.ErrNoneFound) {
		t.Fatalf("found %v, error %v; no draw is expected to hit", found, err)
	}
	for range 8 {
		q.Background = append(q.Background, 2.1)
	}
	for _, err := range laws.AllSearch(spheres, q, g) {
		t.Error(err)
	}
	q.Rand = seeded(1)
	if found, err := spheres(q, g); err != nil || found[0].Cost > 8*1.71 {
		t.Errorf("found %v, error %v; the nearest row costs %g", found, err, 8*1.7)
	}
}

// TestRowOutOfRange has a row that only the ranges bring to the goal.
func TestRowOutOfRange(t *testing.T) {
	for _, s := range searches {
		q, g := line()
		q.X = []float32{0, -5, 0}
		q.Features[1].Min = 2
		for _, err := range laws.AllSearch(s.search, q, g) {
			t.Errorf("%s: %v", s.name, err)
		}
		q.Rand = seeded(1)
		if found, err := s.search(q, g); err != nil || !slices.Equal(found[0].X, []float32{0, 2, 0}) {
			t.Errorf("%s: found %v, error %v; income at 2 is the nearest", s.name, found, err)
		}
	}
}

func TestBrokenContracts(t *testing.T) {
	for name, edit := range map[string]func(q *explain.Query, g *explain.Goal){
		"short row":  func(q *explain.Query, _ *explain.Goal) { q.X = q.X[:2] },
		"no chance":  func(q *explain.Query, _ *explain.Goal) { q.Rand = nil },
		"no MAD":     func(q *explain.Query, _ *explain.Goal) { q.Features[1].MAD = 0 },
		"class":      func(_ *explain.Query, g *explain.Goal) { g.Class = 2 },
		"count of 0": func(_ *explain.Query, g *explain.Goal) { g.Count = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			q, g := line()
			edit(&q, &g)
			found, err := counterfactual.Wachter(q, g, counterfactual.DefaultWachter())
			t.Logf("found %v, error %v", found, err)
		})
	}
}

// TestSameEverywhere has the same literal on every platform: the model and the
// searches use nothing that rounds differently.
func TestSameEverywhere(t *testing.T) {
	want := [][]uint32{
		{0x40047efb, 0x40000000, 0xbf000000, 0x3e99999a, 0x3ff6bf3a, 0x3fddbd3a, 0xbf000000, 0x3f11849c},
		{0x40047d84, 0x40000000, 0xbf000000, 0x3e99999a, 0x3fbf20a8, 0x3fa14652, 0xbf9685a6, 0x3e99999a},
	}
	for i, s := range searches {
		q := laws.Query(laws.Additive([]float64{1, -0.5, 0.75, 0.3}), []float32{1, 2, -0.5, 0.3}, 4)
		q.Rand = seeded(1)
		found, err := s.search(q, explain.Goal{Band: true, Lo: 2.5, Hi: 3, Count: 2})
		if err != nil {
			t.Fatal(err)
		}
		var bits []uint32
		for _, c := range found {
			for _, v := range c.X {
				bits = append(bits, math.Float32bits(v))
			}
		}
		if !slices.Equal(bits, want[i]) {
			t.Errorf("%s: found %#v, not %#v", s.name, bits, want[i])
		}
	}
}
