package draw

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// Limits of a picture of forces.
const (
	forceColumns = 220 // rows beyond are averaged, side by side
	forceBands   = 5   // features with a band of their own
)

// bandShade is the opacity of band i; the last is what the rest share.
var bandShade = [forceBands + 1]float64{1, 0.78, 0.6, 0.46, 0.34, 0.22}

// forces lays out every row's score, what raises it stacked below and what
// lowers it stacked above.
func (s *sheet) forces(v *view.Forces) {
	g := newForceGrid(v)
	l := legend{width: s.width, entries: []entry{{lineSwatch(scoreStyle), "the row's score"}, {lineSwatch(baseStyle), "average"}, {askedSwatch, "this row"}}}
	if v.Present < 0 {
		l.entries = l.entries[:2]
	}
	for i, name := range g.names {
		l.entries = append(l.entries, entry{bandSwatch(i), name})
	}
	lo, hi := g.span(v.Base)
	n := max(1, len(v.Order))
	x := view.Axis{Label: fmt.Sprintf("rows, ordered by %s", v.By), Min: 0, Max: float64(n)}
	p := s.quantityPlot(x, view.Axis{Label: v.Score.Label, Min: lo, Max: hi}, l.height()+2, 0.6)
	s.free(l)
	p.Add(grid{y: true})
	for i := range g.names {
		p.Add(band{g.x, g.edge[0][i], g.edge[0][i+1], raise.Fade(bandShade[i])}, band{g.x, g.edge[1][i], g.edge[1][i+1], lower.Fade(bandShade[i])})
	}
	p.Add(curve{[][2]float64{{0, v.Base}, {float64(n), v.Base}}, baseStyle})
	if len(g.x) > 0 {
		p.Add(curve{zip(g.x, g.edge[0][0]), halo(scoreStyle)}, curve{zip(g.x, g.edge[0][0]), scoreStyle})
	}
	s.scoreSpots(&v.Cohort, v.Order, func(rank int, final float64) (float64, float64) { return s.frame.ToPixel(float64(rank)+0.5, final) })
}

var (
	scoreStyle = draw.LineStyle{Color: ink, Width: 1.8}
	baseStyle  = draw.LineStyle{Color: ink, Width: 1.2, Dashes: []vg.Length{4, 3}}
)

// scoreSpots makes each row's score a spot and rings the asked row's.
func (s *sheet) scoreSpots(c *view.Cohort, order []int, place func(rank int, final float64) (x, y float64)) {
	rows := make([]int, len(order))
	for rank, i := range order {
		rows[rank] = c.Rows[i]
	}
	s.spots = newSpots(rows, []string{c.Score.Label}, s.width, s.height)
	s.spots.Form, s.spots.Size, s.spots.Fields = Columns, (s.frame.Right-s.frame.Left)/s.frame.X1, []Box{s.frame.box()}
	for rank, i := range order {
		x, y := place(rank, c.Finals[i])
		s.spots.add(x, y, c.Finals[i])
		if i == c.Present {
			s.free(rings{[][2]float64{{x, y}}, 5.5})
		}
	}
}

// forceGrid holds what the bands are made of, over the rows from left to right.
type forceGrid struct {
	names []string       // of the bands
	x     []float64      // from 0 to n
	edge  [2][][]float64 // of what raises and what lowers: band i lies between 0-based edges i and i+1; each as long as x
}

func newForceGrid(v *view.Forces) forceGrid {
	var g forceGrid
	for i, k := range v.Strands {
		if i == forceBands && len(v.Strands) > forceBands+1 {
			g.names = append(g.names, "the others")
			break
		}
		g.names = append(g.names, k.Feature)
	}
	for side := range g.edge {
		g.edge[side] = make([][]float64, len(g.names)+1)
	}
	n := len(v.Order)
	columns := min(n, forceColumns)
	for column := range columns {
		from, to := column*n/columns, (column+1)*n/columns
		g.column(v, v.Order[from:to], float64(from+to)/2)
	}
	if n == 0 {
		return g
	}
	// The first and the last column reach to the borders.
	stretch := func(values []float64) []float64 {
		return append(append([]float64{values[0]}, values...), values[len(values)-1])
	}
	g.x = append(append([]float64{0}, g.x...), float64(n))
	for side := range g.edge {
		for i := range g.edge[side] {
			g.edge[side][i] = stretch(g.edge[side][i])
		}
	}
	return g
}

// column adds the mean of some rows.
func (g *forceGrid) column(v *view.Forces, rows []int, x float64) {
	final := 0.0
	push := [2][]float64{make([]float64, len(g.names)), make([]float64, len(g.names))}
	for _, i := range rows {
		final += v.Finals[i] / float64(len(rows))
		for j, k := range v.Strands {
			side := 0
			if k.Values[i] < 0 {
				side = 1
			}
			push[side][min(j, len(g.names)-1)] += k.Values[i] / float64(len(rows))
		}
	}
	g.x = append(g.x, x)
	for side := range g.edge {
		at := final
		g.edge[side][0] = append(g.edge[side][0], at)
		for j, amount := range push[side] {
			at -= amount
			g.edge[side][j+1] = append(g.edge[side][j+1], at)
		}
	}
}

// span is the range of everything that is drawn, with room at the ends.
func (g *forceGrid) span(base float64) (lo, hi float64) {
	lo, hi = base, base
	for _, edges := range g.edge {
		for _, line := range edges {
			for _, y := range line {
				lo, hi = min(lo, y), max(hi, y)
			}
		}
	}
	lo, hi = spread(lo, hi)
	pad := 0.04 * (hi - lo)
	return lo - pad, hi + pad
}

// band is the area between two lines. It implements plot.Plotter.
type band struct {
	x, a, b []float64
	colour  Colour
}

func (k band) Plot(c draw.Canvas, p *plot.Plot) {
	if len(k.x) == 0 {
		return
	}
	toX, toY := p.Transforms(&c)
	points := make([]vg.Point, 0, 2*len(k.x))
	for i, x := range k.x {
		points = append(points, vg.Point{X: toX(x), Y: toY(k.a[i])})
	}
	for i := len(k.x) - 1; i >= 0; i-- {
		points = append(points, vg.Point{X: toX(k.x[i]), Y: toY(k.b[i])})
	}
	path := polyline(points...)
	path.Close()
	c.SetColor(k.colour)
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 0.5})
	c.Stroke(path)
}

// bandSwatch shows both colours of a band.
func bandSwatch(i int) func(*draw.Canvas, vg.Point) {
	return func(c *draw.Canvas, at vg.Point) {
		c.SetColor(raise.Fade(bandShade[i]))
		c.Fill(appendRectangle(nil, at.X-7, at.Y-5, at.X, at.Y+5))
		c.SetColor(lower.Fade(bandShade[i]))
		c.Fill(appendRectangle(nil, at.X, at.Y-5, at.X+7, at.Y+5))
	}
}
