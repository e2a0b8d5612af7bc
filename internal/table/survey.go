package table

import (
	"fmt"
	"strings"
)

// surveyed is what a reading of all rows finds out about one column.
type surveyed struct {
	*Column
	gaps     int // cells that are missing if the column is one of numbers
	numbers  int
	whole    int
	codes    int // digits after a leading zero
	dates    int
	ordinal  int // numbers that are one more than that above
	long     bool
	large    bool // a whole number that float32 has not exactly
	odd      *Error
	oddUnit  *Error
	last     float32
	levels   map[string]int // cells and how often; nil once there are too many
	gapWords map[string]int
}

// name gives each column a name of its own.
func (s *Sheet) name(o *outline) error {
	s.Columns = make([]Column, o.width)
	if s.Header {
		s.Names = o.head[0][:o.width]
	}
	raw, used, next := map[string]bool{}, map[string]bool{}, map[string]int{}
	for j, name := range s.Names {
		if len(name) > maxName {
			return &Error{Code: CodeColumn, Line: s.first, Column: j + 1, What: fmt.Sprintf("the name has more than %d bytes", maxName), Fix: "shorten it; if the first line holds no names, say so"}
		}
		s.Columns[j].Name = strings.Join(strings.Fields(name), " ")
		raw[s.Columns[j].Name] = true
	}
	for j := range s.Columns {
		first := s.Columns[j].Name
		unnamed := first == ""
		if unnamed {
			first = fmt.Sprintf("column %d", j+1)
		}
		name, n := first, max(2, next[first])
		for used[name] || raw[name] && (name != first || unnamed) {
			name = fmt.Sprintf("%s (%d)", first, n)
			n++
		}
		if name != first && !unnamed {
			s.Notes = append(s.Notes, fmt.Sprintf("Two columns are called %q; the later one, column %d, is called %q here.", short(first), j+1, short(name)))
		}
		s.Columns[j].Name, used[name], next[first] = name, true, n
	}
	return nil
}

// trim takes off the columns that delimiters at the end of every line make, and
// tells of columns that got a name here.
func (s *Sheet) trim(columns []surveyed) []surveyed {
	unnamed := func(j int) bool { return s.Names == nil || strings.TrimSpace(s.Names[j]) == "" }
	for last := len(columns) - 1; last > 0 && unnamed(last) && columns[last].Missing == s.Rows; last-- {
		columns = columns[:last]
	}
	s.Columns = s.Columns[:len(columns)]
	for j, c := range columns {
		if s.Names != nil && unnamed(j) {
			s.Notes = append(s.Notes, fmt.Sprintf("Column %d has no name and is called %q.", j+1, c.Name))
		}
	}
	return columns
}

// survey reads all rows and looks at every cell.
func (s *Sheet) survey() ([]surveyed, error) {
	columns := make([]surveyed, len(s.Columns))
	for j := range columns {
		columns[j] = surveyed{Column: &s.Columns[j], levels: map[string]int{}, gapWords: map[string]int{}}
	}
	n := s.numbers()
	err := s.each(func(cells []cell) error {
		for j := range columns {
			columns[j].look(s, n, j, cells[j])
		}
		return nil
	})
	return columns, err
}

// each goes through the rows below the names. A row has as many cells as there
// are columns, or empty ones beyond.
func (s *Sheet) each(row func(cells []cell) error) error {
	r := s.scan()
	if s.Header {
		if _, err := r.next(); err != nil {
			return err
		}
	}
	for {
		more, err := r.next()
		if err != nil || !more {
			return err
		}
		if err := row(r.cells); err != nil {
			return err
		}
	}
}

// look takes one cell in.
func (c *surveyed) look(s *Sheet, n numbers, j int, cell cell) {
	text := cell.text
	if s.missing(text) {
		c.Missing++
		return
	}
	c.count(text)
	r, isNumber := n.parse(text)
	switch {
	case isNumber:
		c.number(s, j, cell, r)
	case among(gapsInNumbers, text):
		c.gaps++
		c.gapWords[text]++
	default:
		if isDate(text) {
			c.dates++
		}
		if c.odd == nil {
			c.odd = s.notNumber(j, cell)
		}
	}
}

func (c *surveyed) number(s *Sheet, j int, cell cell, r reading) {
	if c.numbers > 0 && r.unit != c.Unit && c.oddUnit == nil {
		c.oddUnit = s.otherUnit(j, cell)
	}
	if c.numbers == 0 {
		c.Unit = r.unit
	}
	if c.numbers > 0 && r.value == c.last+1 {
		c.ordinal++
	}
	c.last = r.value
	c.numbers++
	if r.whole {
		c.whole++
		c.large = c.large || r.value >= 1<<24 || r.value <= -1<<24
	}
	if r.code {
		c.codes++
	}
}

// count counts a cell among the different ones.
func (c *surveyed) count(text string) {
	c.long = c.long || len(text) > maxName
	if c.levels == nil {
		return
	}
	c.levels[text]++
	c.Distinct = len(c.levels)
	if c.levels[text] == 1 && len(c.Sample) < 4 {
		c.Sample = append(c.Sample, short(text))
	}
	if c.Distinct > MaxCategories {
		c.levels = nil
	}
}

// otherUnit is the error about a number with another unit than its column.
func (s *Sheet) otherUnit(j int, cell cell) *Error {
	return &Error{CodeCell, cell.line, j + 1, s.Columns[j].Name, fmt.Sprintf("%q has another unit than the numbers above it", short(cell.text)), "write all numbers of a column in one unit"}
}

// notNumber is the error about a cell that should be a number.
func (s *Sheet) notNumber(j int, cell cell) *Error {
	e := &Error{Code: CodeCell, Line: cell.line, Column: j + 1, Name: s.Columns[j].Name, What: fmt.Sprintf("%q is not a number", short(cell.text))}
	other := byte(',')
	if s.Decimal == ',' {
		other = '.'
	}
	var buffer [64]byte
	body, _ := cutUnit(cell.text)
	_, here := numbers{s.Decimal}.plain(buffer[:0], body)
	_, there := numbers{other}.plain(buffer[:0], body)
	switch {
	case here:
		e.What = fmt.Sprintf("%q is too large: numbers go up to 3.4e38", short(cell.text))
		e.Fix = "use a larger unit"
	case there:
		e.What += fmt.Sprintf(", since %q is the decimal sign here", string(s.Decimal))
		e.Fix = fmt.Sprintf("write it with that, or read the file with %q", string(other))
	default:
		e.Fix = "correct it, leave it empty where the value is missing, or read the column as categories"
	}
	return e
}
