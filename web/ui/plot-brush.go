package ui

import (
	"math"
	"strconv"

	"github.com/whybox/whybox/internal/draw"
)

// slack is how far a pressed pointer may move, in px of the drawing, and still
// be a click.
const slack = 6

// veil is how the brushed rows are shown in one drawing: all but them is dimmed.
type veil struct {
	drawing *draw.Drawing
	rows    *rowSet
	text    string // of rows: the same pointer may come to hold others
	present int
	fields  string     // path of where rows are drawn
	brushed draw.Trace // what stays clear of the brushed rows
	asked   draw.Trace // and of the row asked about
	ticks   bool       // the brushed rows are drawn on top instead
	all     []int      // the rows in the drawing
	of      int        // how many of them are brushed
}

// Hold says whether the main button of the pointer is down.
func (c *Plot) Hold(down bool) {
	c.down = down
	if !down && c.brushing() {
		c.Brush.Cancel()
	}
}

// brushing reports whether a gesture over this plot goes on.
func (c *Plot) brushing() bool { return c.Brush != nil && c.Brush.plot == c }

// aim begins what may become a gesture.
func (c *Plot) aim(px, py float64) { c.aimed, c.fromX, c.fromY = c.Brush != nil && c.down, px, py }

// sweep marks the rows between the pressed place and this one. It reports
// whether the pointer has gone far enough to mean that.
func (c *Plot) sweep(px, py float64) bool {
	if !c.aimed || !c.down || !c.brushing() && math.Hypot(px-c.fromX, py-c.fromY) < slack {
		return false
	}
	if c.Brush.plot == nil && c.Brush.live == nil && c.swept {
		return true // cancelled: it takes another press
	}
	c.swept = true
	f := c.Drawing.Frame
	box := draw.Between(c.fromX, c.fromY, min(max(px, 0), f.Width), min(max(py, 0), f.Height))
	c.Brush.Mark(c, box, c.Drawing.Within(box))
	c.hot = 0
	c.light(-1)
	return true
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
	v := c.veil()
	text := v.count()
	if !c.Brush.Keep(key) {
		text = "These rows are too many and too scattered to be kept. Brush fewer."
	}
	c.Say(text)
}

// stretch grows a brush by key, from where the walk stood when that began.
func (c *Plot) stretch() {
	x0, y0, _ := c.Drawing.At(c.anchor - 1)
	x1, y1, _ := c.Drawing.At(c.cursor)
	box := draw.Between(x0, y0, x1, y1)
	c.Brush.Mark(c, box, c.Drawing.Within(draw.Box{box[0] - 0.1, box[1] - 0.1, box[2] + 0.1, box[3] + 0.1}))
	c.keep("brush")
}

// unbrush clears the brush, if there is one.
func (c *Plot) unbrush() {
	if c.Brush != nil && c.Brush.rows() != nil {
		c.Brush.Clear()
		c.Say("No rows brushed.")
	}
}

// veil returns how the brushed rows are shown, nil where none are. It is made
// anew only where something changed.
func (c *Plot) veil() *veil {
	if c.Drawing == nil || c.Brush == nil {
		return nil
	}
	rows := c.Brush.rows()
	if rows == nil {
		c.shown = nil
		return nil
	}
	present := c.Brush.Present()
	if v := c.shown; v != nil && v.drawing == c.Drawing && v.rows == rows && v.text == rows.text && v.present == present {
		return v
	}
	v := &veil{drawing: c.Drawing, rows: rows, text: rows.text, present: present}
	if old := c.shown; old != nil && old.drawing == c.Drawing {
		v.fields, v.all = old.fields, old.all
	} else {
		v.fields, v.all = outline(c.Drawing.Fields()), c.Drawing.Rows()
	}
	v.brushed = c.Drawing.Trace(rows.has, 1)
	v.asked = c.Drawing.Trace(func(row int) bool { return row == present || row < 0 }, 4.5)
	v.ticks = c.Drawing.Spots.Len() > 0 && c.Drawing.Spots.Form == draw.Ticks
	for _, row := range v.all {
		if rows.has(row) {
			v.of++
		}
	}
	c.shown = v
	return v
}

// count is "37 of 100 rows brushed".
func (v *veil) count() string {
	return strconv.Itoa(v.of) + " of " + strconv.Itoa(len(v.all)) + " rows brushed"
}

// outline is the path around boxes.
func outline(boxes []draw.Box) string {
	var out []byte
	number := func(letter byte, v float64) { out = strconv.AppendFloat(append(out, letter), v, 'f', 1, 64) }
	for _, b := range boxes {
		number('M', b[0])
		number(' ', b[1])
		number('H', b[2])
		number('V', b[3])
		number('H', b[0])
		out = append(out, 'Z')
	}
	return string(out)
}

func (c *Plot) maskID() string { return c.ID + "-brush" }

// viewBox is that of the drawing.
func (c *Plot) viewBox() string {
	f := c.Drawing.Frame
	return "0 0 " + strconv.FormatFloat(f.Width, 'f', -1, 64) + " " + strconv.FormatFloat(f.Height, 'f', -1, 64)
}

func ends(t draw.Trace) string {
	if t.Round {
		return "round"
	}
	return "butt"
}

func (c *Plot) boxStyle() string {
	b := c.Brush.box
	return c.at(b[0], b[1], math.Max(b[2]-b[0], 1), math.Max(b[3]-b[1], 1))
}

// countStyle places the count under the brushed box, over it where there is no
// room.
func (c *Plot) countStyle() string {
	b, f := c.Brush.box, c.Drawing.Frame
	y := b[3] + 6
	if y > f.Height-24 {
		y = math.Max(b[1]-28, 2)
	}
	return c.at(math.Min(math.Max((b[0]+b[2])/2, 74), f.Width-74), y, 0, 0)
}

func (c *Plot) countText() string { return c.veil().count() }
