//go:build !js

package main_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/spec"
)

// TestSliderIsForeseen points at a slider until the page has asked for all
// places that a mouse can take it to, and drags it. Each step is shown in the
// next frame, without a question; it says what a figure built here says.
func TestSliderIsForeseen(t *testing.T) {
	p := open(t, spy)
	s := example(t, "loans-why", func(s *spec.Spec) { s.Explain.Counterfactual = nil })
	p.show(s)
	slider := fmt.Sprintf("#what-if-%d", control(p, native(p, s), "income"))
	p.run(fmt.Sprintf(`document.querySelector(%q).scrollIntoView({ block: "center", behavior: "instant" })`, slider))
	place := browser.Eval[[]float64](p, p.ctx, fmt.Sprintf(`(() => {
		const el = document.querySelector(%q), box = el.getBoundingClientRect();
		const at = (el.valueAsNumber - el.min) / (el.max - el.min);
		return [Math.round(box.left + 8 + (box.width - 16) * at), Math.round(box.top + box.height / 2), box.left + 8, box.right - 8];
	})()`, slider))
	x, y, left, right := place[0], place[1], place[2], place[3]
	p.mouse(chromedp.MouseMoved, x, y)
	p.wait(`(() => { // nothing was asked or answered for a while
		const now = performance.now(), last = (list) => list.length ? list[list.length - 1].at : 0;
		return spy.sent.some((q) => q.op === "ahead") && now - Math.max(last(spy.sent), last(spy.got)) > 400;
	})()`)
	if n := browser.Eval[int](p, p.ctx, `spy.sent.filter((q) => q.op === "ahead").length`); n < int(right-left)*3/4 || n > int(right-left)+8 {
		t.Errorf("a slider of %.0f px: %d places were asked ahead", right-left, n)
	}
	p.run(`globalThis.before = spy.sent.length`)
	p.mouse(chromedp.MousePressed, x, y)
	missed := 0
	for _, share := range []float64{0.1, 0.5, 0.35, 0.9} {
		p.mouse(chromedp.MouseMoved, float64(int(left+share*(right-left))), y)
		v := browser.Eval[float64](p, p.ctx, fmt.Sprintf(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector(%q).valueAsNumber))))`, slider))
		asked := browser.Eval[int](p, p.ctx, `spy.sent.length - before`)
		if asked > 0 { // the browser rounded to another place
			missed++
			p.wait(`spy.got.at(-1).id === spy.sent.at(-1).id && spy.got.at(-1).kind === "done"`)
			p.run(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`)
			p.run(`globalThis.before = spy.sent.length`)
		}
		s.Explain.Edit = map[string]float64{"income": v}
		p.same(s)
		p.rested()
	}
	if missed > 1 {
		t.Errorf("%d of 4 steps had to be asked for", missed)
	}
	p.mouse(chromedp.MouseReleased, left+0.9*(right-left), y)
	p.done()
	p.sameSpec(s)
	p.same(s)
	p.press("Undo") // the whole drag
	p.done()
	s.Explain.Edit = nil
	p.sameSpec(s)
	p.same(s)
}

// rested builds the whole page anew: nothing of it may change.
func (p *tab) rested() {
	p.Helper()
	changes := browser.Eval[string](p, p.ctx, `new Promise((done) => {
		const seen = [];
		new MutationObserver((records) => seen.push(...records)).observe(document.querySelector("#app"),
			{ subtree: true, childList: true, attributes: true, characterData: true });
		dispatchEvent(new Event("resize"));
		requestAnimationFrame(() => requestAnimationFrame(() => done(seen.map((r) =>
			r.type + " " + (r.attributeName || "") + " of " + (r.target.outerHTML || r.target.data).slice(0, 200)).join("\n"))));
	})`)
	if changes != "" {
		p.Errorf("a part of the page was not built that had to be:\n%s", changes)
	}
}
