package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/spec"
)

// What becomes of missing cells, as in spec.Reading.
const (
	keepGaps = "keep"
	fillGaps = "fill"
)

// same compares two values of a feature; one missing value is like another.
func same(a, b float32) bool { return a == b || a != a && b != b }

// sameRow compares rows of as many features.
func sameRow(a, b []float32) bool {
	for j := range a {
		if !same(a[j], b[j]) {
			return false
		}
	}
	return true
}

// bitsOf stands for a row in a cache key: JSON has no NaN.
func bitsOf(x []float32) []uint32 {
	out := make([]uint32, len(x))
	for j, v := range x {
		out[j] = math.Float32bits(v)
	}
	return out
}

// takesGaps reports whether a model has a way of its own for missing values.
func (b *Builder) takesGaps(m spec.Model) bool {
	if m.Name == spec.Own {
		own := b.Files.Model(*m.File)
		return own != nil && own.Gaps
	}
	family := catalog.ModelOf(m.Name)
	return family != nil && family.Gaps
}

// read is the data of a spec with what becomes of missing cells settled: they
// are kept for a model that takes them, else filled.
func (b *Builder) read(d spec.Data, m spec.Model) spec.Data {
	var r spec.Reading
	if d.Read != nil {
		r = *d.Read
	}
	if r.Gaps == "" {
		r.Gaps = fillGaps
		if b.takesGaps(m) {
			r.Gaps = keepGaps
		}
	}
	d.Read = &r
	return d
}

// gapsOf finds the columns that lack values.
func gapsOf(t *dataset.Table) []bool {
	d := len(t.Columns)
	gaps := make([]bool, d)
	for i, v := range t.X {
		if v != v {
			gaps[i%d] = true
		}
	}
	return gaps
}

// refuseGaps refuses missing cells where the model has no way for them.
func (b *Builder) refuseGaps(s *spec.Spec) error {
	j := slices.Index(b.gaps, true)
	if j < 0 || b.takesGaps(s.Model) {
		return nil
	}
	row := 0
	for x := b.table.Row(row)[j]; x == x; x = b.table.Row(row)[j] {
		row++
	}
	return &spec.Error{Code: "E-MODEL-GAPS", Path: "/data/read/gaps", What: fmt.Sprintf("missing cells are kept, and %s takes none", modelName(s.Model)),
		Why: fmt.Sprintf("%q lacks a value in row %d", b.table.Columns[j].Name, row), Fix: `choose "fill" for missing cells, or a model of trees`}
}

func modelName(m spec.Model) string {
	if m.File != nil {
		return m.File.Title
	}
	return lower(catalog.ModelOf(m.Name).Title)
}

// mayMiss reports whether feature j of the row may be made missing: a model
// from elsewhere says for each what it does then, one that was trained here has
// learnt it where values were missing.
func (f *Figure) mayMiss(j int) bool {
	switch {
	case !f.family.Gaps:
		return false
	case f.s.Model.Name == spec.Own:
		return true
	}
	return f.b.gaps[j]
}

// lacks reports whether feature j is missing in a row of the table or in the
// asked one.
func (f *Figure) lacks(j int) bool { return f.b.gaps[j] || f.x[j] != f.x[j] }

// refuseMissing is the error about an edit that takes a value away.
func (f *Figure) refuseMissing(name string) error {
	why := article(f.family.Title) + " takes no missing values"
	if f.family.Gaps {
		why = "no row lacks it, so the model has not learnt what to do then"
	}
	return &spec.Error{Code: "E-EXPLAIN-MISSING", Path: "/explain/edit", What: fmt.Sprintf("%q cannot be missing", name), Why: why, Fix: "set a value, or reset the row"}
}

// lacking names the features of the row that have no value.
func (f *Figure) lacking() []string {
	var out []string
	for j, v := range f.x {
		if v != v {
			out = append(out, f.table.Columns[j].Name)
		}
	}
	return out
}

// few names some features and counts the others.
func few(names []string) string {
	const most = 3
	if len(names) > most+1 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return list(names)
}

// readStatus says how a table from a file was read.
func (f *Figure) readStatus(s *DataStatus) {
	if f.s.Data.Name != spec.Own {
		return
	}
	s.Gaps, s.TakesGaps = f.b.read(f.s.Data, f.s.Model).Read.Gaps, f.family.Gaps
	if f.s.Data.Read != nil {
		s.Reading = f.b.Files.Reading(f.s.Data)
	}
}
