package dataset

import (
	"slices"
	"strings"
)

// namelessRows is how many rows must agree that columns are one category where
// their names do not say so.
const namelessRows = 30

// OneHot returns, of each column, the name of the category that it and columns
// beside it hold in one-hot form, "" for none. The data decides: of these columns
// exactly one is 1 in every row and the others are 0, and each is 1 somewhere.
// Their names begin alike, or there are at least 30 rows.
func (t *Table) OneHot() []string {
	d := len(t.Columns)
	out := make([]string, d)
	if t.Height > 0 {
		return out
	}
	for from := 0; from < d; from++ {
		to := t.oneHotFrom(from)
		if to == 0 {
			continue
		}
		name := t.categoryName(from, to)
		if name == "" && t.Rows() < namelessRows {
			continue
		}
		if name == "" || slices.Contains(out, name) {
			name = t.Columns[from].Name + " … " + t.Columns[to-1].Name
		}
		for j := from; j < to; j++ {
			out[j] = name
		}
		from = to - 1
	}
	return out
}

// oneHotFrom returns the end of a category's columns that start with one, 0 for
// none.
func (t *Table) oneHotFrom(from int) (to int) {
	left := t.Rows() // without a 1 so far
	hot := make([]bool, left)
	for j := from; j < len(t.Columns); j++ {
		ones := 0
		for i := range hot {
			switch v := t.X[i*len(t.Columns)+j]; {
			case v == 0:
			case v != 1, hot[i]:
				return 0
			default:
				hot[i] = true
				ones++
			}
		}
		if left -= ones; ones == 0 {
			return 0
		}
		if left == 0 {
			if j == from { // always 1
				return 0
			}
			return j + 1
		}
	}
	return 0
}

// categoryName is what the names of columns have in common before a sign that
// ends a word: "color" of color_red and color_blue; "" where they have nothing.
func (t *Table) categoryName(from, to int) string {
	const ends = "=_-:. "
	name := t.Columns[from].Name
	for _, c := range t.Columns[from+1 : to] {
		for !strings.HasPrefix(c.Name, name) {
			name = name[:len(name)-1]
		}
	}
	return strings.TrimRight(name[:strings.LastIndexAny(name, ends)+1], ends)
}
