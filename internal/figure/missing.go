package figure

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/spec"
)

// same compares two values of a feature; one missing value is like another.
func same(a, b float32) bool { return a == b || a != a && b != b }

// sameRow compares rows.
func sameRow(a, b []float32) bool { return slices.EqualFunc(a, b, same) }

// bitsOf stands for a row in a cache key: JSON has no NaN.
func bitsOf(x []float32) []uint32 {
	out := make([]uint32, len(x))
	for j, v := range x {
		out[j] = math.Float32bits(v)
	}
	return out
}

// takesGaps reports whether a model that is trained here takes missing values.
func takesGaps(m spec.Model) bool {
	family := catalog.ModelOf(m.Name)
	return family != nil && family.Gaps
}

// lacks reports whether feature j is missing in a row of the table or in the
// asked one.
func (f *Figure) lacks(j int) bool { return f.table.Columns[j].Gaps || f.x[j] != f.x[j] }

// mayMiss reports whether feature j of the row may be made missing: a model
// from elsewhere says for each what it does then, one that was trained here has
// learnt it where values were missing.
func (f *Figure) mayMiss(j int) bool {
	return f.family.Gaps && (f.s.Model.Name == spec.Own || f.table.Columns[j].Gaps)
}

// refuseMissing is the error about an edit that takes a value away.
func (f *Figure) refuseMissing(name string) error {
	return &spec.Error{Code: "E-EXPLAIN-MISSING", Path: "/explain/edit", What: fmt.Sprintf("%q cannot be missing", name),
		Why: "the model takes no missing values, or has seen none of it", Fix: "set a value, or reset the row"}
}
