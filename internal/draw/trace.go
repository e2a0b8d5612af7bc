package draw

import (
	"math"
	"math/bits"
)

// Trace is what some rows have left in a picture, as one path to be stroked.
type Trace struct {
	Path  string  // data of an SVG path
	Width float64 // px
	Round bool    // ends are round
}

// dotSize is the radius of a mark that is a point, px.
const dotSize = 6

// Trace covers what is drawn for the rows that chosen holds, and grow px around
// it. However many rows there are, the path stays short: it is made of the
// half pixels that are covered.
func (d *Drawing) Trace(chosen func(row int) bool, grow float64) Trace {
	s := d.Spots
	if s.Len() == 0 {
		grid := newStencil(d.Frame.Width, d.Frame.Height)
		for i := range d.Marks {
			if m := &d.Marks[i]; m.W == 0 && m.H == 0 && chosen(m.Index) {
				grid.set(m.X, m.Y)
			}
		}
		return Trace{grid.path(dotSize / 2), 2 * (dotSize + grow), true}
	}
	var rows []int
	for i, row := range s.Rows {
		if chosen(row) {
			rows = append(rows, i)
		}
	}
	switch s.Form {
	case Ticks:
		return Trace{s.ticks(rows, d.Frame.Width), 1.5 + 2*grow, false}
	case Columns:
		return Trace{s.columns(rows, d.Frame.Width, grow), s.Fields[0][3] - s.Fields[0][1], false}
	case Ways:
		return Trace{s.ways(rows), s.Size + 2*grow, true}
	}
	grid := newStencil(d.Frame.Width, d.Frame.Height)
	for _, i := range rows {
		for at := i; at < s.Len(); at += len(s.Rows) {
			if x, y, ok := s.place(at); ok {
				grid.set(x, y)
			}
		}
	}
	return Trace{grid.path(s.Size / 2), 2 * (s.Size + grow), true}
}

// ticks is a line across the middle of the field at each place.
func (s *Spots) ticks(rows []int, width float64) string {
	var out []byte
	for g, f := range s.Fields {
		line := newStencil(width, 1)
		for _, i := range rows {
			if x, _, ok := s.place(g*len(s.Rows) + i); ok {
				line.set(x, 0)
			}
		}
		middle, half := (f[1]+f[3])/2, 0.3*(f[3]-f[1])
		line.runs(0, func(_, x0, x1 float64) {
			for x := x0; x <= x1; x += line.unit() {
				out = appendNumber(append(out, 'M'), x)
				out = appendNumber(append(out, ' '), middle-half)
				out = appendNumber(append(out, 'V'), middle+half)
			}
		})
	}
	return string(out)
}

// columns is a line along each field where the rows have their columns.
func (s *Spots) columns(rows []int, width, grow float64) string {
	line := newStencil(width, 1)
	for _, i := range rows {
		if x, _, ok := s.place(i); ok {
			for at := x - s.Size/2 - grow; at <= x+s.Size/2+grow; at += line.unit() {
				line.set(at, 0)
			}
		}
	}
	var out []byte
	for _, f := range s.Fields {
		line.runs(0, func(_, x0, x1 float64) {
			out = appendNumber(append(out, 'M'), max(f[0], x0))
			out = appendNumber(append(out, ' '), (f[1]+f[3])/2)
			out = appendNumber(append(out, 'H'), min(f[2], x1+line.unit()))
		})
	}
	return string(out)
}

// ways is the rows' lines.
func (s *Spots) ways(rows []int) string {
	var out []byte
	for _, i := range rows {
		letter := byte('M')
		add := func(x, y float64) {
			out = appendNumber(append(out, letter), math.Round(10*x)/10)
			out = appendNumber(append(out, ' '), math.Round(10*y)/10)
			letter = 'L'
		}
		for at := i; at < s.Len(); at += len(s.Rows) {
			if x, y, ok := s.place(at); ok {
				add(x, y)
			}
		}
		add(s.Foot, s.Fields[0][3])
	}
	return string(out)
}

// stencil is a grid of places that are covered or not, two a px.
type stencil struct {
	cols, rows, stride int
	bits               []uint64
}

func newStencil(width, height float64) *stencil {
	p := &stencil{cols: 2*int(math.Ceil(width)) + 1, rows: 2*int(math.Ceil(height)) + 1}
	p.stride = (p.cols + 63) / 64
	p.bits = make([]uint64, p.rows*p.stride)
	return p
}

// unit is the px from one place to the next.
func (p *stencil) unit() float64 { return 0.5 }

// set covers a place in px; one outside is left out.
func (p *stencil) set(x, y float64) {
	c, r := int(math.Round(2*x)), int(math.Round(2*y))
	if c >= 0 && r >= 0 && c < p.cols && r < p.rows {
		p.bits[r*p.stride+c/64] |= 1 << (c % 64)
	}
}

// runs tells of the covered places, in px: those in a line that are at most gap
// px apart are one run.
func (p *stencil) runs(gap float64, each func(y, x0, x1 float64)) {
	most := int(2*gap) + 1
	for r := range p.rows {
		first, last := -1, -1
		for w, word := range p.bits[r*p.stride : (r+1)*p.stride] {
			for ; word != 0; word &= word - 1 {
				c := 64*w + bits.TrailingZeros64(word)
				if first >= 0 && c-last > most {
					each(float64(r)/2, float64(first)/2, float64(last)/2)
					first = -1
				}
				if first < 0 {
					first = c
				}
				last = c
			}
		}
		if first >= 0 {
			each(float64(r)/2, float64(first)/2, float64(last)/2)
		}
	}
}

// path is a line of no length, or a longer one, for each run.
func (p *stencil) path(gap float64) string {
	var out []byte
	p.runs(gap, func(y, x0, x1 float64) {
		out = appendNumber(append(out, 'M'), x0)
		out = appendNumber(append(out, ' '), y)
		out = appendNumber(append(out, 'h'), x1-x0)
	})
	return string(out)
}
