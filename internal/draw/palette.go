package draw

import (
	"fmt"
	"math"
	"strings"
)

// Colour is a colour of the drawings. A named one follows the page's theme: in
// SVG it is written as a class beside its literal light value. It implements
// color.Color.
type Colour struct {
	Name    string // theme name, "" for a colour that is the same in every theme
	R, G, B uint8  // in the light theme, not premultiplied
	A       float64
}

// RGBA implements color.Color: alpha-premultiplied, 16 bits a channel.
func (c Colour) RGBA() (r, g, b, a uint32) {
	pre := func(v uint8) uint32 { return uint32(float64(v) * 257 * c.A) }
	return pre(c.R), pre(c.G), pre(c.B), uint32(65535 * c.A)
}

// Fade returns the colour with its opacity multiplied by a, 0..1.
func (c Colour) Fade(a float64) Colour {
	c.A *= a
	return c
}

// Hex returns the light value as "#rrggbb".
func (c Colour) Hex() string {
	const digits = "0123456789abcdef"
	b := [7]byte{'#'}
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		b[1+2*i], b[2+2*i] = digits[v>>4], digits[v&15]
	}
	return string(b[:])
}

// luminance is the relative luminance of WCAG 2.2, 0..1, of the light value.
func (c Colour) luminance() float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

// contrast is the contrast ratio of WCAG 2.2, 1..21.
func contrast(a, b Colour) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// theme is one custom property of figure.css in both themes.
type theme struct {
	name        string
	light, dark uint32 // 0xrrggbb
	text        bool   // used for text: at least 4.5:1 on paper; else a mark: 3:1
}

// themes is the palette. Blue lowers and orange raises, everywhere. The classes
// are the colours of Okabe and Ito (Color universal design, 2008), darkened or
// lightened until they reach 3:1 on paper, in an order that leaves blue and
// orange to the sign of an attribution for as long as it can.
var themes = [...]theme{
	{"ink", 0x1b1f24, 0xe8eaed, true},
	{"muted", 0x59636e, 0x9ba5b0, true},
	{"line", 0xdfe3e8, 0x2e343b, false},
	{"paper", 0xffffff, 0x14171b, false},
	{"accent", 0x5a3fd6, 0xab9bff, true},
	{"raise", 0xb54d00, 0xff9a4d, true},
	{"lower", 0x0b63b0, 0x6ab4ff, true},
	{"present", 0x0b0d10, 0xffffff, true},
	{"c0", 0x008a65, 0x2cc398, false}, // bluish green
	{"c1", 0xb4508c, 0xe58fc1, false}, // reddish purple
	{"c2", 0x2a86bd, 0x6cc0f2, false}, // sky blue
	{"c3", 0x8a7a00, 0xe2d44a, false}, // yellow
	{"c4", 0xcc5200, 0xff8340, false}, // vermilion
	{"c5", 0x0067a3, 0x4da3e6, false}, // blue
	{"c6", 0xb07400, 0xf0ae3c, false}, // orange
	{"c7", 0x4b4f55, 0xb9c0c8, false}, // black
}

// okabe holds the published colours themselves, for tints that must read on
// light and dark paper alike.
var okabe = [8]uint32{0x009e73, 0xcc79a7, 0x56b4e9, 0xd9cb1f, 0xd55e00, 0x0072b2, 0xe69f00, 0x808488}

var (
	ink     = named("ink")
	muted   = named("muted")
	line    = named("line")
	paper   = named("paper")
	accent  = named("accent")
	raise   = named("raise")
	lower   = named("lower")
	present = named("present")
)

func named(name string) Colour {
	for _, t := range themes {
		if t.name == name {
			c := rgb(t.light)
			c.Name = name
			return c
		}
	}
	panic("draw: no such colour")
}

func rgb(v uint32) Colour {
	return Colour{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 1}
}

// classColour returns the colour of a class; from the ninth class on colours
// repeat and only the shape tells them apart.
func classColour(class int) Colour {
	return named(string([]byte{'c', byte('0' + class%8)}))
}

// signColour returns the colour of an attribution.
func signColour(v float64) Colour {
	if v < 0 {
		return lower
	}
	return raise
}

// Stylesheet returns figure.css: the palette as custom properties for both
// themes and the classes that the drawings use.
func Stylesheet() string {
	var b strings.Builder
	b.WriteString("/* Made by go generate ./internal/draw from the palette there; do not edit. */\n")
	properties := func(selector, indent string, dark bool) {
		fmt.Fprintf(&b, "%s%s {\n", indent, selector)
		for _, t := range themes {
			v := t.light
			if dark {
				v = t.dark
			}
			fmt.Fprintf(&b, "%s  --%s: #%06x;\n", indent, t.name, v)
		}
		fmt.Fprintf(&b, "%s}\n", indent)
	}
	properties(":root, :host", "", false)
	b.WriteString("@media (prefers-color-scheme: dark) {\n")
	properties(":root, :host", "  ", true)
	b.WriteString("}\n")
	properties("[data-theme=light], :host([data-theme=light])", "", false)
	properties("[data-theme=dark], :host([data-theme=dark])", "", true)
	b.WriteString(".drawing { font-family: system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif; font-variant-numeric: tabular-nums; }\n")
	for _, t := range themes {
		fmt.Fprintf(&b, ".f-%[1]s { fill: var(--%[1]s); }\n.s-%[1]s { stroke: var(--%[1]s); }\n", t.name)
	}
	return b.String()
}
