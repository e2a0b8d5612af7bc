package shelf

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/table"
)

// Misnamed returns the first feature of a model that is not what the column in
// its place is called, and -1 where there is none: where the model goes by
// place, or every name leads to its column. There are as many columns as
// features.
func (m *Model) Misnamed(columns []string) int {
	if unnamed(m.Features, columns) {
		return -1
	}
	for j, name := range m.Features {
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
