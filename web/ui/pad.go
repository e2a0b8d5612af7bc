package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/vugu/vugu"
)

// Pad lets a person draw an image row with pointer or keys.
type Pad struct {
	Height, Width int
	Pixels        []float32 // Height×Width, 0..Full
	Full          float64   // the darkest ink
	Paint         func(pixels []int, ink []float64)
	Drop          func()
	Clear, Reset  func()
	Say           func(text string)

	erase   bool
	down    bool
	cursor  int
	focused bool
}

// brush is the radius of the pen, in pixels of the image.
const brush = 0.85

// picture draws the pixels as one piece of SVG.
func (c *Pad) picture() vugu.HTML {
	var b strings.Builder
	b.WriteString(`<svg viewBox="0 0 ` + strconv.Itoa(c.Width) + " " + strconv.Itoa(c.Height) + `" aria-hidden="true" focusable="false">`)
	for i, p := range c.Pixels {
		if p <= 0 {
			continue
		}
		b.WriteString(`<rect class="ink" width="1.02" height="1.02" x="` + strconv.Itoa(i%c.Width) + `" y="` + strconv.Itoa(i/c.Width) +
			`" fill-opacity="` + strconv.FormatFloat(float64(p)/c.Full, 'f', 2, 64) + `"/>`)
	}
	b.WriteString("</svg>")
	return vugu.HTML(b.String())
}

// Start puts the pen down.
func (c *Pad) Start(x, y float64) {
	c.down = true
	c.stroke(x*float64(c.Width), y*float64(c.Height))
}

// Move draws on while the pen is down.
func (c *Pad) Move(x, y float64) {
	if c.down {
		c.stroke(x*float64(c.Width), y*float64(c.Height))
	}
}

// End lifts the pen.
func (c *Pad) End() {
	if c.down {
		c.down = false
		c.Drop()
	}
}

// stroke inks what lies under the pen, softly towards its edge, or takes the
// ink away. Ink never gets less by drawing.
func (c *Pad) stroke(x, y float64) {
	var at []int
	var ink []float64
	for r := range c.Height {
		for k := range c.Width {
			i := r*c.Width + k
			cover := 1.35 - math.Hypot(float64(k)+0.5-x, float64(r)+0.5-y)/brush
			if cover <= 0 || i >= len(c.Pixels) {
				continue
			}
			old := float64(c.Pixels[i])
			v := math.Max(old, math.Round(c.Full*math.Min(1, cover)))
			if c.erase {
				v = 0
			}
			if v != old {
				at, ink = append(at, i), append(ink, v)
			}
		}
	}
	if len(at) > 0 {
		c.Paint(at, ink)
	}
}

// Key moves over the pixels and inks them.
func (c *Pad) Key(key string) {
	row, col := c.cursor/c.Width, c.cursor%c.Width
	right, up := arrow(key)
	switch {
	case right != 0 || up != 0:
		row, col = min(max(row-up, 0), c.Height-1), min(max(col+right, 0), c.Width-1)
		c.cursor = row*c.Width + col
	case key == " " || key == "Enter":
		c.set(c.Full)
	case key == "Backspace" || key == "Delete":
		c.set(0)
	default:
		return
	}
	c.Say("Row " + strconv.Itoa(row+1) + ", column " + strconv.Itoa(col+1) + ": " + c.shade())
}

func (c *Pad) set(v float64) {
	c.Paint([]int{c.cursor}, []float64{v})
	c.Drop()
}

func (c *Pad) shade() string {
	if c.cursor >= len(c.Pixels) {
		return "empty"
	}
	return percent(float64(c.Pixels[c.cursor])/c.Full) + " ink"
}

// Focus shows or hides the cursor of the keyboard.
func (c *Pad) Focus(on bool) { c.focused = on }

// Erase changes between pen and eraser.
func (c *Pad) Erase(on bool) { c.erase = on }

func (c *Pad) cursorStyle() string {
	w, h := 1/float64(c.Width), 1/float64(c.Height)
	return "left:" + share(float64(c.cursor%c.Width)*w) + ";top:" + share(float64(c.cursor/c.Width)*h) + ";width:" + share(w) + ";height:" + share(h)
}

func (c *Pad) label() string {
	return "Drawing pad, " + strconv.Itoa(c.Height) + " by " + strconv.Itoa(c.Width) + " pixels. Arrow keys move, Space draws, Backspace erases."
}
