package draw

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Spots are the points of a picture of many rows, small enough to send by the
// ten thousand. They come in groups, one point a row in each: point i is of
// Rows[i%n] and group Names[i/n], n being len(Rows).
type Spots struct {
	Rows    []int    `json:"rows"`   // n, table index
	Names   []string `json:"names"`  // of the groups: a feature, or what the value is
	Amounts bool     `json:"amount"` // values are attributions: above 0 raises
	Unit    float64  `json:"unit"`   // px a step of At
	At      []byte   `json:"at"`     // x and y of each point, px from the top left, as two steps of 16 bits, low byte first
	Values  []byte   `json:"values"` // what each point stands for, as 32-bit floats, low byte first

	Form   Form    `json:"form,omitempty"`   // what is drawn for a row
	Size   float64 `json:"size,omitempty"`   // px: radius of a point, width of a column or a line
	Fields []Box   `json:"fields,omitempty"` // where rows are drawn: one a group, or one for all
	Foot   float64 `json:"foot,omitempty"`   // of Ways: where all begin, px from the left at the bottom of the field
}

// nowhere is the x of a point that is not drawn.
const nowhere = math.MaxUint16

func newSpots(rows []int, names []string, width, height float64) *Spots {
	return &Spots{Rows: rows, Names: names, Unit: max(width, height) / (nowhere - 1)}
}

// add appends the next point.
func (s *Spots) add(x, y, value float64) {
	step := func(v float64) uint16 { return uint16(clamp(math.Round(v/s.Unit), 0, nowhere-1)) }
	s.At = binary.LittleEndian.AppendUint16(s.At, step(x))
	s.At = binary.LittleEndian.AppendUint16(s.At, step(y))
	s.Values = binary.LittleEndian.AppendUint32(s.Values, math.Float32bits(float32(value)))
}

// skip appends a point that is not drawn.
func (s *Spots) skip() {
	s.At = append(s.At, 0xff, 0xff, 0, 0)
	s.Values = append(s.Values, 0, 0, 0, 0)
}

// Len returns the number of points.
func (s *Spots) Len() int {
	if s == nil {
		return 0
	}
	return len(s.At) / 4
}

// place returns point i in px, and false where it is not drawn.
func (s *Spots) place(i int) (x, y float64, ok bool) {
	at := binary.LittleEndian.Uint16(s.At[4*i:])
	return float64(at) * s.Unit, float64(binary.LittleEndian.Uint16(s.At[4*i+2:])) * s.Unit, at != nowhere
}

// Near returns the point nearest to a place and less than reach px from it, or
// -1.
func (s *Spots) Near(px, py, reach float64) int {
	best, distance := -1, reach*reach
	for i := range s.Len() {
		x, y, ok := s.place(i)
		if d := (x-px)*(x-px) + (y-py)*(y-py); ok && d < distance {
			best, distance = i, d
		}
	}
	return best
}

// Of returns the points of a table row, one a group at the most.
func (s *Spots) Of(row int) []int {
	if s == nil {
		return nil
	}
	var out []int
	for i, r := range s.Rows {
		if r != row {
			continue
		}
		for at := i; at < s.Len(); at += len(s.Rows) {
			if _, _, ok := s.place(at); ok {
				out = append(out, at)
			}
		}
		return out
	}
	return nil
}

// Mark returns point i as a mark.
func (s *Spots) Mark(i int) Mark {
	x, y, _ := s.place(i)
	row, name := s.Rows[i%len(s.Rows)], s.Names[i/len(s.Rows)]
	value := float64(math.Float32frombits(binary.LittleEndian.Uint32(s.Values[4*i:])))
	text := fmt.Sprintf("row %d: %s ", row, name)
	switch {
	case !s.Amounts:
		text += number(value)
	case value > 0:
		text += "raises by " + number(value)
	case value < 0:
		text += "lowers by " + number(-value)
	default:
		text += "does nothing"
	}
	return Mark{X: x, Y: y, Index: row, Label: text}
}

// Count returns how many marks and spots there are.
func (d *Drawing) Count() int { return len(d.Marks) + d.Spots.Len() }

// At returns the middle of mark i in px, and false where it is not drawn.
func (d *Drawing) At(i int) (x, y float64, ok bool) {
	if n := len(d.Marks); i >= n {
		return d.Spots.place(i - n)
	}
	m := &d.Marks[i]
	return m.X + m.W/2, m.Y + m.H/2, true
}

// Mark returns mark i, the spots counted after the marks.
func (d *Drawing) Mark(i int) Mark {
	if i < len(d.Marks) {
		return d.Marks[i]
	}
	return d.Spots.Mark(i - len(d.Marks))
}
