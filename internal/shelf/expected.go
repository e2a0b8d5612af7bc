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

// expected are the columns of a table with the scores that the program which
// trained the model gave.
type expected struct {
	columns []int // of the sheet; empty for none
	others  []int // of the sheet, that look like answers too and are left out
	names   []string
	guessed bool      // by their names
	values  []float32 // n×len(columns); NaN where a cell is empty
}

// scoreWords begin the names of columns that hold a model's answers, the likely
// ones first.
var scoreWords = []string{"prediction", "predictions", "predicted", "predict", "pred", "expected", "probability", "probabilities", "prob", "proba", "score", "scores", "margin", "margins"}

// setAside finds the columns of expected scores, which are neither features nor
// predicted: those that the reading names, or else those that are called so.
func setAside(c *table.Sheet, d spec.Data, m *Model) (*expected, error) {
	e := &expected{}
	switch {
	case d.Read != nil && d.Read.Expected != nil:
		for i, name := range d.Read.Expected {
			j, err := find(c, name, "/data/read/expected/"+strconv.Itoa(i))
			if err != nil {
				return nil, err
			}
			e.columns = append(e.columns, j)
		}
		if err := e.fits(c, m); err != nil {
			return nil, err
		}
		if m != nil {
			e.skipOthers(c, m, answering(c, d, m))
		}
	case m != nil:
		e.guess(c, d, m)
	}
	for _, j := range e.columns {
		e.names = append(e.names, c.Columns[j].Name)
		c.Columns[j].Kind = table.Skip
	}
	if c.Target >= 0 && e.holds(c.Target) { // the last one that is left seems to be it
		c.Target = table.None
		for j := range c.Columns {
			if c.Columns[j].Kind != table.Skip {
				c.Target = j
			}
		}
	}
	return e, nil
}

// holds reports whether a column holds answers of the model.
func (e *expected) holds(column int) bool {
	return slices.Contains(e.columns, column) || slices.Contains(e.others, column)
}

// fits checks columns that a person named.
func (e *expected) fits(c *table.Sheet, m *Model) error {
	if m == nil || len(e.columns) == 0 {
		return nil
	}
	if !byPlace(c, m.Features) {
		for _, name := range m.Features {
			if j := columnOf(c, name); j >= 0 && e.holds(j) {
				return &spec.Error{Code: spec.CodeUnfit, Path: "/data/read/expected", What: fmt.Sprintf("the model reads %q", c.Columns[j].Name),
					Why: "what it reads is not what it answers", Fix: "choose another column of expected scores"}
			}
		}
	}
	_, k := m.Dims()
	if n := len(e.columns); n != k && (n != 1 || k > 2) {
		return &spec.Error{Code: spec.CodeUnfit, Path: "/data/read/expected", What: fmt.Sprintf("the model gives %d scores a row, and %d columns of expected ones are named", k, n),
			Why: "each score is compared with its own", Fix: fmt.Sprintf("name %d columns, in the order of the classes", k)}
	}
	return nil
}

// guess takes the numeric columns that are called by one of the words, one or
// as many as the model has scores.
func (e *expected) guess(c *table.Sheet, d spec.Data, m *Model) {
	_, k := m.Dims()
	byWord := answering(c, d, m)
	alike := 0
	for _, columns := range byWord {
		alike += len(columns)
	}
	for _, word := range scoreWords {
		found := byWord[word]
		if len(found) > 1 && len(found) != k && k <= 2 {
			found = found[:1]
		}
		if len(found) > 0 && (len(found) == k || k <= 2) && spare(c, m, found, alike) {
			e.columns, e.guessed = found, true
			e.skipOthers(c, m, byWord)
			return
		}
	}
}

// answering lists, by their words, the columns that look like a model's answers.
func answering(c *table.Sheet, d spec.Data, m *Model) map[string][]int {
	byWord := map[string][]int{}
	for j := range c.Columns {
		word, _, _ := strings.Cut(folded(c.Columns[j].Name), " ")
		if slices.Contains(scoreWords, word) && free(c, j, d, m) {
			byWord[word] = append(byWord[word], j)
		}
	}
	return byWord
}

// skipOthers leaves out what looks like answers and is not compared with, so
// that it is not taken for what is to be predicted. Where columns are found by
// place, some may be features: those are left out that leave the model's, and
// one to predict at the most.
func (e *expected) skipOthers(c *table.Sheet, m *Model, byWord map[string][]int) {
	place := byPlace(c, m.Features)
	var others []int
	for _, columns := range byWord {
		for _, j := range columns {
			if !slices.Contains(e.columns, j) {
				others = append(others, j)
			}
		}
	}
	d, _ := m.Dims()
	beyond := len(c.Columns) - len(e.columns) - len(others) - d
	for _, j := range others {
		if !place || beyond == 0 || beyond == 1 || j == c.Target {
			c.Columns[j].Kind = table.Skip
			e.others = append(e.others, j)
		}
	}
}

// spare reports whether the model's features are there without some columns, or
// without all that look alike.
func spare(c *table.Sheet, m *Model, found []int, alike int) bool {
	d, _ := m.Dims()
	left, bare := len(c.Columns)-len(found), len(c.Columns)-alike
	return !byPlace(c, m.Features) || left == d+1 || left == d && slices.Contains(found, c.Target) || bare == d || bare == d+1
}

// free reports whether a column can hold scores and a person or the model takes
// it for nothing else. Whole numbers are classes rather than their scores.
func free(c *table.Sheet, j int, d spec.Data, m *Model) bool {
	x := c.Columns[j]
	if x.Kind != dataset.Number && (x.Kind != dataset.Integer || !m.Regression) {
		return false
	}
	if r := d.Read; r != nil && (r.Target == x.Name || r.Kinds[x.Name] != "") {
		return false
	}
	return byPlace(c, m.Features) || !slices.ContainsFunc(m.Features, func(name string) bool { return columnOf(c, name) == j })
}

// read takes the scores.
func (e *expected) read(c *table.Sheet) error {
	if len(e.columns) == 0 {
		return nil
	}
	var err error
	e.values, err = c.Matrix(e.columns)
	return err
}
