package draw

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// strands is where the features of a cohort stand on a sheet: a line each, the
// values along a common axis.
type strands struct {
	rows
	plot *plot.Plot
}

// strandLines lays out a line a feature under its name, and the axis of the
// values. top is left free.
func (s *sheet) strandLines(c *view.Cohort, top float64) strands {
	widest, n := 0.0, max(1, len(c.Strands))
	for _, k := range c.Strands {
		widest = max(widest, measure(k.Feature, s.font(), false))
	}
	pitch := 38.0
	if s.width < narrow {
		pitch = 52
	}
	if len(c.Rows) > 400 {
		pitch += 8
	}
	if s.height == 0 {
		s.height = top + axisHeight + 16 + pitch*float64(n)
	}
	r := s.arrange(n, widest, top+axisHeight+16)
	lo, hi := 0.0, 0.0
	for _, k := range c.Strands {
		for _, v := range k.Values {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	lo, hi = spread(lo, hi)
	pad := 0.03 * (hi - lo)
	right := s.width - 8
	most := int(clamp((right-r.gutter)/80, 2, 7))
	x := axis{shorten("change in "+c.Score.Label, small, right-r.gutter, false), lo - pad, hi + pad, ticks{most: most}.spaced(lo-pad, hi+pad, r.gutter, right)}
	p := newPlot(x, axis{lo: 0, hi: float64(n)})
	p.Add(grid{x: true}, rule{0, draw.LineStyle{Color: muted, Width: 1}, 0, 1})
	s.frame = s.add(p, r.gutter, top+16, right, s.height)
	s.frame.Y0, s.frame.Y1 = 0, 0
	s.signHeads(top)
	return strands{r, p}
}

// signHeads says above a common axis which side raises.
func (s *sheet) signHeads(top float64) {
	zero, _ := s.frame.ToPixel(0, 0)
	left, right := plain("← lowers", small, lower), plain("raises →", small, raise)
	y := vg.Length(top + 11)
	var t texts
	if zero-8-left.width() > 0 {
		t = append(t, left.to(vg.Length(zero-8), y, 1))
	}
	if zero+8+right.width() < s.width {
		t = append(t, right.to(vg.Length(zero+8), y, 0))
	}
	s.free(t)
}

// middle returns the px from the top of the middle of line i of n.
func (k strands) middle(s *sheet, i, n int) float64 {
	row := (s.frame.Bottom - s.frame.Top) / float64(n)
	return s.frame.Top + (float64(i)+0.5)*row
}

// half returns how far marks may go from the middle of a line, px.
func (k strands) half() float64 {
	if k.stacked {
		return max(1, 0.28*k.pitch)
	}
	return max(1, 0.46*k.pitch)
}

// name writes the features and makes each line a mark.
func (k strands) name(s *sheet, c *view.Cohort) {
	var names texts
	for i, strand := range c.Strands {
		y := k.middle(s, i, len(c.Strands))
		names = append(names, k.rows.name(nameValue(strand.Feature, "", s.font(), k.room(s)), y))
		s.spots.Fields = append(s.spots.Fields, Box{s.frame.Left, y + k.drop - k.half(), s.frame.Right, y + k.drop + k.half()})
		s.marks = append(s.marks, Mark{
			X: s.frame.Left, Y: y + k.drop - k.half(), W: s.frame.Right - s.frame.Left, H: 2 * k.half(), Index: strand.Index,
			Label: fmt.Sprintf("%s: moves the score by %s on average", strand.Feature, number(strand.Mean)),
		})
	}
	if k.pitch >= 11 {
		s.free(names)
	}
}

// beeswarm lays out a point a row and feature.
func (s *sheet) beeswarm(v *view.Beeswarm) {
	c := &v.Cohort
	s.free(toneBar{name: "feature value:", low: "low", high: "high", missing: missing(c), asked: c.Present >= 0, width: s.width})
	k := s.strandLines(c, toneBarHeight)
	swarms := make([]*swarm, len(c.Strands))
	for i, strand := range c.Strands {
		xs := make([]float64, len(strand.Values))
		for j, value := range strand.Values {
			xs[j], _ = s.frame.ToPixel(value, 0)
		}
		swarms[i] = newSwarm(xs)
	}
	offs, radius := placeAll(swarms, k.half())
	s.spots = newSpots(c.Rows, names(c), s.width, s.height)
	s.spots.Amounts, s.spots.Size = true, radius
	out := specks{radius: radius}
	var ringed [][2]float64
	for i, strand := range c.Strands {
		y := k.middle(s, i, len(c.Strands)) + k.drop
		for j, value := range strand.Values {
			q := speck{swarms[i].xs[j], y + offs[i][j], math.NaN()}
			if strand.Tones != nil {
				q.tone = strand.Tones[j]
			}
			out.points = append(out.points, q)
			s.spots.add(q.x, q.y, value)
			if j == c.Present {
				ringed = append(ringed, [2]float64{q.x, q.y})
			}
		}
	}
	s.free(out, rings{ringed, radius + 2.5})
	k.name(s, c)
}

// missing reports whether a row lacks a value.
func missing(c *view.Cohort) bool {
	for _, k := range c.Strands {
		for _, t := range k.Tones {
			if math.IsNaN(t) {
				return true
			}
		}
	}
	return false
}

func names(c *view.Cohort) []string {
	out := make([]string, len(c.Strands))
	for i, k := range c.Strands {
		out[i] = k.Feature
	}
	return out
}

// rings marks the asked row. It implements plot.Plotter for a free sheet.
type rings struct {
	at     [][2]float64 // px from the top left
	radius float64      // px
}

func (r rings) Plot(c draw.Canvas, _ *plot.Plot) {
	var path vg.Path
	for _, q := range r.at {
		path = appendCircle(path, vg.Point{X: c.Min.X + vg.Length(q[0]), Y: c.Max.Y - vg.Length(q[1])}, vg.Length(r.radius))
	}
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 4})
	c.Stroke(path)
	c.SetLineStyle(draw.LineStyle{Color: present, Width: 2})
	c.Stroke(path)
}
