package figure

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/spec"
)

// sent takes a panel the way it goes to the page: its picture beside its JSON.
func sent(t *testing.T, p *Panel) *Panel {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var out Panel
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	if p.Drawing != nil {
		out.Drawing.SVG = p.Drawing.SVG
	}
	return &out
}

// shown is all that a page reads of a completed panel.
func shown(t *testing.T, p *Panel) string {
	t.Helper()
	var b strings.Builder
	c := *p
	if p.Drawing != nil {
		d := *p.Drawing
		for _, part := range d.Parts {
			b.WriteString("<g>" + part.SVG + "</g>")
		}
		d.Parts = nil
		c.Drawing = &d
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return b.String() + string(text)
}

// TestPanelsLeaveOutWhatThePageHas moves a row step by step. What a page makes
// of the answers is the same as when each panel comes whole.
func TestPanelsLeaveOutWhatThePageHas(t *testing.T) {
	for _, name := range []string{"moons-flip", "iris-tree", "loans-why", "diabetes-bmi", "digits-smooth"} {
		s := example(t, name)
		s.Explain.Counterfactual = nil
		f := build(t, NewBuilder(), s)
		views := f.Views()
		has := map[string]*Panel{}
		whole, part := 0, 0
		for step := range 4 {
			next := spec.Clone(s)
			next.Explain.Edit = map[string]float64{f.table.Columns[0].Name: float64(f.origin[0]) + float64(step/2)*f.table.Columns[0].Step}
			g := build(t, f.b, next)
			for _, v := range views {
				w := Want{View: v, Size: draw.Size{Width: 480}}
				full, err := g.Panel(w)
				if err != nil {
					t.Fatalf("%s, %s: %v", name, v, err)
				}
				full = sent(t, full)
				if !full.Complete(nil) {
					t.Fatalf("%s, %s: a whole panel is not complete", name, v)
				}
				if before := has[v]; before != nil {
					w.Has = before.Sums()
				}
				p, err := g.Panel(w)
				if err != nil {
					t.Fatal(err)
				}
				if step == 3 { // the row did not move
					whole, part = whole+size(t, full), part+size(t, p)
				}
				p = sent(t, p)
				if !p.Complete(has[v]) {
					t.Errorf("%s, %s, step %d: something was left out that the page lacks", name, v, step)
				}
				if shown(t, p) != shown(t, full) {
					t.Errorf("%s, %s, step %d: the page shows something else than the whole panel", name, v, step)
				}
				has[v] = p
			}
		}
		if part*2 > whole {
			t.Errorf("%s: %d of %d bytes were sent again", name, part, whole)
		}
	}
}

// size is what a panel takes on its way to the page, in bytes.
func size(t *testing.T, p *Panel) int {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	n := len(text)
	if p.Drawing != nil {
		n += len(p.Drawing.SVG)
	}
	return n
}

// TestCompleteNeedsWhatWasLeftOut gives a page the panels of another figure.
func TestCompleteNeedsWhatWasLeftOut(t *testing.T) {
	f := build(t, NewBuilder(), example(t, "loans-why"))
	g := build(t, NewBuilder(), example(t, "iris-tree"))
	for _, v := range []string{"waterfall", "what-if", "loss"} {
		w := Want{View: v, Size: draw.Size{Width: 480}}
		mine, err := f.Panel(w)
		if err != nil {
			t.Fatal(err)
		}
		other, err := g.Panel(Want{View: "what-if"})
		if err != nil {
			t.Fatal(err)
		}
		w.Has = mine.Sums()
		p, err := f.Panel(w)
		if err != nil {
			t.Fatal(err)
		}
		if sent(t, p).Complete(sent(t, other)) || sent(t, p).Complete(nil) {
			t.Errorf("%s is complete without what it left out", v)
		}
	}
}

// TestSums tells tables and controls apart that differ in one place.
func TestSums(t *testing.T) {
	f := build(t, NewBuilder(), example(t, examples.All()[0].Name))
	p, err := f.Panel(Want{View: "what-if"})
	if err != nil {
		t.Fatal(err)
	}
	table, controls := p.Head.Table, p.WhatIf.Controls
	before := sumOfTable(table)
	table.Rows[1][2] += " "
	if sumOfTable(table) == before {
		t.Error("a table with another cell has the same sum")
	}
	before = sumOfControls(controls)
	controls[0].Value, controls[0].Amount, controls[0].Text = 7, 7, "7"
	if sumOfControls(controls) != before {
		t.Error("a control that moved counts as another")
	}
	controls[0].Fixed = !controls[0].Fixed
	if sumOfControls(controls) == before {
		t.Error("a control that is pinned counts as the same")
	}
}

// TestShutTables leaves out tables that the page does not show, but for what
// says that they are there.
func TestShutTables(t *testing.T) {
	f := build(t, NewBuilder(), example(t, "loans-why"))
	for _, v := range f.Views() {
		w := Want{View: v, Size: draw.Size{Width: 480}}
		open, err := f.Panel(w)
		if err != nil {
			t.Fatal(err)
		}
		w.Shut = true
		shut, err := f.Panel(w)
		if err != nil {
			t.Fatal(err)
		}
		if table := shut.Head.Table; len(table.Rows) > 0 || (table.Caption != "") != (len(open.Head.Table.Rows) > 0) {
			t.Errorf("%s: shut, the table is %+v", v, table)
		}
		if !sent(t, shut).Complete(nil) {
			t.Errorf("%s: shut, the panel is not complete", v)
		}
		w.Shut, w.Has = false, shut.Sums()
		if again, err := f.Panel(w); err != nil || len(again.Head.Table.Rows) != len(open.Head.Table.Rows) {
			t.Errorf("%s: the table does not come once it is opened: %v", v, err)
		}
	}
}
