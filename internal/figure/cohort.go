package figure

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
)

const (
	CohortRows  = 100 // rows of a view of many rows, where the spec does not say
	PairRows    = 30  // the same, of interactions: each row takes many more predictions
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
	q.Memory = new(explain.Memory)
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

// pairs are the mean magnitudes of the interactions of the cohort's rows.
type pairs struct {
	means  []float64 // d×d, score units
	errors []float64 // d×d, standard errors of the means; 0 where the interactions are exact
	trees  bool      // read off the trees
	exact  bool
}

// pairs explains rows pair by pair.
func (f *Figure) pairs() (*pairs, error) {
	t := Task{Kind: taskPairs, Path: "/view/name", Rows: f.s.View.Rows}
	if t.Rows == 0 {
		t.Rows = PairRows
	}
	key := keyOf("pairs", f.modelKey(), f.class, f.s.Seed, t.Rows)
	return remember(f.b, key, func() (*pairs, error) { return f.pair(t) })
}

func (f *Figure) pair(t Task) (*pairs, error) {
	q := f.ask(t, "explaining", catalog.InteractionBackground)
	rows, d := f.sample(t.Rows), f.problem.D
	done := 0
	found, err := q.Parts(len(rows), func(int) { done++ }, func(i int) ([]float64, error) {
		one := q
		one.Share, one.X, one.Rand = nil, f.table.Row(rows[i]), f.rand("interactions")
		one.Pace = func(int, int) error { return q.Step(done, len(rows)) }
		values, stderr, err := catalog.Interactions(one)
		done++
		return append(values, stderr...), err
	})
	if err != nil {
		return nil, wrap(err, "E-EXPLAIN", t.Path, "the interactions failed", "choose another model")
	}
	out := &pairs{means: make([]float64, d*d), errors: make([]float64, d*d), trees: catalog.InTrees(f.explained) == nil, exact: len(found[0]) == d*d}
	sizes, errors := make([]float64, len(rows)), make([]float64, len(rows))
	for i := range out.means {
		for row, values := range found {
			sizes[row] = math.Abs(values[i])
			if !out.exact {
				errors[row] = values[d*d+i]
			}
		}
		if out.means[i], out.errors[i] = meanSize(sizes, errors); out.exact {
			out.errors[i] = 0
		}
	}
	out.round(d)
	return out, nil
}

// round takes away what is rounding: scores are float32, and a pair is the
// difference of four.
func (p *pairs) round(d int) {
	alone := 0.0
	for i := range d {
		alone = max(alone, p.means[i*d+i])
	}
	for i, v := range p.means {
		if i/d != i%d && v < 1e-6*alone {
			p.means[i] = 0
		}
	}
}

// refuseCohort says why a view of many rows makes no sense here, or "".
func (f *Figure) refuseCohort(name string) string {
	e := f.explainer()
	switch {
	case f.table.Height > 0:
		return "is for tables: one pixel alone says little"
	case name == "interactions":
		if d := f.problem.D; catalog.InTrees(f.explained) != nil && d > catalog.MaxInteracting {
			return fmt.Sprintf("looks at every pair of features: of %d features at most, and this data has %d", catalog.MaxInteracting, d)
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
