package laws_test

import (
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
)

// question asks to bring a score of x₀ + x₁, now 0, into 2..3.
func question() (explain.Query, explain.Goal) {
	q := laws.Query(laws.Affine([]float64{1, 1}, 0), []float32{0, 0}, 2)
	q.Features[1].Integer = true
	return q, explain.Goal{Band: true, Lo: 2, Hi: 3, Count: 2}
}

// right answers the question by hand.
func right(q explain.Query, _ explain.Goal) ([]explain.Counterfactual, error) {
	return []explain.Counterfactual{
		{X: []float32{2.25, 0}, Scores: []float32{2.25}, Cost: 2.25, Changed: []int{0}, Path: []float32{0, 0, 2.25, 0}},
		{X: []float32{0.5, 2}, Scores: []float32{2.5}, Cost: 2.5, Changed: []int{1, 0}},
	}, nil
}

func TestRightSearchPasses(t *testing.T) {
	q, g := question()
	for _, err := range laws.AllSearch(right, q, g) {
		t.Error(err)
	}
}

func TestBrokenSearchesAreRejected(t *testing.T) {
	calls := 0
	cases := []struct {
		law   string
		spoil func(q *explain.Query, c []explain.Counterfactual) []explain.Counterfactual
	}{
		{"flips", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			c[0].X[0] = 1.99
			return c
		}},
		{"flips", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			c[0].Scores[0] = 2.5
			return c
		}},
		{"flips", func(*explain.Query, []explain.Counterfactual) []explain.Counterfactual { return nil }},
		{"flips", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual { return append(c, c[1]) }},
		{"obeys-constraints", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual { c[1].X[1] = 1.5; return c }},
		{"obeys-constraints", func(q *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			q.Features[1].Fixed = true
			return c
		}},
		{"obeys-constraints", func(q *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			q.Features[0].Max = 2
			return c
		}},
		{"honest", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual { c[0].Cost = 2; return c }},
		{"honest", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			c[1].Changed = []int{1}
			return c
		}},
		{"honest", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			c[0], c[1] = c[1], c[0]
			return c
		}},
		{"honest", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual { c[1] = c[0]; return c }},
		{"honest", func(q *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			c[0].Path = c[0].Path[:2]
			return c
		}},
		{"honest", func(q *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			c[0] = explain.Counterfactual{X: []float32{0, 0}}
			return c
		}},
		{"deterministic", func(_ *explain.Query, c []explain.Counterfactual) []explain.Counterfactual {
			calls++
			c[0].X[0] += float32(calls) / 64
			return c
		}},
	}
	for i, c := range cases {
		q, g := question()
		found := laws.AllSearch(func(asked explain.Query, g explain.Goal) ([]explain.Counterfactual, error) {
			rows, err := right(asked, g)
			return c.spoil(&asked, rows), err
		}, q, g)
		hit := false
		for _, err := range found {
			hit = hit || strings.HasPrefix(err.Error(), "law "+c.law+":")
		}
		if !hit {
			t.Errorf("case %d breaks law %s, but AllSearch says %v", i, c.law, found)
		}
	}
}
