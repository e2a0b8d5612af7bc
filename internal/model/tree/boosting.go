package tree

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
	"github.com/whybox/whybox/internal/model/loss"
)

// BoostingParams are the settings of NewBoosting.
type BoostingParams struct {
	Rounds    int     // ≥ 1
	Rate      float64 // shrinkage, 0 < Rate ≤ 1
	Depth     int     // questions in a row at the most, 1..MaxDepth
	Leaves    int     // of a tree at the most; 0 means any number
	MinLeaf   int     // no side of a split gets fewer rows, ≥ 1
	MinWeight float64 // nor a smaller sum of second derivatives, ≥ 0
	L2        float64 // λ ≥ 0: pulls the values of leaves towards 0
	MinGain   float64 // γ ≥ 0: a split must gain more
	Bins      int     // a feature is cut into at the most, 2..binned.MaxBins
	Rows      float64 // share of the training rows that a round learns from, 0 < Rows ≤ 1
	Columns   float64 // share of the features that a round may ask about, 0 < Columns ≤ 1
	Patience  int     // rounds without a better loss on the rows held out before it stops; 0 means never
	HeldOut   float64 // share of the training rows held out where Patience > 0, 0 < HeldOut < 1
}

// leastWeight keeps rounding from deciding splits of rows whose class is as
// good as certain, where second derivatives vanish.
const leastWeight = 1e-6

// NewBoosting returns a trainer of gradient boosted trees. One step is one
// round: a tree (for more than two classes, a tree a class) that makes a Newton
// step on the loss at the margins so far, with g and h its first two
// derivatives in each row:
//
//	leaf   -Rate · Σg/(Σh+λ)
//	gain   (Σg)²/(Σh+λ) left + right - both, > γ
//
// The loss is squared, logistic or that of softmax; the first margins are the
// best constant. Rows and features of a round are drawn without replacement.
// With Patience, rows are held out of training first, and when their loss has
// not fallen for so many rounds, the trees after the best round are taken away.
// Values may be missing: at each split they go to the side where the training
// rows that lack the value do better. Categories are parted as sets. The error
// says what is wrong with the rows or the settings.
//
// Paper: J. Friedman. Greedy function approximation: a gradient boosting
// machine. Annals of Statistics 29, 2001, and, for Rows, Stochastic gradient
// boosting. Computational Statistics & Data Analysis 38, 2002. Newton steps,
// λ, γ and missing values: T. Chen, C. Guestrin. XGBoost: a scalable tree
// boosting system. KDD 2016, arXiv:1603.02754, equations 5 to 7 (without their
// halves, as in the program) and algorithm 3. Bins, categories and leaves: Ke
// et al. LightGBM. NeurIPS 2017.
func NewBoosting(p model.Problem, params BoostingParams) (model.Trainer, error) {
	if err := checkProblem(p); err != nil {
		return nil, err
	}
	if err := params.check(); err != nil {
		return nil, err
	}
	bins, err := binned.New(p, params.Bins)
	if err != nil {
		return nil, err
	}
	l := loss.Of(p)
	b := &booster{p: p, params: params, loss: l, chance: rand.New(rand.NewPCG(p.Seed, boostingStream)),
		ensemble: emptyEnsemble(p.D, p.K, l.Start(), linkOf(p), false)}
	if err := b.holdOut(); err != nil {
		return nil, err
	}
	b.planter = newPlanter(bins, 1, limits{depth: params.Depth, leaves: params.Leaves, minLeaf: params.MinLeaf,
		minWeight: max(params.MinWeight, leastWeight), l2: params.L2, minGain: params.MinGain}, b.chance)
	b.model = &Boosted{b.ensemble}
	if !p.Regression {
		b.model = &BoostedClassifier{Boosted{b.ensemble}}
	}
	b.predict()
	b.bestLoss = b.heldOutLoss()
	return b, nil
}

// linkOf returns what turns the margins of the problem's loss into scores.
func linkOf(p model.Problem) Link {
	switch {
	case p.Regression:
		return Identity
	case p.K == 2:
		return Logistic
	}
	return Softmax
}

func (p BoostingParams) check() error {
	switch {
	case p.Rounds < 1:
		return errors.New("boosting needs at least 1 round")
	case !(p.Rate > 0 && p.Rate <= 1):
		return errors.New("the learning rate must be above 0 and at most 1")
	case p.Depth < 1 || p.Depth > MaxDepth:
		return fmt.Errorf("the depth must be 1 to %d", MaxDepth)
	case p.Leaves < 0:
		return errors.New("a tree has at least 1 leaf; 0 means any number")
	case p.MinLeaf < 1:
		return errors.New("the smallest leaf must have at least 1 row")
	case !(p.MinWeight >= 0 && p.L2 >= 0 && p.MinGain >= 0):
		return errors.New("the least weight, the penalty and the least gain must not be below 0")
	case p.Bins < 2 || p.Bins > binned.MaxBins:
		return fmt.Errorf("a feature is cut into 2 to %d bins", binned.MaxBins)
	case !(p.Rows > 0 && p.Rows <= 1 && p.Columns > 0 && p.Columns <= 1):
		return errors.New("the shares of rows and columns must be above 0 and at most 1")
	case p.Patience < 0 || p.Patience > 0 && !(p.HeldOut > 0 && p.HeldOut < 1):
		return errors.New("the share held out must lie between 0 and 1, and the patience not be below 0")
	}
	return nil
}

// booster trains gradient boosted trees.
type booster struct {
	p        model.Problem
	params   BoostingParams
	loss     loss.Loss
	planter  *planter
	chance   *rand.Rand
	ensemble *Ensemble
	model    model.Model
	margins  [2][]float32 // n×k, of the training and the test rows
	learn    []int32      // training rows to learn from
	held     []int32      // training rows held out
	best     int          // the round with the least loss on them
	bestLoss float64
	done     int
	stopped  bool
}

// holdOut divides the training rows.
func (b *booster) holdOut() error {
	n := len(b.p.TrainY)
	b.learn = make([]int32, n)
	for i := range b.learn {
		b.learn[i] = int32(i)
	}
	if b.params.Patience == 0 {
		return nil
	}
	some := int(math.Round(float64(n) * b.params.HeldOut))
	if some < 1 || some >= n {
		return fmt.Errorf("of %d rows, a share of %v leaves nothing to hold out or nothing to learn from", n, b.params.HeldOut)
	}
	b.chance.Shuffle(n, func(i, j int) { b.learn[i], b.learn[j] = b.learn[j], b.learn[i] })
	b.held, b.learn = b.learn[:some], b.learn[some:]
	slices.Sort(b.learn)
	return nil
}

// Step does one round. It returns *model.DivergedError, and leaves everything
// as it was, where a leaf is not finite.
func (b *booster) Step() error {
	if b.Done() {
		panic("tree: a step after the last")
	}
	rows := sample(b.chance, b.learn, b.params.Rows)
	b.planter.columns = sample(b.chance, everyColumn(b.p.D), b.params.Columns)
	scores := slices.Clone(b.margins[0])
	b.ensemble.link.Apply(scores, len(b.p.TrainY), b.p.K)
	var grown []Branches
	for c := range b.loss.Outputs() {
		b.loss.Slope(b.planter.target, b.planter.weight, scores, c)
		t := b.planter.grow(slices.Clone(rows))
		if b.p.K == 2 {
			grown = append(grown, t.branches(0, 0, -b.params.Rate), t.branches(1, 0, b.params.Rate))
		} else {
			grown = append(grown, t.branches(c, 0, b.params.Rate))
		}
	}
	for _, t := range grown {
		for _, v := range t.Value {
			if v-v != 0 {
				return &model.DivergedError{Step: b.done + 1, Loss: float32(math.Inf(1))}
			}
		}
	}
	for _, t := range grown {
		b.ensemble.add(t)
	}
	b.done++
	b.ensemble.margins.sum((b.done-1)*len(grown), b.margins[0], b.p.TrainX, len(b.p.TrainY))
	b.ensemble.margins.sum((b.done-1)*len(grown), b.margins[1], b.p.TestX, len(b.p.TestY))
	b.watch(len(grown))
	return nil
}

// watch stops where the loss on the rows held out no longer falls.
func (b *booster) watch(perRound int) {
	if b.params.Patience == 0 {
		return
	}
	if l := b.heldOutLoss(); l < b.bestLoss {
		b.best, b.bestLoss = b.done, l
	}
	b.stopped = b.done-b.best >= b.params.Patience
	if b.Done() && b.best < b.done {
		b.ensemble.cut(b.best * perRound)
		b.predict()
	}
}

// heldOutLoss returns the mean loss of the rows held out.
func (b *booster) heldOutLoss() float64 {
	sum := 0.0
	scores := make([]float32, b.p.K)
	for _, i := range b.held {
		copy(scores, b.margins[0][int(i)*b.p.K:])
		b.ensemble.link.Apply(scores, 1, b.p.K)
		sum += b.loss.Row(int(i), scores)
	}
	return sum / float64(max(len(b.held), 1))
}

// predict computes all margins anew.
func (b *booster) predict() {
	n, m := len(b.p.TrainY), len(b.p.TestY)
	b.margins = [2][]float32{make([]float32, n*b.p.K), make([]float32, m*b.p.K)}
	b.ensemble.margins.Predict(b.margins[0], b.p.TrainX, n)
	b.ensemble.margins.Predict(b.margins[1], b.p.TestX, m)
}

// sample draws a share of the list without replacement, at least one, in the
// order of the list.
func sample(chance *rand.Rand, list []int32, share float64) []int32 {
	out := slices.Clone(list)
	most := max(1, int(math.Round(float64(len(list))*share)))
	if most >= len(out) {
		return out
	}
	for at := range most {
		other := at + chance.IntN(len(out)-at)
		out[at], out[other] = out[other], out[at]
	}
	out = out[:most]
	slices.Sort(out)
	return out
}

func everyColumn(d int) []int32 {
	out := make([]int32, d)
	for j := range out {
		out[j] = int32(j)
	}
	return out
}

func (b *booster) Done() bool { return b.stopped || b.done == b.params.Rounds }

func (b *booster) Progress() (done, total, perPoint int) {
	if b.stopped {
		return b.done, b.done, 1
	}
	return b.done, b.params.Rounds, 1
}

// Model returns a *Boosted or a *BoostedClassifier.
func (b *booster) Model() model.Model { return b.model }

// Scores returns the scores of the training and the test rows.
func (b *booster) Scores() (train, test []float32) {
	train, test = slices.Clone(b.margins[0]), slices.Clone(b.margins[1])
	b.ensemble.link.Apply(train, len(b.p.TrainY), b.p.K)
	b.ensemble.link.Apply(test, len(b.p.TestY), b.p.K)
	return train, test
}
