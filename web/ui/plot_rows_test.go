package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

// swarm is a picture of three rows and two features.
func swarm(t *testing.T) *draw.Drawing {
	t.Helper()
	v := &view.Beeswarm{Cohort: view.Cohort{Rows: []int{4, 9, 17}, Present: -1, Finals: []float64{1, 2, 3}, Strands: []view.Strand{
		{Feature: "income", Index: 1, Values: []float64{-2, 0.5, 3}, Tones: []float64{0, 0.5, 1}},
		{Feature: "debt", Index: 2, Values: []float64{1, -1, 0}, Tones: []float64{0, 0.5, 1}},
	}}}
	d, err := draw.SVG(v, draw.Size{Width: 480})
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// TestPlotPicksRows points at rows by pointer and by key: Pick and Light get
// the row, and a feature's line is no row.
func TestPlotPicksRows(t *testing.T) {
	d := swarm(t)
	picked, lit := []int{}, []int{}
	c := &Plot{Drawing: d, Pick: func(i int) { picked = append(picked, i) }, Light: func(i int) { lit = append(lit, i) }, Say: func(string) {}}
	press := func(px, py float64) {
		x, y := px/d.Frame.Width, py/d.Frame.Height
		c.Down(x, y)
		c.Up(x, y)
	}
	for i, row := range []int{4, 9, 17, 4, 9, 17} {
		x, y, _ := d.At(len(d.Marks) + i)
		press(x, y)
		if picked[len(picked)-1] != row || lit[len(lit)-1] != row {
			t.Errorf("spot %d: picked %v, lit %v, want row %d", i, picked, lit, row)
		}
	}
	line := d.Marks[0]
	press(line.X+2, line.Y+2)
	if len(picked) != 6 || lit[len(lit)-1] != -1 {
		t.Errorf("the line of a feature picked %v and lit %v", picked[6:], lit[len(lit)-1])
	}
	c.Leave()
	c.Focus(true)
	c.WalkKey("ArrowRight", false)
	c.Choose()
	if got := picked[len(picked)-1]; got != 9 {
		t.Errorf("one to the right of row 4 is row %d, want 9", got)
	}
	c.WalkKey("End", false)
	c.WalkKey("Home", false)
	if c.cursor != len(d.Marks) {
		t.Errorf("Home goes to mark %d, not to the first row", c.cursor)
	}
}

// TestPlotRingsTheRowOfAnother shows a row that is pointed at elsewhere.
func TestPlotRingsTheRowOfAnother(t *testing.T) {
	d := swarm(t)
	c := &Plot{Drawing: d, Light: func(int) {}, Lit: 10}
	var want []string
	for _, i := range []int{1, 4} { // row 9 in both features
		x, y, _ := d.At(len(d.Marks) + i)
		want = append(want, c.at(x, y, 0, 0))
	}
	if got := c.lights(); !slices.Equal(got, want) {
		t.Errorf("rings at %v, want %v", got, want)
	}
	if n := strings.Count(html(t, c), "plot-ring"); n != 2 {
		t.Errorf("%d rings are shown, want 2", n)
	}
	points := &Plot{Light: func(int) {}, Lit: 6, Drawing: &draw.Drawing{Frame: draw.Frame{Width: 100, Height: 100},
		Marks: []draw.Mark{{X: 20, Y: 20, Index: 3}, {X: 80, Y: 70, Index: 5}}}}
	if got := points.lights(); len(got) != 1 || got[0] != points.at(80, 70, 0, 0) {
		t.Errorf("row 5 is ringed at %v", got)
	}
	c.Lit = 0
	if got := c.lights(); got != nil {
		t.Errorf("no row is ringed at %v", got)
	}
}

// TestPickAmongRows picks a row in a beeswarm: the spec names the row and keeps
// the class, and pointing at a row rings it in every picture of rows.
func TestPickAmongRows(t *testing.T) {
	r := newBench(t)
	r.session.SetView("beeswarm")
	r.answer()
	p := figure.Panel{Head: view.Head{Name: "beeswarm"}, Drawing: swarm(t)}
	r.session.SetSeed(4)
	id := r.session.flight
	r.Receive(worker.Answer{ID: id, Kind: worker.PanelKind, View: "beeswarm", Panel: &p, SVG: p.Drawing.SVG})
	b := &Bench{A: r.App}
	b.pick("beeswarm")(9)
	s := r.session.Spec()
	if s.Explain.Row == nil || *s.Explain.Row != 9 || s.Explain.Class != "refused" {
		t.Errorf("after picking row 9: row %v, class %q", s.Explain.Row, s.Explain.Class)
	}
	b.pick("beeswarm")(100000)
	if *r.session.Spec().Explain.Row != 9 {
		t.Error("a row that is not there was picked")
	}
	b.light("beeswarm")(17)
	has(t, html(t, b), "plot-ring")
	if b.light("waterfall") != nil || b.pick("mean-attribution") != nil {
		t.Error("bars are taken for rows")
	}
	r.session.SetRows(300)
	r.session.SetOrder("similarity")
	if v := r.session.Spec().View; v.Rows != 300 || v.Order != "similarity" {
		t.Errorf("the view is %+v", v)
	}
}

func TestToolsOfManyRows(t *testing.T) {
	r := newBench(t)
	r.session.SetView("heatmap")
	r.answer()
	c := &ViewTools{S: r.session}
	page := html(t, c)
	has(t, page, "many", "Ordered by", "all 800", "similarity")
	c.Count("300")
	if r.session.Spec().View.Rows != 300 || c.count() != "300" {
		t.Error("the number of rows is not taken")
	}
	c.Count("x")
	r.session.SetRows(123)
	r.session.SetView("surface")
	hasNot(t, html(t, c), "Ordered by")
	if o := c.counts(); o[len(o)-1].Value != "123" {
		t.Errorf("the present number is not offered: %v", o)
	}
}
