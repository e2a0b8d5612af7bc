// Package laws checks what explainers promise, on models small enough to know
// the answer. It is test help and no part of any program. A law returns nil or
// an error that describes the breach with numbers.
package laws

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// Explainer is an explainer of one row, its parameters filled in.
type Explainer func(q explain.Query) (explain.Attribution, error)

const (
	seed   = 20260101 // of every run, so that two runs differ only where the explainer does
	sigmas = 6        // how many standard errors a Monte-Carlo value may be off
)

// run explains q with a fresh, equally seeded Rand and checks what every
// attribution must have: d finite values, a finite base, the model's own score,
// and a query left as it was.
func run(e Explainer, q explain.Query) (explain.Attribution, error) {
	x, background := slices.Clone(q.X), slices.Clone(q.Background)
	q.Rand = rand.New(rand.NewPCG(seed, 1))
	a, err := e(q)
	if err != nil {
		return a, fmt.Errorf("the explainer failed: %w", err)
	}
	if !slices.Equal(x, q.X) || !slices.Equal(background, q.Background) {
		return a, errors.New("the explainer changed the query")
	}
	d, k := q.Dims()
	if len(a.Values) != d {
		return a, fmt.Errorf("%d values for %d features", len(a.Values), d)
	}
	if a.StdErr != nil && len(a.StdErr) != d {
		return a, fmt.Errorf("%d standard errors for %d features", len(a.StdErr), d)
	}
	for i, v := range a.Values {
		if !finite(v) {
			return a, fmt.Errorf("the value of feature %d is %g", i, v)
		}
	}
	for i, v := range a.StdErr {
		if !(v >= 0) || !finite(v) {
			return a, fmt.Errorf("the standard error of feature %d is %g", i, v)
		}
	}
	scores := make([]float32, k)
	q.Predict(scores, q.X, 1)
	if want := float64(scores[q.Class]); !finite(a.Base) || !near(a.Score, want, 1e-6*(1+math.Abs(want))) {
		return a, fmt.Errorf("base %g and score %g, where the model scores %g", a.Base, a.Score, want)
	}
	return a, nil
}

// Finite checks that there is one finite value a feature, that the score is
// the model's own and that the query is left as it was.
func Finite(e Explainer, q explain.Query) error {
	_, err := run(e, q)
	return named("finite", err)
}

// Complete checks that the values sum to score - base, up to tol times the
// larger of |score| and |base|.
func Complete(e Explainer, q explain.Query, tol float64) error {
	a, err := run(e, q)
	if err != nil {
		return named("complete", err)
	}
	if a.Partial {
		return named("complete", errors.New("the attribution calls itself partial"))
	}
	if limit := tol * max(math.Abs(a.Score), math.Abs(a.Base)); !near(a.Gap(), 0, limit) {
		return named("complete", fmt.Errorf("score %g - base %g leaves a gap of %g to the values, above %g", a.Score, a.Base, a.Gap(), limit))
	}
	return nil
}

// Dummy checks that features the model ignores get 0, up to tol.
func Dummy(e Explainer, q explain.Query, ignored []int, tol float64) error {
	a, err := run(e, q)
	if err != nil {
		return named("dummy", err)
	}
	for _, j := range ignored {
		if !near(a.Values[j], 0, tol) {
			return named("dummy", fmt.Errorf("the model ignores feature %d, which gets %g", j, a.Values[j]))
		}
	}
	return nil
}

// Symmetric checks that features i and j get the same value, up to tol and
// chance. The model and the background must treat them alike, and the row must
// have the same value for both; see Mirrored.
func Symmetric(e Explainer, q explain.Query, i, j int, tol float64) error {
	if q.X[i] != q.X[j] {
		panic("laws: the row is not the same in both features")
	}
	a, err := run(e, q)
	if err != nil {
		return named("symmetric", err)
	}
	if !near(a.Values[i], a.Values[j], tol+chance(a, i)+chance(a, j)) {
		return named("symmetric", fmt.Errorf("features %d and %d play the same part but get %g and %g", i, j, a.Values[i], a.Values[j]))
	}
	return nil
}

// Linear checks that explaining f + g, feature by feature, is explaining f and
// g and adding up, to within tol. f and g take the place of q.Model.
func Linear(e Explainer, q explain.Query, f, g explain.Differentiable, tol float64) error {
	var got [3]explain.Attribution
	for i, m := range []explain.Model{f, g, Sum(f, g)} {
		q.Model = m
		var err error
		if got[i], err = run(e, q); err != nil {
			return named("linear", err)
		}
	}
	for j, sum := range got[2].Values {
		if apart := got[0].Values[j] + got[1].Values[j]; !near(sum, apart, tol) {
			return named("linear", fmt.Errorf("feature %d gets %g in f and %g in g, together %g, but %g in f + g", j, got[0].Values[j], got[1].Values[j], apart, sum))
		}
	}
	return nil
}

// ImplementationInvariant checks that two models that compute the same get the
// same values, up to tol. f and g take the place of q.Model.
func ImplementationInvariant(e Explainer, q explain.Query, f, g explain.Model, tol float64) error {
	q.Model = f
	a, err := run(e, q)
	if err != nil {
		return named("implementation-invariant", err)
	}
	q.Model = g
	b, err := run(e, q)
	if err != nil {
		return named("implementation-invariant", err)
	}
	for j := range a.Values {
		if !near(a.Values[j], b.Values[j], tol) {
			return named("implementation-invariant", fmt.Errorf("feature %d gets %g in one model and %g in another that computes the same", j, a.Values[j], b.Values[j]))
		}
	}
	return nil
}

// Deterministic checks that the same seed gives the same values, bit for bit.
func Deterministic(e Explainer, q explain.Query) error {
	a, err := run(e, q)
	if err != nil {
		return named("deterministic", err)
	}
	b, err := run(e, q)
	if err != nil {
		return named("deterministic", err)
	}
	for j := range a.Values {
		if a.Values[j] != b.Values[j] {
			return named("deterministic", fmt.Errorf("feature %d gets %v and then %v from the same seed", j, a.Values[j], b.Values[j]))
		}
	}
	if a.Base != b.Base || !slices.Equal(a.StdErr, b.StdErr) {
		return named("deterministic", fmt.Errorf("base or standard errors differ from the same seed: %v and %v", a.Base, b.Base))
	}
	return nil
}

// Exact checks values against the ones known, up to tol and chance.
func Exact(e Explainer, q explain.Query, want []float64, tol float64) error {
	a, err := run(e, q)
	if err != nil {
		return named("exact", err)
	}
	for j, v := range a.Values {
		if !near(v, want[j], tol+chance(a, j)) {
			return named("exact", fmt.Errorf("feature %d gets %g, known to be %g", j, v, want[j]))
		}
	}
	return nil
}

// chance returns how far value j may be off for being an estimate.
func chance(a explain.Attribution, j int) float64 {
	if a.StdErr == nil {
		return 0
	}
	return sigmas * a.StdErr[j]
}

// near reports |a-b| ≤ tol; nothing is near a NaN.
func near(a, b, tol float64) bool { return math.Abs(a-b) <= tol }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// named puts the law's name before err.
func named(law string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("law %s: %w", law, err)
}
