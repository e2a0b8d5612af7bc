package draw

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// parted draws below each bar, as thin ones, what the brushed rows and the
// others have. It implements plot.Plotter.
type parted struct {
	bars
	in, out []float64
}

// part makes room in bars for those of the brushed rows and the others, and
// explains them on top. It returns what draws them.
func (s *sheet) part(b *bars, v *view.Importance) parted {
	b.most = max(slices.Max(v.In), slices.Max(v.Out))
	b.colour = func(float64) Colour { return accent.Fade(0.45) }
	s.free(partedLegend(s.width))
	return parted{in: v.In, out: v.Out}
}

func partedLegend(width float64) legend {
	swatch := func(colour Colour) func(*draw.Canvas, vg.Point) {
		return func(c *draw.Canvas, at vg.Point) {
			c.SetColor(colour)
			c.Fill(appendRectangle(nil, at.X-7, at.Y-3, at.X+7, at.Y+3))
		}
	}
	return legend{width: width, entries: []entry{{swatch(accent.Fade(0.45)), "all rows"}, {swatch(accent), "brushed"}, {swatch(muted), "the others"}}}
}

func (k parted) Plot(c draw.Canvas, p *plot.Plot) {
	thick := vg.Length(k.thick / 2)
	for i := range k.items {
		from, _, y := k.box(&c, p, i)
		toX, _ := p.Transforms(&c)
		y -= thick + 1
		for side, values := range [2][]float64{k.in, k.out} {
			c.SetColor([2]Colour{accent, muted}[side])
			c.Fill(appendRectangle(nil, from, y-thick/2, toX(values[i]), y))
			y -= thick/2 + 1
		}
	}
}
