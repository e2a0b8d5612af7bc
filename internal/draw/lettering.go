package draw

import (
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of text in px.
const (
	small  = 12 // ticks, legends, axis names
	medium = 13 // names and values of marks
	large  = 17 // the title of a file
)

// Metrics of the text in em: what Liberation Sans has, near enough to every
// system sans-serif for laying out.
const (
	ascent    = 0.905
	descent   = 0.212
	capHalf   = 0.358 // half the height of a digit
	boldWiden = 1.06
	// widen leaves room for wider system fonts, such as DejaVu Sans, than the
	// one measured.
	widen = 1.19
)

// span is a piece of text in one colour and weight.
type span struct {
	text   string
	colour Colour
	bold   bool
}

// run is one line of text.
type run struct {
	spans  []span
	size   float64  // px
	at     vg.Point // of the anchor, on the baseline
	anchor float64  // 0 starts at the point, 0.5 is centred, 1 ends there
	angle  float64  // radians, counterclockwise
	halo   bool     // outlined in paper so that it reads on top of marks
	full   string   // the whole text, where spans hold a shortened one
}

// letterer is a canvas that writes runs itself, so that SVG can leave
// alignment to the font that is there.
type letterer interface{ letter(run) }

// put writes one line of text.
func put(c vg.Canvas, r run) {
	w, ok := innermost(c).(letterer)
	if !ok {
		panic("draw: canvas cannot write")
	}
	w.letter(r)
}

// innermost returns the canvas that those of gonum/plot are put around.
func innermost(c vg.Canvas) vg.Canvas {
	for {
		switch v := c.(type) {
		case draw.Canvas:
			c = v.Canvas
		case *draw.Canvas:
			c = v.Canvas
		default:
			return c
		}
	}
}

// plain is a run of a single span.
func plain(s string, size float64, colour Colour) run {
	return run{spans: []span{{text: s, colour: colour}}, size: size}
}

// to returns the run placed at x, y with its anchor.
func (r run) to(x, y vg.Length, anchor float64) run {
	r.at, r.anchor = vg.Point{X: x, Y: y}, anchor
	return r
}

// middle returns the run placed with the middle of its digits at y.
func (r run) middle(x, y vg.Length, anchor float64) run {
	return r.to(x, y-vg.Length(capHalf*r.size), anchor)
}

// width returns the estimated width in px.
func (r run) width() float64 {
	var w float64
	for _, s := range r.spans {
		w += measure(s.text, r.size, s.bold)
	}
	return w
}

// squeeze shortens a run to width px, the first spans first, and keeps the
// whole text beside it.
func (r run) squeeze(width float64) run {
	over := r.width() - width
	if over <= 0 {
		return r
	}
	full := ""
	spans := append([]span(nil), r.spans...)
	for i, s := range r.spans {
		full += s.text
		if w := measure(s.text, r.size, s.bold); over > 0 {
			spans[i].text = shorten(s.text, r.size, max(w-over, 0.3*width), s.bold)
			over -= w - measure(spans[i].text, r.size, s.bold)
		}
	}
	r.spans, r.full = spans, full
	return r
}

// measure returns the estimated width of s in px. The page's font is not
// known, so the widths are those of Liberation Sans, without kerning and with
// some room; scripts it lacks count as one em a letter where they are wide.
func measure(s string, size float64, bold bool) float64 {
	units := 0
	for _, r := range s {
		units += advance(r)
	}
	w := float64(units) * size * widen / 2048
	if bold {
		w *= boldWiden
	}
	return w
}

func advance(r rune) int {
	for i := range advances {
		if a := &advances[i]; r >= a.first && int(r-a.first) < len(a.width) {
			return int(a.width[r-a.first])
		}
	}
	switch {
	case r >= 0x300 && r < 0x370: // combining marks
		return 0
	case r >= 0x1100 || r < ' ': // control characters show as a replacement
		return 2048
	}
	return 1229
}

// shorten cuts s at the end so that it is at most width px wide. At least one
// letter stays.
func shorten(s string, size, width float64, bold bool) string {
	if measure(s, size, bold) <= width {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 1; n-- {
		short := strings.TrimRight(string(runes[:n]), " ,;:(-") + "…"
		if measure(short, size, bold) <= width {
			return short
		}
	}
	if len(runes) < 2 {
		return s
	}
	return string(runes[:1]) + "…"
}

// wrap breaks s between words into lines of at most width px.
func wrap(s string, size, width float64, bold bool) []string {
	var lines []string
	current := ""
	for _, word := range strings.Fields(s) {
		switch {
		case current == "":
			current = word
		case measure(current+" "+word, size, bold) <= width:
			current += " " + word
		default:
			lines = append(lines, shorten(current, size, width, bold))
			current = word
		}
	}
	if current != "" {
		lines = append(lines, shorten(current, size, width, bold))
	}
	return lines
}

// handler lets gonum/plot's axes write through runs. It implements
// text.Handler.
type handler struct{}

func (handler) Cache() *font.Cache { return font.DefaultCache }

func (handler) Extents(f font.Font) font.Extents {
	return font.Extents{Ascent: ascent * f.Size, Descent: descent * f.Size, Height: (ascent + descent) * f.Size}
}

func (handler) Lines(s string) []string { return []string{s} }

func (handler) Box(s string, f font.Font) (width, height, depth vg.Length) {
	return vg.Length(measure(s, float64(f.Size), f.Weight > 0)), ascent * f.Size, descent * f.Size
}

// Draw writes s so that its digits sit where sty aligns them. gonum/plot adds
// the descent to the point of every aligned text; that is taken back here.
func (handler) Draw(c vg.Canvas, s string, sty text.Style, pt vg.Point) {
	if s == "" {
		return
	}
	size := sty.Font.Size
	colour, ok := sty.Color.(Colour)
	if !ok {
		panic("draw: text in a foreign colour")
	}
	r := run{spans: []span{{text: s, colour: colour, bold: sty.Font.Weight > 0}}, size: float64(size), angle: sty.Rotation}
	y := pt.Y
	switch sty.YAlign {
	case text.YTop:
		y -= (ascent + descent) * size
	case text.YCenter:
		y -= (descent + capHalf) * size
	}
	put(c, r.to(pt.X, y, -float64(sty.XAlign)))
}

// style is the text style of an axis.
func style(size float64, colour Colour, x text.XAlignment, y text.YAlignment) text.Style {
	return text.Style{
		Color: colour, XAlign: x, YAlign: y, Handler: handler{},
		Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)},
	}
}
