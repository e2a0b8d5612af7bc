// Package effect explains a model as a whole over labelled rows: how much it
// leans on each feature, and how its score changes with one. One explainer a
// file.
package effect

import (
	"fmt"

	"github.com/whybox/whybox/internal/explain"
)

// batch is how many rows go to the model at a time: enough for its inner
// loops, few enough that a stop takes effect at once.
const batch = 512

// run is one explanation under way.
type run struct {
	explain.Query
	d, k, n int       // features, scores, labelled rows
	done    int       // model rows so far
	of      int       // model rows in all
	scores  []float32 // batch×k
}

// newRun starts an explanation. It panics where the labelled rows do not fit
// the model.
func newRun(q explain.Query) *run {
	d, k := q.Dims()
	n := len(q.EvalX) / d
	if n == 0 || n*d != len(q.EvalX) {
		panic("effect: the labelled rows do not fit the model")
	}
	return &run{Query: q, d: d, k: k, n: n, scores: make([]float32, batch*k)}
}

// predict calls use with the k scores of each of the rows of x (rows×d), in
// order.
func (r *run) predict(x []float32, use func(i int, scores []float32)) error {
	rows := len(x) / r.d
	for from := 0; from < rows; from += batch {
		if err := r.Step(r.done, r.of); err != nil {
			return err
		}
		n := min(batch, rows-from)
		part := r.scores[:n*r.k]
		r.Predict(part, x[from*r.d:(from+n)*r.d], n)
		for i, s := range part {
			if s-s != 0 {
				return fmt.Errorf("the model's score is %v where a finite number is needed; its training diverged; rewind the training or lower the learning rate", s)
			}
			if i%r.k == r.k-1 {
				use(from+i/r.k, part[i+1-r.k:i+1])
			}
		}
		r.done += n
	}
	return nil
}
