package task

import (
	"slices"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
)

// Kinds of work that explain the ensemble of Trees by path-dependent TreeSHAP.
const (
	TreeShap     = "tree-shap"      // of one row
	TreeShapRows = "tree-shap-rows" // of Rows rows
)

// grown reports whether the task is about the ensemble.
func (t Task) grown() bool { return t.Kind == Trees || t.Kind == TreeShap || t.Kind == TreeShapRows }

// portion is how many rows are explained at a time.
const portion = 20

// treeShap explains the first row; its output is d values.
func treeShap(t Task, a Arrays) (*Work, error) {
	m, err := t.forest(a)
	if err != nil {
		return nil, err
	}
	q := explain.Query{Model: m.Margin(), X: a["trees/rows"][:t.D]}
	var last explain.Attribution
	return &Work{
		Run: func() (err error) {
			last, err = shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
			return err
		},
		Output: func() []float64 { return last.Values },
	}, nil
}

// treeShapRows explains all rows, a portion being a part of the work; its output
// is rows×d values.
func treeShapRows(t Task, a Arrays) (*Work, error) {
	m, err := t.forest(a)
	if err != nil {
		return nil, err
	}
	q, x := explain.Query{Model: m.Margin()}, a["trees/rows"][:t.Rows*t.D]
	var last [][]float64
	explainPortion := func(i int) ([]float64, error) {
		var out []float64
		one := explain.Query{Model: q.Model}
		for row := i * portion; row < min((i+1)*portion, t.Rows); row++ {
			if err := q.Step(row, t.Rows); err != nil {
				return nil, err
			}
			one.X = x[row*t.D : (row+1)*t.D]
			v, err := shapley.TreePathDependent(one, shapley.TreePathDependentParams{})
			if err != nil {
				return nil, err
			}
			out = append(out, v.Values...)
		}
		return out, nil
	}
	return &Work{
		query: &q,
		Run: func() (err error) {
			last, err = q.Parts((t.Rows+portion-1)/portion, func(int) {}, explainPortion)
			return err
		},
		Output: func() []float64 { return slices.Concat(last...) },
	}, nil
}
