package tree_test

import (
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

// BenchmarkEnsembles trains 20 rounds or trees: of a small table, and of 10,000
// rows with 30 features that are all different.
func BenchmarkEnsembles(b *testing.B) {
	const n, d = 10000, 30
	r := rand.New(rand.NewPCG(1, 3))
	large := model.Problem{D: d, K: 2, TrainX: make([]float32, n*d), TrainY: make([]float32, n)}
	for i := range large.TrainX {
		large.TrainX[i] = float32(r.NormFloat64())
	}
	for i := range large.TrainY {
		if x := large.TrainX[i*d:]; x[0]*x[1]+x[2] > 0 {
			large.TrainY[i] = 1
		}
	}
	for _, table := range []struct {
		name string
		p    model.Problem
	}{{"breast_cancer", halves(dataset.BreastCancer(), 1)}, {"10,000 rows", large}} {
		for _, c := range []struct {
			name string
			make func(p model.Problem) (model.Trainer, error)
		}{
			{"boosting", func(p model.Problem) (model.Trainer, error) {
				return tree.NewBoosting(p, tree.BoostingParams{Rounds: 20, Rate: 0.1, Depth: 6, MinLeaf: 5, L2: 1, Bins: 255, Rows: 1, Columns: 1})
			}},
			{"forest", func(p model.Problem) (model.Trainer, error) {
				return tree.NewRandomForest(p, tree.ForestParams{Trees: 20, Depth: 12, MinLeaf: 1})
			}},
			{"extra trees", func(p model.Problem) (model.Trainer, error) {
				return tree.NewExtraTrees(p, tree.ForestParams{Trees: 20, Depth: 12, MinLeaf: 1})
			}},
		} {
			b.Run(table.name+"/"+c.name, func(b *testing.B) {
				for b.Loop() {
					t, err := c.make(table.p)
					if err != nil {
						b.Fatal(err)
					}
					for !t.Done() {
						if err := t.Step(); err != nil {
							b.Fatal(err)
						}
					}
				}
			})
		}
	}
}
