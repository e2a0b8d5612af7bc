// Package effect explains a model as a whole over labelled rows: how much it
// leans on each feature, and how its score changes with one. One explainer a
// file.
package effect

import "github.com/whybox/whybox/internal/explain"

// run is one explanation under way.
type run struct {
	*explain.Run
	n int // labelled rows
}

// newRun starts an explanation. It panics where the labelled rows do not fit
// the model.
func newRun(q explain.Query) *run {
	r := explain.NewRun(q, 0)
	n := len(q.EvalX) / r.D
	if n == 0 || n*r.D != len(q.EvalX) {
		panic("effect: the labelled rows do not fit the model")
	}
	return &run{r, n}
}

// predict calls use with the k scores of each of the rows of x (rows×d), in
// order.
func (r *run) predict(x []float32, use func(i int, scores []float32)) error {
	return r.Scores(x, func(i int, scores []float32) error {
		if err := explain.Finite(scores, ""); err != nil {
			return err
		}
		use(i, scores)
		return nil
	})
}
