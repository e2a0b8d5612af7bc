package laws_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
)

// shapley is the plain definition: every subset of at most a few features,
// unknown ones taken from each background row in turn.
func shapley(q explain.Query) (explain.Attribution, error) {
	d, k := q.Dims()
	m := len(q.Background) / d
	value := make([]float64, 1<<d)
	row, scores := make([]float32, d), make([]float32, k)
	for set := range value {
		for r := range m {
			for j := range row {
				if row[j] = q.Background[r*d+j]; set>>j&1 == 1 {
					row[j] = q.X[j]
				}
			}
			q.Predict(scores, row, 1)
			value[set] += float64(scores[q.Class]) / float64(m)
		}
	}
	factorial := []float64{1, 1, 2, 6, 24, 120}
	a := explain.Attribution{Values: make([]float64, d), Base: value[0], Score: value[len(value)-1]}
	for set := range value {
		size := 0
		for j := range d {
			size += set >> j & 1
		}
		for j := range d {
			if set>>j&1 == 0 {
				a.Values[j] += factorial[size] * factorial[d-size-1] / factorial[d] * (value[set|1<<j] - value[set])
			}
		}
	}
	return a, nil
}

// gradient is the plain gradient.
func gradient(q explain.Query) (explain.Attribution, error) {
	d, k := q.Dims()
	g, scores := make([]float32, d), make([]float32, k)
	q.Model.(explain.Differentiable).Gradient(g, q.X, 1, q.Class)
	q.Predict(scores, q.X, 1)
	a := explain.Attribution{Score: float64(scores[q.Class]), Partial: true}
	for _, v := range g {
		a.Values = append(a.Values, float64(v))
	}
	return a, nil
}

// spoilt is shapley with one thing done to its result.
func spoilt(spoil func(q explain.Query, a *explain.Attribution)) laws.Explainer {
	return func(q explain.Query) (explain.Attribution, error) {
		a, err := shapley(q)
		spoil(q, &a)
		return a, err
	}
}

func TestRightExplainersPass(t *testing.T) {
	for _, err := range laws.All(shapley, laws.Claims{Complete: true, Gap: 1e-5}) {
		t.Errorf("Shapley values: %v", err)
	}
	for _, err := range laws.All(gradient, laws.Claims{}) {
		t.Errorf("gradient: %v", err)
	}
	for _, err := range laws.TreeToo(shapley, laws.Claims{Complete: true, Gap: 1e-5}) {
		t.Errorf("Shapley values of a tree: %v", err)
	}
}

func TestBrokenExplainersAreRejected(t *testing.T) {
	calls := 0
	cases := []struct {
		law   string
		spoil func(q explain.Query, a *explain.Attribution)
	}{
		{"complete", func(_ explain.Query, a *explain.Attribution) { a.Values[0] *= 1.01 }},
		{"complete", func(_ explain.Query, a *explain.Attribution) { a.Partial = true }},
		{"dummy", func(_ explain.Query, a *explain.Attribution) { // each takes a little from its neighbour
			first := a.Values[0]
			for j := range len(a.Values) - 1 {
				a.Values[j] += 0.01 * (a.Values[j+1] - a.Values[j])
			}
			a.Values[len(a.Values)-1] += 0.01 * (first - a.Values[len(a.Values)-1])
		}},
		{"symmetric", func(_ explain.Query, a *explain.Attribution) { a.Values[0] += 0.001; a.Values[1] -= 0.001 }},
		{"linear", func(_ explain.Query, a *explain.Attribution) { // shares the same total by squares
			total, squares := a.Score-a.Base, 0.0
			for _, v := range a.Values {
				squares += v * v
			}
			for j, v := range a.Values {
				a.Values[j] = total * v * v / squares
			}
		}},
		{"implementation-invariant", func(q explain.Query, a *explain.Attribution) { // every second of the models that compute the same
			if f, _ := laws.EqualNets(); a.Score != 0 && sameKind(q.Model, f) {
				calls++
				a.Values[0] += 0.001 * float64(calls%2)
			}
		}},
		{"deterministic", func(_ explain.Query, a *explain.Attribution) {
			calls++
			a.Values[0] += 1e-12 * float64(calls)
		}},
		{"deterministic", func(_ explain.Query, a *explain.Attribution) { a.Values[0] += 1e-9 * rand.Float64() }},
		{"finite", func(_ explain.Query, a *explain.Attribution) { a.Values[1] = math.NaN() }},
		{"finite", func(_ explain.Query, a *explain.Attribution) { a.Values = a.Values[1:] }},
		{"finite", func(_ explain.Query, a *explain.Attribution) { a.Score += 0.01; a.Values[0] += 0.01 }},
		{"finite", func(_ explain.Query, a *explain.Attribution) { a.StdErr = []float64{0, -1, 0} }},
		{"finite", func(q explain.Query, _ *explain.Attribution) { q.X[0]++ }},
	}
	for i, c := range cases {
		found := laws.All(spoilt(c.spoil), laws.Claims{Complete: true, Gap: 1e-5})
		hit := false
		for _, err := range found {
			hit = hit || strings.HasPrefix(err.Error(), "law "+c.law+":")
		}
		if !hit {
			t.Errorf("case %d breaks law %s, but All says %v", i, c.law, found)
		}
	}
}

// sameKind reports whether two models score a fixed row alike.
func sameKind(a, b explain.Model) bool {
	x := []float32{0.3, -0.2, 0.9}
	s, r := make([]float32, 1), make([]float32, 1)
	if d, k := a.Dims(); d != 3 || k != 1 {
		return false
	}
	a.Predict(s, x, 1)
	b.Predict(r, x, 1)
	return s[0] == r[0]
}

// TestKnownValues uses values worked out by hand: for a product x₀·x₁ with
// background 0 each factor gets half of it; a linear model gives w·(x - mean).
func TestKnownValues(t *testing.T) {
	q := laws.Query(laws.Product(3), []float32{3, -2, 1}, 1)
	q.Background = make([]float32, 3)
	if err := laws.Exact(shapley, q, []float64{-3, -3, 0}, 1e-6); err != nil {
		t.Error(err)
	}
	if err := laws.Exact(shapley, q, []float64{-3, -2.9, 0}, 1e-6); err == nil {
		t.Error("a wrong value passes")
	}
	q = laws.Query(laws.Affine([]float64{2, -1}, 5), []float32{1, 1}, 1)
	q.Background = []float32{0, 0, 0.5, -1}
	if err := laws.Exact(shapley, q, []float64{1.5, -1.5}, 1e-6); err != nil {
		t.Error(err)
	}
}

// TestModels checks the gradients of the small models by central differences,
// and that what should compute the same does.
func TestModels(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	f, g := laws.EqualNets()
	models := map[string]explain.Differentiable{
		"affine": laws.Affine([]float64{1, -2, 0.5}, 1), "additive": laws.Additive([]float64{1, -2, 0.5}), "product": laws.Product(3),
		"twins": laws.Twins(), "net": laws.Net(3, 5, 1, r), "first net": f, "second net": g, "sum": laws.Sum(f, laws.Product(3)),
		"logistic": laws.Logistic([]float64{1, -2, 0.5}, 0.25), "softmax": laws.Softmax(laws.Twins(), f, laws.Product(3)),
	}
	const h = 1.0 / 256
	for name, m := range models {
		_, k := m.Dims()
		x := []float32{0.3, -0.4, 0.6, 1, 0.25, -0.75}
		for class := range k {
			grad := make([]float32, 6)
			m.Gradient(grad, x, 2, class)
			for at := range x {
				up, down := append([]float32{}, x...), append([]float32{}, x...)
				up[at] += h
				down[at] -= h
				a, b := make([]float32, 2*k), make([]float32, 2*k)
				m.Predict(a, up, 2)
				m.Predict(b, down, 2)
				want := float64(a[at/3*k+class]-b[at/3*k+class]) / (2 * h)
				if got := float64(grad[at]); math.Abs(got-want) > 2e-4*(1+math.Abs(want)) {
					t.Errorf("%s, class %d: slope %d is %g, by differences %g", name, class, at, got, want)
				}
			}
		}
	}
	a, b := make([]float32, 1), make([]float32, 1)
	for range 200 {
		x := []float32{4*r.Float32() - 2, 4*r.Float32() - 2, 4*r.Float32() - 2}
		f.Predict(a, x, 1)
		g.Predict(b, x, 1)
		if math.Abs(float64(a[0]-b[0])) > 1e-6 {
			t.Fatalf("the equal nets give %g and %g at %v", a[0], b[0], x)
		}
	}
}
