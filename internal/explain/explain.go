// Package explain holds the words that every explainer shares: what a model
// is, what is asked of it, and what an explanation is made of. Inputs and
// scores are float32, as in the models; explanation arithmetic is float64.
package explain

import (
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
)

// Model gives scores for rows of features: probabilities for a classifier (or
// margins, where the spec asks for them), predicted values for a regressor.
type Model interface {
	// Dims returns the number of features d and of scores k (1 for regression).
	Dims() (d, k int)
	// Predict writes the scores of the n rows of x (n×d, row major, in the
	// data's own units) to dst (n×k). Batches are the normal case.
	Predict(dst, x []float32, n int)
}

// Differentiable is a model whose scores have gradients.
type Differentiable interface {
	Model
	// Gradient writes ∂score[class]/∂x, in score per data unit, for the n rows
	// of x (n×d) to dst (n×d).
	Gradient(dst, x []float32, n, class int)
}

// Mixer is a model that scores mixtures of a row with background rows faster
// than by scoring them one by one.
type Mixer interface {
	Model
	// PredictMixed writes the scores of m·s rows to dst (m×s×k): row (b, i)
	// takes feature j from x (d values, data units) where take[i·d+j] is -1, and
	// from row b of background (m×d) where it is 0. take is s×d. The scores may
	// differ from Predict's in the last bits, but not by m, s or the company.
	PredictMixed(dst, x, background []float32, take []int32, m, s int)
}

// Patcher is a model that may score copies of one image, each with another
// rectangle replaced, faster than as images of their own.
type Patcher interface {
	Model
	// Patches reports whether it does; where it is false, PredictPatched is not
	// there to be called.
	Patches() bool
	// PredictPatched writes the scores of len(at) images to dst (n×k): image i is
	// x (d values, data units) with the rectangle at[i], in columns and rows of
	// pixels, taken from other (d values). The scores are those of Predict.
	PredictPatched(dst, x, other []float32, at []image.Rectangle)
}

// Causes is a structural causal model of the d features: it knows how their rows
// come about, and what becomes of one whose features are set from outside.
type Causes interface {
	// Parents returns the direct causes of each feature, other features all; nil
	// where none has any.
	Parents() [][]int
	// Intervene writes a row as it comes about in one world to dst (d values):
	// the features that are known are set to their value in x, the others follow
	// from their causes and from the chances of that world. A world takes the same
	// chances whatever is set.
	Intervene(dst, x []float32, known []bool, world uint64)
}

// Feature says what values one input may take, in data units.
type Feature struct {
	Name     string
	Group    string  // what it measures together with others of the same group; "" for nothing
	OneHot   string  // the category of whose columns it is one, 1 where the row is of its kind and else 0; "" for none
	Min, Max float32 // inclusive range a counterfactual must stay in
	Integer  bool    // only whole numbers make sense (categories too: their codes)
	Category bool    // codes 0..Max without order
	Gaps     bool    // some rows lack it: its value may be missing (NaN)
	Fixed    bool    // must not be changed: not actionable, or pinned by the person
	MAD      float32 // median absolute deviation over the training rows; > 0 (a fallback where the MAD is 0)
}

// Query asks about one row, or about the model as a whole.
type Query struct {
	Model
	X          []float32 // the row, d values
	Class      int       // which score is explained, 0..k-1
	Background []float32 // m×d rows that stand in for "this feature is not known"; m = len/d ≥ 1
	Other      []float32 // d values: the row to compare X with; nil means none
	Causes     Causes    // how rows come about; nil where nobody knows
	EvalX      []float32 // n×d labelled rows, for explainers of the whole model
	EvalY      []float32 // n class indices, or targets
	Regression bool      // EvalY holds targets
	Features   []Feature // d
	Height     int       // pixels; 0 where the rows are not images
	Width      int       // pixels
	Rand       *rand.Rand
	Pace       func(done, of int) error // reports progress; a non-nil error means stop. nil means never
	Share      Share                    // computes parts elsewhere too; nil means all are computed here
	Memory     *Memory                  // of earlier questions that differ in X alone; nil means there are none
}

// Share computes n parts that do not depend on each other, some of them
// elsewhere, and returns what compute gives for each, in order. compute gives
// the same for a part wherever it runs. came is called, here, for each part
// that was computed elsewhere.
type Share func(n int, compute func(i int) ([]float64, error), came func(i int)) ([][]float64, error)

// Step reports progress through q.Pace, if there is one.
func (q Query) Step(done, of int) error {
	if q.Pace == nil {
		return nil
	}
	return q.Pace(done, of)
}

// Parts computes n parts of an explanation that do not depend on each other,
// here or elsewhere, and returns their numbers in order. compute gives those of
// part i, as many as it likes; came(i) is called where it was computed elsewhere.
// compute must not draw from q.Rand, whose next number depends on what was
// computed before; see Streams. An explainer calls Parts once.
func (q Query) Parts(n int, came func(i int), compute func(i int) ([]float64, error)) ([][]float64, error) {
	if q.Share != nil {
		return q.Share(n, compute, came)
	}
	out := make([][]float64, n)
	for i := range out {
		var err error
		if out[i], err = compute(i); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Streams draws a family of sources of chance from r, one for each i, that do
// not depend on each other.
func Streams(r *rand.Rand) func(i int) *rand.Rand {
	seed := r.Uint64()
	return func(i int) *rand.Rand { return rand.New(rand.NewPCG(seed, uint64(i))) }
}

// Attribution shares out the difference between a score and a base value
// among the d features.
type Attribution struct {
	Values  []float64 // d, in score units
	StdErr  []float64 // d, standard errors of Monte-Carlo values; nil where the values are exact
	Base    float64   // score where nothing is known, or at the baseline
	Score   float64   // score of the row
	Partial bool      // the values are not meant to sum to Score-Base (a gradient, an occlusion)
	Groups  []Group   // each feature in one of them, where the score is shared among groups first; else nil
}

// Gap returns Score - Base - ΣValues, the part a complete attribution leaves
// unexplained.
func (a Attribution) Gap() float64 {
	gap := a.Score - a.Base
	for _, v := range a.Values {
		gap -= v
	}
	return gap
}

// Importance ranks features over the whole model: the mean rise of the loss.
type Importance struct {
	Values []float64 // d, in loss units
	StdErr []float64 // d
	Base   float64   // loss with every feature intact
}

// Effect shows how a score changes with one feature.
type Effect struct {
	Feature int         // 0..d-1
	Grid    []float64   // g values of the feature, data units, ascending
	Mean    []float64   // g, partial dependence: the mean of Curves
	Curves  [][]float64 // one individual conditional expectation a row, each g long
	Rows    []int       // index into EvalX of each curve
	Missing float64     // the mean of the rows' scores where the feature is missing; NaN where no row lacks it
}

// Goal is what a counterfactual search must reach.
type Goal struct {
	Class  int     // classifier: this class must get the highest score
	Band   bool    // regressor: the score must fall in Lo..Hi
	Lo, Hi float64 // inclusive
	Count  int     // how many counterfactuals at the most; ≥ 1
}

// Met reports whether the k scores reach the goal; a tie does not.
func (g Goal) Met(scores []float32) bool {
	if g.Band {
		s := float64(scores[0])
		return s >= g.Lo && s <= g.Hi
	}
	for j, s := range scores {
		if j != g.Class && !(scores[g.Class] > s) {
			return false
		}
	}
	return true
}

// Counterfactual is a row near the asked one for which the model decides
// otherwise. It is only ever returned after the model has confirmed it.
type Counterfactual struct {
	X       []float32 // d, obeys every Feature constraint
	Scores  []float32 // k, from the model
	Cost    float64   // MAD-weighted L1 distance: Σ|x'-x|/MAD
	Changed []int     // features that differ, largest share of Cost first
	Path    []float32 // steps×d, how the search got there, first the row and last X; may be nil
}

// Errors that say what an explainer lacks. The page shows them beside the
// greyed choice.
var (
	ErrNeedsGradient = errors.New("needs a model with gradients")
	ErrNeedsImage    = errors.New("needs image data")
	ErrNeedsCauses   = errors.New("needs data whose causes are known")
	ErrTooMany       = errors.New("has too many features for exact enumeration (15 at most)")
	// ErrNoneFound means the search ended without a row that meets the goal
	// and the constraints.
	ErrNoneFound = errors.New("no counterfactual found within the constraints")
)

// Refusal is an error that knows a way out. It reads "why; fix".
type Refusal struct {
	Why error
	Fix string
}

// Refuse returns a Refusal whose Why is formatted as by fmt.Errorf.
func Refuse(fix, format string, args ...any) error {
	return &Refusal{Why: fmt.Errorf(format, args...), Fix: fix}
}

func (r *Refusal) Error() string { return r.Why.Error() + "; " + r.Fix }

func (r *Refusal) Unwrap() error { return r.Why }
