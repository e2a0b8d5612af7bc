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
		images = append(images, pixels{v: v, gray: v.Flip, was: v.Pixels})
		names = append(names, v.FlipLabel)
	}
	const gap, nameLine, foot = 16.0, 22.0, 40.0
	columns := len(images)
	if s.width < narrow {
		columns = min(columns, 2)
	}
	lines := (len(images) + columns - 1) / columns
	below := 0.0
	if v.Values != nil {
		below = foot
	}
	n, high := float64(columns), float64(lines)*float64(v.Height)
	cell := min((s.width-2-gap*(n-1))/n/float64(v.Width), 340/float64(v.Height))
	if s.height == 0 {
		s.height = float64(lines)*nameLine + cell*high + below + 2
	}
	cell = max(0.5, min(cell, (s.height-float64(lines)*nameLine-below-2)/high))
	w, h := cell*float64(v.Width), cell*float64(v.Height)
	left := max(1, (s.width-n*w-(n-1)*gap)/2)
	for i, img := range images {
		p := newPlot(axis{lo: 0, hi: float64(v.Width)}, axis{lo: 0, hi: float64(v.Height)})
		p.Add(img)
		x, y := left+float64(i%columns)*(w+gap), float64(i/columns)*(h+nameLine)+nameLine
		frame := s.add(p, x, y, x+w, y+h)
		if i == 0 || img.values != nil {
			s.frame = frame
		}
		s.free(texts{plain(names[i], small, muted).squeeze(min(w+gap-4, s.width-x)).to(vg.Length(x), vg.Length(y-8), 0)})
	}
	s.pixelMarks(v, cell)
	if v.Values != nil {
		s.signKey(v.Limit, float64(lines)*(nameLine+h)+10)
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
	was    []float32 // the image this one was changed from, or nil
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
	if x.values != nil {
		x.silhouette(c, (lo+hi)/2)
	}
	if x.was != nil {
		x.changed(c, (hi-lo)/50)
	}
	c.SetLineStyle(draw.LineStyle{Color: line, Width: 1})
	c.Stroke(appendRectangle(nil, c.Min.X-0.5, c.Min.Y-0.5, c.Max.X+0.5, c.Max.Y+0.5))
}

// silhouette outlines the pixels brighter than level along their edges, so that
// the image can be seen under the attributions.
func (x pixels) silhouette(c draw.Canvas, level float64) {
	bright := func(row, col int) bool {
		return row >= 0 && row < x.v.Height && col >= 0 && col < x.v.Width &&
			float64(x.gray[row*x.v.Width+col]) > level
	}
	var path vg.Path
	edge := func(x0, y0, x1, y1 vg.Length) {
		path.Move(vg.Point{X: x0, Y: y0})
		path.Line(vg.Point{X: x1, Y: y1})
	}
	for i := range x.gray {
		row, col := i/x.v.Width, i%x.v.Width
		left, bottom, right, top := x.cell(c, i, 0)
		if bright(row, col) != bright(row, col-1) {
			edge(left, top, left, bottom)
		}
		if bright(row, col) != bright(row-1, col) {
			edge(left, top, right, top)
		}
		if col == x.v.Width-1 && bright(row, col) {
			edge(right, top, right, bottom)
		}
		if row == x.v.Height-1 && bright(row, col) {
			edge(left, bottom, right, bottom)
		}
	}
	c.SetLineStyle(draw.LineStyle{Color: ink.Fade(0.75), Width: 1.3})
	c.Stroke(path)
}

// changed frames the pixels that differ by more than least.
func (x pixels) changed(c draw.Canvas, least float64) {
	var path vg.Path
	for i, g := range x.gray {
		if math.Abs(float64(g)-float64(x.was[i])) > least {
			left, bottom, right, top := x.cell(c, i, 1)
			path = appendRectangle(path, left, bottom, right, top)
		}
	}
	c.SetLineStyle(draw.LineStyle{Color: accent, Width: 2})
	c.Stroke(path)
}

// cell returns the edges of pixel i, each moved in by px.
func (x pixels) cell(c draw.Canvas, i int, inset vg.Length) (left, bottom, right, top vg.Length) {
	w := (c.Max.X - c.Min.X) / vg.Length(x.v.Width)
	h := (c.Max.Y - c.Min.Y) / vg.Length(x.v.Height)
	inset = min(inset, w/8)
	left = c.Min.X + vg.Length(i%x.v.Width)*w
	top = c.Max.Y - vg.Length(i/x.v.Width)*h
	return left + inset, top - h + inset, left + w - inset, top - inset
}

// paint fills the pixels whose share is positive, each inset by px.
func (x pixels) paint(c draw.Canvas, colour Colour, most float64, inset vg.Length, share func(i int) float64) {
	var paths [pixelSteps + 1]vg.Path
	for i := range x.gray {
		step := int(math.Floor(pixelSteps*clamp(share(i), 0, 1) + 0.5))
		if step == 0 {
			continue
		}
		left, bottom, right, top := x.cell(c, i, inset)
		paths[step] = appendRectangle(paths[step], left, bottom, right, top)
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
