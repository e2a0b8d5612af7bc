//go:build !js

package main_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/spec"
)

// boosted is a sum of trees over the loans, explained over so many rows that
// every view of a table makes sense.
func boosted(t testing.TB, view string) *spec.Spec {
	return example(t, "loans-rounds", func(s *spec.Spec) {
		s.Explain.Name, s.Explain.Knobs, s.Explain.Output, s.Explain.Counterfactual = "tree-shap", nil, "margin", nil
		s.Params, s.View = nil, spec.View{Name: view, Rows: 30}
	})
}

// large lists the views that are offered as the large picture of boosted.
var large = []string{"surface", "waterfall", "force", "effect", "importance", "beeswarm", "mean-attribution", "dependence", "heatmap", "forces", "decision",
	"violin", "interactions", "tree-outline", "confusion"}

// TestAxeOfViews finds no violation of axe-core's rules on any large picture and
// on what a person sees of files of their own: light and dark, on a phone, and
// zoomed to 200 %.
func TestAxeOfViews(t *testing.T) {
	source, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal("axe-core is not installed; run: npm ci")
	}
	look := func(p *tab) {
		p.Helper()
		for _, w := range []struct {
			theme string
			width int64
			zoom  float64
		}{{"light", 1280, 1}, {"light", 640, 2}, {"dark", 390, 1}} {
			where := fmt.Sprintf("%s, %d px, zoom %g", w.theme, w.width, w.zoom)
			p.media("prefers-color-scheme", w.theme)
			p.size(w.width, 900, w.zoom)
			p.done()
			p.axe(where)
			p.sideways(where)
		}
		p.size(1280, 900, 1)
	}
	for _, name := range large {
		t.Run(name, func(t *testing.T) {
			p := open(t, string(source))
			p.show(boosted(t, name))
			look(p)
		})
	}
	t.Run("own files", func(t *testing.T) {
		p := open(t, string(source))
		p.visit("")
		p.done()
		p.drop("model.json", text(t, oracle+"model.json"), "X20.csv", text(t, oracle+"X20.csv"))
		p.wait(`document.querySelector("h1").innerText === "X20.csv · model.json"`)
		p.done()
		p.openStep("data")
		p.openStep("why")
		p.run(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`)
		look(p)
		p.openStep("model")
		p.press("Compare the rows")
		p.wait(`wb.panel("parity")?.querySelector("table")`)
		p.done()
		look(p)
		p.drop("notes.pdf", "%PDF-1.7\n1 0 obj")
		p.wait(`document.querySelector(".file-trouble")`)
		look(p)
	})
}

// chosen is the word that is chosen in a row of words.
func (p *tab) chosen(id string) string {
	p.Helper()
	return browser.Eval[string](p, p.ctx, fmt.Sprintf(`document.querySelector("[name=%s]:checked")?.parentElement.innerText ?? ""`, id))
}

// TestKeyboardOverViews goes by keys alone through the questions and, in each,
// through its pictures, over the marks of each picture, and through what stands
// above it. A row of words is one stop, and the focus stays in it.
func TestKeyboardOverViews(t *testing.T) {
	p := open(t)
	p.media("prefers-reduced-motion", "reduce")
	p.show(boosted(t, "waterfall"))
	seen := map[string]bool{}
	p.tabTo("[name=family]", false)
	for _, at := range []struct {
		family   string
		pictures int
	}{{"This row", 2}, {"All rows", 6}, {"One feature", 2}, {"The model", 4}, {"Is it right?", 1}} {
		for range 5 {
			if p.chosen("family") == at.family {
				break
			}
			p.keys(kb.ArrowRight)
			p.done()
			p.kept("an arrow key")
		}
		if got := p.chosen("family"); got != at.family {
			t.Fatalf("arrow keys did not reach %q, but %q", at.family, got)
		}
		if f := p.focus(); f.Tag != "input" || !f.Ring {
			t.Errorf("after arrow keys the focus is on %s, ring %v", f, f.Ring)
		}
		for i := range at.pictures {
			if i > 0 {
				p.tabTo("[name=view]", true)
				p.keys(kb.ArrowRight)
				p.done()
				p.kept("an arrow key")
			}
			name := p.spec().View.Name
			if seen[name] {
				t.Errorf("%s came twice", name)
			}
			seen[name] = true
			p.walk(name)
		}
		p.tabTo("[name=family]", true)
	}
	for _, name := range large {
		if !seen[name] {
			t.Errorf("keys did not reach %s", name)
		}
	}
}

// walk goes over the marks of the large picture and picks the last of them.
func (p *tab) walk(name string) {
	p.Helper()
	p.tabTo(".plot-walk", false)
	if !browser.Eval[bool](p, p.ctx, fmt.Sprintf(`wb.panel(%q).contains(document.activeElement)`, name)) {
		p.Errorf("%s: the next picture is not the large one", name)
		return
	}
	p.keys(kb.ArrowRight, kb.ArrowDown)
	p.run("wb.frames(2)")
	said := browser.Eval[string](p, p.ctx, `document.querySelector("#app [role=status]").innerText`)
	tip := browser.Eval[string](p, p.ctx, fmt.Sprintf(`wb.panel(%q).querySelector(".plot-tip")?.innerText ?? ""`, name))
	if tip == "" || said == "" {
		p.Errorf("%s: arrow keys showed %q and said %q", name, tip, said)
	}
	before := p.spec()
	p.keys(kb.Enter)
	p.done()
	p.kept("Enter on a mark of " + name)
	if after := p.spec(); after.View.Name != before.View.Name {
		p.Errorf("%s: Enter changed the view to %s", name, after.View.Name)
	}
}
