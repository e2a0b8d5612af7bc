package draw

import (
	"image"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// surface lays out the model's decision over two features.
func (s *sheet) surface(v *view.Surface) {
	placed, beside, below := laned(v)
	cloud := scatter{points: placed.Points, regression: len(v.Classes) == 0, lo: v.Lo, hi: v.Hi,
		radius: pointRadius(s.width, len(v.Points))}
	items := s.surfaceLegend(v)
	l := legend{entries: items, width: s.width}
	top := l.height() + 4
	if cloud.regression {
		bar := colourBar{label: v.Score, lo: v.Lo, hi: v.Hi}
		top += s.freeColourBar(bar, top)
	}
	p := s.quantityPlot(placed.X, placed.Y, top, 0.78)
	name := sum(len(v.Classes)).floats(v.Lo, v.Hi).number(uint64(v.Cols)).scores(v.Grid)
	if beside || below {
		name = name.floats(placed.X.Min, v.X.Min, placed.Y.Min, v.Y.Min)
	}
	p.Add(layer{name, false, []plot.Plotter{ground{v, beside || below}}}, crosses(v.Background))
	s.lanes(p, v.X, v.Y, beside, below)
	p.Add(layer{cloud.sum(), true, []plot.Plotter{cloud}})
	for _, path := range placed.Paths {
		p.Add(journey(path))
	}
	p.Add(asked{at: placed.Present, class: v.PresentClass, classed: !cloud.regression})
	s.free(l)
	s.leadMarks(cloud, v.X, v.Y, v.Classes)
	s.presentMark(placed.Present, v.X, v.Y)
}

// quantityPlot adds a plot of two quantities below top, the name of the
// vertical axis written above it, and sets the frame. Where the sheet has no
// height yet it gets one that suits its width.
func (s *sheet) quantityPlot(x, y view.Axis, top, aspect float64) *plot.Plot {
	const nameLine = 20
	if s.height == 0 {
		s.height = top + nameLine + axisHeight + clamp(aspect*s.width, 0.8*min(s.width, 400), 480)
	}
	name := plain(shorten("↑ "+y.Label, small, s.width, false), small, muted)
	s.free(texts{name.to(0, vg.Length(top+14), 0)})
	most := func(px, each float64) int { return int(clamp(px/each, 2, 8)) }
	up := axis{lo: y.Min, hi: y.Max, ticker: ticks{most: most(s.height-top, 60)}}
	left, right := up.tickWidth(), s.width-6
	p := newPlot(axis{
		shorten(x.Label+" →", small, right-left, false), x.Min, x.Max,
		ticks{most: most(right-left, 80)}.spaced(x.Min, x.Max, left, right),
	}, up)
	s.frame = s.add(p, 0, top+nameLine, s.width-6, s.height)
	return p
}

// surfaceLegend names what is on the surface, each item only where it occurs.
func (s *sheet) surfaceLegend(v *view.Surface) []entry {
	var items []entry
	for k, name := range v.Classes {
		items = append(items, entry{shapeSwatch(k), name})
	}
	train, test, wrong := false, false, false
	for _, p := range v.Points {
		train, test, wrong = train || !p.Test, test || p.Test, wrong || p.Wrong
	}
	if len(v.Classes) == 0 && train && test {
		items = append(items, entry{ringedSwatch(false), "trained on"}, entry{ringedSwatch(true), "held out"})
	} else if test {
		items = append(items, entry{hollowSwatch, "held out"})
	}
	if wrong {
		items = append(items, entry{wrongSwatch, "predicted wrong"})
	}
	if len(v.Background) > 0 {
		items = append(items, entry{crossSwatch, "background"})
	}
	if len(v.Paths) > 0 {
		items = append(items, entry{arrowSwatch, "counterfactual"})
	}
	return append(items, entry{askedSwatch, "this row"})
}

// ground draws the scores of the plane. It implements plot.Plotter.
type ground struct {
	v     *view.Surface
	lanes bool // the axes reach further down than the grid
}

func (g ground) Plot(c draw.Canvas, p *plot.Plot) {
	if g.lanes {
		toX, toY := p.Transforms(&c)
		c.Min.X, c.Min.Y = toX(g.v.X.Min), toY(g.v.Y.Min)
	}
	surfaceRaster(g.v).Plot(c, p)
	if len(g.v.Classes) > 0 {
		boundary{g.v}.Plot(c, p)
	}
}

// raster is an image stretched over the whole plot. It implements plot.Plotter.
type raster struct{ image image.Image }

func (r raster) Plot(c draw.Canvas, _ *plot.Plot) { c.DrawImage(c.Rectangle, r.image) }

// Opacities of a class tint: at the boundary and where the model is certain.
const (
	faintTint = 0.06
	fullTint  = 0.42
)

// surfaceRaster colours the grid. For classes the tint is the colour of the
// predicted class and grows more opaque with the lead of its score over the
// runner-up; for regression it is cividis over Lo..Hi.
func surfaceRaster(v *view.Surface) raster {
	img := &image.Paletted{Stride: v.Cols, Rect: image.Rect(0, 0, v.Cols, v.Rows), Pix: make([]uint8, v.Cols*v.Rows)}
	k := len(v.Classes)
	if k == 0 {
		img.Palette = make(color.Palette, 256)
		for i := range img.Palette {
			c := cividis(float64(i) / 255)
			img.Palette[i] = color.NRGBA{c.R, c.G, c.B, 255}
		}
		lo, hi := spread(v.Lo, v.Hi)
		for i, g := range v.Grid {
			img.Pix[i] = uint8(255*clamp((float64(g)-lo)/(hi-lo), 0, 1) + 0.5)
		}
		return raster{img}
	}
	tints := min(k, len(okabe))
	levels := min(32, 256/tints)
	img.Palette = make(color.Palette, tints*levels)
	for i := range img.Palette {
		c := rgb(okabe[i/levels])
		share := float64(i%levels) / float64(levels-1)
		img.Palette[i] = color.NRGBA{c.R, c.G, c.B, uint8(255 * (faintTint + share*(fullTint-faintTint)))}
	}
	for i := range img.Pix {
		class, lead := winner(v.Grid[i*k : (i+1)*k])
		img.Pix[i] = uint8(class%tints*levels + int(clamp(lead, 0, 1)*float64(levels-1)+0.5))
	}
	return raster{img}
}

// winner returns the class of the highest score and its lead over the next,
// 1 where there is only one class.
func winner(scores []float32) (class int, lead float64) {
	second := float32(0)
	for j, s := range scores[1:] {
		switch {
		case s > scores[class]:
			class, second = j+1, scores[class]
		case j == 0 || s > second:
			second = s
		}
	}
	if len(scores) == 1 {
		return 0, 1
	}
	return class, float64(scores[class]) - float64(second)
}

// boundary draws the lines where the predicted class changes, some of them for
// both classes, in the same place. It implements plot.Plotter.
type boundary struct{ v *view.Surface }

func (b boundary) Plot(c draw.Canvas, _ *plot.Plot) {
	k := len(b.v.Classes)
	field := make([]float64, b.v.Cols*b.v.Rows)
	c.SetLineStyle(draw.LineStyle{Color: ink, Width: 1.3})
	for class := range k - 1 {
		for i := range field {
			scores := b.v.Grid[i*k : (i+1)*k]
			field[i] = lead(scores, class)
		}
		var path vg.Path
		for _, l := range contour(field, b.v.Cols, b.v.Rows) {
			for i, p := range l {
				at := vg.Point{X: c.X(p[0]), Y: c.Y(1 - p[1])}
				if i == 0 {
					path.Move(at)
				} else {
					path.Line(at)
				}
			}
		}
		c.Stroke(path)
	}
}

// lead returns how far the score of class is above the best of the others.
func lead(scores []float32, class int) float64 {
	best, found := float32(0), false
	for j, s := range scores {
		if j != class && (!found || s > best) {
			best, found = s, true
		}
	}
	return float64(scores[class]) - float64(best)
}
