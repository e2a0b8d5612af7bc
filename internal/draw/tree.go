package draw

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// Measures of an outline in px.
const (
	outlineLine  = 26.0 // a line's height: a finger hits it
	outlineTight = 17.0 // the least, where the height is given
	outlineBox   = 11.0 // the side of what opens and closes
)

// outline is a tree laid out, a line a node. It implements plot.Plotter.
type outline struct {
	nodes       []view.TreeNode
	adds        bool
	top, pitch  float64 // px
	indent, pad float64 // px a level, and left of the root's box
	width       float64 // px
}

// tree lays out the outline of a tree under what its leaves and shares mean.
func (s *sheet) tree(v *view.Tree) {
	o := outline{nodes: v.Nodes, adds: v.Adds, top: s.treeKey(v), pitch: outlineLine, pad: 8, width: s.width}
	deepest := 1
	for _, n := range v.Nodes {
		deepest = max(deepest, n.Depth)
	}
	o.indent = min(18, 0.04*s.width, 0.24*s.width/float64(deepest))
	lines, more := len(v.Nodes), 0
	if s.height == 0 {
		s.height = o.top + float64(lines)*o.pitch + 4
	}
	if room := s.height - o.top - 4; float64(lines)*o.pitch > room {
		o.pitch = max(outlineTight, room/float64(lines))
		if fit := int(room / o.pitch); fit < lines {
			fit = max(fit-1, 1)
			o.nodes, more = v.Nodes[:fit], lines-fit
		}
	}
	s.frame = Frame{Top: o.top, Right: s.width, Bottom: s.height}
	var t texts
	for i := range o.nodes {
		n := &o.nodes[i]
		t = append(t, o.line(v, n, s.font(), o.middle(i))...)
		s.marks = append(s.marks, Mark{Y: o.middle(i) - o.pitch/2, W: s.width, H: min(o.pitch, s.height-o.middle(i)+o.pitch/2), Index: n.Index, Label: treeLabel(v, n)})
	}
	if more > 0 {
		r := plain(fmt.Sprintf("%d more lines need a taller picture", more), small, muted).squeeze(s.width - o.pad)
		t = append(t, r.to(vg.Length(o.pad), vg.Length(o.middle(len(o.nodes))+capHalf*small), 0))
	}
	s.free(o, t)
}

// treeKey writes what colours and shares mean and returns how high that is.
func (s *sheet) treeKey(v *view.Tree) (height float64) {
	const dot, line = 14.0, 19.0
	var t texts
	x, y := 0.0, 14.0
	key := func(text string, colour Colour) {
		r := plain(text, small, muted).squeeze(s.width - x - dot)
		s.free(spot{x + 5, y - capHalf*small, colour})
		t = append(t, r.to(vg.Length(x+dot), vg.Length(y), 0))
		x += dot + r.width() + 14
	}
	if v.Adds {
		key("raises", raise)
		key("lowers the "+v.Score, lower)
	} else {
		key("a leaf: "+v.Score, accent)
	}
	if v.Share != "" {
		r := plain("of the "+v.Share, small, muted).squeeze(s.width)
		if x+r.width() > s.width {
			y += line
		}
		t = append(t, r.to(vg.Length(s.width), vg.Length(y), 1))
	}
	s.free(t)
	return y + 8
}

// spot is a filled circle in px from the top left. It implements plot.Plotter
// for a free sheet.
type spot struct {
	x, y   float64
	colour Colour
}

func (p spot) Plot(c draw.Canvas, _ *plot.Plot) {
	c.SetColor(p.colour)
	c.Fill(appendCircle(nil, vg.Point{X: c.Min.X + vg.Length(p.x), Y: c.Max.Y - vg.Length(p.y)}, 4.5))
}
