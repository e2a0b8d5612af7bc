//go:build !js

package main_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
)

// focus is what has the focus.
type focus struct {
	Tag, ID, Classes, Text string
	Visible, Ring, Body    bool
}

func (f focus) String() string { return fmt.Sprintf("<%s #%s .%s> %q", f.Tag, f.ID, f.Classes, f.Text) }

func (p *tab) focus() focus { p.Helper(); return browser.Eval[focus](p, p.ctx, "wb.focus()") }

// kept fails when a rendering took the focus away.
func (p *tab) kept(after string) {
	p.Helper()
	p.run("wb.frames(2)")
	if f := p.focus(); f.Body {
		p.Errorf("after %s nothing has the focus", after)
	}
}

// tabTo presses Tab, or Shift and Tab, until the focused element matches a
// selector or is a button of that text, and looks at each stop on the way.
func (p *tab) tabTo(what string, back bool) {
	p.Helper()
	here := fmt.Sprintf(`(() => { const el = document.activeElement, what = %s;
		return /^[#.\[]/.test(what) ? el.matches(what) : wb.button(what) === el || (el.localName === "summary" && el.textContent === what); })()`, quoted(p, what))
	const most = 150
	for range most {
		if back {
			browser.Do(p, p.ctx, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
		} else {
			p.keys(kb.Tab)
		}
		f := p.focus()
		if !f.Visible || !f.Ring { // the styles of focus may take a frame
			p.run("wb.frames(3)")
			f = p.focus()
		}
		if !f.Body && (!f.Visible || !f.Ring) {
			p.Errorf("focus cannot be seen on %s: visible %v, ring %v", f, f.Visible, f.Ring)
		}
		if browser.Eval[bool](p, p.ctx, here) {
			return
		}
	}
	p.Fatalf("%d times Tab did not reach %q; at %s", most, what, p.focus())
}

// TestKeyboard does everything on the workbench by keys alone, from the gallery
// and back. The focus can always be seen and is never lost.
func TestKeyboard(t *testing.T) {
	p := open(t)
	p.media("prefers-reduced-motion", "reduce")
	p.visit("")
	p.done()
	step := func(what string, back bool, keys ...string) {
		t.Helper()
		p.tabTo(what, back)
		for _, k := range keys {
			p.keys(k)
		}
		p.kept(fmt.Sprintf("%q on %s", keys, what))
	}
	step(".skip", false, kb.Enter)
	questions := `document.querySelectorAll(".question").length`
	all := browser.Eval[int](t, p.ctx, questions)
	step("[name=question]", false, kb.ArrowRight)
	if n := browser.Eval[int](t, p.ctx, questions); n != 1 || all < 4 {
		t.Errorf("the gallery shows %d questions of %d, want one", n, all)
	}
	p.keys(kb.ArrowLeft)
	p.kept("going back to all questions")
	if n := browser.Eval[int](t, p.ctx, questions); n != all {
		t.Errorf("the gallery shows %d questions again, want %d", n, all)
	}
	step(named(p, "flowers"), false, kb.Enter)
	p.done()
	if f := p.focus(); f.Tag != "h1" {
		t.Errorf("on the workbench the focus is on %s", f)
	}
	is := func(what, expression string) {
		t.Helper()
		p.done()
		if !browser.Eval[bool](t, p.ctx, "Boolean("+expression+")") {
			t.Errorf("%s: not so", what)
		}
		p.kept(what)
	}

	// The point on the surface and the points around it.
	step(".plot-walk", false, kb.ArrowRight, kb.ArrowUp, kb.Enter)
	is("a point is picked", `document.activeElement.matches(".plot-walk")`)
	row := p.spec().Explain.Row
	if row == nil {
		t.Error("no row was picked")
	}
	step(".plot-handle", false, kb.ArrowRight, kb.ArrowUp)
	is("the point is moved", `document.activeElement.matches(".plot-handle")`)
	if len(p.spec().Explain.Edit) != 2 {
		t.Errorf("the edits are %v", p.spec().Explain.Edit)
	}

	// A slider and a number of the row.
	step("[id^=what-if-]", false, kb.ArrowRight, kb.ArrowRight)
	is("a slider is moved", `document.activeElement.matches("[id^=what-if-]")`)
	step(".feature input[type=number]", false, "2", kb.Enter)
	is("a number is typed", `document.activeElement.value === "2.0" || Number(document.activeElement.value) === 2`)

	// The steps: data, model, training, a knob, row, explainer, flip.
	step(`[aria-controls="step-data"]`, false, " ")
	step("#data", false, "w") // "Wine"
	is("the data is changed", `location.hash.length > 3 && document.querySelector("#data").value === "wine"`)
	step("#data", false, "i")
	is("the data is changed back", `document.querySelector("#data").value === "iris"`)
	step("#model", false, "n") // "Neural network"
	is("the model is changed", `document.querySelector("#model").value === "mlp" && wb.root().dataset.steps > 0`)
	step("Rewind to the untrained model", false, kb.Enter)
	is("rewound", `wb.root().dataset.steps === "0"`)
	step("Train one epoch more", true, kb.Enter)
	is("one epoch", `wb.root().dataset.steps > 0`)
	step("Train to the end", true, " ")
	is("trained", `wb.root().dataset.steps > 100`)
	step("Settings", false, kb.Enter)
	step("#knob-model-hidden", false)
	p.run(`document.activeElement.select()`)
	p.keys("8", kb.Enter)
	is("a knob is turned", `document.querySelector("#knob-model-hidden").value === "8"`)
	step(`[aria-controls="step-row"]`, false, kb.Enter)
	step("#row", false)
	p.run(`document.activeElement.select()`)
	p.keys("7", kb.Enter)
	is("a row is typed", `document.querySelector("#row").value === "7"`)
	step("#explainer", false, "o", "c") // "Occlusion"
	is("the explainer is changed", `document.querySelector("#explainer").value === "occlusion"`)
	step("#compare", false, "g")
	is("compared", `document.querySelector("#compare").value.startsWith("gradient")`)
	step("Take the question back", false, kb.Enter)
	is("the question is taken back", `!document.querySelector(".flips .flip")`)
	step("What would flip this?", true, kb.Enter)
	is("it is asked again", `Boolean(document.querySelector(".flips .flip"))`)
	p.sameFlips(p.same(p.spec()))

	step(".flip button", true, kb.Enter)
	is("went there", `wb.root().dataset.scores`)
	if len(p.spec().Explain.Edit) == 0 {
		t.Error("going there edited nothing")
	}
	step("Undo", true, kb.Enter)
	is("undone", `true`)
	if len(p.spec().Explain.Edit) != 0 {
		t.Errorf("undo left %v", p.spec().Explain.Edit)
	}
	step("Copy link", false, kb.Enter)
	is("copied", `wb.button("Link copied")`)
	p.same(p.spec())
	step(".brand", true, kb.Enter)
	is("back in the gallery", `document.querySelector(".cards") && document.activeElement.localName === "h1"`)
}

// named returns the whole text of the button that has a part in it.
func named(p *tab, part string) string {
	p.Helper()
	text := browser.Eval[string](p, p.ctx, fmt.Sprintf(`[...document.querySelectorAll("#app button")].map((b) => b.textContent).find((x) => x.includes(%q)) ?? ""`, part))
	if text == "" {
		p.Fatalf("no button with %q", part)
	}
	return strings.TrimSpace(text)
}

// TestReducedMotion wants nothing to move by itself for a person who asked for
// that: no animation longer than a blink, and no training slowed down to watch.
func TestReducedMotion(t *testing.T) {
	p := open(t)
	moving := `document.getAnimations().filter((a) => { const c = a.effect.getComputedTiming(); return c.activeDuration > 1; }).map((a) => a.animationName || a.transitionProperty)`
	p.media("prefers-reduced-motion", "reduce")
	p.show(example(t, "spirals-learn"))
	p.openStep("model")
	p.press("Rewind to the untrained model")
	p.done()
	start := time.Now()
	p.press("Train to the end")
	p.run("wb.frames(3)")
	if names := browser.Eval[[]string](t, p.ctx, moving); len(names) > 0 {
		t.Errorf("these move: %v", names)
	}
	p.done()
	quick := time.Since(start)
	p.media("prefers-reduced-motion", "no-preference")
	p.press("Rewind to the untrained model")
	p.done()
	start = time.Now()
	p.press("Train to the end")
	p.done()
	if slow := time.Since(start); slow < quick+time.Second {
		t.Errorf("training took %v to watch, %v without", slow, quick)
	}
}
