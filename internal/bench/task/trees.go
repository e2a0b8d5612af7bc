package task

import (
	"slices"

	"github.com/whybox/whybox/internal/model/tree"
)

// Trees is the kind of work that scores Rows rows with an ensemble: TreeCount
// full trees of depth TreeDepth.
const Trees = "trees"

// The ensemble.
const (
	TreeCount = 200
	TreeDepth = 6
	Splits    = 1<<TreeDepth - 1 // of a tree
	Leaves    = 1 << TreeDepth   // of a tree
)

// trees is the task of the ensemble.
var trees = Task{Name: "trees", Kind: Trees, D: mlp, Rows: 10000}

// ensemble generates
//
//	trees/feature, trees/split  TreeCount×Splits, what node i of a tree asks: whether that feature is below that number; if so node 2i+1 is next, else 2i+2
//	trees/leaf      TreeCount×Leaves values, of the nodes after the splits
//	trees/cover     TreeCount×Leaves, how many rows a leaf is taken to have been made from: a whole number of 1 to 99
//	trees/rows      rows×d to score or explain
func (a Arrays) ensemble(t Task) {
	a.random("trees/feature", TreeCount*Splits, 0, float32(t.D))
	for i, f := range a["trees/feature"] {
		a["trees/feature"][i] = min(float32(int(f)), float32(t.D-1))
	}
	a.random("trees/split", TreeCount*Splits, -1, 1)
	a.random("trees/leaf", TreeCount*Leaves, -0.1, 0.1)
	a.random("trees/cover", TreeCount*Leaves, 1, 100)
	for i, c := range a["trees/cover"] {
		a["trees/cover"][i] = min(float32(int(c)), 99)
	}
	a.random("trees/rows", t.Rows*t.D, -1, 1)
}

// forest makes the ensemble.
func (t Task) forest(a Arrays) (*tree.Ensemble, error) {
	p := tree.EnsembleParams{D: t.D, K: 1, Base: []float32{0}}
	for i := range TreeCount {
		b := tree.Branches{
			Weight:    1,
			Value:     make([]float32, Splits),
			Threshold: slices.Clone(a["trees/split"][i*Splits : (i+1)*Splits]),
			Cover:     covers(a["trees/cover"][i*Leaves : (i+1)*Leaves]),
		}
		for at, f := range a["trees/feature"][i*Splits : (i+1)*Splits] {
			b.Feature, b.Left, b.Right = append(b.Feature, int32(f)), append(b.Left, int32(2*at+1)), append(b.Right, int32(2*at+2))
		}
		for _, v := range a["trees/leaf"][i*Leaves : (i+1)*Leaves] {
			b.Feature, b.Left, b.Right = append(b.Feature, -1), append(b.Left, 0), append(b.Right, 0)
			b.Threshold, b.Value = append(b.Threshold, 0), append(b.Value, v)
		}
		p.Trees = append(p.Trees, b)
	}
	return tree.NewEnsemble(p)
}

// covers returns those of all nodes of a tree.
func covers(leaves []float32) []float32 {
	out := append(make([]float32, Splits), leaves...)
	for i := Splits - 1; i >= 0; i-- {
		out[i] = out[2*i+1] + out[2*i+2]
	}
	return out
}

// scoring sums the trees.
func scoring(t Task, a Arrays) (*Work, error) {
	m, err := t.forest(a)
	if err != nil {
		return nil, err
	}
	dst, x := make([]float32, t.Rows), a["trees/rows"][:t.Rows*t.D]
	return &Work{
		Run:    func() error { m.Predict(dst, x, t.Rows); return nil },
		Output: func() []float64 { return widen(dst) },
	}, nil
}
