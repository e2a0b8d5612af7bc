package ui

import "strconv"

// CurveBand lies over the picture of a curve: a drag over it chooses a part, and
// a grip on the part lifts it.
type CurveBand struct {
	T *CurveTools
}

// style covers the axes.
func (c *CurveBand) style() string {
	f := c.T.Frame
	return "left:" + share(f.Left/f.Width) + ";top:" + share(f.Top/f.Height) + ";width:" + share((f.Right-f.Left)/f.Width) + ";height:" + share((f.Bottom-f.Top)/f.Height)
}

// across turns data units into a share of the frame's width.
func (c *CurveBand) across(x float64) float64 { return (x - c.T.Frame.X0) / (c.T.Frame.X1 - c.T.Frame.X0) }

func (c *CurveBand) ends() (left, right float64) {
	first, last := c.T.reach()
	return c.across(c.T.left(first)), c.across(c.T.left(last + 1))
}

func (c *CurveBand) bandStyle() string {
	left, right := c.ends()
	return "left:" + share(left) + ";width:" + share(right-left)
}

// gripStyle puts the grip in the middle of the part, at its mean or, while it is
// lifted, where the pointer is.
func (c *CurveBand) gripStyle() string {
	left, right := c.ends()
	f := c.T.Frame
	_, _, mean := c.T.part()
	height := (f.Y1 - mean) / (f.Y1 - f.Y0)
	if c.T.lifting {
		height = c.T.height
	}
	return "left:" + share((left+right)/2) + ";top:" + share(height)
}

func (c *CurveBand) gripClass() string {
	if c.T.lifting {
		return "curve-grip held"
	}
	return "curve-grip"
}

func (c *CurveBand) mean() float64 { _, _, mean := c.T.part(); return tidy(mean) }

func (c *CurveBand) text() string {
	return "adds " + strconv.FormatFloat(c.mean(), 'g', 3, 64) + " on average, " + c.T.partText()
}

// Grab begins to lift the part; Down hears of the same press.
func (c *CurveBand) Grab() { c.T.lifting = true }

// Down begins to choose a part, or to lift the one that is grabbed. x and y are
// shares of the frame.
func (c *CurveBand) Down(x, y float64) {
	t := c.T
	t.pressed, t.dragged = true, false
	t.anchor = t.Frame.X0 + x*(t.Frame.X1-t.Frame.X0)
	t.height, t.heldHeight, t.unit = y, y, t.Frame.Y1-t.Frame.Y0
	t.held = t.edits()
}

// dragStart is how far a pointer moves, as a share of the frame, before that is
// no click any more.
const dragStart = 0.012

// Move goes on with what Down began.
func (c *CurveBand) Move(x, y float64) {
	t := c.T
	if !t.pressed {
		return
	}
	if t.lifting {
		t.height = max(0, min(1, y))
		if by := tidy((t.heldHeight - y) * t.unit); by != 0 {
			t.S.liftCurve(t.held, t.edit("add", by))
		}
		return
	}
	at := t.Frame.X0 + max(0, min(1, x))*(t.Frame.X1-t.Frame.X0)
	if moved := c.across(at) - c.across(t.anchor); moved > dragStart || moved < -dragStart {
		t.dragged = true
	}
	if t.dragged {
		t.choose(t.anchor, at)
	}
}

// Up ends it. A click on nothing chooses the whole curve; one on a step is
// picked by the plot below.
func (c *CurveBand) Up() {
	t := c.T
	switch {
	case t.lifting:
		t.S.Drop()
	case t.pressed && !t.dragged:
		t.Whole()
	}
	t.pressed, t.lifting = false, false
}

// Key lifts the part by arrow keys, further with Shift.
func (c *CurveBand) Key(key string, far bool) {
	presses := map[string]float64{"ArrowUp": 1, "ArrowDown": -1, "PageUp": 5, "PageDown": -5}[key]
	if far {
		presses *= 5
	}
	if presses != 0 {
		c.T.Raise(presses)
	}
}
