package draw

import (
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// middle returns the middle of a line, px from the top.
func (o *outline) middle(i int) float64 { return o.top + (float64(i)+0.5)*o.pitch }

// column returns where the boxes of a level have their middle, px from the
// left.
func (o *outline) column(depth int) float64 {
	return o.pad + float64(depth)*o.indent + 0.5
}

func (o *outline) leafColour(amount float64) Colour {
	switch {
	case !o.adds:
		return accent
	case amount == 0:
		return muted
	}
	return signColour(amount)
}

// line writes one node.
func (o *outline) line(v *view.Tree, n *view.TreeNode, size, y float64) texts {
	left, right := o.column(n.Depth)+outlineBox/2+6, o.width
	var t texts
	at := vg.Length(y + capHalf*size)
	if v.Share != "" {
		t = append(t, plain(shareText(n.Share), size, muted).to(vg.Length(o.width), at, 1))
		right -= measure("100 %", size, false) + 10
	}
	r := run{size: size}
	if n.Depth > 0 {
		r.spans = append(r.spans, span{answer(n.Yes) + "  ", muted, n.OnPath})
	}
	if n.Leaf != "" {
		r.spans = append(r.spans, span{n.Leaf, o.leafColour(n.Amount), n.OnPath})
		return append(t, r.squeeze(right-left).to(vg.Length(left), at, 0))
	}
	colour := ink
	if n.OnPath {
		colour = accent
	}
	r.spans = append(r.spans, span{n.Feature, colour, n.OnPath}, span{" " + n.Asks + "?", colour, n.OnPath})
	for _, forms := range extras(n) {
		for _, extra := range forms {
			with := r
			with.spans = append(r.spans[:len(r.spans):len(r.spans)], span{"   " + extra, muted, false})
			if with.width() <= right-left {
				r = with
				break
			}
		}
	}
	return append(t, r.squeeze(right-left).to(vg.Length(left), at, 0))
}

// extras are what a question says where there is room, the most telling first,
// each in a long form and maybe a short one.
func extras(n *view.TreeNode) [][]string {
	var out [][]string
	if n.Value != "" {
		out = append(out, []string{"here " + n.Value})
	}
	if !n.Open {
		forms := []string{below(n)}
		if n.Below > 0 {
			forms = append(forms, strconv.Itoa(n.Below)+" more")
		}
		out = append(out, forms)
	}
	if n.Missing != "" {
		out = append(out, []string{"missing counts as " + n.Missing, "missing: " + n.Missing})
	}
	return out
}

// below says what a closed question hides.
func below(n *view.TreeNode) string {
	switch n.Below {
	case 0:
		return "2 leaves"
	case 1:
		return "1 more question"
	}
	return strconv.Itoa(n.Below) + " more questions"
}

func answer(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// shareText writes a share of rows; the ends say that they are not quite that.
func shareText(share float64) string {
	switch percent := 100 * share; {
	case share > 0 && percent < 1:
		return "< 1 %"
	case share < 1 && percent > 99:
		return "> 99 %"
	default:
		return strconv.FormatFloat(percent, 'f', 0, 64) + " %"
	}
}

// treeLabel says a line in words.
func treeLabel(v *view.Tree, n *view.TreeNode) string {
	var words []string
	start := ""
	if n.Depth > 0 {
		start = answer(n.Yes) + ": "
	}
	switch {
	case n.Leaf == "":
		start += n.Feature + " " + n.Asks + "?"
		if n.Value != "" {
			words = append(words, "here "+n.Value)
		}
		if n.Missing != "" {
			words = append(words, "a missing value counts as "+n.Missing)
		}
	case v.Adds && n.Amount > 0:
		start += "raises the " + v.Score + " by " + strings.TrimPrefix(n.Leaf, "+")
	case v.Adds && n.Amount < 0:
		start += "lowers the " + v.Score + " by " + strings.TrimPrefix(n.Leaf, "−")
	case v.Adds:
		start += "leaves the " + v.Score + " as it is"
	default:
		start += v.Score + " " + n.Leaf
	}
	if v.Share != "" {
		words = append(words, shareText(n.Share)+" of the "+v.Share)
	}
	if n.OnPath {
		words = append(words, "on the way of this row")
	}
	switch {
	case n.Leaf != "":
	case n.Open:
		words = append(words, "open")
	default:
		words = append(words, "closed, "+below(n))
	}
	return strings.Join(append([]string{start}, words...), "; ")
}

func (o outline) Plot(c draw.Canvas, _ *plot.Plot) {
	c.SetColor(accent.Fade(0.1))
	for i, n := range o.nodes {
		if n.OnPath {
			top := c.Max.Y - vg.Length(o.middle(i)-o.pitch/2)
			c.Fill(appendRectangle(nil, c.Min.X, top-vg.Length(o.pitch), c.Min.X+vg.Length(o.width), top))
		}
	}
	o.branches(c, false, draw.LineStyle{Color: muted.Fade(0.5), Width: 1})
	o.branches(c, true, draw.LineStyle{Color: accent, Width: 2})
	for i := range o.nodes {
		o.box(c, i)
	}
}

// place returns the middle of a node's box.
func (o *outline) place(c draw.Canvas, i int) vg.Point {
	return vg.Point{X: c.Min.X + vg.Length(o.column(o.nodes[i].Depth)), Y: c.Max.Y - vg.Length(o.middle(i))}
}

// branches joins every node on the path, or off it, with its question.
func (o *outline) branches(c draw.Canvas, onPath bool, style draw.LineStyle) {
	var path vg.Path
	var above []int // the last node of each level
	for i, n := range o.nodes {
		above = append(above[:n.Depth], i)
		if n.Depth == 0 || n.OnPath != onPath {
			continue
		}
		from, to := o.place(c, above[n.Depth-1]), o.place(c, i)
		path.Move(vg.Point{X: from.X, Y: from.Y - outlineBox/2})
		path.Line(vg.Point{X: from.X, Y: to.Y})
		path.Line(to)
	}
	if len(path) > 0 {
		c.SetLineStyle(style)
		c.Stroke(path)
	}
}

// box draws what opens or closes a question, or the dot of a leaf.
func (o *outline) box(c draw.Canvas, i int) {
	n, at := &o.nodes[i], o.place(c, i)
	if n.Leaf != "" {
		c.SetColor(o.leafColour(n.Amount))
		c.Fill(appendCircle(nil, at, 4.5))
		return
	}
	const half = outlineBox / 2
	frame := appendRectangle(nil, at.X-half, at.Y-half, at.X+half, at.Y+half)
	c.SetColor(paper)
	c.Fill(frame)
	style := draw.LineStyle{Color: muted, Width: 1}
	if n.OnPath {
		style = draw.LineStyle{Color: accent, Width: 1.5}
	}
	c.SetLineStyle(style)
	c.Stroke(frame)
	sign := polyline(vg.Point{X: at.X - 3, Y: at.Y}, vg.Point{X: at.X + 3, Y: at.Y})
	if !n.Open {
		sign.Move(vg.Point{X: at.X, Y: at.Y - 3})
		sign.Line(vg.Point{X: at.X, Y: at.Y + 3})
	}
	c.Stroke(sign)
}
