package shapley_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

// forgetful keeps nothing from one question to the next.
type forgetful struct{ trees }

type trees = shapley.Trees

// everything asks all explainers of trees, and lists their numbers.
func everything(q explain.Query) ([]float64, error) {
	path, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
	if err != nil {
		return nil, err
	}
	between, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
	if err != nil {
		return nil, err
	}
	inter, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
	return slices.Concat(path.Values, []float64{path.Base, path.Score}, between.Values, []float64{between.Base, between.Score},
		inter.Values, []float64{inter.Base, inter.Score}), err
}

// anew asks the same of a model that keeps nothing.
func anew(t *testing.T, q explain.Query) []float64 {
	t.Helper()
	q.Model = forgetful{q.Model.(shapley.Trees)}
	all, err := everything(q)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What is kept changes no bit: with other rows, classes and backgrounds in
// between, a background that is overwritten in place among them, and several
// askers at once.
func TestTreesKept(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	const d = 5
	m := randomEnsemble(t, r, d, 6)
	var questions []explain.Query
	var want [][]float64
	backgrounds := [][]float32{nil, nil}
	for range 70 {
		backgrounds[0], backgrounds[1] = append(backgrounds[0], randomRow(r, d)...), append(backgrounds[1], randomRow(r, d)...)
	}
	for i := range 40 {
		q := question(m, randomRow(r, d), i%2, backgrounds[i/2%2])
		questions, want = append(questions, q), append(want, anew(t, q))
	}
	var askers sync.WaitGroup
	for range 4 {
		askers.Go(func() {
			for i, q := range questions {
				if got, err := everything(q); err != nil || !slices.Equal(got, want[i]) {
					t.Errorf("question %d: %v, kept %v, anew %v", i, err, got, want[i])
				}
			}
		})
	}
	askers.Wait()
	q := questions[0]
	q.Background[3], q.Background[4] = 4.5, float32(math.NaN())
	got, err := everything(q)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, anew(t, q)) || slices.Equal(got, want[0]) {
		t.Error("a background that was overwritten is not seen")
	}
}

// A model in training is explained as it stands.
func TestTreesKeptInTraining(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 5))
	p := model.Problem{D: 3, K: 2, TrainX: make([]float32, 600), TrainY: make([]float32, 200)}
	for i := range p.TrainX {
		p.TrainX[i] = r.Float32()
	}
	for i := range p.TrainY {
		if p.TrainX[3*i]+p.TrainX[3*i+1] > 1 {
			p.TrainY[i] = 1
		}
	}
	train, err := tree.NewRandomForest(p, tree.ForestParams{Trees: 4, Depth: 4, MinLeaf: 1})
	if err != nil {
		t.Fatal(err)
	}
	var last []float64
	for !train.Done() {
		if err := train.Step(); err != nil {
			t.Fatal(err)
		}
		m := train.Model().(*tree.Forest).Ensemble().Margin()
		q := question(m, p.TrainX[:3], 1, p.TrainX[3:63])
		got, err := everything(q)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, anew(t, q)) || slices.Equal(got, last) {
			t.Errorf("%d trees: %v, anew %v, before %v", m.(*tree.Margins).Trees(), got, anew(t, q), last)
		}
		last = got
	}
}
