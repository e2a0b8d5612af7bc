package draw

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// saliency lays out an image, the attribution over it, and the image that
// would flip the decision, side by side.
func (s *sheet) saliency(v *view.Saliency) {
	images := []pixels{{v: v, gray: v.Pixels}}
	names := []string{"the image"}
	if v.Values != nil {
		images = append(images, pixels{v: v, gray: v.Pixels, values: v.Values})
		names = append(names, "what mattered")
	}
	if v.Flip != nil {
		images = append(images, pixels{v: v, gray: v.Flip})
		names = append(names, v.FlipLabel)
	}
	const gap, nameLine, foot = 16.0, 22.0, 40.0
	n := float64(len(images))
	below := 0.0
	if v.Values != nil {
		below = foot
	}
	cell := (s.width - gap*(n-1)) / n / float64(v.Width)
	cell = min(cell, 340/float64(v.Height))
	if s.height == 0 {
		s.height = nameLine + cell*float64(v.Height) + below
	}
	cell = max(0.5, min(cell, (s.height-nameLine-below)/float64(v.Height)))
	w, h := cell*float64(v.Width), cell*float64(v.Height)
	left := max(0, (s.width-n*w-(n-1)*gap)/2)
	for i, img := range images {
		p := newPlot(axis{lo: 0, hi: float64(v.Width)}, axis{lo: 0, hi: float64(v.Height)})
		p.Add(img)
		x := left + float64(i)*(w+gap)
		frame := s.add(p, x, nameLine, x+w, nameLine+h)
		if i == 0 || img.values != nil {
			s.frame = frame
		}
		label := plain(shorten(names[i], small, w+gap-4, false), small, muted)
		s.free(texts{label.to(vg.Length(x), 14, 0)})
	}
	s.pixelMarks(v, cell)
	if v.Values != nil {
		s.signKey(v.Limit, nameLine+h+10)
	}
}

// pixelMarks makes the pixels of the attributed image selectable.
func (s *sheet) pixelMarks(v *view.Saliency, cell float64) {
	for i, g := range v.Pixels {
		row, col := i/v.Width, i%v.Width
		text := fmt.Sprintf("pixel %d, %d: %s", col+1, row+1, number(float64(g)))
		if v.Values != nil {
			switch a := v.Values[i]; {
			case a > 0:
				text += ", raises by " + number(a)
			case a < 0:
				text += ", lowers by " + number(-a)
			default:
				text += ", no effect"
			}
		}
		s.marks = append(s.marks, Mark{
			X: s.frame.Left + float64(col)*cell, Y: s.frame.Top + float64(row)*cell, W: cell, H: cell,
			Index: i, Label: text,
		})
	}
}

// signKey explains the two colours of an attribution and their limit.
func (s *sheet) signKey(limit, top float64) {
	key := signBar{limit: limit, top: top, width: min(s.width-130, 220)}
	key.left = (s.width - key.width) / 2
	s.free(key)
}

// pixels draws an image in ink and, where there are values, the attribution of
// each pixel over it: orange raises, blue lowers. It implements plot.Plotter.
type pixels struct {
	v      *view.Saliency
	gray   []float32
	values []float64
}

// Opacities of a pixel: steps, and the most an image keeps under attributions.
const (
	pixelSteps = 24
	underlay   = 0.28
)

// Plot draws all pixels of one opacity as one path.
func (x pixels) Plot(c draw.Canvas, _ *plot.Plot) {
	most := 0.92
	if x.values != nil {
		most = underlay
	}
	lo, hi := float64(x.v.PixelMin), float64(x.v.PixelMax)
	if hi <= lo {
		hi = lo + 1
	}
	x.paint(c, ink, most, 0, func(i int) float64 { return (float64(x.gray[i]) - lo) / (hi - lo) })
	if x.values != nil {
		limit := x.v.Limit
		if limit <= 0 {
			limit = 1
		}
		x.paint(c, raise, 0.95, 0.5, func(i int) float64 { return x.values[i] / limit })
		x.paint(c, lower, 0.95, 0.5, func(i int) float64 { return -x.values[i] / limit })
	}
	c.SetLineStyle(draw.LineStyle{Color: line, Width: 1})
	c.Stroke(appendRectangle(nil, c.Min.X-0.5, c.Min.Y-0.5, c.Max.X+0.5, c.Max.Y+0.5))
}

// paint fills the pixels whose share is positive, each inset by px.
func (x pixels) paint(c draw.Canvas, colour Colour, most float64, inset vg.Length, share func(i int) float64) {
	var paths [pixelSteps + 1]vg.Path
	w := (c.Max.X - c.Min.X) / vg.Length(x.v.Width)
	h := (c.Max.Y - c.Min.Y) / vg.Length(x.v.Height)
	inset = min(inset, w/8)
	for i := range x.gray {
		step := int(math.Floor(pixelSteps*clamp(share(i), 0, 1) + 0.5))
		if step == 0 {
			continue
		}
		left := c.Min.X + vg.Length(i%x.v.Width)*w
		top := c.Max.Y - vg.Length(i/x.v.Width)*h
		paths[step] = appendRectangle(paths[step], left+inset, top-h+inset, left+w-inset, top-inset)
	}
	for step, path := range paths {
		if len(path) > 0 {
			c.SetColor(colour.Fade(most * float64(step) / pixelSteps))
			c.Fill(path)
		}
	}
}

// signBar is the key of attribution colours. It implements plot.Plotter for a
// free sheet.
type signBar struct{ limit, left, top, width float64 }

func (b signBar) Plot(c draw.Canvas, _ *plot.Plot) {
	const steps = 25
	top := c.Max.Y - vg.Length(b.top)
	w := vg.Length(b.width / steps)
	for i := range steps {
		t := float64(2*i-steps+1) / (steps - 1)
		if t == 0 {
			continue
		}
		c.SetColor(signColour(t).Fade(0.95 * math.Abs(t)))
		x := c.Min.X + vg.Length(b.left) + vg.Length(i)*w
		c.Fill(appendRectangle(nil, x, top-10, x+w, top))
	}
	left, right := c.Min.X+vg.Length(b.left), c.Min.X+vg.Length(b.left+b.width)
	put(&c, plain("lowers", small, lower).to(left-8, top-9, 1))
	put(&c, plain("raises", small, raise).to(right+8, top-9, 0))
	put(&c, plain("−"+number(b.limit), small, muted).to(left, top-24, 0))
	put(&c, plain("0", small, muted).to((left+right)/2, top-24, 0.5))
	put(&c, plain("+"+number(b.limit), small, muted).to(right, top-24, 1))
}
