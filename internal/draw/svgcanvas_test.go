package draw

import (
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// Strokes become one element only where that looks the same: with one opaque
// pen, without dashes, and nothing drawn between them.
func TestStrokesJoin(t *testing.T) {
	line := func(x vg.Length) vg.Path { return polyline(vg.Point{X: x, Y: 1}, vg.Point{X: x, Y: 9}) }
	square := appendRectangle(nil, 1, 1, 9, 9)
	for _, c := range []struct {
		name string
		draw func(c *svgCanvas)
		want int // elements
	}{
		{"one pen", func(c *svgCanvas) { c.Stroke(line(1)); c.Stroke(line(2)); c.Stroke(line(3)) }, 1},
		{"two widths", func(c *svgCanvas) { c.Stroke(line(1)); c.SetLineWidth(2); c.Stroke(line(2)) }, 2},
		{"two colours", func(c *svgCanvas) { c.Stroke(line(1)); c.SetColor(muted); c.Stroke(line(2)) }, 2},
		{"translucent", func(c *svgCanvas) { c.SetColor(ink.Fade(0.5)); c.Stroke(line(1)); c.Stroke(line(2)) }, 2},
		{"dashed", func(c *svgCanvas) { c.SetLineDash([]vg.Length{2}, 0); c.Stroke(line(1)); c.Stroke(line(2)) }, 2},
		{"a fill between", func(c *svgCanvas) { c.Stroke(line(1)); c.Fill(square); c.Stroke(line(2)) }, 3},
		{"filled and stroked", func(c *svgCanvas) { c.Fill(square); c.Stroke(square) }, 1},
		{"filled, stroked, a line", func(c *svgCanvas) { c.Fill(square); c.Stroke(square); c.Stroke(line(1)) }, 2},
		{"two parts", func(c *svgCanvas) { c.Stroke(line(1)); c.cut("", false); c.Stroke(line(2)) }, 2},
	} {
		canvas := newSVG(10, 10)
		canvas.SetColor(ink)
		c.draw(canvas)
		body := string(canvas.body())
		if got := strings.Count(body, "<path "); got != c.want || strings.Count(body, "/>") != got {
			t.Errorf("%s: %d elements, want %d: %s", c.name, got, c.want, body)
		}
		if got, want := strings.Count(body, `d="M`), strings.Count(body, "<path "); got != want {
			t.Errorf("%s: %d paths begin, want %d: %s", c.name, got, want, body)
		}
	}
}
