package draw

import (
	"fmt"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// cells draws counts as a grid coloured by their share of their row: of all
// rows that truly belong to a class, how many went where. It implements
// plot.Plotter.
type cells struct {
	counts [][]int
	size   float64 // of the counts, px; 0 writes none
}

// rowShare returns counts[i][j] as a share of row i.
func rowShare(counts [][]int, i, j int) float64 {
	total := 0
	for _, n := range counts[i] {
		total += n
	}
	if total == 0 {
		return 0
	}
	return float64(counts[i][j]) / float64(total)
}

func (k cells) Plot(c draw.Canvas, _ *plot.Plot) {
	n := vg.Length(len(k.counts))
	w, h := (c.Max.X-c.Min.X)/n, (c.Max.Y-c.Min.Y)/n
	gap := min(1, w/20)
	for i, row := range k.counts {
		for j, count := range row {
			left, top := c.Min.X+vg.Length(j)*w, c.Max.Y-vg.Length(i)*h
			t := rowShare(k.counts, i, j)
			text := onCividis(t)
			if count == 0 {
				text = text.Fade(0.6)
			}
			c.SetColor(cividis(t))
			c.Fill(appendRectangle(nil, left+gap, top-h+gap, left+w-gap, top-gap))
			if k.size > 0 {
				r := plain(strconv.Itoa(count), k.size, text)
				r.spans[0].bold = i == j
				put(&c, r.middle(left+w/2, top-h/2, 0.5))
			}
		}
	}
}

// confusion lays out true classes against predicted ones.
func (s *sheet) confusion(v *view.Confusion) {
	n := float64(len(v.Classes))
	names, widest := make([]string, len(v.Classes)), 0.0
	for i, c := range v.Classes {
		names[i] = shorten(c, small, 0.3*s.width, false)
		widest = max(widest, measure(names[i], small, false))
	}
	const headLine = 20.0
	left := max(widest+10, measure("true ↓", small, false)+10)
	top := 2*headLine + 2
	side := min(s.width-left-2, 420)
	if s.height == 0 {
		s.height = top + side + 2
	}
	side = max(20, min(side, s.height-top-2))
	cell := side / n

	p := newPlot(axis{lo: 0, hi: n}, axis{lo: 0, hi: n})
	size := clamp(cell*0.38, 0, 18)
	if size < 8 {
		size = 0
	}
	p.Add(cells{v.Counts, size})
	s.frame = s.add(p, left, top, left+side, top+side)
	s.frame.X0, s.frame.X1, s.frame.Y0, s.frame.Y1 = 0, 0, 0, 0

	t := texts{
		plain("predicted →", small, muted).to(vg.Length(left), 14, 0),
		plain("true ↓", small, muted).to(vg.Length(left-8), vg.Length(top-8), 1),
	}
	for i, name := range names {
		at := (float64(i) + 0.5) * cell
		column := plain(shorten(name, small, cell-4, false), small, ink)
		row := plain(name, small, ink)
		if name != v.Classes[i] {
			row.full = v.Classes[i]
		}
		if column.spans[0].text != v.Classes[i] {
			column.full = v.Classes[i]
		}
		if cell >= 16 {
			t = append(t, column.to(vg.Length(left+at), vg.Length(top-8), 0.5))
		}
		if cell >= 11 {
			t = append(t, row.to(vg.Length(left-8), vg.Length(top+at+capHalf*small), 1))
		}
	}
	s.free(t)
	for i, row := range v.Counts {
		for j, count := range row {
			s.marks = append(s.marks, Mark{
				X: left + float64(j)*cell, Y: top + float64(i)*cell, W: cell, H: cell, Index: i*len(v.Classes) + j,
				Label: fmt.Sprintf("%d of true %s predicted as %s", count, v.Classes[i], v.Classes[j]),
			})
		}
	}
}
