//go:build !js

package main_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/spec"
)

// finding is one element that breaks one rule of axe-core.
type finding struct {
	Rule, Help, Target, HTML, Why string
}

// violations runs axe-core with all its rules over the page.
func (p *tab) violations() []finding {
	p.Helper()
	return browser.Eval[[]finding](p, p.ctx, `(async () => {
		await wb.frames(2);
		await Promise.all(document.getAnimations().filter((a) => a.effect.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {})));
		const r = await axe.run(document, { resultTypes: ["violations"] });
		return r.violations.flatMap((v) => v.nodes.map((n) => ({ rule: v.id, help: v.help, target: n.target.join(" "), html: n.html.slice(0, 200), why: n.failureSummary })));
	})()`)
}

func (p *tab) axe(where string) {
	p.Helper()
	for _, f := range p.violations() {
		p.Errorf("%s: %s (%s): %s\n%s\n%s", where, f.Rule, f.Help, f.Target, f.HTML, f.Why)
	}
}

// size makes the window that wide and high, in CSS pixels; 640 wide is also
// what a window of 1280 is at a zoom of 200 %.
func (p *tab) size(width, height int64, zoom float64) {
	p.Helper()
	browser.Do(p, p.ctx, chromedp.EmulateViewport(width, height, chromedp.EmulateScale(zoom)))
}

// media sets what the system says about a media feature.
func (p *tab) media(name, value string) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: name, Value: value}}}); err != nil {
		p.Fatal(err)
	}
}

// sideways fails where the page itself scrolls sideways.
func (p *tab) sideways(where string) {
	p.Helper()
	if over := browser.Eval[float64](p, p.ctx, `document.scrollingElement.scrollWidth - innerWidth`); over > 0 {
		wide := browser.Eval[string](p, p.ctx, `[...document.querySelectorAll("#app *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(-3).map((e) => e.outerHTML.slice(0, 120)).join("\n")`)
		p.Errorf("%s: the page is %.0f px wider than the window:\n%s", where, over, wide)
	}
}

// screen is one page that the checks look at.
type screen struct {
	name string
	open func(*tab)
}

func screens(t testing.TB) []screen {
	figure := func(name string, changes ...func(*spec.Spec)) func(*tab) {
		s := example(t, name, changes...)
		return func(p *tab) { p.show(s) }
	}
	return []screen{
		{"gallery", func(p *tab) { p.visit(""); p.done() }},
		{"tabular", figure("loans-flip", func(s *spec.Spec) { s.Explain.Compare = &spec.Choice{Name: "occlusion"} })},
		{"image", figure("digits-draw")},
		{"regression", figure("diabetes-bmi")},
		{"edited curve", figure("ebm-edit", quick)},
		{"error in a panel", figure("moons-flip", func(s *spec.Spec) { s.Explain.Counterfactual.Fixed = []string{"x", "y"} })},
		{"engine stopped", func(p *tab) { p.show(example(p, "iris-tree")); p.crash() }},
		{"broken link", func(p *tab) { p.visit("#1.A"); p.wait(`document.querySelector("main.broken")`) }},
	}
}

// everything opens what is closed, so that it is looked at too: the steps of
// the settings, the details in them, the table of rows and the table twins.
func (p *tab) everything() {
	p.Helper()
	for _, step := range []string{"data", "model", "row", "why", "flip"} {
		if browser.Eval[bool](p, p.ctx, fmt.Sprintf(`Boolean(document.querySelector('[aria-controls="step-%s"]')?.getClientRects().length)`, step)) {
			p.openStep(step)
		}
	}
	p.run(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`)
	p.run(`wb.button("Pick from a table")?.click()`)
	p.run(`document.querySelectorAll("button.twin").forEach((b) => b.click())`)
	p.done()
}

// TestAxe finds no violation of axe-core's rules on any page, light and dark,
// wide, on a phone and zoomed, as it opens and with everything opened.
func TestAxe(t *testing.T) {
	source, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal("axe-core is not installed; run: npm ci")
	}
	p := open(t, string(source), spy)
	p.expect = engineCrashes
	p.visit("")
	p.done()
	p.run(`document.querySelector("main").append(document.createElement("input"))`)
	if len(p.violations()) == 0 {
		t.Fatal("axe-core does not see a field without a name")
	}
	for _, s := range screens(t) {
		t.Run(s.name, func(t *testing.T) {
			p := p.in(t)
			for _, theme := range []string{"light", "dark"} {
				p.media("prefers-color-scheme", theme)
				p.size(1280, 900, 1)
				s.open(p)
				for _, w := range []struct {
					width int64
					zoom  float64
				}{{1280, 1}, {390, 1}, {640, 2}} {
					where := fmt.Sprintf("%s, %d px, zoom %g", theme, w.width, w.zoom)
					p.size(w.width, 900, w.zoom)
					p.settleUnlessBroken()
					p.axe(where)
					p.sideways(where)
				}
				if browser.Eval[string](t, p.ctx, `wb.root().dataset.state`) != "done" || s.name == "gallery" {
					continue
				}
				p.size(1280, 900, 1)
				p.everything()
				p.axe(theme + ", everything open")
				p.size(390, 844, 1)
				p.settleUnlessBroken()
				p.axe(theme + ", everything open, 390 px")
				p.sideways(theme + ", everything open, 390 px")
			}
		})
	}
}

func (p *tab) settleUnlessBroken() {
	p.Helper()
	if state := p.settle(); state != "done" && state != "broken" && state != "crashed" {
		p.Fatalf("the page is %q", state)
	}
}
