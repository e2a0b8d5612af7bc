package table

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/dataset"
)

// Table makes a data set of the sheet as it stands, and says what became of
// missing cells. name is the data set's, for specs; title is for people.
//
// A class or category is coded by its place in the order of the names. Where
// there is one feature alone, both columns of Plane are that one.
func (s *Sheet) Table(name, title string) (t *dataset.Table, notes []string, err error) {
	b, err := s.builder()
	if err != nil {
		return nil, nil, err
	}
	if err := s.each(b.row); err != nil {
		return nil, nil, err
	}
	t = &dataset.Table{
		Name: name, Title: title, Unit: "row",
		Help: plural(s.Rows, "row", "rows") + " of a file.", Unlabelled: s.Target == None,
		X: b.x, Y: b.y,
	}
	d := len(b.features)
	for f, j := range b.features {
		values := strided{b.x, f, d}
		note, err := b.fill(j, values)
		if err != nil {
			return nil, nil, err
		}
		if note != "" {
			notes = append(notes, note)
		}
		if b.codes[j] != nil && len(b.names[j]) < 2 {
			return nil, nil, b.wrong(j, CodeColumn, "there is only one category", "leave the column out")
		}
		c := b.describe(j, values)
		values.each(func(v *float32) { c.Gaps = c.Gaps || *v != *v })
		t.Columns = append(t.Columns, c)
	}
	if s.Target != None {
		t.Help = fmt.Sprintf("%s of a file, to predict %q.", plural(s.Rows, "row", "rows"), s.Columns[s.Target].Name)
		t.Target = b.describe(s.Target, strided{b.y, 0, 1})
	}
	t.Plane = plane(t.Columns)
	return t, notes, nil
}

// builder fills the arrays of a data set.
type builder struct {
	*Sheet
	n        numbers
	features []int // columns of the sheet
	codes    []map[string]int
	names    [][]string // of categories, in order
	x, y     []float32
}

// builder checks the choices and finds the categories.
func (s *Sheet) builder() (*builder, error) {
	b := &builder{Sheet: s, n: s.numbers(), codes: make([]map[string]int, len(s.Columns)), names: make([][]string, len(s.Columns))}
	if s.Target != None && (s.Target < 0 || s.Target >= len(s.Columns)) {
		return nil, &Error{Code: CodeColumn, What: "no column is left to predict", Fix: "choose one, and read it as numbers or as categories"}
	}
	for j, c := range s.Columns {
		switch c.Kind {
		case dataset.Category:
			b.codes[j] = map[string]int{}
		case dataset.Number, dataset.Integer:
		case Skip:
			if j == s.Target {
				return nil, b.wrong(j, CodeColumn, "the column to predict is left out", "choose another one, or read it as numbers or categories")
			}
			continue
		default:
			return nil, b.wrong(j, CodeColumn, fmt.Sprintf("there is no kind %q", short(string(c.Kind))), "choose number, integer, category or skip")
		}
		if j != s.Target {
			b.features = append(b.features, j)
		}
	}
	if len(b.features) == 0 {
		return nil, &Error{Code: CodeColumn, What: "no column is left to predict from", Fix: "read at least one more column as numbers or categories"}
	}
	if slices.ContainsFunc(b.codes, func(codes map[string]int) bool { return codes != nil }) {
		if err := s.each(b.collect); err != nil {
			return nil, err
		}
	}
	for j, codes := range b.codes {
		if codes == nil {
			continue
		}
		for name := range codes {
			b.names[j] = append(b.names[j], name)
		}
		s.inOrder(b.names[j])
		for code, name := range b.names[j] {
			codes[name] = code
		}
	}
	if t := s.Target; t != None && b.codes[t] != nil && len(b.names[t]) < 2 {
		return nil, b.wrong(t, CodeColumn, "there are not two different classes to tell apart", "choose another column to predict")
	}
	b.x = make([]float32, 0, s.Rows*len(b.features))
	b.y = make([]float32, 0, s.Rows)
	return b, nil
}

// wrong is an error about a column.
func (b *builder) wrong(j int, code, what, fix string) *Error {
	return &Error{Code: code, Column: j + 1, Name: b.Columns[j].Name, What: what, Fix: fix}
}

// collect takes the categories of one row.
func (b *builder) collect(cells []cell) error {
	for j, codes := range b.codes {
		if codes == nil || b.missing(cells[j].text) {
			continue
		}
		if len(cells[j].text) > maxName {
			e := b.wrong(j, CodeColumn, fmt.Sprintf("%q… is too long for the name of a category", short(cells[j].text)), "leave the column out")
			e.Line = cells[j].line
			return e
		}
		codes[cells[j].text] = 0
		if len(codes) > MaxCategories {
			return b.wrong(j, CodeColumn, fmt.Sprintf("there are more than %d categories", MaxCategories), "read the column as numbers, or leave it out")
		}
	}
	return nil
}

// row adds one row.
func (b *builder) row(cells []cell) error {
	for _, j := range b.features {
		v, err := b.value(j, cells[j])
		if err != nil {
			return err
		}
		b.x = append(b.x, v)
	}
	if b.Target == None {
		b.y = append(b.y, 0)
		return nil
	}
	v, err := b.value(b.Target, cells[b.Target])
	if err != nil {
		return err
	}
	if v != v {
		return &Error{CodeMissing, cells[b.Target].line, b.Target + 1, b.Columns[b.Target].Name, "the value to predict is missing", "fill it in, or take the row out of the file"}
	}
	b.y = append(b.y, v)
	return nil
}

// value reads a cell as its column's kind; NaN is missing.
func (b *builder) value(j int, cell cell) (float32, error) {
	gap := float32(math.NaN())
	if b.missing(cell.text) {
		return gap, b.refused(j, cell)
	}
	if codes := b.codes[j]; codes != nil {
		return float32(codes[cell.text]), nil
	}
	r, ok := b.n.parse(cell.text)
	switch c := b.Columns[j]; {
	case !ok && among(gapsInNumbers, cell.text):
		return gap, b.refused(j, cell)
	case !ok:
		return 0, b.notNumber(j, cell)
	case r.unit != c.Unit:
		return 0, b.otherUnit(j, cell)
	case !r.whole && c.Kind == dataset.Integer:
		return 0, &Error{CodeCell, cell.line, j + 1, c.Name, fmt.Sprintf("%q is not a whole number", short(cell.text)), "read the column as numbers"}
	}
	return r.value, nil
}

// refused is an error where missing cells shall not be.
func (b *builder) refused(j int, cell cell) error {
	if b.Gaps != Refuse {
		return nil
	}
	return &Error{CodeMissing, cell.line, j + 1, b.Columns[j].Name, "the cell is missing", "fill it in, or choose to have such cells filled or kept"}
}

// strided is one column of a row-major array.
type strided struct {
	values    []float32
	at, width int
}

func (s strided) each(f func(v *float32)) {
	for i := s.at; i < len(s.values); i += s.width {
		f(&s.values[i])
	}
}

// fill puts something in the place of missing cells of a feature, if that is
// chosen, and says what.
func (b *builder) fill(j int, values strided) (string, error) {
	var present []float32
	gaps := 0
	values.each(func(v *float32) {
		if *v == *v {
			present = append(present, *v)
		} else {
			gaps++
		}
	})
	c := b.Columns[j]
	switch {
	case gaps == 0:
		return "", nil
	case b.Gaps == Keep:
		return fmt.Sprintf("%q: %s left as missing (NaN).", short(c.Name), plural(gaps, "cell is", "cells are")), nil
	case b.Gaps != Fill:
		return "", &Error{Code: CodeMissing, What: fmt.Sprintf("%q says nothing about missing cells", short(string(b.Gaps))), Fix: "choose fill, keep or refuse"}
	case len(present) == 0:
		return "", b.wrong(j, CodeColumn, "every cell is missing", "leave the column out")
	}
	var by float32
	what := ""
	if c.Kind == dataset.Category {
		code := slices.Index(b.names[j], "missing")
		if code < 0 {
			code = len(b.names[j])
			b.names[j] = append(b.names[j], "missing")
		}
		by, what = float32(code), `the category "missing"`
	} else {
		slices.Sort(present)
		by = present[(len(present)-1)/2]
		what = fmt.Sprintf("the column's middle value, %v", by)
	}
	values.each(func(v *float32) {
		if *v != *v {
			*v = by
		}
	})
	return fmt.Sprintf("%q: %s filled with %s.", short(c.Name), plural(gaps, "missing cell is", "missing cells are"), what), nil
}
