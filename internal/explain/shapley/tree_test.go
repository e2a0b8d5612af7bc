package shapley_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/model/tree"
)

// All three explainers of trees against the definitions, on 500 random
// ensembles with missing values, categories, covers of 0 and repeated features,
// and on a few with long paths and many background rows.
func TestTreesAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	worst := [3]float64{}
	for i := range 510 {
		d, depth, rows := r.IntN(6)+1, 6, r.IntN(3)+1
		if i >= 500 {
			d, depth, rows = 9, 14, 60+i%500
		}
		m, x, class := randomEnsemble(t, r, d, depth), randomRow(r, d), r.IntN(2)
		var background []float32
		for range rows {
			background = append(background, randomRow(r, d)...)
		}
		q := question(m, x, class, background)
		all := subset(1<<d - 1)

		values, pairs := enumerate(d, func(s subset) float64 { return conditional(m, x, class, s) })
		path, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
		if err != nil {
			t.Fatal(err)
		}
		ends := []float64{conditional(m, x, class, 0), conditional(m, x, class, all)}
		worst[0] = max(worst[0], furthest(path.Values, values), furthest([]float64{path.Base, path.Score}, ends))

		inter, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
		if err != nil {
			t.Fatal(err)
		}
		worst[1] = max(worst[1], furthest(inter.Values, pairs), furthest([]float64{inter.Base, inter.Score}, ends))
		for i, v := range path.Values {
			sum := 0.0
			for _, p := range inter.Values[i*d : (i+1)*d] {
				sum += p
			}
			worst[1] = max(worst[1], math.Abs(sum-v))
		}

		values, _ = enumerate(d, func(s subset) float64 { return mixed(m, x, background, class, s) })
		between, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
		if err != nil {
			t.Fatal(err)
		}
		ends = []float64{mixed(m, x, background, class, 0), mixed(m, x, background, class, all)}
		worst[2] = max(worst[2], furthest(between.Values, values), furthest([]float64{between.Base, between.Score}, ends))
	}
	for i, name := range []string{"path-dependent", "interactions", "interventional"} {
		t.Logf("%s: off by at most %.2g", name, worst[i])
		if !(worst[i] <= 1e-9) {
			t.Errorf("%s: off by %g", name, worst[i])
		}
	}
}

// A path as deep as may be, every question about another feature and one leaf at
// its end: by symmetry every feature gets the same of 1 - 2⁻⁵¹².
func TestTreesDeep(t *testing.T) {
	const d = tree.MaxDepth
	b := tree.Branches{Weight: 1}
	for i := range int32(d) {
		b.Feature = append(b.Feature, i, -1)
		b.Left, b.Right = append(b.Left, 2*i+2, 0), append(b.Right, 2*i+1, 0)
		b.Threshold, b.Value = append(b.Threshold, 1, 0), append(b.Value, 0, 0)
		b.Cover = append(b.Cover, 1, 1) // every split sends half each way
	}
	b.Feature, b.Left, b.Right = append(b.Feature, -1), append(b.Left, 0), append(b.Right, 0)
	b.Threshold, b.Value, b.Cover = append(b.Threshold, 0), append(b.Value, 1), append(b.Cover, 1)
	e, err := tree.NewEnsemble(tree.EnsembleParams{D: d, K: 1, Base: []float32{0}, Trees: []tree.Branches{b}})
	if err != nil {
		t.Fatal(err)
	}
	q := question(e.Margin(), make([]float32, d), 0, nil)
	a, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range a.Values {
		if math.Abs(v-1.0/d) > 1e-14 {
			t.Errorf("feature %d: %g, want %g", i, v, 1.0/d)
		}
	}
	if g := math.Abs(a.Gap()); g > 1e-13 {
		t.Errorf("gap %g", g)
	}
	q.Background = slices.Repeat([]float32{1}, d)
	if a, err = shapley.TreeInterventional(q, shapley.TreeInterventionalParams{}); err != nil {
		t.Fatal(err)
	}
	for i, v := range a.Values {
		if math.Abs(v-1.0/d) > 1e-16 {
			t.Errorf("interventional, feature %d: %g, want %g", i, v, 1.0/d)
		}
	}
	for i := range q.X { // turned away by the last question alone
		q.X[i] = float32(i / (d - 1))
	}
	if a, err = shapley.TreePathDependent(q, shapley.TreePathDependentParams{}); err != nil {
		t.Fatal(err)
	}
	if g := math.Abs(a.Gap()); g > 1e-15 {
		t.Errorf("gap %g", g)
	}
}

// thing is a model without trees.
type thing struct{}

func (thing) Dims() (d, k int)                { return 2, 1 }
func (thing) Predict(dst, x []float32, n int) { clear(dst) }

func TestTreesNeeds(t *testing.T) {
	stump := tree.Branches{Weight: 1, Feature: []int32{1, -1, -1}, Left: []int32{1, 0, 0}, Right: []int32{2, 0, 0}, Threshold: make([]float32, 3), Value: []float32{0, 1, 2}}
	e, err := tree.NewEnsemble(tree.EnsembleParams{D: 2, K: 1, Base: []float32{0}, Trees: []tree.Branches{stump}, Link: tree.Logistic})
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	for name, run := range map[string]func(q explain.Query) error{
		"path": func(q explain.Query) error {
			_, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
			return err
		},
		"interactions": func(q explain.Query) error {
			_, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
			return err
		},
		"interventional": func(q explain.Query) error {
			_, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
			return err
		},
	} {
		for _, m := range []explain.Model{thing{}, e} { // an ensemble's scores are not sums
			if err := run(question(m, make([]float32, 2), 0, make([]float32, 2))); err != shapley.ErrNeedsTrees {
				t.Errorf("%s of %T: %v", name, m, err)
			}
		}
		q := question(e.Margin(), make([]float32, 2), 0, make([]float32, 2))
		if err := run(q); name != "interventional" && err != shapley.ErrNeedsCover || name == "interventional" && err != nil {
			t.Errorf("%s without covers: %v", name, err)
		}
		stump.Cover = []float32{2, 1, 1}
		counted, _ := tree.NewEnsemble(tree.EnsembleParams{D: 2, K: 1, Base: []float32{0}, Trees: []tree.Branches{stump}})
		q.Model, q.Pace = counted.Margin(), func(done, of int) error { return stop }
		if err := run(q); err != stop {
			t.Errorf("%s, stopped: %v", name, err)
		}
	}
}
