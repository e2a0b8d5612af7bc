// Package saliency explains one score of one row by what happens when features
// move a little or are hidden: gradients and what is built on them, and
// occlusion. One explainer a file.
package saliency

import (
	"fmt"

	"github.com/whybox/whybox/internal/explain"
)

// batch is how many rows go to the model at a time: enough for its inner
// loops, few enough that a stop takes effect at once.
const batch = 256

// run is one explanation under way.
type run struct {
	explain.Query
	d, k  int
	model explain.Differentiable // nil where only scores are asked for
	done  int                    // model rows so far
	of    int                    // model rows in all
}

// newRun starts an explanation that will ask the model for `of` rows. It
// panics where the query does not fit the model.
func newRun(q explain.Query, of int) *run {
	d, k := q.Dims()
	if len(q.X) != d || q.Class < 0 || q.Class >= k {
		panic("saliency: the query does not fit the model")
	}
	return &run{Query: q, d: d, k: k, of: of}
}

// newGradientRun is newRun for explainers that need gradients; who names the
// explainer in the error where the model has none.
func newGradientRun(q explain.Query, who string, of int) (*run, error) {
	m, ok := q.Model.(explain.Differentiable)
	if !ok {
		return nil, fmt.Errorf("%s %w", who, explain.ErrNeedsGradient)
	}
	r := newRun(q, of)
	r.model = m
	return r, nil
}

// scores returns the explained score of the n rows of x (n×d).
func (r *run) scores(x []float32, n int) ([]float64, error) {
	out := make([]float64, 0, n)
	dst := make([]float32, min(n, batch)*r.k)
	err := r.batches(n, func(from, rows int) error {
		r.Predict(dst[:rows*r.k], x[from*r.d:(from+rows)*r.d], rows)
		for i := range rows {
			s := dst[i*r.k+r.Class]
			if s-s != 0 {
				return fmt.Errorf("the model's score is %v where a finite number is needed; %s", s, remedy)
			}
			out = append(out, float64(s))
		}
		return nil
	})
	return out, err
}

// gradients writes the gradient of the explained score at the n rows of x
// (n×d) to dst (n×d).
func (r *run) gradients(dst, x []float32, n int) error {
	return r.batches(n, func(from, rows int) error {
		part := dst[from*r.d : (from+rows)*r.d]
		r.model.Gradient(part, x[from*r.d:(from+rows)*r.d], rows, r.Class)
		for i, g := range part {
			if g-g != 0 {
				return fmt.Errorf("the slope of the model's score in %s is %v where a finite number is needed; %s", r.feature(i%r.d), g, remedy)
			}
		}
		return nil
	})
}

const remedy = "its training diverged, or the row lies far outside the data; rewind the training or change the row"

// batches calls f for the n rows a batch at a time and reports progress.
func (r *run) batches(n int, f func(from, rows int) error) error {
	for from := 0; from < n; from += batch {
		if err := r.Step(r.done, r.of); err != nil {
			return err
		}
		rows := min(batch, n-from)
		if err := f(from, rows); err != nil {
			return err
		}
		r.done += rows
	}
	return nil
}

// feature names feature j for an error.
func (r *run) feature(j int) string {
	if j < len(r.Features) {
		return fmt.Sprintf("%q", r.Features[j].Name)
	}
	return fmt.Sprintf("feature %d", j)
}
