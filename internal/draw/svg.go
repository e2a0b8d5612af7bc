package draw

import (
	"bytes"
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// fontStack is the system's own sans-serif.
const fontStack = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

// SVG draws a view for the page: one <svg> element whose colours follow
// figure.css. Title and summary are the page's to show. Width 0 means 640,
// height 0 what suits the view. It returns an error for a view that has no
// picture or holds numbers that cannot be drawn.
func SVG(v view.View, size Size) (Drawing, error) { return Redraw(v, size, nil) }

// Redraw is SVG for a page that shows an earlier drawing of the view: parts and
// leading marks that it has are left out.
func Redraw(v view.View, size Size, has Has) (Drawing, error) {
	s, err := lay(v, size, has)
	if err != nil {
		return Drawing{}, err
	}
	c := newSVG(s.width, s.height)
	c.has = has
	s.paint(draw.New(c))
	d := Drawing{Title: v.About().Title, Frame: s.frame, Lead: s.lead, Marks: s.marks, Spots: s.spots, Parts: c.parts}
	d.join(string(c.out))
	return d, nil
}

// join makes the picture of its parts, whose places in content are known.
func (d *Drawing) join(content string) {
	out := append(make([]byte, 0, len(content)+512), "<svg"...)
	for _, a := range d.Attributes() {
		out = append(append(append(out, ' '), a[0]...), `="`...)
		out = append(appendEscaped(out, a[1]), '"')
	}
	out = append(out, '>')
	for i := range d.Parts {
		p := &d.Parts[i]
		text := content[p.At : p.At+p.Size]
		out = append(out, "<g>"...)
		p.At = len(out)
		out = append(append(out, text...), "</g>"...)
	}
	d.SVG = string(append(out, "</svg>"...))
}

// Without returns a copy of a whole drawing that leaves out what the page has.
func (d Drawing) Without(has Has) Drawing {
	d.Parts = slices.Clone(d.Parts)
	for i := range d.Parts {
		if has.holds(d.Parts[i].Sum) {
			d.Parts[i].Size = 0
		}
	}
	if d.Lead != nil && has.holds(d.Lead.Sum) {
		d.Marks, d.Lead = d.Marks[d.Lead.Count:], &Lead{Sum: d.Lead.Sum}
	}
	d.join(d.SVG)
	return d
}

// Attributes lists the attributes of the drawing's <svg> element, names and
// values.
func (d *Drawing) Attributes() [][2]string {
	width, height := string(appendNumber(nil, d.Frame.Width)), string(appendNumber(nil, d.Frame.Height))
	return [][2]string{{"class", "drawing"}, {"viewBox", "0 0 " + width + " " + height}, {"width", width}, {"height", height},
		{"font-family", "system-ui, sans-serif"}, {"stroke-linejoin", "round"}, {"role", "img"}, {"aria-label", d.Title}}
}

func openSVG(out []byte, width, height float64) []byte {
	out = append(out, `<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 `...)
	out = append(appendNumber(out, width), ' ')
	out = append(appendNumber(out, height), `" width="`...)
	out = append(appendNumber(out, width), `" height="`...)
	out = append(appendNumber(out, height), `" font-family="system-ui, sans-serif" stroke-linejoin="round"`...)
	return out
}

// Standalone draws a view as a complete SVG file with title and summary, its
// own light and dark colours, and a description for screen readers.
func Standalone(v view.View, size Size) ([]byte, error) {
	var out []byte
	err := onPage(v, size, func(width, height float64, paint func(draw.Canvas)) error {
		c := newSVG(width, height)
		paint(draw.New(c))
		out = standalone(v.About(), c)
		return nil
	})
	return out, err
}

// Poster draws a view as a complete SVG file without title and summary, for a
// page that shows them beside it.
func Poster(v view.View, size Size) ([]byte, error) {
	s, err := lay(v, size, nil)
	if err != nil {
		return nil, err
	}
	c := newSVG(s.width, s.height)
	s.paint(draw.New(c))
	return standalone(v.About(), c), nil
}

// standalone wraps what was painted as a file.
func standalone(about *view.Head, c *svgCanvas) []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	b.Write(openSVG(nil, c.width, c.height))
	b.WriteString(` role="img" aria-labelledby="title desc">`)
	fmt.Fprintf(&b, `<title id="title">%s</title><desc id="desc">%s</desc>`,
		appendEscaped(nil, about.Title), appendEscaped(nil, about.Summary))
	b.WriteString("<style>")
	b.WriteString(standaloneStyle())
	b.WriteString("</style>")
	b.Write(c.body())
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// standaloneStyle is the part of the palette that a file needs: what differs in
// the dark.
func standaloneStyle() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "text{font-family:%s;font-variant-numeric:tabular-nums}@media (prefers-color-scheme:dark){", fontStack)
	for _, t := range themes {
		fmt.Fprintf(&b, ".f-%[1]s{fill:#%06[2]x}.s-%[1]s{stroke:#%06[2]x}", t.name, t.dark)
	}
	b.WriteString("}")
	return b.String()
}

// pageMargin surrounds a file's content, in px.
const pageMargin = 16

// heading is the title and the wrapped summary above the plot of a file.
type heading struct {
	lines  texts
	height float64 // px, with the space below
}

func newHeading(about *view.Head, width float64) heading {
	var h heading
	write := func(lines []string, size, leading float64, bold bool, colour Colour) {
		for _, l := range lines {
			h.height += leading
			r := run{spans: []span{{l, colour, bold}}, size: size}
			h.lines = append(h.lines, r.to(pageMargin, vg.Length(pageMargin+h.height-leading+size), 0))
		}
	}
	write(wrap(about.Title, large, width, true), large, 22, true, ink)
	write(wrap(about.Summary, medium, width, false), medium, 18, false, muted)
	if h.height > 0 {
		h.height += 12
	}
	return h
}

// onPage lays out a view under its heading, both within the size, and hands
// over the page's size and what paints it.
func onPage(v view.View, size Size, on func(width, height float64, paint func(draw.Canvas)) error) error {
	width := float64(size.Width)
	if width == 0 {
		width = 640
	}
	h := newHeading(v.About(), width-2*pageMargin)
	inner := Size{Width: int(width) - 2*pageMargin}
	if size.Height > 0 {
		inner.Height = max(120, size.Height-int(h.height)-2*pageMargin)
	}
	s, err := lay(v, inner, nil)
	if err != nil {
		return err
	}
	height := s.height + h.height + 2*pageMargin
	return on(width, height, func(c draw.Canvas) {
		c.SetColor(paper)
		c.Fill(appendRectangle(nil, c.Min.X, c.Min.Y, c.Max.X, c.Max.Y))
		h.lines.Plot(c, nil)
		c.Push()
		c.Translate(vg.Point{X: pageMargin, Y: pageMargin})
		s.paint(c)
		c.Pop()
	})
}
