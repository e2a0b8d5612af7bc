package ui

import (
	"math"
	"strconv"

	"github.com/vugu/vugu"
	"github.com/whybox/whybox/internal/draw"
)

// slack is how far a pressed pointer may move, in px of the drawing, and still
// be a click.
const slack = 6

// veil is how one drawing shows the brushed rows: all but them is dimmed.
type veil struct {
	drawing *draw.Drawing
	step    int // of the brush
	present int
	picture vugu.HTML
	all     []bool // the rows in the drawing
	of      int    // how many of them are brushed
}

// count is "37 of 100 rows brushed".
func (v *veil) count() string {
	all := 0
	for _, in := range v.all {
		if in {
			all++
		}
	}
	return strconv.Itoa(v.of) + " of " + strconv.Itoa(all) + " rows brushed"
}

// Hold says whether the main button of the pointer is down.
func (c *Plot) Hold(down bool) {
	c.down = down
	if !down && c.brushing() {
		c.Brush.cancel()
	}
}

// brushing reports whether a gesture over this plot goes on.
func (c *Plot) brushing() bool { return c.Brush != nil && c.Brush.plot == c }

// sweep marks the rows between the pressed place and this one. It reports
// whether the pointer has gone far enough to mean that.
func (c *Plot) sweep(px, py float64) bool {
	if !c.aimed || !c.down || !c.swept && math.Hypot(px-c.fromX, py-c.fromY) < slack {
		return false
	}
	if !c.swept || c.brushing() { // else it was dropped, and takes another press
		c.swept = true
		c.cover(c.fromX, c.fromY, px, py)
		c.hot = 0
		c.light(-1)
	}
	return true
}

// cover shows what lies between two corners as brushed.
func (c *Plot) cover(x0, y0, x1, y1 float64) {
	const line = 0.1 // px, so that a point is in a box without width
	c.Brush.plot, c.Brush.box = c, draw.Box{min(x0, x1) - line, min(y0, y1) - line, max(x0, x1) + line, max(y0, y1) + line}
	c.Brush.set(c.Drawing.Within(c.Brush.box))
}

// settle ends a gesture of the pointer. It reports whether there was one.
func (c *Plot) settle() bool {
	swept := c.swept
	c.aimed, c.swept = false, false
	if c.brushing() {
		c.keep("")
	}
	return swept
}

// keep makes the spec hold what is marked, and says how much that is.
func (c *Plot) keep(key string) {
	text := c.veil().count()
	if !c.Brush.keep(key) {
		text = "These rows are too many and too scattered to keep: brush fewer."
	}
	c.Say(text)
}

// unbrush clears the brush.
func (c *Plot) unbrush() {
	if c.Brush != nil && c.Brush.shown() {
		c.Brush.Clear()
		c.Say("No rows brushed.")
	}
}

// veil returns how the brushed rows are shown, nil where none are. It is made
// anew only where something changed.
func (c *Plot) veil() *veil {
	b := c.Brush
	if c.Drawing == nil || b == nil || !b.shown() {
		return nil
	}
	if v := c.shown; v != nil && v.drawing == c.Drawing && v.step == b.step && v.present == b.Present {
		return v
	}
	v := &veil{drawing: c.Drawing, step: b.step, present: b.Present}
	if old := c.shown; old != nil && old.drawing == c.Drawing {
		v.all = old.all
	} else {
		v.all = c.Drawing.Within(draw.Box{math.Inf(-1), math.Inf(-1), math.Inf(1), math.Inf(1)})
	}
	for row := range min(len(v.all), len(b.rows)) {
		if v.all[row] && b.rows[row] {
			v.of++
		}
	}
	v.picture = c.veiled()
	c.shown = v
	return v
}

// veiled draws what dims all but the brushed rows and the one asked about.
func (c *Plot) veiled() vugu.HTML {
	d := c.Drawing
	asked := make([]bool, c.Brush.Present+1)
	asked[c.Brush.Present] = true
	fields := ""
	for _, f := range d.Fields() {
		fields += "M" + plain(f[0], 0.1) + " " + plain(f[1], 0.1) + "H" + plain(f[2], 0.1) + "V" + plain(f[3], 0.1) + "H" + plain(f[0], 0.1) + "Z"
	}
	trace := func(class string, rows []bool, grow float64) string {
		path, width, flat := d.Trace(rows, grow)
		end := "round"
		if flat {
			end = "butt"
		}
		return `<path class="` + class + `" d="` + path + `" stroke-width="` + plain(width, 0.01) + `" stroke-linecap="` + end + `"/>`
	}
	brushed, over := trace("cut", c.Brush.rows, 1), ""
	if d.Spots.Len() > 0 && d.Spots.Form == draw.Places {
		brushed, over = "", trace("over", c.Brush.rows, 0)
	}
	id := c.ID + "-brush"
	return vugu.HTML(`<svg viewBox="0 0 ` + plain(d.Frame.Width, 0.01) + " " + plain(d.Frame.Height, 0.01) + `"><mask id="` + id + `"><path fill="#fff" d="` + fields + `"/>` +
		brushed + trace("cut", asked, 4.5) + `</mask><path class="dim" mask="url(#` + id + `)" d="` + fields + `"/>` + over + "</svg>")
}

// boxStyle places what a gesture covers.
func (c *Plot) boxStyle() string {
	b := c.Brush.box
	return c.at(b[0], b[1], b[2]-b[0], b[3]-b[1])
}

// countStyle places the count under that.
func (c *Plot) countStyle() string {
	b, f := c.Brush.box, c.Drawing.Frame
	return c.at(min(max((b[0]+b[2])/2, 74), f.Width-74), min(b[3]+6, f.Height-24), 0, 0)
}
