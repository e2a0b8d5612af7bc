package shelf

import (
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
)

// namelessRows is how many rows must agree that columns are one category where
// their names do not say so.
const namelessRows = 30

// markOneHot names, in each column of t, the category that it and columns beside
// it hold in one-hot form. The data decides: of these columns exactly one is 1 in
// every row and the others are 0, and each is 1 somewhere. Their names begin
// alike, or there are at least 30 rows.
func markOneHot(t *dataset.Table) {
	var used []string
	for from := 0; from < len(t.Columns); from++ {
		to := oneHotFrom(t, from)
		if to == 0 {
			continue
		}
		name := categoryName(t.Columns[from:to])
		if name == "" && t.Rows() < namelessRows {
			continue
		}
		if name == "" || slices.Contains(used, name) {
			name = t.Columns[from].Name + " … " + t.Columns[to-1].Name
		}
		used = append(used, name)
		for j := from; j < to; j++ {
			t.Columns[j].OneHot = name
		}
		from = to - 1
	}
}

// oneHotFrom returns the end of a category's columns that start with one, 0 for
// none.
func oneHotFrom(t *dataset.Table, from int) (to int) {
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
func categoryName(columns []dataset.Column) string {
	const ends = "=_-:. "
	name := columns[0].Name
	for _, c := range columns[1:] {
		for !strings.HasPrefix(c.Name, name) {
			name = name[:len(name)-1]
		}
	}
	return strings.TrimRight(name[:strings.LastIndexAny(name, ends)+1], ends)
}
