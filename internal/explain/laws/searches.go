package laws

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// Search is a counterfactual search, its parameters filled in.
type Search func(q explain.Query, g explain.Goal) ([]explain.Counterfactual, error)

// find runs a search with a fresh, equally seeded Rand.
func find(s Search, q explain.Query, g explain.Goal) ([]explain.Counterfactual, error) {
	x := slices.Clone(q.X)
	q.Rand = rand.New(rand.NewPCG(seed, 3))
	found, err := s(q, g)
	if err != nil {
		return nil, fmt.Errorf("the search failed: %w", err)
	}
	if !slices.Equal(x, q.X) {
		return nil, errors.New("the search changed the query")
	}
	if len(found) == 0 {
		return nil, errors.New("the search returned nothing and no error")
	}
	if len(found) > g.Count {
		return nil, fmt.Errorf("%d rows where at most %d were asked for", len(found), g.Count)
	}
	for i, c := range found {
		if len(c.X) != len(q.X) {
			return nil, fmt.Errorf("row %d has %d values for %d features", i, len(c.X), len(q.X))
		}
	}
	return found, nil
}

// Flips checks that the model, asked again, gives every row found the decision
// that was the goal, with the scores the search tells.
func Flips(s Search, q explain.Query, g explain.Goal) error {
	found, err := find(s, q, g)
	if err != nil {
		return named("flips", err)
	}
	_, k := q.Dims()
	for i, c := range found {
		scores := make([]float32, k)
		q.Predict(scores, c.X, 1)
		if !g.Met(scores) {
			return named("flips", fmt.Errorf("row %d, %v, does not meet the goal: the model scores %v", i, c.X, scores))
		}
		if !slices.Equal(scores, c.Scores) {
			return named("flips", fmt.Errorf("row %d claims scores %v, the model gives %v", i, c.Scores, scores))
		}
	}
	return nil
}

// ObeysConstraints checks that fixed features stay, that the others keep to
// their range and to whole numbers where only those make sense.
func ObeysConstraints(s Search, q explain.Query, g explain.Goal) error {
	found, err := find(s, q, g)
	if err != nil {
		return named("obeys-constraints", err)
	}
	for i, c := range found {
		for j, f := range q.Features {
			v, breach := c.X[j], ""
			switch {
			case f.Fixed && v != q.X[j]:
				breach = fmt.Sprintf("is fixed at %g", q.X[j])
			case f.Fixed:
			case !(v >= f.Min && v <= f.Max):
				breach = fmt.Sprintf("must lie in %g..%g", f.Min, f.Max)
			case (f.Integer || f.Category) && float64(v) != math.Trunc(float64(v)):
				breach = "must be a whole number"
			}
			if breach != "" {
				return named("obeys-constraints", fmt.Errorf("feature %d of row %d is %g but %s", j, i, v, breach))
			}
		}
	}
	return nil
}

// Honest checks what a search tells of its rows: the cost, the features
// changed, the order, that rows differ from the asked one and from each other,
// and that a path leads from the asked row to the row found.
func Honest(s Search, q explain.Query, g explain.Goal) error {
	found, err := find(s, q, g)
	if err != nil {
		return named("honest", err)
	}
	for i, c := range found {
		if err := honest(q, c); err != nil {
			return named("honest", fmt.Errorf("row %d %w", i, err))
		}
		if i > 0 && c.Cost < found[i-1].Cost {
			return named("honest", fmt.Errorf("row %d costs %g, less than the one before it, %g", i, c.Cost, found[i-1].Cost))
		}
		for o := range i {
			if slices.Equal(c.X, found[o].X) {
				return named("honest", fmt.Errorf("rows %d and %d are the same", o, i))
			}
		}
	}
	return nil
}

func honest(q explain.Query, c explain.Counterfactual) error {
	cost, changed := 0.0, []int{}
	for j := range c.X {
		if c.X[j] != q.X[j] {
			changed = append(changed, j)
			cost += math.Abs(float64(c.X[j])-float64(q.X[j])) / float64(q.Features[j].MAD)
		}
	}
	if len(changed) == 0 {
		return errors.New("is the asked row")
	}
	if !near(c.Cost, cost, 1e-9*cost) {
		return fmt.Errorf("claims a cost of %g, but it is %g", c.Cost, cost)
	}
	told := slices.Sorted(slices.Values(c.Changed))
	if !slices.Equal(told, changed) {
		return fmt.Errorf("says features %v changed, but %v did", told, changed)
	}
	if c.Path == nil {
		return nil
	}
	d := len(q.X)
	if len(c.Path)%d != 0 || len(c.Path) < 2*d || !slices.Equal(c.Path[:d], q.X) || !slices.Equal(c.Path[len(c.Path)-d:], c.X) {
		return errors.New("has a path that does not lead from the asked row to it")
	}
	return nil
}

// DeterministicSearch checks that the same seed finds the same rows, bit for bit.
func DeterministicSearch(s Search, q explain.Query, g explain.Goal) error {
	a, err := find(s, q, g)
	if err != nil {
		return named("deterministic", err)
	}
	b, err := find(s, q, g)
	if err != nil {
		return named("deterministic", err)
	}
	if len(a) != len(b) {
		return named("deterministic", fmt.Errorf("%d rows and then %d from the same seed", len(a), len(b)))
	}
	for i := range a {
		if !slices.Equal(a[i].X, b[i].X) || !slices.Equal(a[i].Path, b[i].Path) {
			return named("deterministic", fmt.Errorf("row %d is %v and then %v from the same seed", i, a[i].X, b[i].X))
		}
	}
	return nil
}

// AllSearch runs every law of a search over one question and returns the
// breaches.
func AllSearch(s Search, q explain.Query, g explain.Goal) []error {
	return breaches([]error{Flips(s, q, g), ObeysConstraints(s, q, g), Honest(s, q, g), DeterministicSearch(s, q, g)})
}
