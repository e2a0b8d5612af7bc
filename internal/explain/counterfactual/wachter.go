package counterfactual

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// WachterParams are the settings of Wachter.
type WachterParams struct {
	Steps    int     // gradient steps a start at the most, 1..10,000
	Rate     float64 // farthest move of one feature in a step, in its MADs, > 0
	Growth   float64 // by how much λ outgrows the price of the strongest feature, > 1; near 1 means few features move
	Restarts int     // starts, 1..1,000: the row itself, then others that find different results
}

// DefaultWachter returns settings that suit tables and small images.
func DefaultWachter() WachterParams {
	return WachterParams{Steps: 200, Rate: 0.5, Growth: 1.05, Restarts: 8}
}

func (p WachterParams) check() error {
	switch {
	case p.Steps < 1 || p.Steps > 10000:
		return fmt.Errorf("steps is %d; it must be 1 to 10,000", p.Steps)
	case p.Restarts < 1 || p.Restarts > 1000:
		return fmt.Errorf("restarts is %d; it must be 1 to 1,000", p.Restarts)
	case !(p.Rate > 0) || math.IsInf(p.Rate, 0):
		return fmt.Errorf("rate is %g; it must be above 0", p.Rate)
	case !(p.Growth > 1) || math.IsInf(p.Growth, 0):
		return fmt.Errorf("growth is %g; it must be above 1", p.Growth)
	}
	return nil
}

const (
	tax        = 5.0  // price of a feature that a restart is to do without
	spread     = 3.0  // MADs around the row in which restarts begin
	scope      = 4    // times as far they may begin when launched again
	stallAfter = 5    // steps without progress until λ rises
	least      = 1e-3 // share of the way left that counts as progress
	giveUp     = 20   // steps without progress until a start begins again elsewhere
)

// Wachter walks down the slope of the score towards the goal and pays for
// every change.
//
//	min over x'  λ·½(f(x') - target)² + Σ|x'_i - x_i|/MAD_i
//
// It is solved by proximal gradient steps, so that a feature that is not worth
// its price stays exactly as it was; λ rises just enough that the strongest
// feature is, until the decision flips. Integers are rounded, to the nearest
// and away from the row, before the model is asked whether it has flipped. The
// result is then refined: changes that are not needed are undone, the others
// shrunk.
//
// Laws: every row meets the goal, on the model itself, and all constraints;
// for one linear score, the feature with the largest |weight|·MAD that can
// reach the goal alone is the only one changed.
//
// Cost: about 4·Restarts·Steps model rows at the most, then some hundred for
// each result. Needs: Differentiable, else explain.ErrNeedsGradient.
// Categories have no slope: they stay as they are. explain.ErrNoneFound where
// nothing is found, ErrAlreadyMet where nothing need be.
//
// Paper: Wachter, Mittelstadt, Russell. Counterfactual explanations without
// opening the black box. Harvard J. Law & Tech. 31(2), 2018, arXiv:1711.00399,
// equations 1, 2 and 4. Here f is the log-odds of the goal's class where scores
// are probabilities (a sure model has no slope left otherwise), else its score
// less the best other one, and proximal steps take the place of Adam, which leaves
// every feature a little changed.
func Wachter(q explain.Query, g explain.Goal, p WachterParams) ([]explain.Counterfactual, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	model, ok := q.Model.(explain.Differentiable)
	if !ok {
		return nil, explain.ErrNeedsGradient
	}
	s, err := newSearch(q, g)
	if err != nil {
		return nil, err
	}
	if s.gone != nil {
		return nil, explain.Refuse("use growing spheres, or give it a value", "no slope leads on from a missing value")
	}
	w := &walkers{search: s, p: p, model: model}
	found, err := s.inRange()
	if err != nil {
		return nil, err
	}
	if err := w.begin(); err != nil {
		return nil, err
	}
	if len(w.slopes) == 0 && len(s.free) > 0 && len(found) == 0 {
		return nil, explain.Refuse("use growing spheres or free a number", "%w: only categories may change, and they have no slope to follow", explain.ErrNoneFound)
	}
	if err := s.refineAll(found); err != nil {
		return nil, err
	}
	chance := explain.Streams(q.Rand)
	s.done, s.of = 0, p.Restarts*p.Steps
	outcomes, err := q.Parts((p.Restarts+together-1)/together, func(i int) { s.done = min(s.of, (i+1)*together*p.Steps) }, func(i int) ([]float64, error) {
		return s.alone(func() ([]candidate, error) { return w.walk(i*together, min(together, p.Restarts-i*together), chance) })
	})
	if err != nil {
		return nil, err
	}
	for _, o := range outcomes {
		found = append(found, s.join(o)...)
	}
	return s.finish(found)
}

// together is how many starts walk side by side, so that the model gets
// batches. No start hears of another.
const together = 4

// walkers moves some starts at once.
type walkers struct {
	*search
	p       WachterParams
	model   explain.Differentiable
	slopes  []int     // free features with a slope: no categories
	rounded bool      // some of them are integers
	target  float64   // margin that all aim at first
	walking []*walker // starts that have not flipped yet
	found   []candidate

	batch []float32 // rows×d, scratch
	grad  []float32 // rows×d, scratch
}

// walker is one start on its way.
type walker struct {
	chance   *rand.Rand
	z        []float64 // d, change in MADs
	price    []float64 // d, of one MAD
	slope    []float64 // d, of the margin, a MAD
	lambda   float64   // 0 means not set yet
	target   float64   // margin aimed at
	margin   float64   // present
	best     float64   // best margin so far
	stall    int       // steps since
	kicks    int       // random moves since the last slope
	launches int       // times begun again
	rival    int       // class in the way; -1 where all others are together
	slant    float64   // slope of the margin over that of the goal's score
	path     []float32 // steps×d
}

// begin finds out which features have slopes, and what to aim at.
func (w *walkers) begin() error {
	for _, j := range w.free {
		if f := w.q.Features[j]; !f.Category {
			w.slopes = append(w.slopes, j)
			w.rounded = w.rounded || f.Integer
		}
	}
	scores, err := w.predict(w.origin)
	if err != nil {
		return err
	}
	w.target = w.aim(w.margin(scores))
	return nil
}

// walk lets n starts from number first on go their way and returns what they
// find, refined.
func (w *walkers) walk(first, n int, chance func(i int) *rand.Rand) ([]candidate, error) {
	w.walking, w.found = nil, nil
	for i := range n {
		w.walking = append(w.walking, w.start(first+i, chance))
	}
	begun := first * w.p.Steps
	for step := 0; step < w.p.Steps && len(w.walking) > 0 && len(w.slopes) > 0; step++ {
		if err := w.progress(begun+step*n, w.of); err != nil {
			return nil, err
		}
		if err := w.step(); err != nil {
			return nil, err
		}
	}
	return w.found, w.refineAll(w.found)
}

// start sets a walker up: number 0 at the row, with equal prices; 1, 3, 5 ...
// with some features dear, 2, 4, 6 ... with all dear but one, each another, and
// every third of them somewhere around.
func (w *walkers) start(i int, streams func(i int) *rand.Rand) *walker {
	chance := streams(i)
	k := &walker{chance: chance, z: make([]float64, w.d), price: make([]float64, w.d), slope: make([]float64, w.d), best: math.Inf(-1), target: w.target}
	turn := streams(-1).Perm(len(w.slopes)) // the same for all starts
	for n, j := range w.slopes {
		k.price[j] = 1
		if i%2 == 1 && chance.IntN(2) == 0 || i%2 == 0 && i > 0 && turn[n] != (i/2-1)%len(turn) {
			k.price[j] = tax
		}
		if i%3 == 2 {
			k.z[j] = w.clamp(j, spread*(2*float64(chance.Float64())-1))
		}
	}
	return k
}

// aim returns the margin to aim at, given the row's: as far past the border as
// the row is short of it, but not out of a band.
func (w *walkers) aim(margin float64) float64 {
	short := math.Abs(margin)
	switch {
	case w.g.Band:
		return min(short, (w.g.Hi-w.g.Lo)/2)
	case w.odds:
		return max(short, 0.1)
	}
	return max(short, math.SmallestNonzeroFloat32)
}

// clamp keeps a change of feature j, in MADs, inside its range.
func (w *walkers) clamp(j int, z float64) float64 {
	lo, hi := w.ends(j)
	return min(max(z, lo), hi)
}

// ends returns the range of feature j as changes in MADs.
func (w *walkers) ends(j int) (lo, hi float64) {
	from := float64(w.origin[j])
	return (w.lo[j] - from) / w.mad[j], (w.hi[j] - from) / w.mad[j]
}

// step asks the model where all walkers are, takes out those that have
// flipped, and moves the others.
func (w *walkers) step() error {
	if err := w.look(); err != nil {
		return err
	}
	if len(w.walking) == 0 {
		return nil
	}
	w.slant()
	for _, k := range w.walking {
		w.move(k)
	}
	return nil
}

// look predicts where every walker is. Where integers are rounded it predicts
// three rows a walker: as it is, rounded to the nearest, and rounded away from
// the row.
func (w *walkers) look() error {
	ways, first := 1, 0
	if w.rounded {
		ways, first = 3, 1
	}
	w.batch = w.batch[:0]
	for _, k := range w.walking {
		w.batch = w.place(w.batch, k, asIs)
		if w.rounded {
			w.batch = w.place(w.batch, k, w.nearestWhole)
			w.batch = w.place(w.batch, k, w.outward)
		}
	}
	scores, err := w.predict(w.batch)
	if err != nil {
		return err
	}
	var walking []*walker
	for i, k := range w.walking {
		at := i * ways
		k.look(w, scores[at*w.k:(at+1)*w.k])
		k.path = append(k.path, w.batch[at*w.d:(at+1)*w.d]...)
		flipped := false
		for try := at + first; try < at+ways && !flipped; try++ {
			row, got := w.batch[try*w.d:(try+1)*w.d], scores[try*w.k:(try+1)*w.k]
			if flipped = w.g.Met(got); flipped {
				w.found = append(w.found, candidate{row: slices.Clone(row), path: append(k.path, row...)})
			} else {
				w.note(row, w.margin(got))
			}
		}
		if !flipped {
			walking = append(walking, k)
		}
	}
	w.walking = walking
	return nil
}

// place appends a walker's row to dst, each value put through round.
func (w *walkers) place(dst []float32, k *walker, round func(j int, v float64) float64) []float32 {
	at := len(dst)
	dst = append(dst, w.origin...)
	for _, j := range w.slopes {
		if k.z[j] != 0 {
			v := round(j, float64(w.origin[j])+float64(k.z[j]*w.mad[j]))
			dst[at+j] = float32(min(max(v, w.lo[j]), w.hi[j]))
		}
	}
	return dst
}

func asIs(_ int, v float64) float64 { return v }

// nearestWhole rounds to the nearest where only whole numbers make sense.
func (w *walkers) nearestWhole(j int, v float64) float64 { return float64(w.fit(j, v)) }

// outward rounds away from the origin where only whole numbers make sense.
func (w *walkers) outward(j int, v float64) float64 {
	switch {
	case !whole(w.q.Features[j]):
		return v
	case v > float64(w.origin[j]):
		return math.Ceil(v)
	}
	return math.Floor(v)
}

// look keeps what the scores say.
func (k *walker) look(w *walkers, scores []float32) {
	k.margin = w.margin(scores)
	k.rival, k.slant = -1, 1
	switch {
	case w.g.Band:
		if v := float64(scores[0]); v-w.g.Lo > w.g.Hi-v {
			k.slant = -1
		}
	case w.odds:
		k.slant = 1/float64(max(scores[w.g.Class], floor)) + 1/float64(max(w.others(scores), floor))
	default:
		k.rival = w.rival(scores)
	}
	if k.margin > k.best && k.margin-k.best > least*(k.target-k.margin) {
		k.best, k.stall = k.margin, 0
	} else {
		k.stall++
	}
	if k.margin >= k.target { // past the border, but not once rounded
		k.target = 2 * k.margin
	}
}
