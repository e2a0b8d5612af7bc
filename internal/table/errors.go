package table

import "fmt"

// Codes of errors.
const (
	CodeEmpty    = "E-TABLE-EMPTY"    // nothing to read
	CodeFormat   = "E-TABLE-FORMAT"   // a Format that cannot be
	CodeEncoding = "E-TABLE-ENCODING" // bytes that are not text
	CodeQuote    = "E-TABLE-QUOTE"    // quotes that do not close
	CodeShape    = "E-TABLE-SHAPE"    // rows of different lengths
	CodeCell     = "E-TABLE-CELL"     // a cell that is not what its column is
	CodeMissing  = "E-TABLE-MISSING"  // a cell that must not be missing
	CodeColumn   = "E-TABLE-COLUMN"   // a column that cannot be used so
	CodeSize     = "E-TABLE-SIZE"     // more than the limits allow
)

// Error says what is wrong with a file and how to mend it.
type Error struct {
	Code   string
	Line   int    // counted from 1; 0 where it is about no line
	Column int    // of the table, counted from 1; 0 where it is about none
	Name   string // of the column; may be empty
	What   string // what is wrong and why
	Fix    string
}

func (e *Error) Error() string {
	at := ""
	if e.Line > 0 {
		at = fmt.Sprintf("line %d", e.Line)
	}
	if e.Column > 0 {
		if at != "" {
			at += ", "
		}
		at += fmt.Sprintf("column %d", e.Column)
		if e.Name != "" {
			at += fmt.Sprintf(" (%s)", short(e.Name))
		}
	}
	if at != "" {
		at = " at " + at
	}
	return fmt.Sprintf("%s%s: %s; %s", e.Code, at, e.What, e.Fix)
}

// TooLarge refuses a file of so many bytes, so that it need not be read. It is
// nil for a file that is small enough.
func TooLarge(bytes int64) error {
	if bytes <= MaxBytes {
		return nil
	}
	return &Error{Code: CodeSize, What: fmt.Sprintf("the file has %d bytes, and at most %d MB are read", bytes, MaxBytes>>20), Fix: "keep fewer rows or columns"}
}

// short cuts what a file says, for messages.
func short(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
