package table

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
)

// usualCategories is how many different words a column may have to be taken
// for categories unasked.
const usualCategories = 100

// decide chooses the kind of a column by its cells, and says why.
func (c *surveyed) decide(s *Sheet, j int) {
	present := s.Rows - c.Missing
	numeric := c.numbers > 0 && c.numbers+c.gaps == present
	switch {
	case present == 0:
		c.skip("every cell is empty")
	case c.Distinct == 1 && (numeric || c.Missing == 0):
		c.skip(fmt.Sprintf("every cell that is not empty has %q", c.Sample[0]))
	case c.dates*2 > present:
		c.skip("dates are not read; give what matters of them a column of its own, such as a month or an age")
	case numeric && c.codes > 0 && c.whole == c.numbers:
		c.words(s, present, "digits after a leading zero are names, not quantities")
	case numeric && c.counts(j, present):
		c.skip("it only counts the rows")
	case numeric && isName(c.Name) && c.numbers == present && c.whole == present && c.Distinct == min(present, MaxCategories+1):
		c.skip("each row has a number of its own, a name rather than a quantity")
	case numeric:
		c.quantity(s)
	case c.numbers*3 > present*2 && (c.levels == nil || c.Distinct > 20 || c.Distinct*2 > present):
		c.quantity(s)
		c.Why = fmt.Sprintf("%d of %d cells are numbers", c.numbers, present)
		if c.Problem == nil {
			c.Problem = c.odd
		}
	default:
		c.words(s, present, "")
	}
}

func (c *surveyed) skip(why string) { c.Kind, c.Why = Skip, why }

// counts tells the column of row numbers that programs write in front, by its
// having no name or one for it. Few rows may count by chance.
func (c *surveyed) counts(j, present int) bool {
	if c.numbers != present || c.ordinal != present-1 || present < 3 {
		return false
	}
	unnamed := strings.HasPrefix(c.Name, "column ") || strings.HasPrefix(strings.ToLower(c.Name), "unnamed")
	return isName(c.Name) || j == 0 && unnamed && present >= 5
}

// isName tells the usual names of columns that name rows.
func isName(column string) bool {
	column = strings.ToLower(column)
	for _, w := range []string{"id", "index", "row", "nr", "no", "no.", "key", "rowid", "rownames", "row number"} {
		if column == w || strings.HasSuffix(column, "_id") || strings.HasSuffix(column, " id") {
			return true
		}
	}
	return false
}

// quantity makes the column one of numbers.
func (c *surveyed) quantity(s *Sheet) {
	c.Kind, c.Why = dataset.Number, "all cells are numbers"
	if c.whole == c.numbers {
		c.Kind, c.Why = dataset.Integer, "all cells are whole numbers"
	}
	c.Missing += c.gaps
	if c.levels != nil {
		c.Distinct -= len(c.gapWords)
	}
	c.Problem = c.oddUnit
	if c.gaps > 0 {
		c.Why += fmt.Sprintf("; %s read as missing", plural(c.gaps, "cell is", "cells are"))
		s.Notes = append(s.Notes, fmt.Sprintf("In %q, %s missing: %s.", short(c.Name), plural(c.gaps, "cell counts as", "cells count as"), listed(slices.Sorted(maps.Keys(c.gapWords)))))
	}
	if c.large {
		s.Notes = append(s.Notes, fmt.Sprintf("%q has numbers of 16,777,216 and more, which are rounded to 7 digits.", short(c.Name)))
	}
}

// words makes the column one of categories, if there are few enough of them.
func (c *surveyed) words(s *Sheet, present int, why string) {
	switch {
	case c.long:
		c.skip("it holds long texts")
	case c.levels == nil:
		c.skip(fmt.Sprintf("there are more than %d different words", MaxCategories))
	case c.Distinct > 10 && (c.Distinct > usualCategories || c.Distinct*2 > present):
		c.skip(fmt.Sprintf("%d different words in %d rows are names rather than categories", c.Distinct, present))
	default:
		c.Kind = dataset.Category
		c.Why = fmt.Sprintf("%d different words", c.Distinct)
		if why != "" {
			c.Why += ": " + why
		}
	}
	if c.Kind == Skip && why != "" {
		c.Why = why + "; " + c.Why
	}
}

// targetNames are the usual names of the column to predict, the surest first.
var targetNames = []string{"target", "label", "labels", "class", "y", "outcome", "response", "output"}

// guessTarget chooses the column to predict by its name, or the last one.
func (s *Sheet) guessTarget(columns []surveyed) {
	s.Target = -1
	why := "it is the last one"
	for j := range columns {
		if columns[j].Kind != Skip {
			s.Target = j
		}
	}
	for _, name := range slices.Backward(targetNames) {
		for j := range columns {
			if columns[j].Kind != Skip && strings.EqualFold(columns[j].Name, name) {
				s.Target, why = j, "of its name"
			}
		}
	}
	if s.Target < 0 {
		return
	}
	c := &columns[s.Target]
	if few := c.levels != nil && c.Distinct <= 10 && c.Distinct*10 <= s.Rows; c.Kind != dataset.Category && c.gaps == 0 && (c.Distinct == 2 || c.Kind == dataset.Integer && few) {
		c.Kind, c.Problem = dataset.Category, nil
		c.Why = fmt.Sprintf("there are only %d different values, so they are taken for classes", c.Distinct)
	}
	task := "a quantity"
	if c.Kind == dataset.Category {
		task = fmt.Sprintf("a class (%d of them)", c.Distinct)
	}
	s.Notes = append(s.Notes, fmt.Sprintf("%q is predicted, because %s. It is %s.", short(c.Name), why, task))
}

// inOrder sorts the names of categories: numbers by value, else by letters.
func (s *Sheet) inOrder(names []string) {
	n := s.numbers()
	slices.SortFunc(names, func(a, b string) int {
		x, isX := n.parse(a)
		y, isY := n.parse(b)
		switch {
		case isX && isY && x.value != y.value:
			return cmp.Compare(x.value, y.value)
		case isX != isY:
			return map[bool]int{true: -1, false: 1}[isX]
		}
		return strings.Compare(a, b)
	})
}

// listed writes words in quotes.
func listed(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(quoted, ", ")
}
