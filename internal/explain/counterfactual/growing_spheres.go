package counterfactual

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// GrowingSpheresParams are the settings of GrowingSpheres.
type GrowingSpheresParams struct {
	Samples int     // rows drawn in each sphere, 10..100,000
	Radius  float64 // of the first sphere, in units of Scale, > 0
	Growth  float64 // outer radius of a shell over its inner one, > 1
	Scale   string  // what a feature's distance is measured in: "mad", or "range" for the width of its range
}

// DefaultGrowingSpheres returns settings that suit tables and small images.
func DefaultGrowingSpheres() GrowingSpheresParams {
	return GrowingSpheresParams{Samples: 400, Radius: 1, Growth: 1.4, Scale: "mad"}
}

func (p GrowingSpheresParams) check() error {
	switch {
	case p.Samples < 10 || p.Samples > 100000:
		return fmt.Errorf("samples is %d; it must be 10 to 100,000", p.Samples)
	case !(p.Radius > 0) || math.IsInf(p.Radius, 0):
		return fmt.Errorf("radius is %g; it must be above 0", p.Radius)
	case !(p.Growth >= 1.01) || math.IsInf(p.Growth, 0):
		return fmt.Errorf("growth is %g; it must be 1.01 or more", p.Growth)
	case p.Scale != "mad" && p.Scale != "range":
		return fmt.Errorf("scale is %q; it must be \"mad\" or \"range\"", p.Scale)
	}
	return nil
}

const (
	halvings  = 20  // of the first sphere at the most
	endless   = 100 // units of Scale that a range without end is searched
	further   = 3   // shells looked at after the first with a hit, for results that differ
	fewMost   = 4   // features moved by the rows that move few
	poolMost  = 300 // hits of a shell that seeds are chosen from
	seedsMore = 3   // seeds refined beyond the number asked for
	knownMost = 512 // known rows tried where no sphere has a hit

	climbs      = 12 // rounds around the closest row at the most
	climbScales = 8  // radii there: the reach, half of it, a quarter ...
)

// GrowingSpheres looks for the nearest row of another decision by drawing rows
// at random in a sphere around the asked one: it halves the sphere until it
// holds none, then grows shells around it until one does. It asks nothing of
// the model but scores. What it finds is refined: changes that are not needed
// are undone, the least first, and the others shrunk towards the row.
//
// Draws outside a range are brought to its end, integers are rounded, and a
// category whose draw is over half a code away takes any other code at random.
//
// Features that the row lacks (NaN) stay missing.
//
// Laws: every row meets the goal, on the model itself, and all constraints.
//
// Cost: Samples model rows a shell, some ten shells, then some hundred rows for
// each result. Needs: any model. explain.ErrNoneFound where nothing is found,
// ErrAlreadyMet where nothing need be.
//
// Paper: Laugel, Lesot, Marsala, Renard, Detyniecki. Comparison-based inverse
// classification for interpretability in machine learning. IPMU 2018,
// arXiv:1712.08443, algorithms 1 and 2. Here shells grow by a factor rather
// than by a width, half of the draws move at most four features (a sphere in
// many dimensions has nearly all its rows far along every axis), and where no
// shell has a hit the search starts from known rows that meet the goal, or else
// draws spheres around the row that came closest to it, again and again.
func GrowingSpheres(q explain.Query, g explain.Goal, p GrowingSpheresParams) ([]explain.Counterfactual, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	s, err := newSearch(q, g)
	if err != nil {
		return nil, err
	}
	sp := &spheres{search: s, p: p}
	if sp.hits, err = s.inRange(); err != nil {
		return nil, err
	}
	if len(s.free) > 0 {
		if err := sp.hunt(); err != nil {
			return nil, err
		}
	}
	for _, last := range []func() error{sp.known, sp.climb} {
		if len(sp.hits) > 0 || len(s.free) == 0 {
			break
		}
		if err := last(); err != nil {
			return nil, err
		}
	}
	s.done = s.of
	seeds := sp.seeds()
	refined, err := q.Parts(len(seeds), func(int) {}, func(i int) ([]float64, error) {
		return s.alone(func() ([]candidate, error) {
			seed := []candidate{{row: slices.Clone(seeds[i].row), path: slices.Clone(seeds[i].path)}}
			return seed, s.refineAll(seed)
		})
	})
	if err != nil {
		return nil, err
	}
	var found []candidate
	for _, r := range refined {
		found = append(found, s.join(r)...)
	}
	return s.finish(found)
}

// spheres is a search by random draws.
type spheres struct {
	*search
	p     GrowingSpheresParams
	scale []float64 // d, data units
	order []int     // free features, shuffled from draw to draw
	v     []float64 // d, a direction, scratch
	rows  []float32 // Samples×d, scratch
	reach float64   // farthest that any row can be, units of scale
	hits  []candidate
}

// hunt fills hits from the smallest shell that has any, and a few beyond it.
func (s *spheres) hunt() error {
	s.order, s.v = slices.Clone(s.free), make([]float64, s.d)
	s.measure()
	for r := s.p.Radius; r < s.reach; r *= s.p.Growth {
		s.of++
	}
	radius, step := min(s.p.Radius, s.reach), 0
	for ; step < halvings; step++ {
		n := len(s.hits)
		if err := s.draw(0, radius, step); err != nil {
			return err
		}
		if len(s.hits) == n {
			break
		}
		radius /= 2
	}
	for left := further + 1; left > 0; step++ {
		if err := s.draw(radius, radius*s.p.Growth, step); err != nil {
			return err
		}
		if len(s.hits) > 0 {
			left--
			if s.g.Count == 1 {
				return nil
			}
		}
		if radius > s.reach {
			return nil
		}
		radius *= s.p.Growth
	}
	return nil
}

// measure sets the scales and the reach.
func (s *spheres) measure() {
	s.scale = slices.Clone(s.mad)
	sum := 0.0
	for _, j := range s.free {
		width := s.hi[j] - s.lo[j]
		if s.p.Scale == "range" && !math.IsInf(width, 0) {
			s.scale[j] = width
		}
		x := float64(s.origin[j])
		far := max(s.hi[j]-x, x-s.lo[j]) / s.scale[j]
		if math.IsInf(far, 0) {
			far = endless
		}
		sum += float64(far * far)
	}
	s.reach = math.Sqrt(sum)
}

// draw puts Samples rows between two radii to the model and keeps the hits.
func (s *spheres) draw(inner, outer float64, step int) error {
	if err := s.progress(min(step, s.of-1), s.of); err != nil {
		return err
	}
	s.rows = s.rows[:0]
	for i := range s.p.Samples {
		s.rows = s.one(s.rows, s.origin, s.few(i), inner+float64((outer-inner)*s.q.Rand.Float64()))
	}
	return s.keep(s.rows)
}

// few says how many features draw i moves: all of them, or few.
func (s *spheres) few(i int) int {
	if i%2 == 0 {
		return len(s.free)
	}
	return min(len(s.free), 1+s.q.Rand.IntN(fewMost))
}

// one appends a row that moves n of the free features, at the given radius
// from the centre.
func (s *spheres) one(dst, centre []float32, n int, radius float64) []float32 {
	at := len(dst)
	dst = append(dst, centre...)
	norm := 0.0
	for i := range n {
		other := i + s.q.Rand.IntN(len(s.order)-i)
		s.order[i], s.order[other] = s.order[other], s.order[i]
		v := bell(s.q.Rand.Uint64(), float64(s.q.Rand.Float64()))
		s.v[i] = v
		norm += float64(v * v)
	}
	length := radius / math.Sqrt(max(norm, 1e-12))
	for i, j := range s.order[:n] {
		move := float64(float64(s.v[i]*length) * s.scale[j])
		if s.q.Features[j].Category {
			if math.Abs(move) >= 0.5 {
				dst[at+j] = s.otherCode(j, centre[j])
			}
			continue
		}
		dst[at+j] = s.fit(j, float64(centre[j])+move)
	}
	return dst
}

// otherCode draws one of the codes of category j beside the present one.
func (s *spheres) otherCode(j int, present float32) float32 {
	code := s.lo[j] + float64(s.q.Rand.IntN(int(s.hi[j]-s.lo[j])))
	if code >= float64(present) {
		code++
	}
	return float32(code)
}

// bell makes a bell-shaped number of mean 0 from two uniform ones: the number
// of ones among 64 fair bits is nearly normal, with a standard deviation of 4,
// and the fraction fills the gaps. It needs no logarithm, whose last bit would
// depend on the machine.
func bell(u uint64, fraction float64) float64 {
	return float64(bits.OnesCount64(u)-32) + (fraction - 0.5)
}

// keep puts rows to the model and adds those that meet the goal to the hits.
func (s *spheres) keep(rows []float32) error {
	scores, err := s.predict(rows)
	if err != nil {
		return err
	}
	kept := 0
	for i := 0; i*s.d < len(rows); i++ {
		row, got := rows[i*s.d:(i+1)*s.d], scores[i*s.k:(i+1)*s.k]
		if !s.g.Met(got) {
			s.note(row, s.margin(got))
			continue
		}
		if kept++; kept <= poolMost {
			row = slices.Clone(row)
			s.hits = append(s.hits, candidate{row: row, path: slices.Clone(row), cost: s.cost(row)})
		}
	}
	return nil
}

// known tries rows of the data: all that may change is set to theirs.
func (s *spheres) known() error {
	for _, block := range [][]float32{s.q.Background, s.q.EvalX} {
		var rows []float32
		for i := 0; i < min(len(block)/s.d, knownMost); i++ {
			at := len(rows)
			rows = append(rows, s.origin...)
			for _, j := range s.free {
				if v := float64(block[i*s.d+j]); v == v {
					rows[at+j] = s.fit(j, v)
				}
			}
		}
		if err := s.keep(rows); err != nil {
			return err
		}
	}
	return nil
}

// climb draws rows of all radii around the row that came closest to the goal
// so far, until one gets there.
func (s *spheres) climb() error {
	if s.nearestTo == nil {
		return nil
	}
	for range climbs {
		if err := s.progress(s.done, s.of); err != nil {
			return err
		}
		s.rows = s.rows[:0]
		for i := range s.p.Samples {
			radius := s.reach / float64(int(1)<<s.q.Rand.IntN(climbScales))
			s.rows = s.one(s.rows, s.nearestTo, s.few(i), radius)
		}
		if err := s.keep(s.rows); err != nil || len(s.hits) > 0 {
			return err
		}
	}
	return nil
}

// seeds picks the cheapest hit, then again and again a cheap one unlike those
// picked: the one with the largest gap for its cost, the gap being how far it
// is from the nearest seed, for what both cost.
func (s *spheres) seeds() []candidate {
	slices.SortStableFunc(s.hits, func(a, b candidate) int { return order(a.cost, b.cost) })
	gap := make([]float64, len(s.hits))
	for i := range gap {
		gap[i] = math.Inf(1)
	}
	var out []candidate
	next := 0
	for len(s.hits) > 0 && len(out) < s.g.Count+seedsMore && gap[next] > 0 {
		seed := s.hits[next]
		out = append(out, seed)
		next = 0
		for i, c := range s.hits {
			gap[i] = min(gap[i], s.distance(c.row, seed.row)/(c.cost+seed.cost))
			if gap[i]/c.cost > gap[next]/s.hits[next].cost {
				next = i
			}
		}
	}
	return out
}
