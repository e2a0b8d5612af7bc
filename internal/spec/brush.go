package spec

import (
	"fmt"
	"strconv"
	"strings"
)

// BrushText writes rows, each true at its number, as View.Brush has them.
func BrushText(rows []bool) string {
	var out []byte
	for row := 0; row < len(rows); row++ {
		if !rows[row] {
			continue
		}
		from := row
		for row+1 < len(rows) && rows[row+1] {
			row++
		}
		if len(out) > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(from), 10)
		if row > from {
			out = strconv.AppendInt(append(out, '-'), int64(row), 10)
		}
	}
	return string(out)
}

// BrushRows reads what BrushText writes; it ends with the last brushed row. The
// error is an *Error.
func BrushRows(text string) ([]bool, error) {
	var rows []bool
	for text != "" {
		part, rest, more := strings.Cut(text, ",")
		first, last, ranged := strings.Cut(part, "-")
		if !ranged {
			last = first
		}
		from, to := rowNumber(first), rowNumber(last)
		if from < len(rows) || to < from || more && rest == "" {
			return nil, &Error{Code: CodeRange, Path: "/view/brush", What: fmt.Sprintf("%q is no list of brushed rows at %q", shorten(text), shorten(part)),
				Why: fmt.Sprintf("it holds rows from 0 to %d and ranges of them, in order, each row once", maxRow), Fix: `write them like "3-7,12"`}
		}
		rows = append(rows, make([]bool, to+1-len(rows))...)
		for row := from; row <= to; row++ {
			rows[row] = true
		}
		text = rest
	}
	return rows, nil
}

// rowNumber reads the number of a row, -1 where it is none.
func rowNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n > maxRow || strconv.Itoa(n) != text {
		return -1
	}
	return n
}

// brush checks the brushed rows.
func (c *checker) brush(text string) {
	rows, err := BrushRows(text)
	if err != nil {
		c.found = append(c.found, err.(*Error))
	} else if c.table != nil && len(rows) > c.table.Rows {
		c.within(float64(len(rows)-1), 0, float64(c.table.Rows-1), "/view/brush", "the number of a brushed row")
	}
}
