package draw

import (
	"math"

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
	word := plain("missing", small, muted)
	word.halo = true
	px, py := s.frame.Aside()
	if beside {
		p.X.Tick.Marker = from(x.Min, p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max))
		p.Add(rule{x.Min, edge, 0, 1})
		s.free(texts{word.to(vg.Length(s.within(px, word.width()+2)), vg.Length(s.frame.Bottom-6), 0.5)})
	}
	if below {
		p.Y.Tick.Marker = from(y.Min, p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max))
		p.Add(curve{[][2]float64{{p.X.Min, y.Min}, {p.X.Max, y.Min}}, edge})
		s.free(texts{word.to(vg.Length(s.frame.Right-4), vg.Length(py+capHalf*small), 1)})
	}
}

// laned moves what lacks a value on an axis of a surface into its lane.
func laned(v *view.Surface) (placed *view.Surface, beside, below bool) {
	gone := func(x, y float64) { beside, below = beside || math.IsNaN(x), below || math.IsNaN(y) }
	gone(v.Present[0], v.Present[1])
	for _, p := range v.Points {
		gone(p.X, p.Y)
	}
	if !beside && !below {
		return v, false, false
	}
	at := func(x, y float64) (float64, float64) {
		if math.IsNaN(x) {
			x = aside(v.X)
		}
		if math.IsNaN(y) {
			y = aside(v.Y)
		}
		return x, y
	}
	out := *v
	out.Points = make([]view.SurfacePoint, len(v.Points))
	for i, p := range v.Points {
		p.X, p.Y = at(p.X, p.Y)
		out.Points[i] = p
	}
	out.Present[0], out.Present[1] = at(v.Present[0], v.Present[1])
	out.Paths = nil
	for _, path := range v.Paths {
		moved := make([][2]float64, len(path))
		for i, p := range path {
			moved[i][0], moved[i][1] = at(p[0], p[1])
		}
		out.Paths = append(out.Paths, moved)
	}
	if beside {
		out.X = widened(v.X)
	}
	if below {
		out.Y = widened(v.Y)
	}
	return &out, beside, below
}

// reading writes a value on an axis; what stands below the axis is missing.
func reading(v float64, a view.Axis) string {
	if v < a.Min {
		return "missing"
	}
	return number(v)
}
