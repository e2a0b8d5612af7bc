package figure

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/knob"
)

const (
	CohortRows  = 100 // rows of a view of many rows, where the spec does not say
	cohortParts = 64  // into which the rows are shared out
)

// cohort is one attribution for each of several rows of the table.
type cohort struct {
	rows   []int       // n, table index, ascending
	values [][]float64 // n×d, score units
	errors [][]float64 // n×d, standard errors; 0 where the values are exact
	bases  []float64   // n
	scores []float64   // n
}

// cohort explains rows by the spec's own method.
func (f *Figure) cohort() (*cohort, error) {
	e := f.explainer()
	if why := f.refuseExplainer(e); why != "" {
		return nil, f.needs("/explain/name", e.Title, why)
	}
	t := Task{Kind: taskCohort, Path: "/explain/name", Name: e.Name, Knobs: knob.Fill(f.s.Explain.Knobs, e.Knobs), Rows: f.s.View.Rows}
	if t.Rows == 0 {
		t.Rows = CohortRows
	}
	key := keyOf("cohort", f.modelKey(), f.class, f.s.Seed, t.Name, t.Knobs, t.Rows, f.groupsOf(e))
	return remember(f.b, key, func() (*cohort, error) { return f.survey(t) })
}

// sample returns n seeded rows of the table, ascending, or all.
func (f *Figure) sample(n int) []int {
	all := f.table.Rows()
	rows := f.rand("cohort").Perm(all)[:min(n, all)]
	slices.Sort(rows)
	return rows
}

// survey explains the rows of a task, some at a time. Each row is asked about
// with the chance that it has as the asked row, so that its values are those
// the waterfall shows.
func (f *Figure) survey(t Task) (*cohort, error) {
	e := catalog.ExplainerOf(t.Name)
	q := f.ask(t, "explaining", t.background())
	var err error
	if q.Other, err = f.against(t); err != nil {
		return nil, err
	}
	c := &cohort{rows: f.sample(t.Rows)}
	n, d := len(c.rows), f.problem.D
	each := (n + cohortParts - 1) / cohortParts
	part := func(i int) []int { return c.rows[min(n, i*each):min(n, (i+1)*each)] }
	done := 0
	found, err := q.Parts((n+each-1)/each, func(i int) { done += len(part(i)) }, func(i int) ([]float64, error) {
		var out []float64
		for _, row := range part(i) {
			one := q
			one.Share, one.X, one.Rand = nil, f.table.Row(row), f.rand(t.Name)
			one.Pace = func(int, int) error { return q.Step(done, n) }
			a, err := e.Attribute(one, t.Knobs)
			if err != nil {
				return nil, err
			}
			out = append(append(out, a.Base, a.Score), a.Values...)
			if a.StdErr == nil {
				a.StdErr = make([]float64, d)
			}
			out = append(out, a.StdErr...)
			done++
		}
		return out, nil
	})
	if err != nil {
		return nil, explaining(t, e, err)
	}
	for _, numbers := range found {
		for one := range slices.Chunk(numbers, 2+2*d) {
			c.bases, c.scores = append(c.bases, one[0]), append(c.scores, one[1])
			c.values, c.errors = append(c.values, one[2:2+d]), append(c.errors, one[2+d:])
		}
	}
	return c, nil
}

// pairs returns the mean magnitude, d×d, of the interactions of the cohort's
// rows.
func (f *Figure) pairs() ([]float64, error) {
	t := Task{Kind: taskPairs, Path: "/view/name", Rows: f.s.View.Rows}
	if t.Rows == 0 {
		t.Rows = CohortRows
	}
	key := keyOf("pairs", f.modelKey(), f.class, f.s.Seed, t.Rows)
	return remember(f.b, key, func() ([]float64, error) { return f.pair(t) })
}

func (f *Figure) pair(t Task) ([]float64, error) {
	q := f.ask(t, "explaining", 1)
	rows, d := f.sample(t.Rows), f.problem.D
	done := 0
	found, err := q.Parts(len(rows), func(int) { done++ }, func(i int) ([]float64, error) {
		one := q
		one.Share, one.X = nil, f.table.Row(rows[i])
		one.Pace = func(int, int) error { return q.Step(done, len(rows)) }
		values, err := catalog.Interactions(one)
		done++
		return values, err
	})
	if err != nil {
		return nil, wrap(err, "E-EXPLAIN", t.Path, "the interactions failed", "choose a model made of trees")
	}
	mean := make([]float64, d*d)
	for _, values := range found {
		for i, v := range values {
			mean[i] += math.Abs(v) / float64(len(rows))
		}
	}
	return mean, nil
}

// refuseCohort says why a view of many rows makes no sense here, or "".
func (f *Figure) refuseCohort(name string) string {
	e := f.explainer()
	switch {
	case f.table.Height > 0:
		return "is for tables: one pixel alone says little"
	case name == "interactions":
		if err := catalog.Interacts(f.explained); err != nil {
			return err.Error()
		}
	case e.Whole():
		return "puts the values of single rows side by side, and " + lower(e.Title) + " gives none"
	case !e.Complete && (name == "force" || name == "forces" || name == "decision"):
		return "needs values that add up to the score, and those of " + lower(e.Title) + " do not"
	}
	return ""
}

// estimated reports whether some of the values are estimates.
func (c *cohort) estimated() bool {
	for _, row := range c.errors {
		for _, e := range row {
			if e > 0 {
				return true
			}
		}
	}
	return false
}
