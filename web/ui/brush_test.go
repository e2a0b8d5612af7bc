package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

// newSwarm returns a rig that shows three rows as a beeswarm, and its plot.
func newSwarm(t *testing.T) (*rig, *Plot) {
	t.Helper()
	r := newBench(t)
	r.session.SetView("beeswarm")
	r.answer()
	said := func(text string) { r.say(text) }
	return r, &Plot{ID: "panel-beeswarm", Drawing: swarm(t), Light: func(int) {}, Pick: func(int) {}, Say: said, Brush: r.session.brushOf("beeswarm")}
}

// drag moves the pressed pointer between two places in px of the drawing, and
// says what is brushed before it is let go.
func drag(c *Plot, x0, y0, x1, y1 float64) string {
	f := c.Drawing.Frame
	c.Hold(true)
	c.Down(x0/f.Width, y0/f.Height)
	for i := range 5 {
		k := float64(i+1) / 5
		c.Hold(true)
		c.Move((x0+k*(x1-x0))/f.Width, (y0+k*(y1-y0))/f.Height)
	}
	return spec.BrushText(c.Brush.rows)
}

// around returns a box about the points of some rows in the first feature.
func around(d *draw.Drawing, spots ...int) (x0, y0, x1, y1 float64) {
	x0, y0, _ = d.At(len(d.Marks) + spots[0])
	x1, y1, _ = d.At(len(d.Marks) + spots[len(spots)-1])
	return min(x0, x1) - 4, min(y0, y1) - 4, max(x0, x1) + 4, max(y0, y1) + 4
}

// TestBrushByPointer drags over two of three rows: nothing is asked or written
// before the button is let go, and then once.
func TestBrushByPointer(t *testing.T) {
	r, c := newSwarm(t)
	asked, edits := len(r.questions), len(r.session.history.past)
	x0, y0, x1, y1 := around(c.Drawing, 0, 1)
	if got := drag(c, x0, y0, x1, y1); got != "4,9" {
		t.Errorf("over rows 4 and 9 the brush has %q", got)
	}
	page := html(t, c)
	has(t, page, "plot-veil", "plot-box", "2 of 3 rows brushed", `mask="url(#panel-beeswarm-brush)"`)
	if len(r.questions) != asked || r.session.Spec().View.Brush != "" || len(r.session.history.past) != edits {
		t.Error("the gesture is written, or asked about, before its end")
	}
	c.Up(x1/c.Drawing.Frame.Width, y1/c.Drawing.Frame.Height)
	if r.session.Spec().View.Brush != "4,9" || len(r.session.history.past) != edits+1 || r.said != "2 of 3 rows brushed" {
		t.Errorf("at the end: %q, %d edits, said %q", r.session.Spec().View.Brush, len(r.session.history.past)-edits, r.said)
	}
	if r.asked().View.Brush != "4,9" || !slices.ContainsFunc(r.last().Want, func(w figure.Want) bool { return w.View == "brush" }) {
		t.Errorf("asked about %q, for %v", r.asked().View.Brush, r.last().Want)
	}
	c.Brush = r.session.brushOf("beeswarm")
	page = html(t, c)
	has(t, page, "plot-veil")
	hasNot(t, page, "plot-box")
	r.answer()
	if r.said != "Summary of brush." {
		t.Errorf("then %q is said", r.said)
	}
	r.Undo()
	r.session.brushOf("beeswarm")
	if c.veil() != nil || r.session.Spec().View.Brush != "" {
		t.Error("undone, the brush is still there")
	}
	r.session.Redo()
	r.session.brushOf("beeswarm")
	if c.veil() == nil || c.veil().of != 2 {
		t.Error("redone, the brush is not there")
	}
	// A press on nothing clears; one on a row picks it.
	picked := -1
	c.Pick = func(row int) { picked = row }
	drag(c, x0+4, y0+4, x0+5, y0+4)
	c.Up((x0+5)/c.Drawing.Frame.Width, (y0+4)/c.Drawing.Frame.Height)
	if picked != 4 || r.session.Spec().View.Brush != "4,9" {
		t.Errorf("a click picked %d, the brush is %q", picked, r.session.Spec().View.Brush)
	}
	c.Hold(true)
	c.Down(0.999, 0.001)
	c.Up(0.999, 0.001)
	if r.session.Spec().View.Brush != "" || r.said != "No rows brushed." {
		t.Errorf("a click on nothing leaves %q", r.session.Spec().View.Brush)
	}
}

// Undo is the app's, as the key does it.
func (r *rig) Undo() { r.Key("z", true, false, false) }

// TestBrushIsDropped ends gestures in other ways than by letting go.
func TestBrushIsDropped(t *testing.T) {
	r, c := newSwarm(t)
	r.session.SetBrush("17", "")
	x0, y0, x1, y1 := around(c.Drawing, 0, 1)
	for name, end := range map[string]func(){
		"scrolling":     c.Lost,
		"Escape":        func() { r.Key("Escape", false, false, false) },
		"a lost button": func() { c.Hold(false); c.Move(0.5, 0.5) },
	} {
		c.Brush = r.session.brushOf("beeswarm")
		if got := drag(c, x0, y0, x1, y1); got != "4,9" {
			t.Errorf("%s: dragging brushed %q", name, got)
		}
		end()
		c.Hold(true)
		c.Move(0.1, 0.1) // a gesture that was dropped does not go on
		if got := spec.BrushText(c.Brush.rows); c.brushing() || got != "17" || r.session.Spec().View.Brush != "17" {
			t.Errorf("after %s the brush is %q, the spec's %q", name, got, r.session.Spec().View.Brush)
		}
		c.Up(0.1, 0.1)
		if r.session.Spec().View.Brush != "17" {
			t.Errorf("after %s, letting go made it %q", name, r.session.Spec().View.Brush)
		}
	}
	r.Key("Escape", false, false, false)
	if r.session.Spec().View.Brush != "" {
		t.Error("Escape leaves the brush")
	}
	c.Brush = nil
	c.Hold(true)
	c.Down(0.1, 0.1)
	c.Move(0.9, 0.9)
	c.Up(0.9, 0.9)
	c.WalkKey("Escape", false)
}

// TestBrushByKey grows a brush from the present row, shrinks it and clears it.
func TestBrushByKey(t *testing.T) {
	r, c := newSwarm(t)
	edits := len(r.session.history.past)
	c.Focus(true)
	for _, step := range []struct {
		key   string
		grow  bool
		brush string
	}{{"ArrowRight", true, "4,9"}, {"ArrowRight", true, "4,9,17"}, {"ArrowLeft", true, "4,9"}, {"ArrowLeft", false, "4,9"}, {"ArrowRight", true, "4,9"}} {
		c.WalkKey(step.key, step.grow)
		c.Brush = r.session.brushOf("beeswarm")
		if got := r.session.Spec().View.Brush; got != step.brush {
			t.Errorf("after %s the brush is %q, want %q", step.key, got, step.brush)
		}
	}
	if r.said != "2 of 3 rows brushed" || len(r.session.history.past) != edits+1 {
		t.Errorf("said %q, %d edits", r.said, len(r.session.history.past)-edits)
	}
	r.now = r.now.Add(2 * time.Second)
	c.WalkKey("Escape", false)
	if r.session.Spec().View.Brush != "" || len(r.session.history.past) != edits+2 {
		t.Errorf("Escape leaves %q", r.session.Spec().View.Brush)
	}
	has(t, c.walkLabel(), "Shift and arrows brush several")
}

// TestBrushInTheSpec shows the brush of a link, and drops it with the rows it
// was of.
func TestBrushInTheSpec(t *testing.T) {
	r, _ := newSwarm(t)
	s := spec.Clone(r.session.Spec())
	s.View.Brush = "9"
	r.session.Load(s)
	r.answer()
	p := figure.Panel{Head: view.Head{Name: "beeswarm"}, Drawing: swarm(t)}
	r.session.SetSeed(s.Seed)
	r.session.SetBrush("9", "")
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.PanelKind, View: "beeswarm", Panel: &p, SVG: p.Drawing.SVG})
	page := html(t, &Bench{A: r.App})
	has(t, page, "plot-veil", "Clear the brush", "Summary of brush.")
	if n := strings.Count(page, "panel-brush\""); n < 1 {
		t.Error("no panel speaks of the brush")
	}
	for name, change := range map[string]func(){
		"a knob of the data": func() { r.session.SetKnob(dataPart, "rows", 300.0) },
		"another seed":       func() { r.session.SetSeed(77) },
		"other data":         func() { r.session.SetData("iris") },
		"the button":         func() { r.session.brushOf("brush").Clear() },
	} {
		r.session.Load(s)
		change()
		if got := r.session.Spec().View.Brush; got != "" {
			t.Errorf("%s leaves the brush %q", name, got)
		}
	}
	r.session.Load(s)
	r.session.SetKnob(modelPart, "epochs", 3.0)
	if r.session.Spec().View.Brush != "9" {
		t.Error("a knob of the model drops the brush")
	}
	if r.session.brushOf("waterfall") != nil || r.session.brushOf("surface") == nil {
		t.Error("bars are taken for rows, or points are not")
	}
}

// TestBrushTooScattered marks more rows than a spec can hold.
func TestBrushTooScattered(t *testing.T) {
	r, c := newSwarm(t)
	rows := make([]bool, 60000)
	for i := range rows {
		rows[i] = i%4 == 0
	}
	c.Brush.plot = c
	c.Brush.set(rows)
	c.keep("")
	if r.session.Spec().View.Brush != "" || !strings.Contains(r.said, "too many") || c.Brush.shown() {
		t.Errorf("kept %d bytes, said %q", len(r.session.Spec().View.Brush), r.said)
	}
}
