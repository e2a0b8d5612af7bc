//go:build !js

package draw

import (
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// printCanvas adds to a raster or PDF canvas what drawings need: runs of text
// and round arcs. Text becomes outlines, so that it looks the same everywhere
// and every letter of the font can be used, which vgpdf's own text cannot.
type printCanvas struct {
	vg.Canvas
	regular, bold *sfnt.Font
	buffer        sfnt.Buffer
}

func newPrint(c vg.Canvas) *printCanvas {
	fonts := font.NewCache(liberation.Collection())
	face := func(w xfont.Weight) *sfnt.Font {
		return fonts.Lookup(font.Font{Typeface: "Liberation", Variant: "Sans", Weight: w}, 1).Face
	}
	return &printCanvas{Canvas: c, regular: face(xfont.WeightNormal), bold: face(xfont.WeightBold)}
}

func (c *printCanvas) Fill(p vg.Path)   { c.Canvas.Fill(rounded(p)) }
func (c *printCanvas) Stroke(p vg.Path) { c.Canvas.Stroke(rounded(p)) }

// rounded replaces arcs by cubic curves of at most a quarter turn, which both
// canvases draw alike; their error is under 0.03 % of the radius.
func rounded(p vg.Path) vg.Path {
	out := make(vg.Path, 0, len(p))
	for i, comp := range p {
		if comp.Type == vg.CloseComp && i > 0 && p[i-1].Type == vg.ArcComp && p[i-1].Angle >= 2*math.Pi {
			continue // a circle ends where it began; vgpdf's closing would leave a spike there
		}
		if comp.Type != vg.ArcComp {
			out = append(out, comp)
			continue
		}
		on := func(angle, away float64) vg.Point {
			sin, cos := math.Sincos(angle)
			return comp.Pos.Add(vg.Point{
				X: comp.Radius * vg.Length(cos-away*sin), Y: comp.Radius * vg.Length(sin+away*cos),
			})
		}
		if i == 0 || p[i-1].Type == vg.CloseComp {
			out.Move(on(comp.Start, 0))
		} else {
			out.Line(on(comp.Start, 0))
		}
		n := math.Ceil(math.Abs(comp.Angle)/(math.Pi/2) - 1e-9)
		step := comp.Angle / n
		away := 4.0 / 3 * math.Tan(step/4)
		for a := range int(n) {
			from := comp.Start + float64(a)*step
			out.CubeTo(on(from, away), on(from+step, -away), on(from+step, 0))
		}
	}
	return out
}

func (c *printCanvas) letter(r run) {
	width := 0.0
	for _, s := range r.spans {
		width += c.width(s, r.size)
	}
	c.Push()
	c.Translate(r.at)
	if r.angle != 0 {
		c.Rotate(r.angle)
	}
	x := -r.anchor * width
	for _, s := range r.spans {
		outline := c.outline(s, r.size, x)
		if r.halo && len(outline) > 0 {
			c.SetColor(paper)
			c.SetLineWidth(3)
			c.SetLineDash(nil, 0)
			c.Canvas.Stroke(outline)
		}
		if len(outline) > 0 {
			c.SetColor(s.colour)
			c.Canvas.Fill(outline)
		}
		x += c.width(s, r.size)
	}
	c.Pop()
}

func (c *printCanvas) face(s span) *sfnt.Font {
	if s.bold {
		return c.bold
	}
	return c.regular
}

// width returns the width of a span in px, as it will be drawn.
func (c *printCanvas) width(s span, size float64) float64 {
	units := 0.0
	for _, r := range s.text {
		units += c.advance(c.face(s), r)
	}
	return units * size
}

// advance returns the width of a rune in em.
func (c *printCanvas) advance(f *sfnt.Font, r rune) float64 {
	g, err := f.GlyphIndex(&c.buffer, r)
	if err != nil {
		return 0
	}
	em := fixed.I(int(f.UnitsPerEm()))
	a, err := f.GlyphAdvance(&c.buffer, g, em, xfont.HintingNone)
	if err != nil {
		return 0
	}
	return float64(a) / float64(em)
}

// outline returns the outline of a span that starts x px right of the origin.
func (c *printCanvas) outline(s span, size, x float64) vg.Path {
	f := c.face(s)
	em := fixed.I(int(f.UnitsPerEm()))
	scale := size / float64(em)
	var out vg.Path
	for _, r := range s.text {
		g, err := f.GlyphIndex(&c.buffer, r)
		if err != nil {
			continue
		}
		segments, err := f.LoadGlyph(&c.buffer, g, em, nil)
		if err != nil {
			continue
		}
		at := func(p fixed.Point26_6) vg.Point {
			return vg.Point{X: vg.Length(x + float64(p.X)*scale), Y: vg.Length(-float64(p.Y) * scale)}
		}
		for i, seg := range segments {
			switch seg.Op {
			case sfnt.SegmentOpMoveTo:
				if i > 0 {
					out.Close()
				}
				out.Move(at(seg.Args[0]))
			case sfnt.SegmentOpLineTo:
				out.Line(at(seg.Args[0]))
			case sfnt.SegmentOpQuadTo:
				out.QuadTo(at(seg.Args[0]), at(seg.Args[1]))
			case sfnt.SegmentOpCubeTo:
				out.CubeTo(at(seg.Args[0]), at(seg.Args[1]), at(seg.Args[2]))
			}
		}
		if len(segments) > 0 {
			out.Close()
		}
		x += c.advance(f, r) * size
	}
	return out
}
