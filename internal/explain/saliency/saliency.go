// Package saliency explains one score of one row by what happens when features
// move a little or are hidden: gradients and what is built on them, and
// occlusion. One explainer a file.
package saliency

import (
	"fmt"
	"image"

	"github.com/whybox/whybox/internal/explain"
)

// run is one explanation under way.
type run struct {
	*explain.Run
	model explain.Differentiable // nil where only scores are asked for
}

// newRun starts an explanation that will ask the model for `of` rows. It
// panics where the query does not fit the model.
func newRun(q explain.Query, of int) *run { return &run{Run: explain.NewRowRun(q, of)} }

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

// scores returns the explained score of each row of x (rows×d).
func (r *run) scores(x []float32) ([]float64, error) {
	out := make([]float64, len(x)/r.D)
	err := r.Scores(x, func(i int, scores []float32) error {
		out[i] = float64(scores[r.Class])
		return explain.Finite(scores[r.Class:r.Class+1], "")
	})
	return out, err
}

// patched returns the explained score of the row's image with each rectangle
// taken from other.
func (r *run) patched(m explain.Patcher, other []float32, at []image.Rectangle) ([]float64, error) {
	out, scores := make([]float64, len(at)), make([]float32, len(at)*r.K)
	err := r.Batches(len(at), func(from, n int) error {
		m.PredictPatched(scores, r.X, other, at[from:from+n])
		for i := range n {
			score := scores[i*r.K+r.Class]
			if err := explain.Finite([]float32{score}, ""); err != nil {
				return err
			}
			out[from+i] = float64(score)
		}
		return nil
	})
	return out, err
}

// gradients writes the gradient of the explained score at each row of x
// (rows×d) to dst (rows×d).
func (r *run) gradients(dst, x []float32) error {
	return r.Batches(len(x)/r.D, func(from, n int) error {
		at := dst[from*r.D : (from+n)*r.D]
		r.model.Gradient(at, x[from*r.D:(from+n)*r.D], n, r.Class)
		for i, g := range at {
			if g-g != 0 {
				return explain.Refuse(explain.Retrain, "the slope of the model's score in %s is %v where a finite number is needed, %s", r.feature(i%r.D), g, explain.NotFinite)
			}
		}
		return nil
	})
}

// feature names feature j for an error.
func (r *run) feature(j int) string {
	if j < len(r.Features) {
		return fmt.Sprintf("%q", r.Features[j].Name)
	}
	return fmt.Sprintf("feature %d", j)
}
