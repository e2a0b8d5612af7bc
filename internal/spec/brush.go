package spec

import (
	"fmt"
	"strconv"
	"strings"
)

// Span is rows of the table that follow each other, both ends among them.
type Span struct{ From, To int }

// BrushText writes rows, ascending and each once, as View.Brush has them.
func BrushText(rows []int) string {
	var out []byte
	for i := 0; i < len(rows); i++ {
		from := i
		for i+1 < len(rows) && rows[i+1] == rows[i]+1 {
			i++
		}
		if from > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(rows[from]), 10)
		if i > from {
			out = strconv.AppendInt(append(out, '-'), int64(rows[i]), 10)
		}
	}
	return string(out)
}

// BrushSpans reads what BrushText writes. The error is an *Error without Path.
func BrushSpans(text string) ([]Span, error) {
	if text == "" {
		return nil, nil
	}
	var out []Span
	next := 0
	for _, part := range strings.Split(text, ",") {
		first, last, ranged := strings.Cut(part, "-")
		from, ok := rowNumber(first)
		to := from
		if ok && ranged {
			to, ok = rowNumber(last)
		}
		switch {
		case !ok:
			return nil, &Error{Code: CodeType, What: fmt.Sprintf("%q is no row and no range of rows", shorten(part)),
				Why: "brushed rows are listed by number, from 0", Fix: `write them like "3-7,12"`}
		case to < from:
			return nil, &Error{Code: CodeRange, What: fmt.Sprintf("the range %q runs backwards", part), Why: "a range goes from its first row to its last",
				Fix: fmt.Sprintf(`write "%d-%d"`, to, from)}
		case from < next:
			return nil, &Error{Code: CodeDuplicate, What: fmt.Sprintf("row %d comes after row %d", from, next-1), Why: "brushed rows are listed in order, each once",
				Fix: "sort them and remove what comes twice"}
		}
		out = append(out, Span{from, to})
		next = to + 1
	}
	return out, nil
}

// rowNumber reads a number of a row.
func rowNumber(text string) (int, bool) {
	n, err := strconv.ParseUint(text, 10, 32)
	return int(n), err == nil && n <= maxRow && strconv.FormatUint(n, 10) == text
}

// brush checks the brushed rows.
func (c *checker) brush(text string) {
	spans, err := BrushSpans(text)
	if err != nil {
		e := err.(*Error)
		e.Path = "/view/brush"
		c.found = append(c.found, e)
		return
	}
	if n := len(spans); n > 0 && c.table != nil {
		c.within(float64(spans[n-1].To), 0, float64(c.table.Rows-1), "/view/brush", fmt.Sprintf("the data has %d rows, counted from 0, and the last brushed one", c.table.Rows))
	}
}
