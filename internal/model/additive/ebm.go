package additive

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
	"github.com/whybox/whybox/internal/model/loss"
)

// stream of chance, apart from those of other models
const stream = 0x65626d00

// EBMParams are the settings of NewEBM.
type EBMParams struct {
	Rounds   int     // over all features at the most, and again over all pairs, ≥ 1
	Rate     float64 // shrinkage, 0 < Rate ≤ 1
	Leaves   int     // steps of one update of a feature at the most, ≥ 2
	MinLeaf  int     // no step rests on fewer rows, ≥ 1
	Bins     int     // a feature is cut into at the most, 2..binned.MaxBins
	PairBins int     // the same in pairs, 2..256
	Pairs    int     // how many pairs get a term, ≥ 0
	Bags     int     // models that are averaged, ≥ 1
	HeldOut  float64 // share of the training rows that a bag does not learn from, 0 < HeldOut < 1; unused where Bags is 1 and Patience 0
	Patience int     // rounds without a better loss on the rows held out before a bag stops; 0 means never
}

// NewEBM returns a trainer of an explainable boosting machine, the sum
//
//	margin = base + Σ f_j(x_j) + Σ f_jl(x_j, x_l)
//
// Boosting goes round: one step visits every feature in turn, and each visit
// makes one small Newton step of the loss with a tree that may ask about that
// feature alone. As no feature gets ahead of another, features that say the
// same share what they say. When the functions of features are done, the pairs
// that could still lower the loss most are chosen (see strongest) and boosted
// in the same way, over what is left. Every bag does so on rows of its own; the
// model is their mean, and how far they differ is the Spread of its terms. Pairs
// say only what features cannot say alone (see purify), and every function is
// centred: its mean over the training rows is 0.
//
// Missing values have a step of their own. Categories are grouped by their
// slopes, in pairs by their codes. The error says what is wrong with the rows
// or the settings.
//
// Paper: Y. Lou, R. Caruana, J. Gehrke. Intelligible models for classification
// and regression. KDD 2012; with G. Hooker: Accurate intelligible models with
// pairwise interactions. KDD 2013, algorithms 1 and 2; H. Nori, S. Jenkins, P.
// Koch, R. Caruana. InterpretML. 2019, arXiv:1909.09223. Leaves are Newton
// steps here, as in later versions of that program, and pairs are chosen once
// for all bags.
func NewEBM(p model.Problem, params EBMParams) (model.Trainer, error) {
	if p.D < 1 || p.K < 1 || len(p.TrainX) != len(p.TrainY)*p.D {
		panic("additive: rows of another shape than the problem says")
	}
	if len(p.TrainY) < 1 {
		return nil, errors.New("an explainable boosting machine needs rows to learn from")
	}
	if !kernel.Finite(p.TrainY) {
		return nil, errors.New("the targets hold a value that is not a finite number")
	}
	if err := params.check(); err != nil {
		return nil, err
	}
	fine, err := binned.New(p, params.Bins)
	if err != nil {
		return nil, err
	}
	t := &trainer{p: p, params: params, loss: loss.Of(p), coarse: fine.Coarser(params.PairBins)}
	t.model = &Model{d: p.D, k: p.K, loss: t.loss, base: t.loss.Start()}
	for j := range p.D {
		t.terms = append(t.terms, newCells(fine, j))
	}
	if err := t.deal(); err != nil {
		return nil, err
	}
	t.average()
	return t, nil
}

func (p EBMParams) check() error {
	switch {
	case p.Rounds < 1:
		return errors.New("boosting needs at least 1 round")
	case !(p.Rate > 0 && p.Rate <= 1):
		return errors.New("the learning rate must be above 0 and at most 1")
	case p.Leaves < 2:
		return errors.New("an update needs at least 2 steps")
	case p.MinLeaf < 1:
		return errors.New("the smallest step must have at least 1 row")
	case p.Bins < 2 || p.Bins > binned.MaxBins || p.PairBins < 2 || p.PairBins > 256:
		return fmt.Errorf("a feature is cut into 2 to %d bins, in pairs into 2 to 256", binned.MaxBins)
	case p.Pairs < 0 || p.Bags < 1 || p.Patience < 0:
		return errors.New("pairs and patience must not be below 0, and there must be at least 1 bag")
	case (p.Bags > 1 || p.Patience > 0) && !(p.HeldOut > 0 && p.HeldOut < 1):
		return errors.New("the share held out must lie between 0 and 1")
	}
	return nil
}

// trainer boosts the bags, and keeps their mean.
type trainer struct {
	p      model.Problem
	params EBMParams
	loss   loss.Loss
	coarse *binned.Table
	terms  []*cells // one a feature, then the pairs
	first  int      // of terms that are boosted now
	bags   []*bag
	model  *Model
	begun  int // the step at which the present round over terms began
	done   int
	over   bool
}

// deal gives every bag its rows.
func (t *trainer) deal() error {
	n, q := len(t.p.TrainY), t.loss.Outputs()
	chance := rand.New(rand.NewPCG(t.p.Seed, stream))
	some := 0
	if t.params.Bags > 1 || t.params.Patience > 0 {
		some = int(math.Round(float64(n) * t.params.HeldOut))
		if some < 1 || some >= n {
			return fmt.Errorf("of %d rows, a share of %v leaves nothing to hold out or nothing to learn from", n, t.params.HeldOut)
		}
	}
	for range t.params.Bags {
		b := newBag(n, q, t.loss.Start())
		b.hold(chance, some)
		for _, c := range t.terms {
			b.value = append(b.value, make([]float64, c.n*q))
		}
		b.begin(t.loss)
		t.bags = append(t.bags, b)
	}
	return nil
}

// Step visits every feature, or every pair, once. It returns
// *model.DivergedError where a function is no longer finite.
func (t *trainer) Step() error {
	if t.Done() {
		panic("additive: a step after the last")
	}
	going := false
	for _, b := range t.bags {
		if b.stopped {
			continue
		}
		for at := t.first; at < len(t.terms); at++ {
			b.visit(t, at)
		}
		if !b.finite() {
			return &model.DivergedError{Step: t.done + 1, Loss: float32(math.Inf(1))}
		}
		b.watch(t.loss, t.done-t.begun+1, t.params.Patience)
		going = going || !b.stopped
	}
	t.done++
	if !going || t.done-t.begun == t.params.Rounds {
		t.next()
	}
	t.average()
	return nil
}

// next ends the rounds over the present terms and goes on to pairs, if any are
// wanted.
func (t *trainer) next() {
	for _, b := range t.bags {
		if t.params.Patience > 0 {
			b.restore(t.terms, t.loss.Start())
		}
	}
	t.over = t.first > 0 || t.params.Pairs == 0 || t.p.D < 2
	if t.over {
		return
	}
	t.average()
	t.first, t.begun = len(t.terms), t.done
	for _, pair := range t.strongest(t.params.Pairs) {
		t.terms = append(t.terms, newPair(t.coarse, pair[0], pair[1]))
	}
	for _, b := range t.bags {
		for _, c := range t.terms[t.first:] {
			b.value = append(b.value, make([]float64, c.n*t.loss.Outputs()))
		}
		b.begin(t.loss)
	}
}

// average makes the model the mean of the bags, purified.
func (t *trainer) average() {
	m := t.model
	q, bags := t.loss.Outputs(), float64(len(t.bags))
	base := make([]float64, q)
	for c := range base {
		base[c] = float64(t.loss.Start()[m.k-q+c])
	}
	pure := make([][][]float64, len(t.bags))
	for i, b := range t.bags {
		pure[i] = purify(b.value, t.terms, q)
	}
	m.terms = m.terms[:0]
	for at, cells := range t.terms {
		mean, spread, middle := make([]float64, cells.n*q), make([]float64, cells.n*q), make([]float64, q)
		for i := range mean {
			for _, value := range pure {
				mean[i] += value[at][i] / bags
			}
			for _, value := range pure {
				off := value[at][i] - mean[i]
				spread[i] += float64(off*off) / max(bags-1, 1)
			}
			spread[i] = math.Sqrt(spread[i])
			middle[i%q] += float64(mean[i]*float64(cells.rows[i/q])) / float64(len(t.p.TrainY))
		}
		for c := range base {
			base[c] += middle[c]
		}
		for i := range mean {
			mean[i] -= middle[i%q]
		}
		m.terms = append(m.terms, Term{Features: cells.features, Bins: cells.bins, Rows: cells.rows,
			Value: outputs(mean, q, m.k, -1), Spread: outputs(spread, q, m.k, 1)})
	}
	m.base = outputs(base, q, m.k, -1)
}

// outputs turns q columns into k: for two classes the first is the second times
// sign.
func outputs(x []float64, q, k int, sign float32) []float32 {
	out := make([]float32, 0, len(x)/q*k)
	for _, v := range x {
		if k > q {
			out = append(out, float32(v)*sign)
		}
		out = append(out, float32(v))
	}
	return out
}

func (t *trainer) Done() bool { return t.over }

func (t *trainer) Progress() (done, total, perPoint int) {
	total = t.begun + t.params.Rounds
	switch {
	case t.over:
		total = t.done
	case t.first == 0 && t.params.Pairs > 0 && t.p.D > 1:
		total += t.params.Rounds
	}
	return t.done, total, 1
}

// Model returns a *Model, or a Classifier.
func (t *trainer) Model() model.Model {
	if t.p.Regression {
		return t.model
	}
	return Classifier{t.model}
}
