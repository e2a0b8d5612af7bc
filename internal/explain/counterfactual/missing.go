package counterfactual

import (
	"math"

	"github.com/whybox/whybox/internal/explain"
)

// held is a model that reads some features as missing, whatever a row says. A
// search has numbers in their place, which it never changes.
type held struct {
	explain.Model
	gone []int     // features
	x    []float32 // rows as the model gets them
}

// Predict writes the scores of the n rows of x (n×d) to dst (n×k).
func (h *held) Predict(dst, x []float32, n int) {
	d, _ := h.Dims()
	h.x = append(h.x[:0], x[:n*d]...)
	h.hide(h.x)
	h.Model.Predict(dst, h.x, n)
}

// hide takes the values of the missing features out of rows (n×d).
func (h *held) hide(rows []float32) {
	d, _ := h.Dims()
	for i := 0; i < len(rows); i += d {
		for _, j := range h.gone {
			rows[i+j] = float32(math.NaN())
		}
	}
}

// missing names the features that the row lacks.
func (s *search) missing() []string {
	var out []string
	if h, ok := s.q.Model.(*held); ok {
		for _, j := range h.gone {
			out = append(out, nameOf(s.q.Features[j], j))
		}
	}
	return out
}

// leave makes a question of one whose row lacks values (NaN): the features stay
// missing, as if they were fixed. The answers get their gaps back by the
// function that it returns.
func leave(q explain.Query) (explain.Query, func([]explain.Counterfactual)) {
	h := &held{Model: q.Model}
	x, features := append([]float32(nil), q.X...), append([]explain.Feature(nil), q.Features...)
	for j, v := range q.X {
		if v != v {
			h.gone = append(h.gone, j)
			x[j], features[j].Fixed = features[j].Min, true
		}
	}
	if h.gone == nil {
		return q, func([]explain.Counterfactual) {}
	}
	q.Model, q.X, q.Features = h, x, features
	return q, func(found []explain.Counterfactual) {
		for i := range found {
			h.hide(found[i].X)
			h.hide(found[i].Path)
		}
	}
}
