package counterfactual

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/explain"
)

const (
	pathMax  = 40   // points of a path
	apart    = 0.25 // two results differ by at least this share of the dearer one's cost
	nameMost = 3    // names listed in an error
)

// candidate is a row that meets the goal, and how the search got there.
type candidate struct {
	row  []float32 // d
	path []float32 // steps×d, without the asked row
	cost float64
}

// refineAll refines candidates in place.
func (s *search) refineAll(found []candidate) error {
	for i := range found {
		if err := s.progress(s.done, s.of); err != nil {
			return err
		}
		c := &found[i]
		if err := s.refine(c.row); err != nil {
			return err
		}
		c.path = append(c.path, c.row...)
		c.cost = s.cost(c.row)
	}
	return nil
}

// finish keeps the cheapest of the refined candidates that differ, and has the
// model confirm each of them on its own. Where none is left it says what stood
// in the way.
func (s *search) finish(found []candidate) ([]explain.Counterfactual, error) {
	if err := s.progress(s.of, s.of); err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		if o := order(a.cost, b.cost); o != 0 {
			return o
		}
		return slices.Compare(a.row, b.row)
	})
	var kept []candidate
	var out []explain.Counterfactual
	for _, c := range found {
		if len(out) == s.g.Count {
			break
		}
		if slices.ContainsFunc(kept, func(o candidate) bool { return s.distance(c.row, o.row) < apart*c.cost }) {
			continue
		}
		scores := make([]float32, s.k)
		s.q.Predict(scores, s.hide(slices.Clone(c.row)), 1)
		if !s.g.Met(scores) || slices.Equal(c.row, s.q.X) {
			continue
		}
		kept = append(kept, c)
		out = append(out, explain.Counterfactual{X: s.hide(slices.Clone(c.row)), Scores: scores, Cost: c.cost, Changed: s.listChanges(c.row), Path: s.hide(s.thin(c.path))})
	}
	if len(out) == 0 {
		return nil, s.noneFound()
	}
	return out, nil
}

// listChanges returns the features whose value differs from the asked row's,
// the largest share of the cost first.
func (s *search) listChanges(row []float32) []int {
	var out []int
	for j := range row {
		if row[j] != s.q.X[j] {
			out = append(out, j)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return order(s.share(row, b), s.share(row, a)) })
	return out
}

// thin returns the asked row and then at most pathMax-1 rows of path, evenly
// chosen, the last included, no two the same in a row.
func (s *search) thin(path []float32) []float32 {
	out := slices.Clone(s.q.X)
	n := len(path) / s.d
	most := min(n, pathMax-1)
	for i := 1; i <= most; i++ {
		at := (i*n/most - 1) * s.d
		if row := path[at : at+s.d]; !slices.Equal(row, out[len(out)-s.d:]) {
			out = append(out, row...)
		}
	}
	return out
}

// noneFound says why there is no result and what may help.
func (s *search) noneFound() error {
	fixed := fixedNames(s.q.Features)
	switch {
	case len(s.free) == 0 && len(fixed) == s.d:
		return explain.Refuse("free one that may change", "%w: all %d features are fixed", explain.ErrNoneFound, s.d)
	case len(s.free) == 0:
		return explain.Refuse("free one or widen its range", "%w: every feature is fixed or has one value only", explain.ErrNoneFound)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "nothing within the ranges after %s rows", thousands(s.tried))
	if len(fixed) > 0 {
		fmt.Fprintf(&b, ", with %s fixed", someOf(fixed))
	}
	if ends := s.atEnd(); len(ends) > 0 {
		fmt.Fprintf(&b, "; the closest try has %s at the end of its range", someOf(ends))
	}
	fix := "widen a range or choose another target"
	if len(fixed) > 0 {
		fix = "free a feature, " + fix
	}
	return explain.Refuse(fix, "%w: %s", explain.ErrNoneFound, b.String())
}

// atEnd lists the features that the closest try moved to an end of their range.
func (s *search) atEnd() []string {
	var out []string
	for _, j := range s.free {
		if s.nearestTo == nil {
			break
		}
		v := s.nearestTo[j]
		if v != s.origin[j] && (float64(v) == s.lo[j] || float64(v) == s.hi[j]) {
			out = append(out, nameOf(s.q.Features[j], j))
		}
	}
	return out
}

// someOf joins the first few names and counts the others.
func someOf(names []string) string {
	if n := len(names); n > nameMost {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:nameMost], ", "), n-nameMost)
	}
	return strings.Join(names, ", ")
}

// thousands writes n with commas: 4,000.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
