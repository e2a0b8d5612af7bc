package draw

import (
	"math"
	"math/bits"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// Part is a piece of a picture that changes as one: a <g>. A page that has it
// from before neither gets nor parses it again.
type Part struct {
	Sum  string `json:"sum"`            // stands for the content: equal sums are equal pieces
	At   int    `json:"at,omitempty"`   // where in Drawing.SVG the content of the <g> begins, bytes
	Size int    `json:"size,omitempty"` // of the content, bytes; 0 where it was left out
	Own  bool   `json:"own,omitempty"`  // best painted apart from what lies below it: it is much, and changes less
	SVG  string `json:"-"`              // the content, once Complete was called
}

// Lead stands for the leading marks of a drawing, those that a page may have
// from before.
type Lead struct {
	Sum   string `json:"sum"`
	Count int    `json:"count,omitempty"` // of Marks; 0 where they were left out
}

// Has reports whether a page holds what a sum stands for; nil holds nothing.
type Has func(sum string) bool

func (h Has) holds(sum string) bool { return h != nil && h(sum) }

// Complete fills in the content of the parts and the leading marks: from the
// drawing itself, or from the one before for what was left out; before may be
// nil. It reports whether all of it was there.
func (d *Drawing) Complete(before *Drawing) bool {
	held := map[string]string{}
	if before != nil {
		for _, p := range before.Parts {
			held[p.Sum] = p.SVG
		}
	}
	all := true
	for i := range d.Parts {
		p := &d.Parts[i]
		if p.Size > 0 {
			p.SVG = d.SVG[p.At : p.At+p.Size]
			continue
		}
		text, ok := held[p.Sum]
		p.SVG, all = text, all && ok
	}
	if d.Lead != nil && d.Lead.Count == 0 {
		if before == nil || before.Lead == nil || before.Lead.Sum != d.Lead.Sum {
			return false
		}
		d.Marks = append(before.Marks[:before.Lead.Count:before.Lead.Count], d.Marks...)
		d.Lead = before.Lead
	}
	return all
}

// Sums lists what a page with this drawing holds.
func (d *Drawing) Sums() []string {
	var out []string
	for _, p := range d.Parts {
		out = append(out, p.Sum)
	}
	if d.Lead != nil {
		out = append(out, d.Lead.Sum)
	}
	return out
}

// layer is drawn in one piece, and not at all where a page has it. sum stands
// for what the plotters draw, except for the axes and the place on the sheet.
// It implements plot.Plotter.
type layer struct {
	sum      sum
	own      bool // Part.Own
	plotters []plot.Plotter
}

func (l layer) Plot(c draw.Canvas, p *plot.Plot) {
	svg, ok := innermost(c).(*svgCanvas)
	name := ""
	if ok {
		name = l.sum.floats(p.X.Min, p.X.Max, p.Y.Min, p.Y.Max, svg.height,
			float64(c.Min.X), float64(c.Min.Y), float64(c.Max.X), float64(c.Max.Y)).text()
		svg.cut("", false)
	}
	if !ok || !svg.has.holds(name) {
		for _, q := range l.plotters {
			q.Plot(c, p)
		}
	}
	if ok {
		svg.cut(name, l.own)
	}
}

// cut ends a part of a picture for the page.
func cut(c draw.Canvas) {
	if svg, ok := innermost(c).(*svgCanvas); ok {
		svg.cut("", false)
	}
}

// sum mixes numbers into one that stands for them. Not for secrets.
type sum uint64

func (s sum) number(v uint64) sum {
	return sum(bits.RotateLeft64(uint64(s)^v, 29) * 0x9e3779b97f4a7c15)
}

func (s sum) floats(values ...float64) sum {
	for _, v := range values {
		s = s.number(math.Float64bits(v))
	}
	return s
}

func (s sum) bytes(text []byte) sum {
	s = s.number(uint64(len(text)))
	for ; len(text) >= 8; text = text[8:] {
		s = s.number(uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56)
	}
	for _, b := range text {
		s = s.number(uint64(b))
	}
	return s
}

func (s sum) text() string { return strconv.FormatUint(uint64(s^s>>32), 36) }

// points stands for what scatter and pointMarks make of points.
func (s sum) points(points []view.SurfacePoint) sum {
	for _, p := range points {
		flags := uint64(p.Row)<<34 | uint64(p.Class)<<2
		if p.Test {
			flags |= 1
		}
		if p.Wrong {
			flags |= 2
		}
		s = s.floats(p.X, p.Y, p.Value).number(flags)
	}
	return s
}

// scores stands for a grid.
func (s sum) scores(grid []float32) sum {
	for _, v := range grid {
		s = s.number(uint64(math.Float32bits(v)))
	}
	return s
}
