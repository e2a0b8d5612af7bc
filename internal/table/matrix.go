package table

import (
	"fmt"
	"math"
)

// Matrix reads some columns as numbers, whatever their kinds, for a model that
// was trained elsewhere: Rows × len(columns), row major, NaN where a cell is
// missing.
func (s *Sheet) Matrix(columns []int) ([]float32, error) {
	if s.Rows*len(columns) > MaxCells {
		return nil, &Error{Code: CodeSize, What: fmt.Sprintf("%d rows of %d features are more than %d cells", s.Rows, len(columns), MaxCells), Fix: "give fewer rows"}
	}
	x := make([]float32, 0, s.Rows*len(columns))
	n := s.numbers()
	err := s.each(func(cells []cell) error {
		for _, j := range columns {
			cell := cells[j]
			r, ok := n.parse(cell.text)
			switch {
			case s.missing(cell.text), !ok && among(gapsInNumbers, cell.text):
				r.value = float32(math.NaN())
			case !ok:
				return s.notNumber(j, cell)
			case r.unit != "":
				return &Error{CodeCell, cell.line, j + 1, s.Columns[j].Name, fmt.Sprintf("%q has a unit, and whether the model's numbers had it cannot be known", short(cell.text)), "write numbers as the model was trained on"}
			}
			x = append(x, r.value)
		}
		return nil
	})
	return x, err
}
