package shelf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/table"
)

// fits checks that a table of the catalog holds what a model reads; those from
// files were made for it. The error is a *spec.Error.
func fits(m *Model, t *dataset.Table) error {
	if t.Name == spec.Own {
		return nil
	}
	d, k := m.Dims()
	refuse := func(what string) error {
		return &spec.Error{Code: "E-MODEL-DATA", Path: "/model/file", What: what, Why: fmt.Sprintf("it was not trained on %q", t.Title), Fix: "open a table with the rows it was trained for"}
	}
	switch {
	case d != len(t.Columns):
		return refuse(fmt.Sprintf("the model has %d features and the data %d", d, len(t.Columns)))
	case m.Regression != t.Regression() || k != max(1, len(t.Classes())):
		return refuse("the model predicts something else than the data holds")
	}
	columns := make([]string, d)
	for j := range columns {
		columns[j] = t.Columns[j].Name
	}
	if j := misnamed(m.Features, columns); j >= 0 {
		return refuse(fmt.Sprintf("the model reads %q where the data has %q", m.Features[j], columns[j]))
	}
	return nil
}

// misnamed returns the first feature that is not what the column in its place is
// called, and -1 where there is none: where the model goes by place, or every
// name leads to its column.
func misnamed(features, columns []string) int {
	if unnamed(features, columns) {
		return -1
	}
	for j, name := range features {
		if called(columns, name) != j {
			return j
		}
	}
	return -1
}

// byPlace reports whether a model does not say by name which columns it reads.
func byPlace(c *table.Sheet, features []string) bool { return unnamed(features, names(c)) }

// columnOf finds the column that a model calls by a name; -1 for none.
func columnOf(c *table.Sheet, name string) int { return called(names(c), name) }

func names(c *table.Sheet) []string {
	out := make([]string, len(c.Columns))
	for j := range out {
		out[j] = c.Columns[j].Name
	}
	return out
}

// unnamed reports whether a model has no names for its features, or only such as
// programs make up, and the columns are called something else.
func unnamed(features, columns []string) bool {
	foreign := func(name string) bool { return !slices.Contains(columns, name) }
	return len(features) == 0 || placeholders(features) && slices.ContainsFunc(features, foreign)
}

// called finds a name among those of columns, be the case another or an
// underscore, a hyphen or a dot a space; -1 for none.
func called(columns []string, name string) int {
	if j := slices.Index(columns, name); j >= 0 {
		return j
	}
	name = folded(name)
	return slices.IndexFunc(columns, func(column string) bool { return folded(column) == name })
}

// placeholders tells the names that programs make up: f0, f1 or Column_0,
// Column_1.
func placeholders(names []string) bool {
	for i, name := range names {
		n := strconv.Itoa(i)
		if name != "f"+n && name != "Column_"+n && name != "x"+n {
			return false
		}
	}
	return true
}

func folded(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' {
			return ' '
		}
		return r
	}, strings.TrimSpace(name)))
}
