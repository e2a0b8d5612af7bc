package table

import (
	"fmt"
	"slices"
	"strings"
)

// Delimiters lists what is looked for by itself.
func Delimiters() []byte { return []byte{'\t', ';', '|', ','} }

// headBytes and headRecords bound how much is looked at for the delimiter and
// for the names.
const (
	headBytes   = 64 << 10
	headRecords = 200
)

// announced reads the delimiter from a first line "sep=;", as Excel writes it,
// and passes that line; 0 where there is none.
func (s *Sheet) announced() byte {
	if !strings.HasPrefix(s.text, "sep=") || len(s.text) < 6 || !slices.Contains(Delimiters(), s.text[4]) {
		return 0
	}
	rest := scanner{text: s.text, at: 5, line: 1}
	rest.endLine()
	if rest.line != 2 {
		return 0
	}
	said := s.text[4]
	s.text, s.first = s.text[rest.at:], 2
	return said
}

// delimiter finds what separates cells: what gives the first records the same
// number of cells, more than one. Where several do, the one that stands less
// often in text by chance.
func delimiter(text string) byte {
	best, most := byte(','), 0.0
	for _, d := range Delimiters() {
		widths := headWidths(text, d)
		if len(widths) == 0 {
			continue
		}
		modal := widths[len(widths)/2]
		for _, w := range widths {
			if count(widths, w) > count(widths, modal) {
				modal = w
			}
		}
		if share := float64(count(widths, modal)) / float64(len(widths)); modal > 1 && share > most {
			best, most = d, share
		}
	}
	if best == ',' && loneDecimals(text) {
		return ';'
	}
	return best
}

// headWidths counts the cells of the first records. A last record that the
// limit may have cut is left out.
func headWidths(text string, delimiter byte) (widths []int) {
	head := text[:min(len(text), headBytes)]
	r := scanner{text: head, line: 1, delimiter: delimiter}
	for len(widths) < headRecords {
		more, err := r.next()
		if err != nil || !more || r.at >= len(head) && len(head) < len(text) {
			break
		}
		widths = append(widths, len(r.cells))
	}
	return widths
}

func count(widths []int, w int) (n int) {
	for _, v := range widths {
		if v == w {
			n++
		}
	}
	return n
}

// loneDecimals tells one column of numbers with decimal commas, below a name,
// from two columns: its first line has no comma.
func loneDecimals(text string) bool {
	r := scanner{text: text[:min(len(text), headBytes)], line: 1, delimiter: ','}
	for n := 0; n < headRecords; n++ {
		more, err := r.next()
		if err != nil {
			return false
		}
		if !more {
			return n > 1
		}
		switch {
		case n == 0 && len(r.cells) != 1:
			return false
		case n > 0 && (len(r.cells) != 2 || !isDigits(strings.TrimPrefix(r.cells[0].text, "-")) || !isDigits(r.cells[1].text)):
			return false
		}
	}
	return true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// outline is what a first reading finds: that all rows have the same cells, and
// hints at how numbers are written.
type outline struct {
	records, width int
	blank          int
	head           [][]string // the first records
	hints          hints
}

// outline reads all records once and refuses rows of other lengths. A row may
// end in empty cells too many, as a delimiter at the end of a line makes them.
func (s *Sheet) outline() (*outline, error) {
	o := &outline{}
	r := s.scan()
	for {
		more, err := r.next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		if err := o.take(r); err != nil {
			return nil, err
		}
	}
	o.blank = r.blank
	if o.records == 0 {
		return nil, &Error{Code: CodeEmpty, What: "there is nothing but empty lines", Fix: "check that the file was saved or copied whole"}
	}
	if o.blank > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%s passed over.", plural(o.blank, "empty line was", "empty lines were")))
	}
	if s.Delimiter == ',' && o.width == 1 && spaced(o.head) {
		s.Notes = append(s.Notes, "All lines have the same number of words and no delimiter. If spaces separate the cells, choose the space as delimiter.")
	}
	return o, nil
}

// take checks one record.
func (o *outline) take(r *scanner) error {
	cells := r.cells
	line := cells[0].line
	switch {
	case o.records == 0:
		o.width = len(cells)
	case o.records == 1 && len(cells) < o.width && strings.Join(o.head[0][len(cells):], "") == "":
		o.width = len(cells) // the names end in a delimiter, the rows do not
	}
	for len(cells) > o.width && cells[len(cells)-1].text == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != o.width {
		fix := "give every line the same columns; a cell that holds the delimiter needs quotes around it"
		if o.records == 1 && len(cells) == o.width+1 {
			fix = "if the rows begin with names of their own, as R writes them, give that column a name too; else put quotes around cells that hold the delimiter"
		}
		if o.records > 0 && o.width == 1 {
			fix = "remove the lines above the names of the columns"
		}
		return &Error{Code: CodeShape, Line: line, What: fmt.Sprintf("the line has %s, where the first one has %d", plural(len(cells), "cell", "cells"), o.width), Fix: fix}
	}
	o.records++
	switch {
	case o.records > MaxRows+1:
		return &Error{Code: CodeSize, Line: line, What: fmt.Sprintf("there are more than %d rows", MaxRows), Fix: "keep fewer rows"}
	case o.records*o.width > MaxCells:
		return &Error{Code: CodeSize, Line: line, What: fmt.Sprintf("there are more than %d cells", MaxCells), Fix: "keep fewer rows or columns"}
	}
	if len(o.head) < headRecords {
		row := make([]string, len(cells))
		for j, c := range cells {
			row[j] = strings.Clone(c.text)
		}
		o.head = append(o.head, row)
	}
	for _, c := range cells {
		o.hints.add(c.text)
	}
	return nil
}

// spaced tells records of one cell that all have the same number of words, more
// than one.
func spaced(head [][]string) bool {
	words := len(strings.Fields(head[0][0]))
	return words > 1 && len(head) > 1 && !slices.ContainsFunc(head, func(row []string) bool { return len(strings.Fields(row[0])) != words })
}

// header guesses whether the first line names the columns: some column has a
// word there and numbers below, or it is all words, none of which comes again.
func (o *outline) header(s *Sheet) bool {
	n := s.numbers()
	first, rest := o.head[0][:o.width], o.head[1:]
	words, again := true, false
	for j, name := range first {
		if _, ok := n.parse(name); ok {
			words = false
			continue
		}
		if name == "" || s.missing(name) {
			continue
		}
		below, numbers := 0, 0
		for _, row := range rest {
			cell := row[j]
			again = again || cell == name
			if cell == "" || s.missing(cell) {
				continue
			}
			below++
			if _, ok := n.parse(cell); ok {
				numbers++
			}
		}
		if below > 0 && numbers*2 > below {
			return true
		}
	}
	return words && !again
}

// plural writes a count and what it counts.
func plural(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}
