// Package table reads rows from text: CSV and its relatives, however a
// spreadsheet or a program wrote them. Read looks at the whole file and says
// how it understood it: a Sheet, which a person can look at and change before
// Sheet.Table makes a dataset.Table of it. No row is ever dropped, and what is
// not understood is an *Error that names the line and the column.
package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
)

// Limits of a file. They are checked before memory is taken for what they
// bound.
const (
	MaxBytes      = 64 << 20
	MaxRows       = 1_000_000
	MaxColumns    = 2_000
	MaxCells      = 16_000_000 // rows × columns
	MaxCategories = 500        // in one column
	maxCell       = 100_000    // bytes
	maxName       = 200        // bytes of a column's or category's name
)

// Skip is the kind of a column that is left out.
const Skip dataset.Kind = "skip"

// None as a Sheet's Target makes a table without one: its Y is all zero.
const None = -2

// Gaps says what becomes of missing cells. The models that this program trains
// take none; trees from other programs do.
type Gaps string

const (
	Fill   Gaps = "fill"   // by the column's middle value, or by a category "missing"
	Keep   Gaps = "keep"   // as NaN
	Refuse Gaps = "refuse" // with an error that says where the first one is
)

// Format is how the text is read.
type Format struct {
	Encoding  string // one of Encodings
	Delimiter byte   // ',', ';', '\t', '|' or, where a person says so, ' '; several spaces are one
	Decimal   byte   // '.' or ','; the other one may separate thousands
	Header    bool   // the first line names the columns
	// Missing lists the words that stand for a missing cell, in lower case; the
	// empty cell always does.
	Missing []string
}

// Choice is what a person says of a Format. What is zero, or nil, is found out.
type Choice struct {
	Encoding           string
	Delimiter, Decimal byte
	Header             *bool
	Missing            []string // in place of the usual words; empty for none
}

// Sheet is a file and how it is read. Columns' kinds, names and units, Target
// and Gaps may be changed freely; for another Format, call As.
type Sheet struct {
	Format
	Columns []Column
	Target  int // the column to predict, or None
	Gaps    Gaps
	Rows    int
	Names   []string // as they stand in the first line, nil where it has none; those of Columns are made unique
	Notes   []string // what was assumed, for people

	text    string   // UTF-8
	first   int      // the line where the first record stands
	said    byte     // the delimiter that a line before it announces, 0 for none
	decoded []string // notes of what the text was made from
}

// Column is what is known of one column, and what it is read as.
type Column struct {
	Name     string
	Kind     dataset.Kind // or Skip
	Unit     string       // "%" or a currency, where the numbers carry it
	Why      string       // why it is read so, for people
	Missing  int          // cells
	Distinct int          // different cells; MaxCategories+1 stands for more
	Sample   []string     // the first few different cells
	Problem  *Error       // the first cell that is not of the kind it was taken for
}

// Read understands a file by itself.
func Read(file []byte) (*Sheet, error) { return ReadAs(file, Choice{}) }

// ReadAs reads a file as a person says.
func ReadAs(file []byte, c Choice) (*Sheet, error) {
	if err := TooLarge(int64(len(file))); err != nil {
		return nil, err
	}
	text, encoding, notes, err := decode(file, c.Encoding)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Format: Format{Encoding: encoding}, text: text, first: 1, decoded: notes}
	s.said = s.announced()
	return s.As(c)
}

// As reads the same text in another way. The encoding stays.
func (s *Sheet) As(c Choice) (*Sheet, error) {
	switch {
	case c.Delimiter != 0 && c.Delimiter != ' ' && !slices.Contains(Delimiters(), c.Delimiter):
		return nil, &Error{Code: CodeFormat, What: fmt.Sprintf("%q cannot be the delimiter", c.Delimiter), Fix: "choose a comma, a semicolon, a tab, | or a space"}
	case c.Decimal != 0 && c.Decimal != '.' && c.Decimal != ',':
		return nil, &Error{Code: CodeFormat, What: fmt.Sprintf("%q cannot be the decimal sign", c.Decimal), Fix: "choose a point or a comma"}
	}
	out := &Sheet{Gaps: Fill, Notes: slices.Clone(s.decoded), text: s.text, first: s.first, said: s.said, decoded: s.decoded}
	out.Format = Format{Encoding: s.Encoding, Delimiter: cmp.Or(c.Delimiter, s.said), Decimal: c.Decimal, Missing: slices.Clone(c.Missing)}
	if c.Missing == nil {
		out.Missing = missingWords()
	}
	for i, word := range out.Missing {
		out.Missing[i] = strings.TrimSpace(word) // as cells are
	}
	if out.Delimiter == 0 {
		out.Delimiter = delimiter(s.text)
	}
	o, err := out.outline()
	if err != nil {
		return nil, err
	}
	if out.Decimal == 0 {
		out.Decimal = o.decimal(out)
	}
	if c.Header != nil {
		out.Header = *c.Header
	} else {
		out.Header = o.header(out)
	}
	return out, out.understand(o)
}

// understand names the columns and finds their kinds and the target.
func (s *Sheet) understand(o *outline) error {
	s.Rows = o.records
	if s.Header {
		s.Rows--
	}
	if s.Rows < 1 {
		return &Error{Code: CodeEmpty, What: "there are no rows", Fix: "give at least one row below the names"}
	}
	if err := s.name(o); err != nil {
		return err
	}
	columns, err := s.survey()
	if err != nil {
		return err
	}
	columns = s.trim(columns)
	for j := range columns {
		columns[j].decide(s, j)
	}
	s.guessTarget(columns)
	return nil
}
