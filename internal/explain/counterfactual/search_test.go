package counterfactual_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/counterfactual"
	"github.com/whybox/whybox/internal/explain/laws"
)

var searches = []struct {
	name     string
	search   laws.Search
	gradient bool
}{{"wachter", wachter, true}, {"growing-spheres", spheres, false}}

// asked is a question and whether the model has gradients.
type asked struct {
	name string
	q    explain.Query
	g    explain.Goal
	flat bool
}

// randomQuestion draws a model of d features and a row with random ranges,
// whole numbers, categories, pinned features and values out of range.
func randomQuestion(r *rand.Rand) asked {
	d := 2 + r.IntN(5)
	net := func() explain.Differentiable { return laws.Net(d, 6, 1.5, r) }
	var a asked
	switch r.IntN(4) {
	case 0:
		w := make([]float64, d)
		for j := range w {
			w[j] = 4*r.Float64() - 2
		}
		a = asked{name: "logistic", q: explain.Query{Model: laws.Logistic(w, r.Float64())}}
	case 1:
		a = asked{name: "net of three classes", q: explain.Query{Model: laws.Softmax(net(), net(), net())}}
	case 2:
		a = asked{name: "net, a band", q: explain.Query{Model: net()}}
	default:
		d = 3
		a = asked{name: "tree, a band", flat: true, q: explain.Query{Model: laws.Steps()}}
	}
	for range d {
		f := explain.Feature{MAD: float32(0.2 + r.Float64()), Min: -3, Max: 3}
		x := float32(6*r.Float64() - 3)
		switch r.IntN(6) {
		case 0:
			f.Integer, x = true, float32(int(x))
		case 1:
			f.Category, f.Min, x = true, 0, float32(r.IntN(4))
		case 2:
			f.Fixed = true
		case 3:
			f.Max = x + 0.5
		case 4:
			f.Min, f.Integer = 0, r.IntN(2) == 0
		}
		a.q.X, a.q.Features = append(a.q.X, x), append(a.q.Features, f)
	}
	_, k := a.q.Dims()
	scores := make([]float32, k)
	a.q.Predict(scores, a.q.X, 1)
	a.g = explain.Goal{Count: 1 + r.IntN(4), Class: r.IntN(k)}
	if k == 1 {
		from := float64(scores[0]) + 0.3
		a.g = explain.Goal{Count: a.g.Count, Band: true, Lo: from, Hi: from + 0.5 + r.Float64()}
	}
	return a
}

// TestLawsOverManyQuestions also counts how often nothing is found, so that a
// search that gives up does not pass.
func TestLawsOverManyQuestions(t *testing.T) {
	const questions = 100
	for _, s := range searches {
		t.Run(s.name, func(t *testing.T) {
			asked, none, met := 0, map[string]int{}, 0
			for n := range uint64(questions) {
				a := randomQuestion(seeded(n))
				if a.flat && s.gradient {
					continue
				}
				a.q.Rand = seeded(1)
				_, err := s.search(a.q, a.g)
				switch {
				case errors.Is(err, counterfactual.ErrAlreadyMet):
					met++
					continue
				case errors.Is(err, explain.ErrNoneFound):
					none[a.name]++
					if found := lattice(a, s.gradient); found != nil {
						t.Errorf("question %d (%s): %v; but %v meets the goal", n, a.name, err, found)
					}
					continue
				}
				asked++
				for _, err := range laws.AllSearch(s.search, a.q, a.g) {
					t.Errorf("question %d (%s): %v", n, a.name, err)
				}
			}
			t.Logf("%d answered, %d already met, none for %v", asked, met, none)
			if asked < questions/4 {
				t.Errorf("only %d of %d questions were answered", asked, questions)
			}
		})
	}
}

// lattice looks for a row that meets the goal on a grid of admissible rows, by
// brute force: up to seven values a feature; none but the row's for a category
// where those stay as they are.
func lattice(a asked, stay bool) []float32 {
	values := make([][]float32, len(a.q.X))
	for j, f := range a.q.Features {
		values[j] = []float32{a.q.X[j]}
		if f.Fixed || f.Category && stay {
			continue
		}
		values[j] = nil
		for i := range 7 {
			v := f.Min + (f.Max-f.Min)*float32(i)/6
			if f.Integer || f.Category {
				v = float32(int(v))
			}
			if v >= f.Min && v <= f.Max {
				values[j] = append(values[j], v)
			}
		}
		values[j] = slices.Compact(values[j])
	}
	_, k := a.q.Dims()
	scores, row, at := make([]float32, k), make([]float32, len(values)), make([]int, len(values))
	for {
		for j := range row {
			row[j] = values[j][at[j]]
		}
		if a.q.Predict(scores, row, 1); a.g.Met(scores) {
			return row
		}
		j := 0
		for ; j < len(at); j++ {
			if at[j]++; at[j] < len(values[j]) {
				break
			}
			at[j] = 0
		}
		if j == len(at) {
			return nil
		}
	}
}

// line is a logistic question over three features; the row is of class 0.
func line() (explain.Query, explain.Goal) {
	q := laws.Query(laws.Logistic([]float64{1, 2, -1}, -3), []float32{0, 0, 0}, 4)
	for j, name := range []string{"age", "income", "debt"} {
		q.Features[j].Name = name
	}
	q.Rand = seeded(1)
	return q, explain.Goal{Class: 1, Count: 3}
}

func TestNothingToFind(t *testing.T) {
	cases := []struct {
		name string
		edit func(q *explain.Query, g *explain.Goal)
		want error
		says []string
	}{
		{"all fixed", func(q *explain.Query, _ *explain.Goal) {
			for j := range q.Features {
				q.Features[j].Fixed = true
			}
		}, explain.ErrNoneFound, []string{"all 3 features are fixed", "free one"}},
		{"one value each", func(q *explain.Query, _ *explain.Goal) {
			for j := range q.Features {
				q.Features[j].Min, q.Features[j].Max = 0, 0
			}
		}, explain.ErrNoneFound, []string{"one value only"}},
		{"ranges too narrow", func(q *explain.Query, _ *explain.Goal) {
			for j := range q.Features {
				q.Features[j].Min, q.Features[j].Max = -0.5, 0.5
			}
			q.Features[2].Fixed = true
		}, explain.ErrNoneFound, []string{"nothing within the ranges after", "rows", "debt fixed", "age, income at the end", "free a feature", "widen a range"}},
		{"already there", func(_ *explain.Query, g *explain.Goal) { g.Class = 0 }, counterfactual.ErrAlreadyMet, []string{"choose another target"}},
		{"not a number", func(q *explain.Query, _ *explain.Goal) { q.X = []float32{0, float32(math.Inf(1)), 0} }, nil, []string{"income is +Inf", "give it a value"}},
		{"empty range", func(q *explain.Query, _ *explain.Goal) {
			q.Features[1].Min, q.Features[1].Max, q.Features[1].Integer = 0.2, 0.8, true
		}, nil, []string{"income has no value between 0.2 and 0.8"}},
		{"empty band", func(_ *explain.Query, g *explain.Goal) { *g = explain.Goal{Band: true, Lo: 2, Hi: 1, Count: 1} }, nil, []string{"2 to 1"}},
	}
	for _, c := range cases {
		for _, s := range searches {
			q, g := line()
			c.edit(&q, &g)
			found, err := s.search(q, g)
			if err == nil || found != nil {
				t.Errorf("%s, %s: found %v, error %v", c.name, s.name, found, err)
				continue
			}
			if c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%s, %s: error %q is not %q", c.name, s.name, err, c.want)
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%s, %s: error %q does not say %q", c.name, s.name, err, part)
				}
			}
		}
	}
}

func nan() float32 {
	zero := float32(0)
	return zero / zero
}

func TestWachterNeedsAGradient(t *testing.T) {
	q, g := line()
	q.Model = laws.Flat(q.Model)
	if _, err := wachter(q, g); !errors.Is(err, explain.ErrNeedsGradient) {
		t.Errorf("error %v", err)
	}
	q, g = line()
	for j := range q.Features {
		q.Features[j].Category = true
	}
	if _, err := wachter(q, g); !errors.Is(err, explain.ErrNoneFound) || !strings.Contains(err.Error(), "only categories may change") {
		t.Errorf("error %v", err)
	}
}

func TestSpheresFlipACategory(t *testing.T) {
	q := laws.Query(laws.Logistic([]float64{3, 0.01}, -2), []float32{0, 0}, 4)
	q.Features[0] = explain.Feature{Category: true, Max: 3, MAD: 1}
	for _, err := range laws.AllSearch(spheres, q, explain.Goal{Class: 1, Count: 3}) {
		t.Error(err)
	}
	found, err := spheres(q, explain.Goal{Class: 1, Count: 1})
	if err != nil || found[0].X[0] != 1 || found[0].X[1] != 0 {
		t.Errorf("found %v, error %v; code 1 is the least that flips", found, err)
	}
}

// TestPaceStops also holds the searches to reporting often enough.
func TestPaceStops(t *testing.T) {
	stop := errors.New("stop")
	for _, s := range searches {
		q, g := line()
		rows, since, calls := 0, 0, 0
		q.Model = counted{q.Model.(explain.Differentiable), &since}
		q.Pace = func(done, of int) error {
			if calls++; since > 4096 {
				t.Errorf("%s: %d rows without a report", s.name, since)
			}
			if done < 0 || done > of {
				t.Errorf("%s: %d of %d", s.name, done, of)
			}
			rows, since = rows+since, 0
			return nil
		}
		if _, err := s.search(q, g); err != nil {
			t.Fatal(err)
		}
		for at := range calls {
			q.Rand = seeded(1)
			left := at
			q.Pace = func(int, int) error {
				if left--; left < 0 {
					return stop
				}
				return nil
			}
			if found, err := s.search(q, g); !errors.Is(err, stop) || found != nil {
				t.Errorf("%s: stopped at report %d of %d: found %v, error %v", s.name, at, calls, found, err)
			}
		}
	}
}

// counted counts the rows a model is asked for.
type counted struct {
	explain.Differentiable
	rows *int
}

func (c counted) Predict(dst, x []float32, n int) {
	*c.rows += n
	c.Differentiable.Predict(dst, x, n)
}

func (c counted) Gradient(dst, x []float32, n, class int) {
	*c.rows += n
	c.Differentiable.Gradient(dst, x, n, class)
}

func TestParamsAreChecked(t *testing.T) {
	q, g := line()
	for name, edit := range map[string]func(w *counterfactual.WachterParams){
		"steps":    func(w *counterfactual.WachterParams) { w.Steps = 0 },
		"restarts": func(w *counterfactual.WachterParams) { w.Restarts = 0 },
		"rate":     func(w *counterfactual.WachterParams) { w.Rate = 0 },
		"growth":   func(w *counterfactual.WachterParams) { w.Growth = 1 },
	} {
		p := counterfactual.DefaultWachter()
		edit(&p)
		if _, err := counterfactual.Wachter(q, g, p); err == nil || !strings.HasPrefix(err.Error(), name+" is ") {
			t.Errorf("wachter: wrong %s gives %v", name, err)
		}
	}
	for name, edit := range map[string]func(s *counterfactual.GrowingSpheresParams){
		"samples": func(s *counterfactual.GrowingSpheresParams) { s.Samples = 1 },
		"radius":  func(s *counterfactual.GrowingSpheresParams) { s.Radius = -1 },
		"growth":  func(s *counterfactual.GrowingSpheresParams) { s.Growth = 1 },
		"scale":   func(s *counterfactual.GrowingSpheresParams) { s.Scale = "sd" },
	} {
		p := counterfactual.DefaultGrowingSpheres()
		edit(&p)
		if _, err := counterfactual.GrowingSpheres(q, g, p); err == nil || !strings.HasPrefix(err.Error(), name+" is ") {
			t.Errorf("growing-spheres: wrong %s gives %v", name, err)
		}
	}
}
