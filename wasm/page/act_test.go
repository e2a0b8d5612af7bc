//go:build !js

package main_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
)

// TestActions does by mouse and keys what a person does, and compares what the
// page then shows with the native result of the spec edited the same way.
func TestActions(t *testing.T) {
	p := open(t)
	for _, c := range []struct {
		name string
		do   func(*tab)
	}{
		{"pick a point", pickPoint}, {"drag the point", dragPoint}, {"move the point by keys", nudgePoint},
		{"slider", moveSlider}, {"number box", typeNumber}, {"flip and go there", flipAndGo},
		{"compare", compareTwo}, {"undo and redo", undoRedo}, {"row table", pickFromTable},
	} {
		t.Run(c.name, func(t *testing.T) { c.do(p.in(t)) })
	}
}

// drawing returns the native picture of a panel of the page.
func (p *tab) drawing(f *figure.Figure, name string) *draw.Drawing {
	p.Helper()
	for _, panel := range p.panels() {
		if panel.Name == name {
			d, err := f.Panel(wanted(panel))
			if err != nil {
				p.Fatal(err)
			}
			return d.Drawing
		}
	}
	p.Fatalf("there is no panel %q", name)
	return nil
}

// over returns the place on the screen of px of a panel's drawing.
func (p *tab) over(name string, frame draw.Frame, x, y float64) (float64, float64) {
	p.Helper()
	at := browser.Eval[[]float64](p, p.ctx, fmt.Sprintf(`wb.at(wb.panel(%q).querySelector(".plot-over"), %g, %g)`, name, x/frame.Width, y/frame.Height))
	return at[0], at[1]
}

// lonely returns a mark with nothing else near.
func lonely(t testing.TB, marks []draw.Mark) draw.Mark {
	for i, m := range marks {
		if m.Index >= 0 && !slices.ContainsFunc(append(slices.Clone(marks[:i]), marks[i+1:]...), func(o draw.Mark) bool {
			return math.Hypot(o.X-m.X, o.Y-m.Y) < 25
		}) {
			return m
		}
	}
	t.Fatal("every mark has another near")
	return draw.Mark{}
}

func pickPoint(p *tab) {
	s := example(p, "moons-flip")
	p.show(s)
	d := p.drawing(native(p, s), "surface")
	mark := lonely(p, d.Marks)
	p.clickAt(p.over("surface", d.Frame, mark.X, mark.Y))
	p.done()
	s.Explain.Row, s.Explain.Edit = &mark.Index, nil
	p.sameSpec(s)
	p.same(s)
}

func dragPoint(p *tab) {
	s := example(p, "moons-flip")
	p.show(s)
	d := p.drawing(native(p, s), "surface")
	from := browser.Eval[[]float64](p, p.ctx, `wb.at(wb.panel("surface").querySelector(".plot-handle"))`)
	x, y := (d.Frame.Left+2*d.Frame.Right)/3, (d.Frame.Top+d.Frame.Bottom)/2
	toX, toY := p.over("surface", d.Frame, x, y)
	p.run(`globalThis.tops = new Set(); (function look() {
		tops.add(wb.panel("surface").querySelector(".plot-over").getBoundingClientRect().top);
		requestAnimationFrame(look);
	})()`)
	p.mouse(chromedp.MouseMoved, from[0], from[1])
	p.mouse(chromedp.MousePressed, from[0], from[1])
	for i := range 20 {
		f := float64(i+1) / 20
		p.mouse(chromedp.MouseMoved, from[0]+f*(toX-from[0]), from[1]+f*(toY-from[1]))
	}
	p.mouse(chromedp.MouseReleased, toX, toY)
	p.done()
	if tops := browser.Eval[[]float64](p, p.ctx, `[...tops]`); len(tops) != 1 {
		p.Errorf("the picture moved under the pointer: its top was at %v px", tops)
	}
	got := p.spec()
	wantX, wantY := d.Frame.ToData(x, y)
	for name, want := range map[string]float64{"x": wantX, "y": wantY} {
		if v, ok := got.Explain.Edit[name]; !ok || math.Abs(v-want) > 0.02 {
			p.Errorf("dragged to %s = %.3f, the spec has %v", name, want, v)
		}
	}
	p.same(got)
	p.press("Undo") // the whole drag is one step
	p.done()
	p.sameSpec(s)
	p.same(s)
}

func nudgePoint(p *tab) {
	s := example(p, "moons-flip")
	p.show(s)
	f := native(p, s)
	frame := p.drawing(f, "surface").Frame
	status, err := f.Status()
	if err != nil {
		p.Fatal(err)
	}
	p.run(`wb.panel("surface").querySelector(".plot-handle").focus()`)
	p.keys(kb.ArrowRight, kb.ArrowRight, kb.ArrowDown)
	browser.Do(p, p.ctx, chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierShift)))
	p.done()
	got := p.spec()
	wantX := float64(status.X[0]) + 0.12*(frame.X1-frame.X0)
	wantY := float64(status.X[1]) - 0.01*(frame.Y1-frame.Y0)
	if e := got.Explain.Edit; math.Abs(e["x"]-wantX) > 0.02 || math.Abs(e["y"]-wantY) > 0.02 {
		p.Errorf("moved to %v, wanted about %.3f, %.3f", e, wantX, wantY)
	}
	p.same(got)
	if !browser.Eval[bool](p, p.ctx, `document.activeElement.classList.contains("plot-handle")`) {
		p.Error("the handle lost the focus")
	}
}

// control returns the index of a feature.
func control(p *tab, f *figure.Figure, feature string) int {
	p.Helper()
	panel, err := f.Panel(figure.Want{View: "what-if"})
	if err != nil {
		p.Fatal(err)
	}
	for _, c := range panel.WhatIf.Controls {
		if c.Feature == feature {
			return c.Index
		}
	}
	p.Fatalf("no feature %q", feature)
	return 0
}

func moveSlider(p *tab) {
	s := example(p, "loans-why")
	p.show(s)
	index := control(p, native(p, s), "income")
	slider := fmt.Sprintf("#what-if-%d", index)
	before := browser.Eval[float64](p, p.ctx, fmt.Sprintf("document.querySelector(%q).valueAsNumber", slider))
	at := browser.Eval[[]float64](p, p.ctx, fmt.Sprintf("wb.at(%q, 0.8)", slider))
	p.clickAt(at[0], at[1])
	p.done()
	after := browser.Eval[float64](p, p.ctx, fmt.Sprintf("document.querySelector(%q).valueAsNumber", slider))
	if after == before {
		p.Fatalf("a click on the slider left it at %v", before)
	}
	if s.Explain.Edit == nil {
		s.Explain.Edit = map[string]float64{}
	}
	s.Explain.Edit["income"] = after
	p.sameSpec(s)
	p.same(s)
}

func typeNumber(p *tab) {
	s := example(p, "loans-why")
	p.show(s)
	index := control(p, native(p, s), "debt")
	p.run(fmt.Sprintf(`(() => { const box = document.querySelector("#what-if-%d").closest(".feature").querySelector("input[type=number]"); box.focus(); box.select(); })()`, index))
	p.keys("1", "2", kb.Enter)
	p.done()
	if s.Explain.Edit == nil {
		s.Explain.Edit = map[string]float64{}
	}
	s.Explain.Edit["debt"] = 12
	p.sameSpec(s)
	p.same(s)
}

func flipAndGo(p *tab) {
	s := example(p, "iris-tree", func(s *spec.Spec) { s.Explain.Counterfactual = nil })
	p.show(s)
	p.press("What would flip this?")
	p.done()
	s.Explain.Counterfactual = &spec.Counterfactual{Name: "growing-spheres"}
	p.sameSpec(s)
	f := p.same(s)
	p.sameTables(f)
	panel, err := f.Panel(figure.Want{View: "flips"})
	if err != nil {
		p.Fatal(err)
	}
	first := panel.Flips.Items[0]
	p.click(`".flips .flip button"`)
	p.done()
	s.Explain.Edit = map[string]float64{}
	for _, c := range first.Changes {
		s.Explain.Edit[c.Feature] = c.B
	}
	p.sameSpec(s)
	p.same(s)
	if says := browser.Eval[string](p, p.ctx, `document.querySelector(".verdict-line").textContent`); !containsFirstWord(says, first.Outcome) {
		p.Errorf("after going there the model says %q, the counterfactual promised %q", says, first.Outcome)
	}
}

func compareTwo(p *tab) {
	s := example(p, "loans-why", func(s *spec.Spec) { s.Explain.Compare = nil })
	p.show(s)
	p.choose("compare", "occlusion")
	p.done()
	s.Explain.Compare = &spec.Choice{Name: "occlusion"}
	p.sameSpec(s)
	p.sameTables(p.same(s))
	for _, name := range []string{"waterfall", "waterfall-compare"} {
		if !browser.Eval[bool](p, p.ctx, fmt.Sprintf(`Boolean(wb.panel(%q)?.querySelector("svg"))`, name)) {
			p.Errorf("no picture of %s", name)
		}
	}
}

func undoRedo(p *tab) {
	s := example(p, "iris-tree")
	p.show(s)
	states := []*spec.Spec{spec.Clone(s)}
	row := 77
	for _, step := range []struct {
		do     func()
		change func()
	}{
		{func() { p.openStep("row"); p.run(`wb.set("#row", "77")`) }, func() { s.Explain.Row, s.Explain.Edit = &row, nil }},
		{func() { p.choose("explainer", "occlusion") }, func() { s.Explain.Name, s.Explain.Knobs = "occlusion", nil }},
		{func() { p.choose("model", "logistic") }, func() { s.Model = spec.Model{Name: "logistic"} }},
	} {
		step.do()
		p.done()
		step.change()
		states = append(states, spec.Clone(s))
		p.sameSpec(s)
	}
	for i := 2; i >= 0; i-- {
		p.press("Undo")
		p.done()
		p.sameSpec(states[i])
		p.same(states[i])
	}
	for i := 1; i <= 3; i++ {
		p.run(`document.activeElement.blur()`)
		browser.Do(p, p.ctx, chromedp.KeyEvent("z", chromedp.KeyModifiers(chromedp.ModifierCtrl, chromedp.ModifierShift)))
		p.done()
		p.sameSpec(states[i])
	}
	p.same(states[3])
}

// openStep opens a step of the settings if it is closed.
func (p *tab) openStep(name string) {
	p.Helper()
	head := fmt.Sprintf(`document.querySelector('[aria-controls="step-%s"]')`, name)
	if browser.Eval[string](p, p.ctx, head+`.getAttribute("aria-expanded")`) != "true" {
		p.click(head)
		p.wait(fmt.Sprintf(`document.querySelector("#step-%s").children.length > 0`, name))
	}
}

func pickFromTable(p *tab) {
	s := example(p, "wine-importance")
	p.show(s)
	p.openStep("row")
	p.press("Pick from a table")
	p.done()
	p.wait(`document.querySelectorAll("table.pick tbody tr").length > 3`)
	label := browser.Eval[string](p, p.ctx, `document.querySelectorAll("table.pick tbody button")[3].textContent`)
	p.click(`document.querySelectorAll("table.pick tbody button")[3]`)
	p.done()
	row, err := strconv.Atoi(label)
	if err != nil {
		p.Fatal(err)
	}
	s.Explain.Row, s.Explain.Edit = &row, nil
	p.sameSpec(s)
	p.same(s)
}
