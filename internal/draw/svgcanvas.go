package draw

import (
	"encoding/base64"
	"image"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// svgCanvas is a vg.CanvasSizer that writes SVG elements with presentation
// attributes only. One vg point is one px. Named colours are written as
// classes beside their literal value.
type svgCanvas struct {
	out           []byte
	width, height float64 // px
	state         svgState
	stack         []svgState
	// A path is kept open until the next call: a fill and the stroke of the same
	// path become one element, and so do opaque strokes of one pen.
	open       openPath
	openPath   *vg.PathComp
	openLength int
	openClass  string
	pen        pen
	// A picture for the page is cut into parts; c.out[from:] is the present one.
	parts []Part
	from  int
	has   Has
}

type openPath uint8

const (
	noPath      openPath = iota
	filledPath           // its d is written
	strokedPath          // its d goes on
)

// pen is what a path is stroked with.
type pen struct {
	colour Colour
	width  float64
	dash   []vg.Length
	offset vg.Length
}

// joins reports whether strokes of both look the same as one of all their paths.
func (p pen) joins(q pen) bool {
	return p.colour == q.colour && p.colour.A == 1 && p.width == q.width && len(p.dash)+len(q.dash) == 0
}

type svgState struct {
	pen
	m [6]float64 // x' = m0·x + m2·y + m4, y' = m1·x + m3·y + m5, still y up
}

func newSVG(width, height float64) *svgCanvas {
	c := &svgCanvas{width: width, height: height, out: make([]byte, 0, 16<<10)}
	c.state.m = [6]float64{1, 0, 0, 1, 0, 0}
	vg.Initialize(c)
	return c
}

// body returns the elements written so far.
func (c *svgCanvas) body() []byte {
	c.flush()
	return c.out
}

// cut ends a part, own or not. Without a name its content names it. What the
// page has is left out; so is a part that is empty.
func (c *svgCanvas) cut(name string, own bool) {
	c.flush()
	content := c.out[c.from:]
	if name == "" && len(content) > 0 {
		name = sum(0).bytes(content).text()
	}
	held := name != "" && c.has.holds(name)
	if len(content) == 0 && !held {
		return
	}
	if held {
		c.out = c.out[:c.from]
	}
	c.parts = append(c.parts, Part{Sum: name, At: c.from, Size: len(c.out) - c.from, Own: own})
	c.from = len(c.out)
}

func (c *svgCanvas) Size() (x, y vg.Length) { return vg.Length(c.width), vg.Length(c.height) }

func (c *svgCanvas) SetLineWidth(w vg.Length) { c.state.width = float64(w) }

func (c *svgCanvas) SetLineDash(pattern []vg.Length, offset vg.Length) {
	c.state.dash, c.state.offset = pattern, offset
}

func (c *svgCanvas) SetColor(clr color.Color) {
	switch v := clr.(type) {
	case nil:
		c.state.colour = rgb(0)
	case Colour:
		c.state.colour = v
	default:
		n := color.NRGBAModel.Convert(clr).(color.NRGBA)
		c.state.colour = Colour{R: n.R, G: n.G, B: n.B, A: float64(n.A) / 255}
	}
}

func (c *svgCanvas) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	c.multiply([6]float64{cos, sin, -sin, cos, 0, 0})
}

func (c *svgCanvas) Translate(pt vg.Point) {
	c.multiply([6]float64{1, 0, 0, 1, float64(pt.X), float64(pt.Y)})
}

func (c *svgCanvas) Scale(x, y float64) { c.multiply([6]float64{x, 0, 0, y, 0, 0}) }

func (c *svgCanvas) multiply(n [6]float64) {
	m := c.state.m
	c.state.m = [6]float64{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

func (c *svgCanvas) Push() { c.stack = append(c.stack, c.state) }

func (c *svgCanvas) Pop() {
	c.state = c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
}

// pixel returns the place of a point in px from the top left.
func (c *svgCanvas) pixel(p vg.Point) (x, y float64) {
	m := c.state.m
	return m[0]*float64(p.X) + m[2]*float64(p.Y) + m[4], c.height - (m[1]*float64(p.X) + m[3]*float64(p.Y) + m[5])
}

func (c *svgCanvas) Fill(p vg.Path) {
	c.flush()
	if len(p) == 0 {
		return
	}
	c.out = append(c.out, `<path d="`...)
	c.path(p)
	c.out = append(c.out, '"')
	c.paint("fill", c.state.colour)
	c.open, c.openPath, c.openLength, c.openClass = filledPath, &p[0], len(p), class("f-", c.state.colour)
}

func (c *svgCanvas) Stroke(p vg.Path) {
	if len(p) == 0 || c.state.width <= 0 {
		return
	}
	switch {
	case c.open == filledPath && c.openPath == &p[0] && c.openLength == len(p):
		c.open = noPath
		c.stroke(c.state.pen, c.openClass)
		return
	case c.open != strokedPath || !c.pen.joins(c.state.pen):
		c.flush()
		c.out = append(c.out, `<path d="`...)
		c.open, c.pen = strokedPath, c.state.pen
	}
	c.path(p)
}

// stroke ends an element with what it is stroked with.
func (c *svgCanvas) stroke(p pen, classes string) {
	c.paint("stroke", p.colour)
	if p.width != 1 {
		c.number("stroke-width", p.width)
	}
	if len(p.dash) > 0 {
		c.out = append(c.out, ` stroke-dasharray="`...)
		for i, d := range p.dash {
			if i > 0 {
				c.out = append(c.out, ' ')
			}
			c.out = appendNumber(c.out, float64(d))
		}
		c.out = append(c.out, '"')
	}
	if more := class("s-", p.colour); more != "" {
		if classes != "" {
			classes += " "
		}
		classes += more
	}
	c.end(classes)
}

// flush ends the open element.
func (c *svgCanvas) flush() {
	open := c.open
	c.open = noPath
	switch open {
	case filledPath:
		c.end(c.openClass)
	case strokedPath:
		c.out = append(c.out, '"')
		c.attribute("fill", "none")
		c.stroke(c.pen, "")
	}
}

func (c *svgCanvas) end(classes string) {
	if classes != "" {
		c.attribute("class", classes)
	}
	c.out = append(c.out, "/>"...)
}

// path writes what stands in the d of a path element.
func (c *svgCanvas) path(p vg.Path) {
	for i := range p {
		comp := &p[i]
		switch comp.Type {
		case vg.MoveComp:
			c.command('M', comp.Pos)
		case vg.LineComp:
			c.command('L', comp.Pos)
		case vg.CurveComp:
			letter := byte('Q')
			if len(comp.Control) == 2 {
				letter = 'C'
			}
			c.command(letter, comp.Control...)
			c.out = append(c.out, ' ')
			c.point(comp.Pos)
		case vg.ArcComp:
			c.arc(comp, i == 0 || p[i-1].Type == vg.CloseComp)
		case vg.CloseComp:
			c.out = append(c.out, 'Z')
		}
	}
}

// arc writes an arc in pieces of at most half a turn.
func (c *svgCanvas) arc(comp *vg.PathComp, first bool) {
	on := func(angle float64) vg.Point {
		sin, cos := math.Sincos(angle)
		return vg.Point{X: comp.Pos.X + comp.Radius*vg.Length(cos), Y: comp.Pos.Y + comp.Radius*vg.Length(sin)}
	}
	start := byte('L')
	if first {
		start = 'M'
	}
	c.command(start, on(comp.Start))
	pieces := int(math.Ceil(math.Abs(comp.Angle)/math.Pi - 1e-9))
	m := c.state.m
	scale := math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2]))
	for i := 1; i <= pieces; i++ {
		c.out = append(c.out, 'A')
		c.out = appendNumber(c.out, float64(comp.Radius)*scale)
		c.out = append(c.out, ' ')
		c.out = appendNumber(c.out, float64(comp.Radius)*scale)
		if comp.Angle > 0 {
			c.out = append(c.out, " 0 0 0 "...)
		} else {
			c.out = append(c.out, " 0 0 1 "...)
		}
		c.point(on(comp.Start + comp.Angle*float64(i)/float64(pieces)))
	}
}

func (c *svgCanvas) command(letter byte, points ...vg.Point) {
	c.out = append(c.out, letter)
	for i, p := range points {
		if i > 0 {
			c.out = append(c.out, ' ')
		}
		c.point(p)
	}
}

func (c *svgCanvas) point(p vg.Point) {
	x, y := c.pixel(p)
	c.out = appendNumber(c.out, x)
	c.out = append(c.out, ' ')
	c.out = appendNumber(c.out, y)
}

// appendNumber writes v with at most two decimals.
func appendNumber(out []byte, v float64) []byte {
	if v > -1e7 && v < 1e7 {
		n := int64(math.Round(v * 100))
		if n < 0 {
			out, n = append(out, '-'), -n
		}
		out = strconv.AppendInt(out, n/100, 10)
		if f := n % 100; f != 0 {
			out = append(out, '.', byte('0'+f/10))
			if f%10 != 0 {
				out = append(out, byte('0'+f%10))
			}
		}
		return out
	}
	return strconv.AppendFloat(out, v, 'f', 0, 64)
}

func class(prefix string, colour Colour) string {
	if colour.Name == "" {
		return ""
	}
	return prefix + colour.Name
}

// paint writes fill or stroke and its opacity.
func (c *svgCanvas) paint(what string, colour Colour) {
	c.attribute(what, colour.Hex())
	if colour.A < 1 {
		c.number(what+"-opacity", colour.A)
	}
}

func (c *svgCanvas) number(name string, v float64) {
	c.out = append(append(append(c.out, ' '), name...), '=', '"')
	c.out = append(appendNumber(c.out, v), '"')
}

// attribute writes an attribute whose value needs no escaping.
func (c *svgCanvas) attribute(name, value string) {
	c.out = append(append(append(c.out, ' '), name...), '=', '"')
	c.out = append(append(c.out, value...), '"')
}

// FillString implements vg.Canvas. Text that this package writes itself comes
// through letter instead.
func (c *svgCanvas) FillString(f font.Face, pt vg.Point, s string) {
	if f.Font.Size > 0 {
		c.letter(plain(s, float64(f.Font.Size), c.state.colour).to(pt.X, pt.Y, 0))
	}
}

// DrawImage implements vg.Canvas: the image is stretched smoothly over rect.
func (c *svgCanvas) DrawImage(rect vg.Rectangle, img image.Image) {
	c.flush()
	x, y := c.pixel(vg.Point{X: rect.Min.X, Y: rect.Max.Y})
	c.out = append(c.out, "<image"...)
	c.number("x", x)
	c.number("y", y)
	c.number("width", float64(rect.Max.X-rect.Min.X))
	c.number("height", float64(rect.Max.Y-rect.Min.Y))
	c.out = append(c.out, ` preserveAspectRatio="none" href="data:image/png;base64,`...)
	c.out = base64.StdEncoding.AppendEncode(c.out, encodePNG(img))
	c.out = append(c.out, `"/>`...)
}
