package catalog

import (
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/additive"
)

// The parts of a sum of curves, and a change of one.
type (
	Term      = additive.Term
	CurveEdit = additive.Edit
	Change    = additive.Change
)

// Curves is a model that is a sum of curves, one a feature, and of maps of pairs
// of features.
type Curves interface {
	model.Model
	Base() []float32
	Terms() []Term // a curve for each feature, then the maps
	Edited(edits []CurveEdit) model.Model
}

// CurvesOf returns the curves that a model is the sum of, or nil where it is
// something else.
func CurvesOf(m explain.Model) Curves {
	c, _ := m.(Curves)
	return c
}
