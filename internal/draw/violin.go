package draw

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// violinSteps is in how many slices a violin is drawn.
const violinSteps = 64

// violin lays out the distribution of each feature's values, as wide as values
// are common there, coloured by the mean of the feature's own value.
func (s *sheet) violin(v *view.Violin) {
	c := &v.Cohort
	s.free(toneBar{name: "feature value:", low: "low", high: "high", missing: missing(c), asked: c.Present >= 0, width: s.width})
	k := s.strandLines(c, toneBarHeight)
	s.spots = newSpots(c.Rows, names(c), s.width, s.height)
	s.spots.Amounts, s.spots.Form, s.spots.Size = true, Places, 2.2
	var ringed [][2]float64
	for i, strand := range c.Strands {
		y := k.middle(s, i, len(c.Strands)) + k.drop
		s.free(bodyOf(s.frame, strand, y, k.half()))
		for j, value := range strand.Values {
			x, _ := s.frame.ToPixel(value, 0)
			if j == c.Present {
				ringed = append(ringed, [2]float64{x, y})
			}
			s.spots.add(x, y, value)
		}
	}
	s.free(rings{ringed, 4.5})
	k.name(s, c)
}

// violinBody is one feature's distribution. It implements plot.Plotter for a
// free sheet.
type violinBody struct {
	x          []float64  // violinSteps+1 borders of the slices, px
	height     []float64  // violinSteps+1, px to each side
	tone       []float64  // violinSteps; NaN where unknown
	y          float64    // px
	quarter    [3]float64 // px of a quarter, the middle and three quarters of the values
	quarterful bool       // there is more than one value
}

// bodyOf estimates the density of a strand's values by a Gaussian kernel with
// Silverman's width, 0.9·min(sd, IQR/1.34)·n^(-1/5), on a grid; the tallest is
// half px high.
func bodyOf(f Frame, strand view.Strand, y, half float64) violinBody {
	if len(strand.Values) == 0 {
		return violinBody{}
	}
	b := violinBody{y: y, x: make([]float64, violinSteps+1), height: make([]float64, violinSteps+1), tone: make([]float64, violinSteps)}
	sorted := make([]float64, len(strand.Values))
	for i, v := range strand.Values {
		sorted[i], _ = f.ToPixel(v, 0)
	}
	px := slices.Clone(sorted)
	slices.Sort(sorted)
	for i := range b.quarter {
		b.quarter[i] = sorted[(len(sorted)-1)*(i+1)/4]
	}
	b.quarterful = len(sorted) > 1
	width := bandwidth(sorted, b.quarter[2]-b.quarter[0])
	lo, hi := max(f.Left, sorted[0]-1.5*width), min(f.Right, sorted[len(sorted)-1]+1.5*width)
	step := (hi - lo) / violinSteps
	counts, sums, known := make([]float64, violinSteps+1), make([]float64, violinSteps), make([]float64, violinSteps)
	for i, x := range px {
		at := clamp((x-lo)/step, 0, violinSteps)
		counts[int(math.Round(at))]++
		if slice := min(int(at), violinSteps-1); strand.Tones != nil && !math.IsNaN(strand.Tones[i]) {
			sums[slice] += strand.Tones[i]
			known[slice]++
		}
	}
	most := 0.0
	for i := range b.x {
		b.x[i] = lo + float64(i)*step
		for j, n := range counts {
			z := float64(i-j) * step / width
			b.height[i] += n * math.Exp(-0.5*z*z)
		}
		most = max(most, b.height[i])
	}
	for i := range b.height {
		b.height[i] *= half / most
	}
	for i := range b.tone {
		b.tone[i] = nearestTone(sums, known, i)
	}
	return b
}

// nearestTone is the mean tone of slice i, or of the nearest that has values.
func nearestTone(sums, known []float64, i int) float64 {
	for away := range known {
		for _, j := range [...]int{i - away, i + away} {
			if j >= 0 && j < len(known) && known[j] > 0 {
				return sums[j] / known[j]
			}
		}
	}
	return math.NaN()
}

// bandwidth is at least a px: below that nothing can be seen.
func bandwidth(sorted []float64, iqr float64) float64 {
	n := float64(len(sorted))
	mean, square := 0.0, 0.0
	for _, v := range sorted {
		mean += v / n
	}
	for _, v := range sorted {
		square += (v - mean) * (v - mean) / n
	}
	width := math.Sqrt(square)
	if iqr > 0 {
		width = min(width, iqr/1.34)
	}
	return max(1.2, 0.9*width*math.Pow(n, -0.2))
}

func (b violinBody) Plot(c draw.Canvas, _ *plot.Plot) {
	at := func(i int, up float64) vg.Point {
		return vg.Point{X: c.Min.X + vg.Length(b.x[i]), Y: c.Max.Y - vg.Length(b.y-up*b.height[i])}
	}
	for i := 0; i < len(b.tone); {
		end := i + 1
		for end < len(b.tone) && toneColour(b.tone[end]) == toneColour(b.tone[i]) {
			end++
		}
		var up, down []vg.Point
		for j := i; j <= min(end+1, violinSteps); j++ { // under the next slice, so that no seam shows
			up, down = append(up, at(j, 1)), append(down, at(j, -1))
		}
		slices.Reverse(down)
		path := polyline(append(up, down...)...)
		path.Close()
		c.SetColor(toneColour(b.tone[i]))
		c.Fill(path)
		i = end
	}
	if len(b.x) == 0 {
		return
	}
	var outline []vg.Point
	for j := range b.x {
		outline = append(outline, at(j, 1))
	}
	for j := range b.x {
		outline = append(outline, at(len(b.x)-1-j, -1))
	}
	path := polyline(outline...)
	path.Close()
	c.SetLineStyle(draw.LineStyle{Color: muted, Width: 0.8})
	c.Stroke(path)
	if b.quarterful {
		b.quarters(c)
	}
}

// quarters draws the middle half of the values as a line and the median on it.
func (b violinBody) quarters(c draw.Canvas) {
	y := c.Max.Y - vg.Length(b.y)
	at := func(i int) vg.Point { return vg.Point{X: c.Min.X + vg.Length(b.quarter[i]), Y: y} }
	path := polyline(at(0), at(2))
	c.SetLineStyle(draw.LineStyle{Color: paper, Width: 5})
	c.Stroke(path)
	c.SetLineStyle(draw.LineStyle{Color: ink, Width: 2.5})
	c.Stroke(path)
	dot := appendCircle(nil, at(1), 3.2)
	c.SetColor(paper)
	c.Fill(dot)
	c.SetLineStyle(draw.LineStyle{Color: ink, Width: 1.6})
	c.Stroke(dot)
}
