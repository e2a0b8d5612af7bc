package shapley

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// The gloves are the textbook example of Shapley's value; the airport is from
// Littlechild, Owen. A simple expression for the Shapley value in a special
// case. Management Science 20, 1973; the council is from Shapley, Shubik. A
// method for evaluating the distribution of power in a committee system.
// American Political Science Review 48, 1954, with today's 15 members.
func TestExactWorkedGames(t *testing.T) {
	council := make([]float64, 15)
	for i := range council {
		council[i] = 421.0 / 2145
		if i >= 5 {
			council[i] = 4.0 / 2145
		}
	}
	for _, c := range []struct {
		name string
		v    func(in []bool) float64
		want []float64
	}{
		{"gloves: two left, one right", func(in []bool) float64 {
			return truth(in[2] && (in[0] || in[1]))
		}, []float64{1.0 / 6, 1.0 / 6, 4.0 / 6}},
		{"airport: runways of 8, 11, 13, 18", func(in []bool) float64 {
			cost := 0.0
			for i, c := range []float64{8, 11, 13, 18} {
				if in[i] {
					cost = c
				}
			}
			return cost
		}, []float64{2, 3, 4, 9}},
		{"security council: 9 votes and no veto", func(in []bool) float64 {
			votes := 0.0
			for i, yes := range in {
				votes += truth(yes)
				if i < 5 && !yes {
					return 0
				}
			}
			return truth(votes >= 9)
		}, council},
	} {
		a, err := Exact(coalitions(len(c.want), c.v), ExactParams{})
		if err != nil {
			t.Fatal(err)
		}
		if e := far(a.Values, c.want); e > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, a.Values, c.want)
		}
		if g := math.Abs(a.Gap()); g > 1e-12 {
			t.Errorf("%s: gap %g", c.name, g)
		}
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// The definition: the mean over all orders of what a player adds on arrival.
func TestExactAgainstOrders(t *testing.T) {
	for d := 1; d <= 6; d++ {
		r := rand.New(rand.NewPCG(1, uint64(d)))
		table := make([]float64, 1<<d)
		for s := range table {
			table[s] = float64(random(r, 1)[0])
		}
		want := make([]float64, d)
		orders := 0.0
		var walk func(s int)
		order := make([]int, 0, d)
		walk = func(s int) {
			if len(order) == d {
				orders++
				have := 0
				for _, i := range order {
					want[i] += table[have|1<<i] - table[have]
					have |= 1 << i
				}
				return
			}
			for i := range d {
				if s>>i&1 == 0 {
					order = append(order, i)
					walk(s | 1<<i)
					order = order[:len(order)-1]
				}
			}
		}
		walk(0)
		for i := range want {
			want[i] /= orders
		}
		a, err := Exact(coalitions(d, func(in []bool) float64 {
			s := 0
			for i, yes := range in {
				if yes {
					s |= 1 << i
				}
			}
			return table[s]
		}), ExactParams{})
		if err != nil {
			t.Fatal(err)
		}
		if e := far(a.Values, want); e > 1e-13 {
			t.Errorf("d=%d: off by %g", d, e)
		}
	}
}

// w·(x - mean of the background) for a linear model: Štrumbelj and Kononenko
// 2014, and Lundberg and Lee 2017, corollary 1.
func TestExactLinear(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	const d, m = 7, 8
	w := random(r, d)
	q := ask(r, function{d, func(x []float32) float64 { return dot(w, x) + 0.5 }}, m)
	a, err := Exact(q, ExactParams{})
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, d)
	for i := range want {
		mean := 0.0
		for b := range m {
			mean += float64(q.Background[b*d+i]) / m
		}
		want[i] = float64(w[i]) * (float64(q.X[i]) - mean)
	}
	if e := far(a.Values, want); e > 1e-6 {
		t.Errorf("off by %g", e)
	}
}

func dot(w, x []float32) float64 {
	s := 0.0
	for i, v := range w {
		s += float64(v) * float64(x[i])
	}
	return s
}

// Dummy, symmetric and linear over random models and several background rows.
func TestExactLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 20 {
		f, g := network(r, 6), largest(6)
		// Feature 5 is not read; 0 and 1 are read alike.
		even := func(x []float32) []float32 { return []float32{x[0] + x[1], x[0] * x[1], x[2], x[3], x[4], 1} }
		q := ask(r, function{6, func(x []float32) float64 { return f.f(even(x)) }}, 5)
		q.X[1] = q.X[0]
		for b := range 5 {
			q.Background[b*6+1] = q.Background[b*6]
		}
		a := must(Exact(q, ExactParams{}))
		if a.Values[5] != 0 {
			t.Errorf("a feature the model does not read got %g", a.Values[5])
		}
		if e := math.Abs(a.Values[0] - a.Values[1]); e > 1e-7 {
			t.Errorf("two features read alike differ by %g", e)
		}
		q.Model = g
		b := must(Exact(q, ExactParams{}))
		q.Model = function{6, func(x []float32) float64 { return 2*f.f(even(x)) - 3*g.f(x) }}
		c := must(Exact(q, ExactParams{}))
		for i := range c.Values {
			if e := math.Abs(c.Values[i] - (2*a.Values[i] - 3*b.Values[i])); e > 1e-6 {
				t.Errorf("2f - 3g is off by %g", e)
			}
		}
	}
}

func must(a explain.Attribution, err error) explain.Attribution {
	if err != nil {
		panic(err)
	}
	return a
}

func TestExactErrors(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	_, err := Exact(ask(r, largest(16), 1), ExactParams{})
	if !errors.Is(err, explain.ErrTooMany) || !strings.Contains(err.Error(), "16 features") {
		t.Errorf("16 features: %v", err)
	}
	for name, explainer := range explainers {
		for _, bad := range []float64{math.NaN(), math.Inf(1)} {
			q := ask(r, largest(6), 3)
			q.Model = function{6, func(x []float32) float64 {
				if x[0] == q.X[0] && x[1] == q.Background[6+1] {
					return bad
				}
				return 1
			}}
			_, err := explainer(q)
			if err == nil || !strings.Contains(err.Error(), "background row 1") {
				t.Errorf("%s with a score of %v: %v", name, bad, err)
			}
		}
	}
}

var explainers = map[string]func(q explain.Query) (explain.Attribution, error){
	"Exact":  func(q explain.Query) (explain.Attribution, error) { return Exact(q, ExactParams{}) },
	"Kernel": func(q explain.Query) (explain.Attribution, error) { return Kernel(q, KernelParams{Samples: 96}) },
}

// counter counts the rows a model is asked for.
type counter struct {
	function
	rows *int
}

func (c counter) Predict(dst, x []float32, n int) {
	*c.rows += n
	c.function.Predict(dst, x, n)
}

func TestPace(t *testing.T) {
	stop := errors.New("stop")
	for name, explainer := range explainers {
		r := rand.New(rand.NewPCG(5, 1))
		q := ask(r, largest(11), 40)
		rows, last, total := 0, 0, 0
		q.Model = counter{largest(11), &rows}
		q.Pace = func(done, of int) error {
			if done != rows || rows-last > explain.Batch {
				t.Fatalf("%s: %d rows reported at %d, last at %d", name, done, rows, last)
			}
			last, total = rows, of
			return nil
		}
		if _, err := explainer(q); err != nil {
			t.Fatal(err)
		}
		if rows != total {
			t.Errorf("%s: announced %d rows, took %d", name, total, rows)
		}
		rows = 0
		q.Pace = func(done, of int) error {
			if done > 1000 {
				return stop
			}
			return nil
		}
		if _, err := explainer(q); err != stop || rows > 1000+explain.Batch {
			t.Errorf("%s: stopped with %v after %d rows", name, err, rows)
		}
	}
}
