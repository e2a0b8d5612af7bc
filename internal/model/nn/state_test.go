package nn

import (
	"math"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
)

// stateful is what a worker needs to go on from the weights of another.
type stateful interface {
	explain.Model
	State() []float32
	SetState(w []float32) error
}

var (
	_ stateful = Classifier{}
	_ stateful = Margin{}
	_ stateful = Regressor{}
)

// TestState moves the weights of a trained network to one of another seed,
// which must then give the same scores, bit for bit, and keep them when the
// first learns on.
func TestState(t *testing.T) {
	p, images := rings(100, 3), stripes(60, 8, 8, 3)
	regression := rings(100, 3)
	regression.Regression, regression.K = true, 1
	for name, c := range map[string]struct {
		a, b *trainer
		p    model.Problem
	}{
		"mlp":        {newMLP(t, p, mlp()), newMLP(t, reseed(p), mlp()), p},
		"regression": {newMLP(t, regression, mlp()), newMLP(t, reseed(regression), mlp()), regression},
		"cnn":        {newCNN(t, images, cnn()), newCNN(t, reseed(images), cnn()), images},
	} {
		train(t, c.a, 10)
		from, to := c.a.Model().(stateful), c.b.Model().(stateful)
		x, n := c.p.TrainX, len(c.p.TrainY)
		_, k := from.Dims()
		want, got := make([]float32, n*k), make([]float32, n*k)
		from.Predict(want, x, n)
		to.Predict(got, x, n)
		if slices.Equal(got, want) {
			t.Errorf("%s: another seed gives the same scores", name)
		}
		state := from.State()
		train(t, c.a, 1)
		if err := to.SetState(state); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		to.Predict(got, x, n)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the scores differ from those of the network the weights came from", name)
		}
		if !slices.Equal(to.State(), state) {
			t.Errorf("%s: State differs from what SetState took", name)
		}
	}
}

// TestSetStateRefuses checks that weights that cannot be taken change nothing.
func TestSetStateRefuses(t *testing.T) {
	m := newMLP(t, rings(10, 1), mlp()).Model().(stateful)
	before := m.State()
	infinite := m.State()
	infinite[3] = float32(math.Inf(1))
	for name, w := range map[string][]float32{"none": nil, "one too many": append(m.State(), 0), "infinite": infinite} {
		if m.SetState(w) == nil {
			t.Errorf("took %s", name)
		}
		if !slices.Equal(m.State(), before) {
			t.Errorf("%s: the weights changed", name)
		}
	}
}

// reseed returns the problem with another seed.
func reseed(p model.Problem) model.Problem {
	p.Seed++
	return p
}
