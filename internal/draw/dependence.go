package draw

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// dependence lays out a feature's attribution against its value.
func (s *sheet) dependence(v *view.Dependence) {
	top := 0.0
	if v.Colour != "" {
		absent := false
		for _, t := range v.Tones {
			absent = absent || math.IsNaN(t)
		}
		s.free(toneBar{name: v.Colour + ":", low: v.Low, high: v.High, missing: absent, asked: v.Present >= 0, width: s.width})
		top = toneBarHeight + 2
	}
	x, lane := v.X, missingLane(v)
	if lane > 0 {
		x.Min -= lane
	}
	p := s.quantityPlot(x, v.Y, top, 0.62)
	s.lanes(p, v.X, v.Y, lane > 0, false)
	if v.Categories != nil {
		p.X.Tick.Marker = categoryTicks(v.Categories, s.frame)
	}
	p.Add(grid{y: true})
	if v.Y.Min <= 0 && v.Y.Max >= 0 {
		p.Add(curve{[][2]float64{{x.Min, 0}, {x.Max, 0}}, draw.LineStyle{Color: muted, Width: 1.2}})
	}
	s.spots = newSpots(v.Rows, []string{v.X.Label}, s.width, s.height)
	s.spots.Amounts = true
	out := s.dependencePoints(v, x.Min+lane/2)
	s.spots.Size, s.spots.Fields = out.radius, []Box{s.frame.box()}
	s.free(out)
	for i, q := range out.points {
		s.spots.add(q.x, q.y, v.Amounts[i])
		if i == v.Present {
			s.free(rings{[][2]float64{{q.x, q.y}}, out.radius + 3})
		}
	}
}

// from leaves out the ticks below least.
func from(least float64, all []plot.Tick) plot.ConstantTicks {
	var out plot.ConstantTicks
	for _, t := range all {
		if t.Value >= least {
			out = append(out, t)
		}
	}
	return out
}

// missingLane is the width of the lane for rows without a value, data units;
// 0 where there is none.
func missingLane(v *view.Dependence) float64 {
	for _, x := range v.Values {
		if math.IsNaN(x) {
			return laneShare * (v.X.Max - v.X.Min)
		}
	}
	return 0
}

// dependencePoints places the rows. Those of one category spread sideways.
func (s *sheet) dependencePoints(v *view.Dependence, missing float64) specks {
	out := specks{radius: pointSize(len(v.Values)), plain: v.Colour == ""}
	aside := make([]float64, len(v.Values))
	if v.Categories != nil {
		spreadCategories(aside, v, s.frame, out.radius)
	}
	for i, x := range v.Values {
		if math.IsNaN(x) {
			x = missing
		}
		px, py := s.frame.ToPixel(x, v.Amounts[i])
		q := speck{clamp(px+aside[i], s.frame.Left, s.frame.Right), clamp(py, s.frame.Top, s.frame.Bottom), 0}
		if v.Colour != "" {
			q.tone = v.Tones[i]
		}
		out.points = append(out.points, q)
	}
	return out
}

// pointSize is the radius of one of n points, px.
func pointSize(n int) float64 {
	switch {
	case n <= 150:
		return 3.4
	case n <= 600:
		return 2.7
	case n <= 2500:
		return 2
	}
	return 1.3
}

// spreadCategories sets how far each row moves sideways, px, so that rows of a
// category do not hide each other.
func spreadCategories(aside []float64, v *view.Dependence, f Frame, radius float64) {
	room := 0.4 * (f.Right - f.Left) / max(1, f.X1-f.X0)
	for code := range v.Categories {
		var rows []int
		var ys []float64
		for i, x := range v.Values {
			if x == float64(code) {
				_, y := f.ToPixel(0, v.Amounts[i])
				rows, ys = append(rows, i), append(ys, y)
			}
		}
		off, _ := newSwarm(ys).place(radius, room)
		for k, i := range rows {
			aside[i] = off[k]
		}
	}
}
