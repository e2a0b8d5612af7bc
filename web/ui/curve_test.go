package ui

import (
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// showCurve puts the curve of income on the workbench: four steps that start at
// 0, 10,000, 20,000 and 30,000 in a frame of 100 by 100 px.
func showCurve(t *testing.T, r *rig, change ...func(*view.Curve)) *Bench {
	t.Helper()
	s := spec.Clone(r.session.Spec())
	s.Model = spec.Model{Name: "ebm"}
	s.View = spec.View{Name: "shape", Feature: "income"}
	s.Explain.Name, s.Explain.Knobs, s.Explain.Compare, s.Explain.Output = "permutation-shap", nil, nil, ""
	r.session.Load(s)
	r.answer()
	c := view.Curve{Feature: "income", Class: "granted", Min: 0, Max: 110000, Grain: 100, Says: "On 200 unseen rows: accuracy 80.0 %, loss 0.41."}
	for i := range 4 {
		c.Steps = append(c.Steps, view.Step{Label: string(rune('a' + i)), From: float64(10000 * i), To: float64(10000 * (i + 1)), Value: float64(i), Was: float64(i), Rows: 10 * (i + 1)})
	}
	for _, f := range change {
		f(&c)
	}
	d := &draw.Drawing{Frame: draw.Frame{Width: 100, Height: 100, Left: 0, Top: 0, Right: 100, Bottom: 100, X0: 0, X1: 40000, Y0: -2, Y1: 4}}
	p := &Shown{Panel: figure.Panel{Head: view.Head{Name: "shape", Title: "What income adds"}, Drawing: d, Curve: &c, Axes: []int{1}}}
	r.session.panels["shape"] = p
	return &Bench{A: r.App}
}

func edits(r *rig) []spec.Edit { return r.session.Spec().Model.Edits }

// readable parses what the page asks the engine.
func (r *rig) readable() {
	r.t.Helper()
	if _, err := spec.Parse(encoded(r.t, r.session.Spec()), r.menu.Vocabulary); err != nil {
		r.t.Error(err)
	}
}

// TestDragChoosesAPart drags over the picture from 15 % to 60 % of its width:
// values 6,000 to 24,000, which reach three steps.
func TestDragChoosesAPart(t *testing.T) {
	r := newBench(t)
	b := showCurve(t, r)
	over, ok := b.cover().(*CurveOver)
	if !ok {
		t.Fatal("nothing lies over the curve")
	}
	c := over.T
	if in, all, _ := c.part(); in != 100 || all != 100 {
		t.Errorf("at first %d of %d rows are chosen", in, all)
	}
	c.Move(0.4)
	if c.chosen() {
		t.Error("a pointer that is not pressed chooses")
	}
	c.Down(0.6)
	c.Move(0.3)
	c.Move(0.15)
	c.Up()
	if *c.from != 6000 || *c.to != 24000 {
		t.Fatalf("%v to %v", *c.from, *c.to)
	}
	if in, _, mean := c.part(); in != 60 || math.Abs(mean-(0*10+1*20+2*30)/60.) > 1e-12 {
		t.Errorf("%d rows, mean %v", in, mean)
	}
	has(t, html(t, over), "left:0.00%;width:75.00%")
	c.Pick(2) // the release of a drag picks no step
	if *c.from != 6000 {
		t.Error("the release of a drag picked a step")
	}
	c.Down(0.9)
	c.Up()
	if c.chosen() {
		t.Error("a click on nothing leaves a part")
	}
	c.Down(0.9)
	c.Up()
	c.Pick(1)
	if first, last := c.reach(); first != 1 || last != 1 {
		t.Errorf("a click on step 1 chooses %d to %d", first, last)
	}
	other := *r.session.panels["shape"].Curve
	other.Feature = "age"
	r.session.panels["shape"].Curve = &other
	if r.session.curve().chosen() {
		t.Error("the part of another curve stays")
	}
}

// TestLiftByDragAndKey drags the grip up by a tenth of the frame in three
// moves, one edit and one undo, then presses arrow keys.
func TestLiftByDragAndKey(t *testing.T) {
	r := newBench(t)
	showCurve(t, r)
	c := r.session.curve()
	c.From("10000")
	c.To("19900")
	h := r.session.handle("shape")
	if h == nil || !h.Upright || h.Now != 1 || h.X != 37.5 || h.Y != 50 {
		t.Fatalf("grip %+v", h)
	}
	for _, y := range []float64{48, 44, 40} {
		r.session.dragTo("shape", 70, y)
	}
	if h := r.session.handle("shape"); h.Y != 40 {
		t.Errorf("the grip is at %v", h.Y)
	}
	r.session.Drop()
	want := spec.Edit{Feature: "income", Class: "granted", Do: "add", By: 0.6}
	if e := edits(r); len(e) != 1 || e[0].By != want.By || e[0].Class != want.Class || *e[0].From != 10000 || *e[0].To != 19900 {
		t.Fatalf("%+v", e)
	}
	r.readable()
	r.session.nudge("shape", 0, 1, false)
	r.session.nudge("shape", 1, 0, false)
	if e := edits(r); len(e) != 1 || e[0].By != 0.9 { // a twentieth of the frame is 0.3
		t.Errorf("after an arrow: %+v", e)
	}
	r.session.nudge("shape", 0, -1, true)
	if e := edits(r); e[0].By != -0.6 {
		t.Errorf("after a far arrow: %+v", e)
	}
	r.session.Undo()
	r.session.Undo()
	if n := len(edits(r)); n != 0 {
		t.Errorf("two undos leave %d edits", n)
	}
}

// TestButtonsChangeThePart presses every button.
func TestButtonsChangeThePart(t *testing.T) {
	r := newBench(t)
	b := showCurve(t, r)
	tools := b.below("shape").(*CurveTools)
	press := func(label string) {
		t.Helper()
		for _, a := range tools.T.actions() {
			if a.label == label {
				if a.off {
					t.Errorf("%s is off", label)
				}
				a.do()
				r.readable()
				return
			}
		}
		t.Fatalf("no button %s", label)
	}
	has(t, html(t, tools), "Edit this curve by hand", `id="curve-from"`, `id="curve-to"`, `id="curve-by"`, "accuracy 80.0 %", "a … d, 100 of 100 training rows")
	press("Raise")
	press("Raise")
	press("Lower")
	tools.T.By("0.25")
	press("Lower")
	if e := edits(r); len(e) != 1 || e[0].By != 0.05 || e[0].From != nil {
		t.Errorf("%+v", e)
	}
	tools.T.By("0.05")
	press("Lower")
	if e := edits(r); len(e) != 0 {
		t.Errorf("raised and lowered by the same: %+v", e)
	}
	tools.T.From("5000")
	for label, do := range map[string]string{"Flatten": "flatten", "Straight line": "interpolate", "Only rising": "rising", "Only falling": "falling"} {
		press(label)
		e := edits(r)
		if last := e[len(e)-1]; last.Do != do || *last.From != 5000 || last.To != nil || last.Class != "granted" || last.By != 0 {
			t.Errorf("%s: %+v", label, last)
		}
	}
	press("Remove curve")
	if e := edits(r); len(e) != 5 || e[4].From != nil || e[4].Class != "" {
		t.Errorf("%+v", e)
	}
	press("Whole curve")
	press("Undo all edits")
	if len(edits(r)) != 0 || tools.T.chosen() {
		t.Error("something is left")
	}
	for range spec.MaxEdits + 3 {
		tools.T.Do("flatten")
	}
	if n := len(edits(r)); n != spec.MaxEdits {
		t.Errorf("%d edits", n)
	}
	if tools.T.Raise(1); len(edits(r)) != spec.MaxEdits {
		t.Error("one edit too many")
	}
	r.readable()
}

// TestTypedEnds takes what is typed, in any order, and drops what is no number.
func TestTypedEnds(t *testing.T) {
	r := newBench(t)
	showCurve(t, r)
	c := r.session.curve()
	show := func() string { return end(c.from) + ".." + end(c.to) }
	for _, x := range []struct {
		set  func(string)
		text string
		want string
	}{{c.From, "12345", "12300.."}, {c.To, " 30000 ", "12300..30000"}, {c.From, "40000", "40000..40000"}, {c.To, "20000", "20000..20000"},
		{c.To, "much", "20000..20000"}, {c.From, "-7", "0..20000"}, {c.To, "1e99", "0..110000"}, {c.From, "", "..110000"}, {c.To, "NaN", "..110000"}, {c.To, "", ".."}} {
		if x.set(x.text); show() != x.want {
			t.Errorf("%q: %s, want %s", x.text, show(), x.want)
		}
	}
	for _, text := range []string{"0", "-1", "x", "2e9"} {
		if c.By(text); c.by != 0 {
			t.Errorf("a press moves by %q", text)
		}
	}
}

// TestCategoriesAreChosenByTheirStep offers what makes sense without an order.
func TestCategoriesAreChosenByTheirStep(t *testing.T) {
	r := newBench(t)
	b := showCurve(t, r, func(c *view.Curve) {
		c.Categories, c.Min, c.Max, c.Grain = []string{"a", "b", "c", "d"}, 0, 3, 1
		for i := range c.Steps {
			c.Steps[i].From, c.Steps[i].To = float64(i)-0.5, float64(i)+0.5
		}
	})
	r.session.panels["shape"].Drawing.Frame.X0, r.session.panels["shape"].Drawing.Frame.X1 = -0.5, 3.5
	b.pick("shape")(2)
	c := r.session.curve()
	if *c.from != 2 || *c.to != 2 || !strings.Contains(c.says(), "Chosen: c, 30 of 100") {
		t.Errorf("%v to %v: %s", *c.from, *c.to, c.says())
	}
	hasNot(t, html(t, b.below("shape")), "curve-from")
	for _, a := range c.actions() {
		if ordered := strings.Contains("Straight line Only rising Only falling", a.label); ordered && !a.off {
			t.Errorf("%s is offered", a.label)
		}
	}
}

// TestVerdictSpeaksOfEdits is what a screen reader hears after an edit.
func TestVerdictSpeaksOfEdits(t *testing.T) {
	r := newBench(t)
	showCurve(t, r, func(c *view.Curve) {
		c.Says = "Edited by hand: accuracy 79.0 %, before 80.0 %; loss 0.42, before 0.41; 50 of 200 unseen rows moved, 2 changed class."
	})
	r.session.curve().Raise(1)
	if said := r.session.verdict(); !strings.Contains(said, "2 changed class.") {
		t.Error(said)
	}
	if says := (&Bench{A: r.App}).says("model"); says != "Explainable boosting machine, edited" {
		t.Error(says)
	}
	r.session.SetModel("boosting")
	if len(edits(r)) != 0 {
		t.Error("another model keeps the edits")
	}
}
