package ui

import (
	"math"
	"strconv"

	"github.com/vugu/vugu"
	"github.com/whybox/whybox/internal/draw"
)

// reach is how near the pointer must come to a point to mean it, in px of the
// drawing.
const reach = 14

// Plot shows a drawing and lets a person point at its marks, walk over them by
// key, and drag a handle.
type Plot struct {
	ID      string
	Label   string // what the picture shows, in a sentence
	Walk    string // what the marks are: "points"
	Drawing *draw.Drawing
	Handle  *Handle
	Over    vugu.Builder // lies over the picture, below what is pointed at; may be nil

	Drag  func(px, py float64)          // the handle was dragged to a place in the drawing
	Nudge func(right, up int, far bool) // an arrow key on the handle
	Drop  func()                        // a drag or a key on the handle ended
	Pick  func(index int)               // a mark was chosen; nil where marks cannot be
	Look  func(index int)               // a mark is pointed at; may be nil
	Say   func(text string)             // for screen readers

	Lit   int           // table row pointed at here or elsewhere, 1-based; 0 for none
	Light func(row int) // a mark of a table row is pointed at; nil where marks are no rows
	Brush *Brush        // of several rows; nil where marks are no rows

	held    bool
	pressed int // mark under the pressed pointer, or -1
	hot     int // mark pointed at or walked to, 1-based; 0 for none
	cursor  int // mark of the keyboard
	focused bool

	down         bool    // the main button
	aimed, swept bool    // pressed where a brush may begin; moved far enough for one
	fromX, fromY float64 // px of the drawing, where it was pressed
	anchor       int     // mark where a brush by key began, 1-based; 0 for none
	shown        *veil
}

// Handle is what can be dragged over a drawing.
type Handle struct {
	X, Y          float64 // px in the drawing
	Sideways      bool    // moves left and right only
	Upright       bool    // moves up and down only
	Label, Text   string
	Now, Min, Max float64
}

// frame lists the attributes of the picture.
func (c *Plot) frame() vugu.VGAttributeLister {
	return vugu.VGAttributeListerFunc(func() []vugu.VGAttribute {
		var out []vugu.VGAttribute
		for _, a := range c.Drawing.Attributes() {
			out = append(out, vugu.VGAttribute{Key: a[0], Val: a[1]})
		}
		return out
	})
}

// content is what a piece of the picture shows. One that did not change is not
// touched in the page.
func (c *Plot) content(p draw.Part) vugu.HTML { return vugu.HTML(p.SVG) }

// at returns CSS that places an element at px of the drawing.
func (c *Plot) at(x, y, w, h float64) string {
	f := c.Drawing.Frame
	s := "left:" + share(x/f.Width) + ";top:" + share(y/f.Height)
	if w > 0 || h > 0 {
		s += ";width:" + share(w/f.Width) + ";height:" + share(h/f.Height)
	}
	return s
}

// near returns the mark at a place, or -1: the nearest spot, else the last
// drawn of those that cover it, else the nearest point.
func (c *Plot) near(px, py float64) int {
	if i := c.Drawing.Spots.Near(px, py, reach); i >= 0 {
		return len(c.Drawing.Marks) + i
	}
	best, distance := -1, float64(reach)
	for i := range c.Drawing.Marks {
		m := &c.Drawing.Marks[i]
		if m.W > 0 || m.H > 0 {
			if px >= m.X-1 && px <= m.X+m.W+1 && py >= m.Y-1 && py <= m.Y+m.H+1 {
				best, distance = i, 0
			}
			continue
		}
		if d := math.Hypot(m.X-px, m.Y-py); d < distance {
			best, distance = i, d
		}
	}
	return best
}

// place turns fractions of the picture into px of the drawing.
func (c *Plot) place(x, y float64) (px, py float64) {
	return x * c.Drawing.Frame.Width, y * c.Drawing.Frame.Height
}

// Grab starts a drag of the handle.
func (c *Plot) Grab() { c.held, c.hot = true, 0 }

// Down notes the mark under a pressed pointer.
func (c *Plot) Down(x, y float64) {
	if c.held {
		return
	}
	c.fromX, c.fromY = c.place(x, y)
	c.aimed = c.Brush != nil && c.down
	c.pressed = c.near(c.place(x, y))
	c.point(c.pressed)
}

// Move drags the handle, brushes rows or points at a mark.
func (c *Plot) Move(x, y float64) {
	px, py := c.place(x, y)
	if c.held {
		c.Drag(px, py)
		return
	}
	if !c.sweep(px, py) {
		c.point(c.near(px, py))
	}
}

// Up ends a drag or a brush, or picks the mark that was pressed. Where there is
// none it clears the brush.
func (c *Plot) Up(x, y float64) {
	if c.held {
		c.held = false
		c.Drop()
		return
	}
	if c.settle() {
		return
	}
	switch i := c.near(c.place(x, y)); {
	case i < 0 && c.pressed < 0:
		c.unbrush()
	case i == c.pressed:
		c.pick(i)
	}
	c.pressed = -1
}

// Leave stops pointing.
func (c *Plot) Leave() {
	if !c.held && !c.focused {
		c.hot = 0
		c.light(-1)
	}
}

// Lost ends a drag that the browser took away.
func (c *Plot) Lost() {
	if c.held {
		c.held = false
		c.Drop()
	}
	c.aimed, c.swept = false, false
	if c.brushing() {
		c.Brush.cancel()
	}
}

func (c *Plot) point(i int) {
	c.hot = i + 1
	if i >= 0 && c.Look != nil {
		c.Look(c.Drawing.Mark(i).Index)
	}
	c.light(i)
}

func (c *Plot) pick(i int) {
	if c.Pick == nil || c.Light != nil && !c.isRow(i) {
		return
	}
	if index := c.Drawing.Mark(i).Index; index >= 0 {
		c.Pick(index)
	}
}

// HandleKey moves the handle by arrow keys.
func (c *Plot) HandleKey(key string, far bool) {
	right, up := arrow(key)
	if right == 0 && up == 0 {
		return
	}
	c.Nudge(right, up, far)
	c.Drop()
}

func arrow(key string) (right, up int) {
	switch key {
	case "ArrowRight":
		return 1, 0
	case "ArrowLeft":
		return -1, 0
	case "ArrowUp":
		return 0, 1
	case "ArrowDown":
		return 0, -1
	}
	return 0, 0
}

// Focus says whether the keyboard is on the marks.
func (c *Plot) Focus(on bool) {
	c.focused, c.hot, c.anchor = on, 0, 0
	if on {
		c.cursor = min(max(c.cursor, c.first()), c.Drawing.Count()-1)
		c.point(c.cursor)
	}
}

// WalkKey goes from mark to mark. With grow the rows on the way are brushed.
func (c *Plot) WalkKey(key string, grow bool) {
	n := c.Drawing.Count()
	right, up := arrow(key)
	from := c.cursor
	switch {
	case key == "Escape":
		c.anchor = 0
		c.unbrush()
		return
	case key == "Home":
		c.cursor = c.first()
	case key == "End":
		c.cursor = n - 1
	case right != 0 || up != 0:
		c.cursor = c.step(right, up)
	default:
		return
	}
	c.point(c.cursor)
	if grow && c.Brush != nil {
		if c.anchor == 0 {
			c.anchor = from + 1
		}
		x0, y0, _ := c.Drawing.At(c.anchor - 1)
		x1, y1, _ := c.Drawing.At(c.cursor)
		c.cover(x0, y0, x1, y1)
		c.keep("brush")
		return
	}
	c.anchor = 0
	c.Say(c.Drawing.Mark(c.cursor).Label)
}

// step returns the next mark in a direction: the nearest by way ahead plus
// twice the way aside. At the end it stays.
func (c *Plot) step(right, up int) int {
	cx, cy, _ := c.Drawing.At(c.cursor)
	best, cost := c.cursor, math.Inf(1)
	for i := c.first(); i < c.Drawing.Count(); i++ {
		x, y, ok := c.Drawing.At(i)
		if !ok {
			continue
		}
		ahead := (x-cx)*float64(right) - (y-cy)*float64(up)
		aside := math.Abs((x-cx)*float64(up)) + math.Abs((y-cy)*float64(right))
		if ahead > 1e-6 && ahead+2*aside < cost {
			best, cost = i, ahead+2*aside
		}
	}
	return best
}

// Choose picks the mark of the keyboard.
func (c *Plot) Choose() {
	if c.cursor < c.Drawing.Count() {
		c.pick(c.cursor)
	}
}

func centre(m *draw.Mark) (x, y float64) { return m.X + m.W/2, m.Y + m.H/2 }

// mark returns the mark that is pointed at, or nil.
func (c *Plot) mark() *draw.Mark {
	if c.Drawing == nil || c.hot < 1 || c.hot > c.Drawing.Count() {
		return nil
	}
	m := c.Drawing.Mark(c.hot - 1)
	return &m
}

func (c *Plot) ringClass() string {
	if m := c.mark(); m.W > 0 || m.H > 0 {
		return "plot-ring box"
	}
	return "plot-ring"
}

func (c *Plot) ringStyle() string {
	m := c.mark()
	return c.at(m.X, m.Y, m.W, m.H)
}

func (c *Plot) tipStyle() string {
	x, _ := centre(c.mark())
	return c.at(x, c.mark().Y, 0, 0)
}

// tipClass keeps a tip inside the picture.
func (c *Plot) tipClass() string {
	x, _ := centre(c.mark())
	s := "plot-tip"
	switch f := c.Drawing.Frame; {
	case x < f.Width/3:
		s += " start"
	case x > f.Width*2/3:
		s += " end"
	}
	if c.mark().Y < 56 {
		s += " below"
	}
	return s
}

func (c *Plot) walkable() bool { return c.Drawing != nil && c.Drawing.Count() > 0 }

// walkLabel names the keyboard's mark and says what the keys do.
func (c *Plot) walkLabel() string {
	text := capital(c.Walk) + ", " + strconv.Itoa(c.Drawing.Count()-c.first()) + ". Arrow keys walk over them"
	if c.Pick != nil {
		text += ", Enter picks one"
	}
	if c.Brush != nil {
		text += ", Shift and arrows brush several, Escape clears"
	}
	return text + "."
}

func (c *Plot) handleClass() string {
	s := "plot-handle"
	if c.Handle.Sideways {
		s += " sideways"
	}
	if c.Handle.Upright {
		s += " upright"
	}
	if c.held {
		s += " held"
	}
	return s
}

func (c *Plot) handleStyle() string {
	f := c.Drawing.Frame
	if c.Handle.Sideways {
		return "left:" + share(c.Handle.X/f.Width) + ";top:" + share(f.Top/f.Height) + ";height:" + share((f.Bottom-f.Top)/f.Height)
	}
	return c.at(c.Handle.X, c.Handle.Y, 0, 0)
}
