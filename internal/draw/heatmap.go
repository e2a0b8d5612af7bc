package draw

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// Sizes of a heatmap in px.
const (
	scoreStrip = 64 // the line of scores above
	heatKey    = 40 // the key of the colours below
)

// heatColumns is how many columns are drawn at the most: rows beyond are
// averaged, side by side.
const heatColumns = 600

// heatmap lays out a column a row and a line a feature under a line of the
// rows' scores.
func (s *sheet) heatmap(v *view.Heatmap) {
	c := &v.Cohort
	widest, n := measure(c.Score.Label, s.font(), false), max(1, len(c.Strands))
	for _, k := range c.Strands {
		widest = max(widest, measure(k.Feature, s.font(), false))
	}
	const foot = 24 + heatKey
	r := s.arrange(n, widest, scoreStrip+12+foot)
	right := s.width - 4
	s.frame = Frame{Width: s.width, Height: s.height, Left: r.gutter, Right: right, Top: scoreStrip + 12,
		Bottom: max(scoreStrip+14, s.height-foot), X0: 0, X1: float64(max(1, len(v.Order)))}
	limit := heatLimit(c)
	strip := clamp(r.pitch*0.82, 1, 26)
	if r.stacked {
		strip = r.thick
	}
	s.scoreLine(v, r)
	s.spots = newSpots(ordered(c.Rows, v.Order), names(c), s.width, s.height)
	s.spots.Amounts, s.spots.Form, s.spots.Size = true, Columns, (right-r.gutter)/s.frame.X1
	var labels texts
	for i, k := range c.Strands {
		y := s.frame.Top + (float64(i)+0.5)*r.pitch
		s.free(heatStrip{values: ordered(k.Values, v.Order), limit: limit, left: r.gutter, right: right, middle: y + r.drop, height: strip})
		s.spots.Fields = append(s.spots.Fields, Box{r.gutter, y + r.drop - strip/2, right, y + r.drop + strip/2})
		for rank, j := range v.Order {
			x, _ := s.frame.ToPixel(float64(rank)+0.5, 0)
			s.spots.add(x, y+r.drop, k.Values[j])
		}
		labels = append(labels, r.name(nameValue(k.Feature, "", s.font(), r.room(s)), y))
		s.marks = append(s.marks, Mark{X: 0, Y: y - r.pitch/2, W: r.gutter, H: r.pitch, Index: k.Index,
			Label: fmt.Sprintf("%s: moves the score by %s on average", k.Feature, number(k.Mean))})
	}
	if at := slices.Index(v.Order, v.Present); at >= 0 {
		x, _ := s.frame.ToPixel(float64(at)+0.5, 0)
		s.free(plumb{x, s.frame.Top - 4, s.frame.Bottom})
	}
	if r.pitch >= 11 {
		s.free(labels)
	}
	foots := plain(fmt.Sprintf("%s, ordered by %s →", counted(len(v.Order)), v.By), small, muted).squeeze(right - r.gutter)
	s.free(texts{foots.to(vg.Length(r.gutter), vg.Length(s.frame.Bottom+16), 0)})
	s.signKey(limit, s.frame.Bottom+24)
}

// counted is "1 row" or "n rows".
func counted(n int) string {
	if n == 1 {
		return "1 row"
	}
	return decimal(float64(n), 0) + " rows"
}

// ordered returns values in an order.
func ordered[T any](values []T, order []int) []T {
	out := make([]T, len(order))
	for at, i := range order {
		out[at] = values[i]
	}
	return out
}

// heatLimit is the magnitude that gets the full colour: what 99 of 100 values
// stay within, so that a single one does not pale all others.
func heatLimit(c *view.Cohort) float64 {
	var all []float64
	for _, k := range c.Strands {
		for _, v := range k.Values {
			all = append(all, math.Abs(v))
		}
	}
	slices.Sort(all)
	for at := len(all) * 99 / 100; at < len(all); at++ {
		if all[at] > 0 {
			return all[at]
		}
	}
	return 1
}

// scoreLine draws the scores above the columns.
func (s *sheet) scoreLine(v *view.Heatmap, r rows) {
	lo, hi := scoreRange(&v.Cohort)
	lo, hi = spread(min(lo, v.Base), max(hi, v.Base))
	scores := ordered(v.Finals, v.Order)
	means := binned(scores, heatColumns/2)
	p := newPlot(axis{lo: 0, hi: float64(max(1, len(means)))}, axis{lo: lo, hi: hi})
	p.Add(curve{[][2]float64{{0, v.Base}, {float64(max(1, len(means))), v.Base}}, baseStyle})
	if n := len(means); n > 0 {
		points := [][2]float64{{0, means[0]}}
		for i, m := range means {
			points = append(points, [2]float64{float64(i) + 0.5, m})
		}
		p.Add(curve{append(points, [2]float64{float64(n), means[n-1]}), scoreStyle})
	}
	const top = 16.0
	s.add(p, r.gutter, top, s.frame.Right, scoreStrip)
	ends := func(value, y float64) run {
		return plain(number(value), small, muted).middle(vg.Length(r.gutter-nameGap), vg.Length(y), 1)
	}
	if r.stacked {
		name := plain(fmt.Sprintf("%s, from %s to %s", v.Score.Label, number(lo), number(hi)), small, muted)
		s.free(texts{name.squeeze(s.width).to(0, 12, 0)})
		return
	}
	name := plain("↑ "+v.Score.Label, small, muted).squeeze(s.width - r.gutter)
	s.free(texts{name.to(vg.Length(r.gutter), 12, 0), ends(hi, top+8), ends(lo, scoreStrip+4)})
}

// binned averages neighbours until at most `most` values are left.
func binned(values []float64, most int) []float64 {
	n := min(len(values), most)
	out := make([]float64, n)
	for i := range out {
		from, to := i*len(values)/n, (i+1)*len(values)/n
		for _, v := range values[from:to] {
			out[i] += v / float64(to-from)
		}
	}
	return out
}

// heatStrip is a feature's line of cells. It implements plot.Plotter for a free
// sheet.
type heatStrip struct {
	values         []float64
	limit          float64
	left, right    float64 // px
	middle, height float64 // px
}

// Colours of the strips: those of Okabe and Ito, that stand off light and dark
// paper alike, in heatSteps opacities each.
const (
	heatSteps = 40
	heatRaise = 0xd55e00
	heatLower = 0x1a80c4
)

func (h heatStrip) Plot(c draw.Canvas, _ *plot.Plot) {
	if len(h.values) == 0 {
		return
	}
	cells := binned(h.values, heatColumns)
	each := max(1, int(math.Ceil(240/float64(len(cells))))) // wide cells have sharp borders however they are scaled
	img := image.NewPaletted(image.Rect(0, 0, each*len(cells), 1), heatPalette())
	for i, v := range cells {
		step := int(math.Round(heatSteps * clamp(math.Abs(v)/h.limit, 0, 1)))
		if v < 0 {
			step += heatSteps + 1
		}
		for k := range each {
			img.Pix[i*each+k] = uint8(step)
		}
	}
	top := c.Max.Y - vg.Length(h.middle-h.height/2)
	c.DrawImage(vg.Rectangle{Min: vg.Point{X: c.Min.X + vg.Length(h.left), Y: top - vg.Length(h.height)},
		Max: vg.Point{X: c.Min.X + vg.Length(h.right), Y: top}}, img)
}

func heatPalette() color.Palette {
	out := make(color.Palette, 0, 2*(heatSteps+1))
	for _, v := range [...]uint32{heatRaise, heatLower} {
		c := rgb(v)
		for step := range heatSteps + 1 {
			out = append(out, color.NRGBA{c.R, c.G, c.B, uint8(255 * step / heatSteps)})
		}
	}
	return out
}

// plumb is the column of the asked row. It implements plot.Plotter for a free
// sheet.
type plumb struct{ x, top, bottom float64 } // px

func (b plumb) Plot(c draw.Canvas, _ *plot.Plot) {
	x := c.Min.X + vg.Length(b.x)
	path := polyline(vg.Point{X: x, Y: c.Max.Y - vg.Length(b.top)}, vg.Point{X: x, Y: c.Max.Y - vg.Length(b.bottom)})
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 4})
	c.Stroke(path)
	c.SetLineStyle(draw.LineStyle{Color: present, Width: 1.6})
	c.Stroke(path)
}
