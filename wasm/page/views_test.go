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
		p.size(1280, 900, 1)
		p.done()
		p.axe("1280 px, light")
		p.size(640, 450, 2)
		p.done()
		p.sideways("zoomed to 200 %")
		p.media("prefers-color-scheme", "dark")
		p.size(390, 844, 1)
		p.done()
		p.axe("390 px, dark")
		p.sideways("390 px")
		p.media("prefers-color-scheme", "light")
		p.size(1280, 900, 1)
	}
	shown := open(t, string(source))
	for _, name := range large {
		t.Run(name, func(t *testing.T) {
			p := &tab{t, shown.session}
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

// TestKeyboardOverOwnFiles looks by keys alone at how a table was read, corrects
// it, and compares the scores of a model from a file.
func TestKeyboardOverOwnFiles(t *testing.T) {
	p := open(t)
	p.visit("")
	p.done()
	p.drop("model.json", text(t, oracle+"model.json"), "X20.csv", text(t, oracle+"X20.csv"))
	p.wait(`document.querySelector("h1").innerText === "X20.csv · model.json"`)
	p.done()
	p.tabTo(`[aria-controls="step-data"]`, false)
	p.keys(" ")
	p.kept("opening the data step")
	for _, what := range []string{"#data", "#open-data", "#target"} {
		p.tabTo(what, false)
	}
	p.tabTo("How it was read", false)
	p.keys(kb.Enter)
	p.kept("opening how it was read")
	p.tabTo(`[id^="kind-"]`, false)
	before := browser.Eval[string](p, p.ctx, `document.activeElement.value`)
	p.keys(kb.ArrowDown)
	p.settle()
	p.kept("another kind of column")
	if now := browser.Eval[string](p, p.ctx, `document.activeElement.value`); now == before {
		p.Errorf("an arrow key left the kind %q", before)
	}
	p.tabTo("Undo", true)
	p.keys(kb.Enter)
	p.done()
	p.tabTo("Compare the rows", false)
	p.keys(kb.Enter)
	p.wait(`wb.panel("parity")?.querySelector("table")`)
	p.done()
	p.kept("comparing the rows")
	p.tabTo(".table-wrap", true)
	if !browser.Eval[bool](p, p.ctx, `wb.panel("parity").contains(document.activeElement)`) {
		p.Error("the table of scores cannot be reached to scroll it")
	}
}
