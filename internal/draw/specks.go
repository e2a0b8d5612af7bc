package draw

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// speck is a point of a picture of many rows.
type speck struct {
	x, y float64 // px from the top left
	tone float64 // 0..1; NaN for unknown
}

// specks draws points by the thousand, all of one tone as one path. It
// implements plot.Plotter for a free sheet.
type specks struct {
	points []speck
	radius float64 // px
	plain  bool    // there are no tones
}

// Tones: steps of the scale, and the part of cividis that stands off light and
// dark paper alike.
const (
	toneSteps  = 16
	toneLow    = 0.1
	toneHigh   = 0.93
	singlyMost = 3000 // of more points than this, neighbours become one line
)

// toneColour returns the colour of a tone, 0..1; NaN is gray.
func toneColour(t float64) Colour {
	if math.IsNaN(t) {
		return rgb(0x8c8f94)
	}
	step := math.Round(toneSteps * clamp(t, 0, 1))
	return cividis(toneLow + (toneHigh-toneLow)*step/toneSteps)
}

func (k specks) Plot(c draw.Canvas, _ *plot.Plot) {
	cut(c)
	looks := make([][]vg.Point, toneSteps+2)
	seen := make(map[[2]int32]bool, len(k.points))
	cell := max(0.1, k.radius/4) // points nearer than this hide each other
	if len(k.points) > singlyMost {
		cell = 0.8 * k.radius
	}
	var all []vg.Point
	for _, q := range k.points {
		at := [2]int32{int32(math.Round(q.x / cell)), int32(math.Round(q.y / cell))}
		if seen[at] {
			continue
		}
		seen[at] = true
		look := toneSteps + 1
		if !math.IsNaN(q.tone) {
			look = int(math.Round(toneSteps * clamp(q.tone, 0, 1)))
		}
		p := vg.Point{X: c.Min.X + vg.Length(q.x), Y: c.Max.Y - vg.Length(q.y)}
		looks[look], all = append(looks[look], p), append(all, p)
	}
	c.SetColor(muted) // a rim: pale points stand off light paper by it, dark ones off dark paper
	speckle(&c, all, k.radius+clamp(k.radius/6, 0.3, 0.5))
	for look, points := range looks {
		tone := float64(look) / toneSteps
		if look > toneSteps {
			tone = math.NaN()
		}
		c.SetColor(toneColour(tone))
		if k.plain {
			c.SetColor(accent)
		}
		speckle(&c, points, k.radius)
	}
	cut(c)
}

// speckler is a canvas that draws filled circles of one size in few bytes.
type speckler interface {
	speckle(points []vg.Point, radius float64)
}

// speckle fills a circle at each point.
func speckle(c *draw.Canvas, points []vg.Point, radius float64) {
	if len(points) == 0 {
		return
	}
	if s, ok := innermost(c).(speckler); ok {
		s.speckle(points, radius)
		return
	}
	var path vg.Path
	for _, p := range points {
		path = appendCircle(path, p, vg.Length(radius))
	}
	c.Fill(path)
}

// speckle writes each circle as a line of no length with round ends. Very many
// are moved by up to a quarter of a px, so that those of a line are written
// together.
func (c *svgCanvas) speckle(points []vg.Point, radius float64) {
	c.flush()
	c.out = append(c.out, `<path d="`...)
	grid := newStencil(c.width, c.height)
	for _, p := range points {
		x, y := c.pixel(p)
		if len(points) > singlyMost {
			grid.set(x, y)
			continue
		}
		c.out = appendNumber(append(c.out, 'M'), math.Round(10*x)/10)
		c.out = appendNumber(append(c.out, ' '), math.Round(10*y)/10)
		c.out = append(c.out, "h0"...)
	}
	c.out = grid.path(c.out, radius, false)
	c.out = append(c.out, `" fill="none"`...)
	c.paint("stroke", c.state.colour)
	c.number("stroke-width", 2*radius)
	c.attribute("stroke-linecap", "round")
	c.end(class("s-", c.state.colour))
}

// toneBar explains tones: a strip from low to high. It implements plot.Plotter
// for a free sheet.
type toneBar struct {
	name      string // what the tone is
	low, high string
	missing   bool    // some points have none
	asked     bool    // the asked row is among them
	top       float64 // px
	width     float64 // px of the sheet
}

// toneBarHeight is what a toneBar takes, in px.
const toneBarHeight = 22.0

func (b toneBar) Plot(c draw.Canvas, _ *plot.Plot) {
	y := c.Max.Y - vg.Length(b.top) - 8
	x := 0.0
	write := func(text string, colour Colour, room float64) {
		r := plain(text, small, colour).squeeze(max(12, room))
		put(&c, r.middle(c.Min.X+vg.Length(x), y, 0))
		x += r.width() + 6
	}
	strip := min(90, b.width/6)
	after := strip + 8
	for _, text := range b.tail() {
		after += measure(text, small, false) + 26
	}
	low, high := measure(b.low, small, false)+6, measure(b.high, small, false)+6
	write(b.name, muted, b.width-after-low-high)
	write(b.low, ink, b.width-x-after-high)
	for i := range toneSteps + 1 { // each reaches to the end, so that no seam shows
		c.SetColor(toneColour(float64(i) / toneSteps))
		from := c.Min.X + vg.Length(x+strip*float64(i)/(toneSteps+1))
		c.Fill(appendRectangle(nil, from, y-5, c.Min.X+vg.Length(x+strip), y+5))
	}
	x += strip + 8
	write(b.high, ink, b.width-x-after+strip+8)
	for _, text := range b.tail() {
		if x+20+measure(text, small, false) > b.width {
			return
		}
		at := vg.Point{X: c.Min.X + vg.Length(x+10), Y: y}
		if text == askedText {
			askedSwatch(&c, at)
		} else {
			c.SetColor(toneColour(math.NaN()))
			c.Fill(appendCircle(nil, at, 4))
		}
		x += 20
		write(text, ink, b.width-x)
	}
}

const askedText = "this row"

// tail lists what stands behind the strip.
func (b toneBar) tail() []string {
	var out []string
	if b.missing {
		out = append(out, "missing")
	}
	if b.asked {
		out = append(out, askedText)
	}
	return out
}
