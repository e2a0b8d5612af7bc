package draw

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// laneShare is how wide the lane for missing values is beside an axis, as a
// share of the axis.
const laneShare = 0.12

// Aside returns where a missing value stands: in the middle of the lanes beside
// the axes, px.
func (f Frame) Aside() (px, py float64) {
	const half = laneShare / 2 / (1 + laneShare)
	return f.Left + half*(f.Right-f.Left), f.Bottom - half*(f.Bottom-f.Top)
}

// widened makes room for the lane below an axis.
func widened(a view.Axis) view.Axis {
	a.Min -= laneShare * (a.Max - a.Min)
	return a
}

// aside returns where on an axis its missing values stand, data units.
func aside(a view.Axis) float64 { return a.Min - laneShare/2*(a.Max-a.Min) }

// lanes sets the lanes off from a plot and names them. x and y are the axes
// without them.
func (s *sheet) lanes(p *plot.Plot, x, y view.Axis, beside, below bool) {
	edge := draw.LineStyle{Color: line, Width: 1.5}
	px, py := s.frame.Aside()
	off := func(a *plot.Axis, least float64, border plot.Plotter) {
		a.Tick.Marker = from(least, a.Tick.Marker.Ticks(a.Min, a.Max))
		p.Add(border)
	}
	if beside {
		off(&p.X, x.Min, rule{x.Min, edge, 0, 1})
		py = s.frame.Bottom - 6
	}
	if below {
		off(&p.Y, y.Min, curve{[][2]float64{{p.X.Min, y.Min}, {p.X.Max, y.Min}}, edge})
	}
	if beside || below {
		word := plain("missing", small, muted)
		word.halo = true
		s.free(texts{word.to(vg.Length(s.within(px, word.width()+2)), vg.Length(py), 0.5)})
	}
}

// laned moves what lacks a value on an axis of a surface into its lane.
func laned(v *view.Surface) (placed view.Surface, beside, below bool) {
	placed = *v
	move := func(x, y *float64) {
		if math.IsNaN(*x) {
			*x, beside = aside(v.X), true
		}
		if math.IsNaN(*y) {
			*y, below = aside(v.Y), true
		}
	}
	placed.Points = slices.Clone(v.Points)
	for i := range placed.Points {
		move(&placed.Points[i].X, &placed.Points[i].Y)
	}
	move(&placed.Present[0], &placed.Present[1])
	placed.Paths = make([][][2]float64, len(v.Paths))
	for i, path := range v.Paths {
		placed.Paths[i] = slices.Clone(path)
		for k := range path {
			move(&placed.Paths[i][k][0], &placed.Paths[i][k][1])
		}
	}
	if beside {
		placed.X = widened(v.X)
	}
	if below {
		placed.Y = widened(v.Y)
	}
	return placed, beside, below
}

// reading writes a value on an axis; what stands below the axis is missing.
func reading(v float64, a view.Axis) string {
	if v < a.Min {
		return "missing"
	}
	return number(v)
}
