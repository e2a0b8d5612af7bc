package draw

import (
	"cmp"
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// decisionLines is how many rows are drawn at the most.
const decisionLines = 300

// decision lays out a line a row: from the base at the foot to the row's score
// at the top, sideways by each feature's value in that feature's band.
func (s *sheet) decision(v *view.Decision) {
	c := &v.Cohort
	ways := waysOf(c)
	lo, hi := v.Base, v.Base
	for _, w := range ways {
		lo, hi = min(lo, slices.Min(w)), max(hi, slices.Max(w))
	}
	lo, hi = spread(lo, hi)
	least, most := scoreRange(c)
	s.free(toneBar{name: "the row's score:", low: number(least), high: number(most), asked: c.Present >= 0, width: s.width})
	drawn := someOf(c)
	top := toneBarHeight + 4.0
	if len(drawn) < len(ways) {
		text := plain(fmt.Sprintf("%d of %d rows are drawn, evenly spread over their scores", len(drawn), len(ways)), small, muted)
		s.free(texts{text.squeeze(s.width).to(0, vg.Length(top+12), 0)})
		top += 18
	}
	r := s.decisionPlot(c, lo, hi, top)
	k := decisionWays{ways, drawn, c.Finals, least, most, c.Present}
	s.plots[len(s.plots)-1].plot.Add(k)
	s.decisionSpots(c, ways, drawn)
	var labels texts
	n := len(c.Strands)
	for i, strand := range c.Strands {
		row := (s.frame.Bottom - s.frame.Top) / float64(max(1, n))
		y := s.frame.Top + (float64(i)+0.5)*row
		labels = append(labels, r.name(nameValue(strand.Feature, "", s.font(), r.room(s)), y-r.drop))
		s.marks = append(s.marks, Mark{X: 0, Y: s.frame.Top + float64(i)*row, W: r.gutter, H: row, Index: strand.Index,
			Label: fmt.Sprintf("%s: moves the score by %s on average", strand.Feature, number(strand.Mean))})
	}
	if r.pitch >= 11 {
		s.free(labels)
	}
}

// decisionPlot adds the axes and a border between the features' bands.
func (s *sheet) decisionPlot(c *view.Cohort, lo, hi, top float64) rows {
	widest, n := 0.0, max(1, len(c.Strands))
	for _, k := range c.Strands {
		widest = max(widest, measure(k.Feature, s.font(), false))
	}
	if s.height == 0 {
		s.height = top + axisHeight + 42*float64(n)
	}
	r := s.arrange(n, widest, top+axisHeight)
	pad := 0.03 * (hi - lo)
	right := s.width - 10
	x := axis{shorten(c.Score.Label, small, right-r.gutter, false), lo - pad, hi + pad,
		ticks{most: int(clamp((right-r.gutter)/80, 2, 7))}.spaced(lo-pad, hi+pad, r.gutter, right)}
	p := newPlot(x, axis{lo: 0, hi: float64(n)})
	p.Add(grid{x: true}, bandBorders(n), rule{c.Base, baseStyle, 0, 1})
	s.frame = s.add(p, r.gutter, top, right, s.height)
	s.frame.Y0, s.frame.Y1 = 0, 0
	return r
}

// waysOf adds up each row's values from the last strand to the first.
func waysOf(c *view.Cohort) [][]float64 {
	out := make([][]float64, len(c.Rows))
	for i := range out {
		way := []float64{c.Base}
		for j := len(c.Strands) - 1; j >= 0; j-- {
			way = append(way, way[len(way)-1]+c.Strands[j].Values[i])
		}
		out[i] = way
	}
	return out
}

func scoreRange(c *view.Cohort) (least, most float64) {
	if len(c.Finals) == 0 {
		return c.Base, c.Base
	}
	return slices.Min(c.Finals), slices.Max(c.Finals)
}

// someOf lists the rows to draw: all, or some evenly by score, the asked row
// among them and last.
func someOf(c *view.Cohort) []int {
	order := make([]int, 0, len(c.Rows))
	for i := range c.Rows {
		if i != c.Present {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.Finals[a], c.Finals[b]) })
	if n := len(order); n > decisionLines {
		some := make([]int, decisionLines)
		for i := range some {
			some[i] = order[i*(n-1)/(decisionLines-1)]
		}
		order = some
	}
	if c.Present >= 0 {
		order = append(order, c.Present)
	}
	return order
}

func (s *sheet) decisionSpots(c *view.Cohort, ways [][]float64, drawn []int) {
	rows, names := make([]int, len(drawn)), []string{}
	for at, i := range drawn {
		rows[at] = c.Rows[i]
	}
	for _, k := range c.Strands {
		names = append(names, "after "+k.Feature+", score")
	}
	n := len(c.Strands)
	s.spots = newSpots(rows, names, s.width, s.height)
	s.spots.Form, s.spots.Size, s.spots.Fields = Ways, wayWidth(len(drawn)), []Box{s.frame.box()}
	s.spots.Foot, _ = s.frame.ToPixel(c.Base, 0)
	for j := range n {
		y := s.frame.Top + float64(j)*(s.frame.Bottom-s.frame.Top)/float64(n)
		for _, i := range drawn {
			value := ways[i][n-j]
			x, _ := s.frame.ToPixel(value, 0)
			s.spots.add(x, y, value)
		}
	}
}

// wayWidth suits n ways, px.
func wayWidth(n int) float64 { return clamp(60/float64(n+1), 0.7, 2) }

// bandBorders draws thin lines between n bands. It implements plot.Plotter.
type bandBorders int

func (n bandBorders) Plot(c draw.Canvas, p *plot.Plot) {
	_, toY := p.Transforms(&c)
	var path vg.Path
	for i := range int(n) + 1 {
		y := crisp(toY(float64(i)))
		path.Move(vg.Point{X: c.Min.X, Y: y})
		path.Line(vg.Point{X: c.Max.X, Y: y})
	}
	c.SetLineStyle(draw.LineStyle{Color: line, Width: 1})
	c.Stroke(path)
}

// decisionWays draws the rows' ways, those of one tone as one path, and the
// asked row on top. It implements plot.Plotter.
type decisionWays struct {
	ways        [][]float64
	drawn       []int
	finals      []float64
	least, most float64
	present     int
}

func (k decisionWays) Plot(c draw.Canvas, p *plot.Plot) {
	cut(c)
	toX, toY := p.Transforms(&c)
	line := func(path vg.Path, way []float64) vg.Path {
		for i, v := range way {
			at := vg.Point{X: toX(v), Y: toY(float64(i))}
			if i == 0 {
				path.Move(at)
			} else {
				path.Line(at)
			}
		}
		return path
	}
	paths := make([]vg.Path, toneSteps+1)
	for _, i := range k.drawn {
		if i != k.present {
			look := int(toneSteps*share(k.finals[i], k.least, k.most) + 0.5)
			paths[look] = line(paths[look], k.ways[i])
		}
	}
	width := wayWidth(len(k.drawn))
	for look, path := range paths {
		if len(path) > 0 {
			c.SetLineStyle(draw.LineStyle{Color: toneColour(float64(look) / toneSteps).Fade(0.8), Width: vg.Length(width)})
			c.Stroke(path)
		}
	}
	cut(c)
	if k.present >= 0 {
		own := line(nil, k.ways[k.present])
		for _, sty := range []draw.LineStyle{{Color: paper, Width: 5.5}, {Color: present, Width: 2.5}} {
			c.SetLineStyle(sty)
			c.Stroke(own)
		}
	}
}
