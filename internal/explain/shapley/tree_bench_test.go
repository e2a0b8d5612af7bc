package shapley_test

import (
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/model/tree"
)

// full grows a full tree with a random question in every split.
func full(r *rand.Rand, d, depth int) tree.Branches {
	b := tree.Branches{Weight: 1}
	var grow func(depth int) (at int32, cover float32)
	grow = func(depth int) (int32, float32) {
		at := int32(len(b.Feature))
		b.Feature, b.Left, b.Right = append(b.Feature, -1), append(b.Left, 0), append(b.Right, 0)
		b.Threshold, b.Value, b.Cover = append(b.Threshold, r.Float32()), append(b.Value, r.Float32()), append(b.Cover, float32(r.IntN(99)+1))
		if depth == 0 {
			return at, b.Cover[at]
		}
		b.Feature[at] = int32(r.IntN(d))
		left, some := grow(depth - 1)
		right, others := grow(depth - 1)
		b.Left[at], b.Right[at], b.Cover[at] = left, right, some+others
		return at, some + others
	}
	grow(depth)
	return b
}

// BenchmarkTrees explains row after row of 30 features, of 200 full trees of
// depth 6, with 100 background rows.
func BenchmarkTrees(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const d, n = 30, 50
	p := tree.EnsembleParams{D: d, K: 1, Base: []float32{0}}
	for range 200 {
		p.Trees = append(p.Trees, full(r, d, 6))
	}
	e, err := tree.NewEnsemble(p)
	if err != nil {
		b.Fatal(err)
	}
	x, background := make([]float32, n*d), make([]float32, 100*d)
	for i := range x {
		x[i] = r.Float32()
	}
	for i := range background {
		background[i] = r.Float32()
	}
	for _, c := range []struct {
		name string
		run  func(q explain.Query) error
	}{
		{"path-dependent", func(q explain.Query) error {
			_, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
			return err
		}},
		{"interventional", func(q explain.Query) error {
			_, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
			return err
		}},
		{"interactions", func(q explain.Query) error {
			_, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for at := 0; b.Loop(); at = (at + 1) % n {
				q := explain.Query{Model: e.Margin(), X: x[at*d : (at+1)*d], Background: background}
				if err := c.run(q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
