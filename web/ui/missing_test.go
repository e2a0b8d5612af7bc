package ui

import (
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// TestMissingFeature: a feature's value is taken away and given back by a button,
// by an empty field, or as one of the categories.
func TestMissingFeature(t *testing.T) {
	nan := math.NaN()
	var set []float64
	c := &FeatureRow{Place: "what-if", Value: 24, Control: view.Control{Feature: "income", Kind: "number", Max: 100, Step: 1, Value: 24, Row: 24, Gaps: true},
		Set: func(_ string, v float64) { set = append(set, v) }, Drop: func() {}}
	has(t, html(t, c), `class="feature gappy"`, `aria-pressed="false"`, ">missing</button>", `value="24"`)
	c.Miss()
	c.Type(" ")
	c.Value = nan
	has(t, html(t, c), `class="feature edited gappy gone"`, `aria-pressed="true"`, `value=""`, `aria-valuetext="missing"`)
	c.Miss()
	c.Type("30")
	c.Control.Row = view.Value(nan)
	if c.edited() {
		t.Error("what was missing already counts as edited")
	}
	c.Miss()
	if len(set) != 5 || set[0] == set[0] || set[1] == set[1] || set[2] != 24 || set[3] != 30 || set[4] != 50 {
		t.Errorf("set to %v", set)
	}
	c.Control.Gaps, c.Control.Row, c.Value = false, 24, 24
	if c.Type(""); len(set) != 5 || strings.Contains(html(t, c), "missing") {
		t.Errorf("what cannot be missing: %v", set)
	}

	set = nil
	k := &FeatureRow{Value: 1, Control: view.Control{Feature: "colour", Kind: "category", Max: 1, Step: 1, Categories: []string{"red", "blue"}, Row: 1, Gaps: true}, Set: c.Set, Drop: c.Drop}
	if got := k.categories(); len(got) != 3 || got[2] != "missing" || k.chosen() != 1 || len(k.Control.Categories) != 2 {
		t.Errorf("%q, chosen %d", got, k.chosen())
	}
	k.Choose("2")
	k.Choose("0")
	if k.Value = nan; len(set) != 2 || set[0] == set[0] || set[1] != 0 || k.chosen() != 2 {
		t.Errorf("%v, chosen %d", set, k.chosen())
	}
}

// TestMissingTravels: the spec says missing, the handle stands in the lane, and
// the arrow keys bring it back.
func TestMissingTravels(t *testing.T) {
	r := newBench(t)
	r.session.EditOne("income", math.NaN())
	r.session.Drop()
	if !strings.Contains(string(r.last().Spec), `"income": "missing"`) {
		t.Errorf("asked %s", r.last().Spec)
	}
	f := r.session.panels["surface"].Drawing.Frame
	px, _ := f.Aside()
	_, py := f.ToPixel(0, 9000)
	if h := r.session.handle("surface"); h.X != px || h.Y != py || !strings.Contains(h.Text, "income missing") {
		t.Errorf("the handle is at %v, %v and says %q", h.X, h.Y, h.Text)
	}
	r.session.nudge("surface", 1, 0, false)
	if got := r.session.Spec().Explain.Edit["income"]; got != 51000 {
		t.Errorf("a step from the middle is %v", got)
	}
	r.session.EditOne("income", math.NaN())
	r.session.EditOne("debt", 4)
	r.session.SetModel("forest")
	if e := r.session.Spec().Explain.Edit; len(e) != 1 || e["debt"] != 4 {
		t.Errorf("another model is asked about %v", e)
	}
}

// TestHowRead: what was found is shown, what is said goes into the spec, and the
// columns are those that came of it.
func TestHowRead(t *testing.T) {
	var s shelf.Shelf
	o, err := s.Open("rows.csv", []byte("size;price;kind\n1,500;2,250;x\n3,500;;y\n5,500;-1;x\n7,250;6,125;y\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := newBench(t)
	r.App.files.known = []held{{Opened: o}}
	next := spec.Clone(r.session.Spec())
	next.Data = spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Target: "kind", Kinds: map[string]string{"size": "skip"}}}
	r.session.Load(next)
	c := &DataStep{S: r.session}
	r.session.known, r.session.status.Data = true, figure.DataStatus{Name: spec.Own, Target: "kind"}
	has(t, html(t, c), "How it was read", "as found: semicolon", "as found: comma: 1,5", "as found: names the columns", `value="na, n/a, #n/a, nan, null, ?"`, "Keep them, for a model that takes them", "kind-price")
	r.session.SetFormat("decimal", ".")
	r.session.SetFormat("header", "no")
	r.session.SetFormat("delimiter", "tab")
	r.session.SetFormat("missing", "-1,x")
	read := r.session.Spec().Data.Read
	if read.Decimal != "." || read.Header == nil || *read.Header || read.Delimiter != "tab" || len(read.Missing) != 2 || read.Target != "" || read.Kinds != nil {
		t.Errorf("%+v", read)
	}
	has(t, html(t, c), `value="-1,x"`)
	r.session.SetFormat("header", "")
	r.session.SetFormat("delimiter", "")
	if read = r.session.Spec().Data.Read; read.Header != nil || read.Delimiter != "" || read.Decimal != "." {
		t.Errorf("%+v", read)
	}
	r.session.status.Data = figure.DataStatus{Name: spec.Own, TakesGaps: true, Reading: s.Reading(r.session.Spec().Data)}
	if c.opened().Columns[1].Missing != 2 {
		t.Errorf("%+v", c.opened())
	}
	if p := c.asked()[1]; p.Value != "keep" || len(p.Options) != 3 {
		t.Errorf("%+v", p)
	}
}
