package counterfactual

import (
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

const (
	rounds    = 3     // of refining at the most
	parts     = 16    // fractions tried at once on the way back to the row
	passes    = 3     // each narrows the way by parts
	tradeMax  = 8     // features changed, above which trading one for the others is too many rows
	stretched = 3     // times the other changes may grow in a trade
	better    = 0.999 // a cost must fall at least to this share to be worth another round
)

// refine brings a row that meets the goal closer to the asked one, in place:
// it undoes changes that are not needed, the least first; trades one change
// for more of the others where that costs less; then shrinks what is left. The
// row meets the goal and the constraints all the way.
func (s *search) refine(row []float32) error {
	for range rounds {
		before := s.cost(row)
		for _, step := range []func([]float32) error{s.drop, s.trim, s.trade, s.pull} {
			if err := step(row); err != nil {
				return err
			}
		}
		if s.cost(row) > before*better {
			return nil
		}
	}
	return nil
}

// changed returns the features whose value is not the origin's, the smallest
// share of the cost first.
func (s *search) changed(row []float32) []int {
	var out []int
	for _, j := range s.free {
		if row[j] != s.origin[j] {
			out = append(out, j)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return order(s.share(row, a), s.share(row, b)) })
	return out
}

// drop resets features to the origin: first the longest run of the smallest
// changes that can go at once, then one by one, the least change first.
func (s *search) drop(row []float32) error {
	features := s.changed(row)
	var batch []float32
	for p := len(features); p > 1; p-- {
		at := len(batch)
		batch = append(batch, row...)
		for _, j := range features[:p] {
			batch[at+j] = s.origin[j]
		}
	}
	for {
		i, err := s.met(batch)
		if err != nil {
			return err
		}
		if i >= 0 {
			copy(row, batch[i*s.d:(i+1)*s.d])
		} else if len(batch) == len(features)*s.d {
			return nil
		}
		features, batch = s.changed(row), batch[:0]
		for _, j := range features {
			at := len(batch)
			batch = append(batch, row...)
			batch[at+j] = s.origin[j]
		}
	}
}

// trade undoes one change and makes up for it, by stretching all others or one
// of them, the least change first, as long as that costs less.
func (s *search) trade(row []float32) error {
	features := s.changed(row)
	if len(features) < 2 || len(features) > tradeMax {
		return nil
	}
	const all = -1
	var batch []float32
	var grown []int
	for _, out := range features {
		for _, grow := range append([]int{all}, features...) {
			if grow == out || grow != all && s.q.Features[grow].Category {
				continue
			}
			at := len(batch)
			batch = append(batch, row...)
			if grow == all {
				s.stretch(batch[at:], row, stretched)
			} else {
				batch[at+grow] = s.between(grow, row[grow], stretched)
			}
			batch[at+out] = s.origin[out]
			grown = append(grown, grow)
		}
	}
	scores, err := s.predict(batch)
	if err != nil {
		return err
	}
	met := make([]bool, len(grown)) // the scores go with the next predict
	for i := range met {
		met[i] = s.g.Met(scores[i*s.k : (i+1)*s.k])
	}
	for i, grow := range grown {
		if !met[i] {
			continue
		}
		other := batch[i*s.d : (i+1)*s.d]
		if grow == all {
			err = s.pull(other)
		} else {
			err = s.trimOne(other, grow)
		}
		if err != nil {
			return err
		}
		if s.cost(other) < s.cost(row) {
			copy(row, other)
			return s.trade(row)
		}
	}
	return nil
}

// stretch sets dst to the origin plus f times the change of row. Categories
// have no more and less: they stay as in row.
func (s *search) stretch(dst, row []float32, f float64) {
	for _, j := range s.free {
		if row[j] != s.origin[j] && !s.q.Features[j].Category {
			dst[j] = s.between(j, row[j], f)
		}
	}
}

// between returns the value of feature j at fraction f of the way from the
// origin to v.
func (s *search) between(j int, v float32, f float64) float32 {
	from := float64(s.origin[j])
	return s.fit(j, from+float64(f*(float64(v)-from)))
}

// pull shrinks all changes by one common factor, as far as the goal stays met.
func (s *search) pull(row []float32) error {
	from := slices.Clone(row)
	return s.shrink(row, parts, passes, func(dst []float32, f float64) { s.stretch(dst, from, f) })
}

// trim shrinks one change at a time. The feature that saves most when it alone
// shrinks goes first: it is the one that did least for its cost.
func (s *search) trim(row []float32) error {
	type saving struct {
		j    int
		cost float64
	}
	var savings []saving
	alone := make([]float32, s.d)
	for _, j := range s.changed(row) {
		copy(alone, row)
		if err := s.trimOne(alone, j); err != nil {
			return err
		}
		if less := s.share(row, j) - s.share(alone, j); less > 0 {
			savings = append(savings, saving{j, less})
		}
	}
	slices.SortStableFunc(savings, func(a, b saving) int { return order(b.cost, a.cost) })
	for _, v := range savings {
		if err := s.trimOne(row, v.j); err != nil {
			return err
		}
	}
	return nil
}

func (s *search) trimOne(row []float32, j int) error {
	f, v := s.q.Features[j], row[j]
	if f.Category {
		return s.recode(row, j)
	}
	n, depth := parts, passes
	if gap := abs(v - s.origin[j]); whole(f) && gap <= parts {
		n, depth = int(gap), 1
	}
	return s.shrink(row, n, depth, func(dst []float32, f float64) { dst[j] = s.between(j, v, f) })
}

// recode gives category j the code of least cost among those near the origin
// that still meet the goal.
func (s *search) recode(row []float32, j int) error {
	var batch []float32
	for step := float32(1); step < abs(row[j]-s.origin[j]) && step <= parts; step++ {
		for _, v := range []float32{s.origin[j] - step, s.origin[j] + step} {
			if float64(v) >= s.lo[j] && float64(v) <= s.hi[j] {
				at := len(batch)
				batch = append(batch, row...)
				batch[at+j] = v
			}
		}
	}
	i, err := s.met(batch)
	if i >= 0 {
		copy(row, batch[i*s.d:(i+1)*s.d])
	}
	return err
}

// shrink looks for the least fraction f in 0..1 at which move(row, f) meets
// the goal, given that f = 1 does, and leaves row there. Each pass tries n
// fractions at once. The goal need not be met all the way up from there.
func (s *search) shrink(row []float32, n, depth int, move func(dst []float32, f float64)) error {
	lo, hi := 0.0, 1.0
	for range depth {
		batch := make([]float32, 0, n*s.d)
		for i := range n {
			at := len(batch)
			batch = append(batch, row...)
			move(batch[at:], fraction(lo, hi, i, n))
		}
		i, err := s.met(batch)
		if err != nil {
			return err
		}
		switch {
		case i == 0:
			copy(row, batch[:s.d])
			return nil
		case i > 0:
			copy(row, batch[i*s.d:(i+1)*s.d])
			lo, hi = fraction(lo, hi, i-1, n), fraction(lo, hi, i, n)
		default:
			lo = fraction(lo, hi, n-1, n)
		}
	}
	return nil
}

// fraction returns lo + (hi-lo)·i/n, the product rounded before the sum.
func fraction(lo, hi float64, i, n int) float64 {
	return lo + float64((hi-lo)*float64(i))/float64(n)
}

func abs(x float32) float32 { return max(x, -x) }

func order(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// fixedNames lists the features that must not change.
func fixedNames(features []explain.Feature) []string {
	var out []string
	for j, f := range features {
		if f.Fixed {
			out = append(out, nameOf(f, j))
		}
	}
	return out
}
