package shapley_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

// On rows that are all combinations of some values the features are independent:
// the covers of a tree that learned from them give the game of TreeInteractions
// the same worths as those rows give, as background, to the game of Interaction.
// So 2Φᵢⱼ of either is the Shapley interaction index of the pair.
func TestInteractionsOfTreesAndOfTheirScores(t *testing.T) {
	const d = 4
	r := rand.New(rand.NewPCG(61, 1))
	var grid, target []float32
	for s := range 3 * 3 * 3 * 3 {
		x := []float32{float32(s % 3), float32(s / 3 % 3), float32(s / 9 % 3), float32(s / 27)}
		grid = append(grid, x...)
		target = append(target, x[0]*x[1]-2*x[2]+x[1]*x[2]*x[3]+float32(r.NormFloat64()))
	}
	p := model.Problem{D: d, K: 1, Regression: true, TrainX: grid, TrainY: target, TestX: grid, TestY: target, Categories: make([]int, d), Seed: 5}
	for name, grow := range map[string]func() (model.Trainer, error){
		"tree": func() (model.Trainer, error) { return tree.NewTree(p, tree.TreeParams{Depth: 6, MinLeaf: 1}) },
		"boosting": func() (model.Trainer, error) {
			return tree.NewBoosting(p, tree.BoostingParams{Rounds: 12, Rate: 0.3, Depth: 3, MinLeaf: 1, MinWeight: 1e-3, L2: 1, Bins: 255, Rows: 1, Columns: 1})
		},
	} {
		trainer, err := grow()
		if err != nil {
			t.Fatal(err)
		}
		for !trainer.Done() {
			if err := trainer.Step(); err != nil {
				t.Fatal(err)
			}
		}
		trees := trainer.Model().(interface{ Ensemble() *tree.Ensemble }).Ensemble().Margin()
		worst, largest := 0.0, 0.0
		for range 20 {
			at := r.IntN(len(target))
			q := explain.Query{Model: trees, X: grid[at*d : (at+1)*d], Background: grid}
			path, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
			if err != nil {
				t.Fatal(err)
			}
			tried, err := shapley.Interaction(q, shapley.InteractionParams{})
			if err != nil {
				t.Fatal(err)
			}
			worst = max(worst, furthest(path.Values, tried.Values))
			for i := range d {
				for j := range i {
					largest = max(largest, math.Abs(path.Values[i*d+j]))
				}
			}
		}
		t.Logf("%s: off by at most %.2g, the largest pair is %.2g", name, worst, largest)
		if worst > 1e-5 || largest < 0.1 {
			t.Errorf("%s: off by %g of %g", name, worst, largest)
		}
	}
}
