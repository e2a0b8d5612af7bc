// Package counterfactual answers "what would flip this?": it searches, near a
// row, for rows that a model decides otherwise and that keep to what each
// feature may be. Every row it returns has been put to the model again, on its
// own, after all rounding. One search a file; what they share is here, in
// refine.go and in finish.go.
package counterfactual

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/kernel"
)

// ErrAlreadyMet means that there is nothing to flip.
var ErrAlreadyMet = errors.New("the row already gets the decision asked for")

const (
	paceRows = 1024  // rows between two reports of progress
	floor    = 1e-30 // least probability whose logarithm is taken
)

// search is one question being worked on.
type search struct {
	q      explain.Query
	g      explain.Goal
	d, k   int
	origin []float32 // d, the row, with features that may change brought inside their range
	lo, hi []float64 // d, what each feature may be; whole numbers for integers
	mad    []float64 // d, > 0
	free   []int     // features that may change and have more than one value
	gone   []int     // features that the row lacks: a number stands for them here, and the model gets NaN
	odds   bool      // the scores are probabilities: differences are taken between logarithms

	scores   []float32 // of the last predict
	done, of int       // progress last reported
	unpaced  int       // rows since then
	tried    int       // rows put to the model in all

	nearest   float64   // margin of the best row that misses the goal
	nearestTo []float32 // d, that row; nil while there is none
}

// newSearch checks the question. It returns ErrAlreadyMet where the row meets
// the goal, and an error where a value or a range makes no sense.
func newSearch(q explain.Query, g explain.Goal) (*search, error) {
	d, k := q.Dims()
	if len(q.X) != d || len(q.Features) != d {
		panic("counterfactual: the row or the features do not fit the model")
	}
	if g.Count < 1 || !g.Band && (k < 2 || g.Class < 0 || g.Class >= k) {
		panic("counterfactual: the goal is out of range")
	}
	if q.Rand == nil {
		panic("counterfactual: Query.Rand is nil")
	}
	if g.Band && !(g.Lo <= g.Hi) {
		return nil, fmt.Errorf("the scores to reach, %g to %g, are none at all; the first must not be above the second", g.Lo, g.Hi)
	}
	q.X = slices.Clone(q.X)
	s := &search{q: q, g: g, d: d, k: k, nearest: math.Inf(-1), of: 1}
	if err := s.constrain(); err != nil {
		return nil, err
	}
	scores, err := s.predict(q.X)
	if err != nil {
		return nil, err
	}
	if g.Met(scores) {
		return nil, explain.Refuse("choose another target", "%w", ErrAlreadyMet)
	}
	s.odds = !g.Band && probabilities(scores)
	return s, s.q.Step(0, 1)
}

// constrain works out what each feature may be.
func (s *search) constrain() error {
	s.origin = make([]float32, s.d)
	s.lo, s.hi, s.mad = make([]float64, s.d), make([]float64, s.d), make([]float64, s.d)
	for j, f := range s.q.Features {
		if s.q.X[j] != s.q.X[j] {
			s.gone = append(s.gone, j)
			s.q.X[j], f.Fixed = 0, true
		}
		x := float64(s.q.X[j])
		if !(math.Abs(x) <= math.MaxFloat32) {
			return explain.Refuse("give it a value", "%s is %g, which is not a number to start from", nameOf(f, j), x)
		}
		if !(f.MAD > 0) {
			panic("counterfactual: a feature without a MAD above 0")
		}
		s.mad[j] = float64(f.MAD)
		s.lo[j], s.hi[j] = float64(f.Min), float64(f.Max)
		if whole(f) {
			s.lo[j], s.hi[j] = math.Ceil(s.lo[j]), math.Floor(s.hi[j])
		}
		s.origin[j] = s.q.X[j]
		if f.Fixed {
			continue
		}
		if !(s.lo[j] <= s.hi[j]) {
			return explain.Refuse("widen its range", "%s has no value between %g and %g", nameOf(f, j), f.Min, f.Max)
		}
		s.origin[j] = s.fit(j, x)
		if s.lo[j] < s.hi[j] {
			s.free = append(s.free, j)
		}
	}
	return nil
}

// fit returns the value nearest to v that feature j may have.
func (s *search) fit(j int, v float64) float32 {
	if whole(s.q.Features[j]) {
		v = math.Round(v)
	}
	return float32(min(max(v, s.lo[j]), s.hi[j]))
}

// hide makes what the row lacks missing in n×d rows, and returns them.
func (s *search) hide(rows []float32) []float32 {
	for i := 0; i < len(rows); i += s.d {
		for _, j := range s.gone {
			rows[i+j] = float32(math.NaN())
		}
	}
	return rows
}

// predict puts n×d rows to the model and returns their n×k scores, which stay
// good until the next call. It reports progress now and then.
func (s *search) predict(rows []float32) ([]float32, error) {
	if s.gone != nil {
		rows = s.hide(slices.Clone(rows))
	}
	n := len(rows) / s.d
	if cap(s.scores) < n*s.k {
		s.scores = make([]float32, n*s.k)
	}
	out := s.scores[:n*s.k]
	for i := 0; i < n; i += paceRows {
		m := min(paceRows, n-i)
		s.q.Predict(out[i*s.k:(i+m)*s.k], rows[i*s.d:(i+m)*s.d], m)
		if s.unpaced += m; s.unpaced >= paceRows {
			if err := s.progress(s.done, s.of); err != nil {
				return nil, err
			}
		}
	}
	s.tried += n
	return out, nil
}

// met puts n×d rows to the model and returns the index of the first one that
// meets the goal, or -1.
func (s *search) met(rows []float32) (int, error) {
	scores, err := s.predict(rows)
	if err != nil {
		return -1, err
	}
	for i := 0; i < len(scores); i += s.k {
		if s.g.Met(scores[i : i+s.k]) {
			return i / s.k, nil
		}
	}
	return -1, nil
}

// inRange returns the row itself, brought inside the ranges, where that alone
// changes it and meets the goal; else nothing.
func (s *search) inRange() ([]candidate, error) {
	if slices.Equal(s.origin, s.q.X) {
		return nil, nil
	}
	i, err := s.met(s.origin)
	if err != nil || i < 0 {
		return nil, err
	}
	return []candidate{{row: slices.Clone(s.origin), cost: s.cost(s.origin)}}, nil
}

func (s *search) progress(done, of int) error {
	s.done, s.of, s.unpaced = done, of, 0
	return s.q.Step(done, of)
}

// margin says how far k scores are past the goal: negative where they miss it.
// It is in score units; where the scores are probabilities it is the log-odds
// of the goal's class, which can be negative for a class that leads.
func (s *search) margin(scores []float32) float64 {
	if s.g.Band {
		v := float64(scores[0])
		return min(v-s.g.Lo, s.g.Hi-v)
	}
	mine := scores[s.g.Class]
	if s.odds {
		return float64(kernel.Log(max(mine, floor))) - float64(kernel.Log(max(s.others(scores), floor)))
	}
	return float64(mine) - float64(scores[s.rival(scores)])
}

// others returns the sum of the scores beside that of the goal's class: one
// less that score without the cancellation.
func (s *search) others(scores []float32) float32 {
	sum := float32(0)
	for j, v := range scores {
		if j != s.g.Class {
			sum += v
		}
	}
	return sum
}

// rival returns the class with the highest score beside the goal's.
func (s *search) rival(scores []float32) int {
	best := -1
	for j := range scores {
		if j != s.g.Class && (best < 0 || scores[j] > scores[best]) {
			best = j
		}
	}
	return best
}

// note keeps the row that came closest, for saying what stood in its way.
func (s *search) note(row []float32, margin float64) {
	if margin > s.nearest {
		s.nearest, s.nearestTo = margin, append(s.nearestTo[:0], row...)
	}
}

// share returns what feature j adds to the cost of a row.
func (s *search) share(row []float32, j int) float64 {
	return math.Abs(float64(row[j])-float64(s.q.X[j])) / s.mad[j]
}

// cost returns Σ|row-x|/MAD.
func (s *search) cost(row []float32) float64 {
	sum := 0.0
	for j := range row {
		sum += s.share(row, j)
	}
	return sum
}

// distance returns Σ|a-b|/MAD.
func (s *search) distance(a, b []float32) float64 {
	sum := 0.0
	for j := range a {
		sum += math.Abs(float64(a[j])-float64(b[j])) / s.mad[j]
	}
	return sum
}

// whole reports whether only whole numbers make sense.
func whole(f explain.Feature) bool { return f.Integer || f.Category }

// probabilities reports whether scores look like shares of one.
func probabilities(scores []float32) bool {
	sum := 0.0
	for _, v := range scores {
		if !(v >= 0) {
			return false
		}
		sum += float64(v)
	}
	return math.Abs(sum-1) < 1e-3
}

func nameOf(f explain.Feature, j int) string {
	if f.Name == "" {
		return fmt.Sprintf("feature %d", j)
	}
	return f.Name
}
