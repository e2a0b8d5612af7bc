package draw

import "math"

// letter writes a run as one <text>, each span after the first in a <tspan>.
func (c *svgCanvas) letter(r run) {
	c.flush()
	x, y := c.pixel(r.at)
	c.out = append(c.out, "<text"...)
	if r.angle != 0 {
		c.out = append(c.out, ` transform="translate(`...)
		c.out = append(appendNumber(c.out, x), ' ')
		c.out = append(appendNumber(c.out, y), ") rotate("...)
		c.out = append(appendNumber(c.out, -r.angle*180/math.Pi), `)"`...)
	} else {
		c.number("x", x)
		c.number("y", y)
	}
	c.number("font-size", r.size)
	switch {
	case r.anchor >= 0.75:
		c.attribute("text-anchor", "end")
	case r.anchor >= 0.25:
		c.attribute("text-anchor", "middle")
	}
	halo := ""
	if r.halo {
		c.out = append(c.out, ` stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`...)
		halo = "s-paper "
	}
	first := r.spans[0]
	c.spanAttributes(first, halo)
	c.out = append(c.out, '>')
	c.out = appendEscaped(c.out, first.text)
	for _, s := range r.spans[1:] {
		c.out = append(c.out, "<tspan"...)
		if first.bold && !s.bold { // which would be handed down
			c.attribute("font-weight", "400")
		}
		c.spanAttributes(s, "")
		c.out = append(c.out, '>')
		c.out = appendEscaped(c.out, s.text)
		c.out = append(c.out, "</tspan>"...)
	}
	if r.full != "" {
		c.out = append(c.out, "<title>"...)
		c.out = appendEscaped(c.out, r.full)
		c.out = append(c.out, "</title>"...)
	}
	c.out = append(c.out, "</text>"...)
}

func (c *svgCanvas) spanAttributes(s span, classes string) {
	if s.bold {
		c.attribute("font-weight", "600")
	}
	c.paint("fill", s.colour)
	if all := classes + class("f-", s.colour); all != "" {
		c.attribute("class", all)
	}
}

// appendEscaped writes s as XML character data. Control characters that XML
// forbids become a replacement character.
func appendEscaped(out []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			out = append(out, "&amp;"...)
		case r == '<':
			out = append(out, "&lt;"...)
		case r == '>':
			out = append(out, "&gt;"...)
		case r == '"':
			out = append(out, "&quot;"...)
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			out = append(out, "\uFFFD"...)
		default:
			out = append(out, string(r)...)
		}
	}
	return out
}
