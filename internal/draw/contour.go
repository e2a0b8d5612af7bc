package draw

import "slices"

// contour returns the lines along which a field, sampled at the centres of
// rows×cols cells of the unit square (row 0 at y = 0), changes sign. Points are
// x, y in 0..1; towards the edge the field goes on as a straight line through
// the outermost two samples. Zero counts as positive.
//
// Marching squares: every edge between two samples of unlike sign is crossed
// once, where linear interpolation is zero; a saddle is split by the mean of
// its corners. Pieces are joined into lines. Method: W. Lorensen, H. Cline.
// Marching cubes. SIGGRAPH 1987, in two dimensions.
func contour(field []float64, cols, rows int) [][][2]float64 {
	m := marcher{cols: cols, rows: rows, w: cols + 2, h: rows + 2}
	m.frame(field)
	m.links = make([][2]int32, 2*m.w*m.h)
	for y := range m.h - 1 {
		above, below := m.framed[y*m.w:(y+1)*m.w], m.framed[(y+1)*m.w:(y+2)*m.w]
		for x := range m.w - 1 {
			sign := above[x] >= 0
			if sign != (above[x+1] >= 0) || sign != (below[x] >= 0) || sign != (below[x+1] >= 0) {
				m.cell(x, y)
			}
		}
	}
	slices.Sort(m.crossed)
	return m.lines()
}

// marcher works on the samples with a frame around them, w×h. Edge 2i runs from
// sample i to its right, 2i+1 from i down.
type marcher struct {
	framed     []float64
	cols, rows int
	w, h       int
	links      [][2]int32 // neighbours of each crossed edge, by edge+1; 0 for none
	crossed    []int32    // edges with neighbours
}

// frame copies the field and carries it on to the edge, half a cell away.
func (m *marcher) frame(field []float64) {
	m.framed = make([]float64, m.w*m.h)
	beyond := func(edge, inner float64) float64 { return edge + (edge-inner)/2 }
	for y := range m.rows {
		row := m.framed[(y+1)*m.w : (y+2)*m.w]
		copy(row[1:], field[y*m.cols:(y+1)*m.cols])
		row[0] = beyond(row[1], row[min(2, m.cols)])
		row[m.w-1] = beyond(row[m.w-2], row[max(m.w-3, 1)])
	}
	for x := range m.w {
		m.framed[x] = beyond(m.at(x, 1), m.at(x, min(2, m.rows)))
		m.framed[(m.h-1)*m.w+x] = beyond(m.at(x, m.h-2), m.at(x, max(m.h-3, 1)))
	}
}

func (m *marcher) at(x, y int) float64 { return m.framed[y*m.w+x] }

// cell joins the crossed edges of one square of four samples, not all of one sign.
func (m *marcher) cell(x, y int) {
	a, b, d, c := m.at(x, y), m.at(x+1, y), m.at(x, y+1), m.at(x+1, y+1)
	kind := 0
	for i, v := range [...]float64{a, b, c, d} {
		if v >= 0 {
			kind |= 1 << i
		}
	}
	i := y*m.w + x
	top, left, bottom, right := 2*i, 2*i+1, 2*(i+m.w), 2*(i+1)+1
	switch kind {
	case 1, 14:
		m.link(left, top)
	case 2, 13:
		m.link(top, right)
	case 4, 11:
		m.link(right, bottom)
	case 8, 7:
		m.link(bottom, left)
	case 3, 12:
		m.link(left, right)
	case 6, 9:
		m.link(top, bottom)
	case 5, 10:
		if (a+b+c+d >= 0) == (kind == 5) { // a and c are joined
			m.link(top, right)
			m.link(bottom, left)
		} else {
			m.link(left, top)
			m.link(right, bottom)
		}
	}
}

func (m *marcher) link(a, b int) {
	for _, e := range [...][2]int{{a, b}, {b, a}} {
		l := &m.links[e[0]]
		if l[0] == 0 {
			l[0] = int32(e[1] + 1)
			m.crossed = append(m.crossed, int32(e[0]))
		} else {
			l[1] = int32(e[1] + 1)
		}
	}
}

// lines follows the links: first the lines that end at the border, then rings.
func (m *marcher) lines() [][][2]float64 {
	var out [][][2]float64
	for _, rings := range [...]bool{false, true} {
		for _, e := range m.crossed {
			if l := m.links[e]; l[0] != 0 && (rings || l[1] == 0) {
				out = append(out, m.follow(int(e)))
			}
		}
	}
	return out
}

// follow walks from edge e to the end of its line, or around, and removes the
// links it used.
func (m *marcher) follow(e int) [][2]float64 {
	start := e
	out := [][2]float64{m.crossing(e)}
	for {
		next := m.links[e][0]
		if next == 0 {
			return out
		}
		m.unlink(e, int(next-1))
		m.unlink(int(next-1), e)
		e = int(next - 1)
		out = append(out, m.crossing(e))
		if e == start {
			return out
		}
	}
}

func (m *marcher) unlink(e, from int) {
	l := &m.links[e]
	if l[0] == int32(from+1) {
		l[0] = l[1]
	}
	l[1] = 0
}

// crossing returns where the field is zero on an edge.
func (m *marcher) crossing(e int) [2]float64 {
	x, y := e/2%m.w, e/2/m.w
	x1, y1 := x+1, y
	if e%2 == 1 {
		x1, y1 = x, y+1
	}
	a, b := m.at(x, y), m.at(x1, y1)
	t := 0.5
	if a != b {
		t = clamp(a/(a-b), 0, 1)
	}
	fx, fy := place(x, m.cols), place(y, m.rows)
	return [2]float64{fx + t*(place(x1, m.cols)-fx), fy + t*(place(y1, m.rows)-fy)}
}

// place returns where sample i of the framed row is: centres inside, the edge
// for the frame.
func place(i, n int) float64 {
	return clamp((float64(i)-0.5)/float64(n), 0, 1)
}
