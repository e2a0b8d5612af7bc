package draw

import "slices"

// Form is what a picture of many rows draws for a row.
type Form string

const (
	Points  Form = ""       // a point in each group
	Ticks   Form = "tick"   // a place along the field of each group
	Columns Form = "column" // a column across all fields
	Ways    Form = "way"    // a line through the groups, the first at the top
)

// Box is a rectangle in px from the top left: left, top, right, bottom.
type Box [4]float64

// Between returns the box with two opposite corners.
func Between(x0, y0, x1, y1 float64) Box {
	return Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
}

func (b Box) holds(x, y float64) bool { return x >= b[0] && x <= b[2] && y >= b[1] && y <= b[3] }

// crossed reports whether a line from one place to another has a part in b: the
// line is clipped at each border in turn.
func (b Box) crossed(x0, y0, x1, y1 float64) bool {
	from, to := 0.0, 1.0
	for _, side := range [...][2]float64{{x0 - x1, x0 - b[0]}, {x1 - x0, b[2] - x0}, {y0 - y1, y0 - b[1]}, {y1 - y0, b[3] - y0}} {
		switch way, room := side[0], side[1]; {
		case way == 0 && room < 0:
			return false
		case way < 0:
			from = max(from, room/way)
		case way > 0:
			to = min(to, room/way)
		}
	}
	return from <= to
}

// Fields lists where the picture draws rows.
func (d *Drawing) Fields() []Box {
	if d.Spots.Len() > 0 && len(d.Spots.Fields) > 0 {
		return d.Spots.Fields
	}
	return []Box{d.Frame.box()}
}

// Rows lists the table rows in the picture, ascending.
func (d *Drawing) Rows() []int {
	return d.rows(func(*Mark) bool { return true }, func(int) bool { return true })
}

// Within lists the table rows of which a part is drawn in b, ascending.
func (d *Drawing) Within(b Box) []int {
	return d.rows(func(m *Mark) bool { return b.holds(m.X, m.Y) }, func(i int) bool { return d.Spots.touches(i, b) })
}

// rows lists the rows of the marks, or of the places in Spots.Rows, that are
// chosen.
func (d *Drawing) rows(mark func(*Mark) bool, spot func(int) bool) []int {
	out := []int{}
	if d.Spots.Len() > 0 {
		for i, row := range d.Spots.Rows {
			if spot(i) {
				out = append(out, row)
			}
		}
	} else {
		for i := range d.Marks {
			if m := &d.Marks[i]; m.Index >= 0 && m.W == 0 && m.H == 0 && mark(m) {
				out = append(out, m.Index)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// touches reports whether what is drawn for Rows[i] has a part in b.
func (s *Spots) touches(i int, b Box) bool {
	var lastX, lastY float64
	last := false
	for g, at := 0, i; at < s.Len(); g, at = g+1, at+len(s.Rows) {
		x, y, ok := s.place(at)
		hit := ok && b.holds(x, y)
		switch s.Form {
		case Ticks:
			f := s.Fields[g]
			hit = ok && x >= b[0] && x <= b[2] && f[1] <= b[3] && f[3] >= b[1]
		case Columns:
			hit = ok && x-s.Size/2 <= b[2] && x+s.Size/2 >= b[0]
		case Ways:
			hit = hit || ok && last && b.crossed(lastX, lastY, x, y)
		}
		if hit {
			return true
		}
		lastX, lastY, last = x, y, ok
	}
	return s.Form == Ways && last && b.crossed(lastX, lastY, s.Foot, s.Fields[0][3])
}
