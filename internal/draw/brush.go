package draw

import "math/bits"

// Form is what a picture of many rows draws for a row.
type Form string

const (
	Points  Form = ""       // a point in each group
	Places  Form = "place"  // nothing of its own: a place along the field of each group
	Columns Form = "column" // a column across all fields
	Ways    Form = "way"    // a line through the groups, the first at the top
)

// Box is a rectangle in px from the top left: left, top, right, bottom.
type Box [4]float64

// Fields lists where the picture draws rows.
func (d *Drawing) Fields() []Box {
	if d.Spots.Len() > 0 {
		return d.Spots.Fields
	}
	return []Box{d.Frame.box()}
}

// dotSize is the radius of a mark that is a point, px.
const dotSize = 6

// dots returns the marks that are points as Spots, or the Spots there are.
func (d *Drawing) dots() *Spots {
	if d.Spots.Len() > 0 {
		return d.Spots
	}
	s := newSpots(nil, nil, d.Frame.Width, d.Frame.Height)
	s.Size, s.Fields = dotSize, d.Fields()
	for i := range d.Marks {
		if m := &d.Marks[i]; m.Index >= 0 && m.W == 0 && m.H == 0 {
			s.Rows = append(s.Rows, m.Index)
			s.add(m.X, m.Y, 0)
		}
	}
	return s
}

// Within tells of which table rows a part is drawn in b: true at the number of
// each, up to the last.
func (d *Drawing) Within(b Box) []bool {
	s := d.dots()
	var rows []bool
	for at := 0; at < s.Len(); at += len(s.Rows) {
		f := s.field(at)
		if (s.Form == Points || s.Form == Places) && (f[1] > b[3] || f[3] < b[1]) {
			continue // none of this group
		}
		for i, row := range s.Rows {
			x, y, ok := s.place(at + i)
			hit := x >= b[0] && x <= b[2]
			switch s.Form {
			case Points:
				hit = hit && y >= b[1] && y <= b[3]
			case Columns:
				hit = x-s.Size/2 <= b[2] && x+s.Size/2 >= b[0]
			case Ways:
				toX, toY := s.next(at + i)
				hit = b.crossed(x, y, toX, toY)
			}
			if hit && ok {
				if row >= len(rows) {
					rows = append(rows, make([]bool, row+1-len(rows))...)
				}
				rows[row] = true
			}
		}
	}
	return rows
}

// field is where the group of a point is drawn.
func (s *Spots) field(at int) Box { return s.Fields[min(at/len(s.Rows), len(s.Fields)-1)] }

// next is where the way of a point leads.
func (s *Spots) next(at int) (x, y float64) {
	if at += len(s.Rows); at < s.Len() {
		x, y, _ = s.place(at)
		return x, y
	}
	return s.Foot, s.Fields[0][3]
}

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

// Trace returns what covers all that is drawn for some rows, true at their
// numbers, and grow px around it: data of an SVG path, to be stroked width px
// wide with round ends, or with flat ones where it is flat. However many rows
// there are, the path stays short: it is made of the parts of a px that are
// covered.
func (d *Drawing) Trace(rows []bool, grow float64) (path string, width float64, flat bool) {
	s := d.dots()
	var chosen []int
	for i, row := range s.Rows {
		if row < len(rows) && rows[row] {
			chosen = append(chosen, i)
		}
	}
	grid := newStencil(d.Frame.Width, d.Frame.Height)
	if s.Size < 1.5 && s.Form == Points {
		grid.per = 1
	}
	var out []byte
	width, flat = 2*(s.Size+grow), s.Form == Columns
	for at := 0; at < s.Len(); at += len(s.Rows) {
		f := s.field(at)
		for _, i := range chosen {
			x, y, ok := s.place(at + i)
			switch {
			case !ok:
			case s.Form == Columns:
				width = f[3] - f[1]
				for v := x - s.Size/2 - grow; v < x+s.Size/2+grow; v += 0.5 {
					grid.set(clamp(v, f[0], f[2]), (f[1]+f[3])/2)
				}
			case s.Form == Ways:
				width = s.Size + 2*grow
				toX, toY := s.next(at + i)
				out = appendNumber(append(appendNumber(append(out, 'M'), x), ' '), y)
				out = appendNumber(append(appendNumber(append(out, 'L'), toX), ' '), toY)
			default:
				grid.set(x, y)
			}
		}
	}
	return string(grid.path(out, s.Size/2, flat)), width, flat
}

// stencil is a grid of places that are covered or not.
type stencil struct {
	per    float64 // places a px, in both directions: at most 2
	stride int     // words a line
	bits   []uint64
}

func newStencil(width, height float64) *stencil {
	stride := int(width)/32 + 1
	return &stencil{2, stride, make([]uint64, stride*(2*int(height)+2))}
}

// set covers a place in px; one outside is left out.
func (p *stencil) set(x, y float64) {
	c, r := int(x*p.per+0.5), int(y*p.per+0.5)
	if at := r*p.stride + c/64; c >= 0 && c < 64*p.stride && r >= 0 && at < len(p.bits) {
		p.bits[at] |= 1 << (c % 64)
	}
}

// path appends a line along the covered places: those at most gap px apart are
// one. A flat one covers a place more.
func (p *stencil) path(out []byte, gap float64, flat bool) []byte {
	line, most := 64*p.stride, int(gap*p.per)+1
	first, last := -1, -1
	end := func() {
		length := last - first
		if flat {
			length++
		}
		if first >= 0 {
			out = appendNumber(append(out, 'M'), float64(first%line)/p.per)
			out = appendNumber(append(out, ' '), float64(first/line)/p.per)
			out = appendNumber(append(out, 'h'), float64(length)/p.per)
		}
	}
	for at, word := range p.bits {
		for ; word != 0; word &= word - 1 {
			c := 64*at + bits.TrailingZeros64(word)
			if first < 0 || c-last > most || c/line != first/line {
				end()
				first = c
			}
			last = c
		}
	}
	end()
	return out
}
