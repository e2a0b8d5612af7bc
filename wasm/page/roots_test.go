//go:build !js

package main_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/memory"
	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/bundle"
	"github.com/whybox/whybox/internal/spec"
)

// openRoots opens a page with the program of testdata/roots, built as the page
// is and under the same policy.
func openRoots(t *testing.T) *tab {
	t.Helper()
	dir := t.TempDir()
	if _, err := bundle.Build(context.Background(), bundle.Options{Module: "../..", Out: dir, Program: "./wasm/page/testdata/roots", Unpacked: true}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", bundle.Policy)
		http.ServeFile(w, r, filepath.Join(dir, filepath.Clean(r.URL.Path)))
	}))
	t.Cleanup(server.Close)
	p := attach(t, browser.Start(t), server, `globalThis.workers = 0; globalThis.Worker = class extends Worker {
		constructor(...args) { super(...args); workers++; }
		terminate() { workers--; super.terminate(); }
	};`)
	p.visit("")
	p.wait("globalThis.figures")
	p.run(`(async () => {
		globalThis.sheets = await Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map(async (l) => {
			const sheet = new CSSStyleSheet();
			return sheet.replace(await (await fetch(l.href)).text());
		}));
		document.querySelector("#app").replaceChildren();
		globalThis.shown = {};
		globalThis.put = (name, spec) => {
			const host = document.createElement("div");
			host.id = name;
			document.body.append(host);
			const root = host.attachShadow({ mode: "open" });
			root.adoptedStyleSheets = sheets;
			shown[name] = { host, root, take: figures.mount(root, spec) };
		};
		globalThis.take = (name) => {
			shown[name].take();
			const left = shown[name].root.childNodes.length;
			shown[name].host.remove();
			delete shown[name];
			return left;
		};
		globalThis.all = (name) => shown[name].root.querySelector(".whybox").dataset;
		globalThis.ready = async (name) => {
			for (const end = performance.now() + 20000; performance.now() < end; await wb.frames(2)) if (all(name).state === "done") return true;
			return false;
		};
	})()`)
	return p
}

func (p *tab) put(name string, s *spec.Spec) {
	p.Helper()
	document, err := spec.Encode(s)
	if err != nil {
		p.Fatal(err)
	}
	p.run(fmt.Sprintf("put(%q, %s)", name, quoted(p, string(document))))
	p.ready(name)
}

func (p *tab) ready(name string) {
	p.Helper()
	p.run("wb.frames(2)")
	if !browser.Eval[bool](p, p.ctx, fmt.Sprintf("ready(%q)", name)) {
		p.Fatalf("figure %s is %s", name, browser.Eval[string](p, p.ctx, fmt.Sprintf("all(%q).state", name)))
	}
}

// sameFigure compares a figure's numbers, sentence and picture with the native
// ones of a spec.
func (p *tab) sameFigure(name string, s *spec.Spec) {
	p.Helper()
	f := native(p, s)
	want, err := f.Status()
	if err != nil {
		p.Fatal(err)
	}
	var texts []string
	for _, v := range want.Scores {
		texts = append(texts, strconv.FormatFloat(float64(v), 'g', -1, 32))
	}
	if got := browser.Eval[string](p, p.ctx, fmt.Sprintf("all(%q).scores", name)); got != strings.Join(texts, " ") {
		p.Errorf("figure %s has the scores %s, natively %v", name, got, texts)
	}
	panel := browser.Eval[shown](p, p.ctx, fmt.Sprintf(`(() => {
		const el = shown[%q].root.querySelector("section.panel"), svg = el.querySelector(".plot-picture svg");
		return { name: el.getAttribute("aria-labelledby").replace("panel-", ""), summary: el.querySelector(".panel-summary").textContent,
			width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
	})()`, name))
	view, err := f.Panel(wanted(panel))
	if err != nil {
		p.Fatal(err)
	}
	if panel.Summary != view.Head.Summary {
		p.Errorf("figure %s says %q, natively %q", name, panel.Summary, view.Head.Summary)
	}
}

// slide moves the author's slider of a figure and returns the spec to expect.
func (p *tab) slide(name string, s *spec.Spec, to float64) *spec.Spec {
	p.Helper()
	p.run(fmt.Sprintf(`(() => {
		const slider = shown[%q].root.querySelector(".param input");
		slider.value = %g;
		slider.dispatchEvent(new Event("input", { bubbles: true }));
		slider.dispatchEvent(new Event("change", { bubbles: true }));
	})()`, name, to))
	p.ready(name)
	next, err := spec.Set(s, s.Params[0].Path, to)
	if err != nil {
		p.Fatal(err)
	}
	return next
}

// TestTwoRoots mounts two figures in two shadow roots of one page. Each follows
// its own slider alone, and one outlives the other.
func TestTwoRoots(t *testing.T) {
	p := openRoots(t)
	a := example(t, "moons-flip", func(s *spec.Spec) {
		s.Explain.Counterfactual = nil
		s.Params = []spec.Param{{Path: "/explain/edit/x", Min: -1, Max: 2, Step: 0.05}}
	})
	b := example(t, "iris-tree", func(s *spec.Spec) {
		s.Explain.Counterfactual = nil
		s.View = spec.View{Name: "waterfall"}
		s.Params = []spec.Param{{Path: "/explain/edit/petal length", Min: 1, Max: 7, Step: 0.1}}
	})
	p.put("a", a)
	p.put("b", b)
	p.sameFigure("a", a)
	p.sameFigure("b", b)
	if n := browser.Eval[int](t, p.ctx, "workers"); n != 2 {
		t.Errorf("%d workers for two figures", n)
	}
	a = p.slide("a", a, 1.5)
	p.sameFigure("a", a)
	p.sameFigure("b", b)
	b = p.slide("b", b, 5.2)
	p.sameFigure("a", a)
	p.sameFigure("b", b)
	if left := browser.Eval[int](t, p.ctx, `take("a")`); left != 0 {
		t.Errorf("%d nodes are left in the root of the figure that went", left)
	}
	if n := browser.Eval[int](t, p.ctx, "workers"); n != 1 {
		t.Errorf("%d workers for one figure", n)
	}
	b = p.slide("b", b, 1.4)
	p.sameFigure("b", b)
}

// TestHelpersAreFreed mounts a figure that calls for helpers and removes it.
func TestHelpersAreFreed(t *testing.T) {
	p := openRoots(t)
	p.run(cores(3) + ", 0")
	p.put("f", heavy(t, 0))
	p.wait("workers === 3") // the engine and two helpers
	p.run(`take("f")`)
	if n := browser.Eval[int](t, p.ctx, "workers"); n != 0 {
		t.Errorf("%d workers are left", n)
	}
}

// used is what the page holds after a collection of garbage.
type used struct {
	js, program              float64 // bytes: of the script's heap, of the Go program's
	nodes, listeners, worker int64
}

func (p *tab) used() used {
	p.Helper()
	var u used
	for range 3 { // Go's finalizers release references of the script, which hold nodes
		u.program = browser.Eval[float64](p, p.ctx, "figures.heap()")
		if _, err := chromedp.Call(p.ctx, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
			p.Fatal(err)
		}
		p.run("wb.frames(2)")
	}
	u.js = browser.Eval[float64](p, p.ctx, "performance.memory.usedJSHeapSize")
	u.worker = browser.Eval[int64](p, p.ctx, "workers")
	counters, err := chromedp.Call(p.ctx, memory.GetDOMCounters, cdp.Empty{})
	if err != nil {
		p.Fatal(err)
	}
	u.nodes, u.listeners = counters.Nodes, counters.JsEventListeners
	return u
}

// TestFiguresAreFreed mounts and removes a figure, with its engine, 20 times:
// what the page holds stays flat.
func TestFiguresAreFreed(t *testing.T) {
	p := openRoots(t)
	s := example(t, "iris-tree")
	cycle := func(n int) {
		for range n {
			p.put("f", s)
			p.run(`take("f")`)
		}
	}
	cycle(3) // what is kept once: compiled code, caches
	first := p.used()
	p.put("f", s)
	one := p.used()
	p.run(`take("f")`)
	t.Logf("a figure holds %.0f kB of the script's heap, %.0f kB of the program's, %d nodes, %d listeners", (one.js-first.js)/1e3, (one.program-first.program)/1e3, one.nodes-first.nodes, one.listeners-first.listeners)
	if one.nodes-first.nodes < 50 || one.program-first.program < 10_000 || one.worker < 1 {
		t.Error("what is there is not seen")
	}
	var js []float64
	const rounds, each = 4, 5
	for range rounds {
		cycle(each)
		js = append(js, p.used().js)
	}
	last := p.used()
	t.Logf("after %d cycles: script heap %+.0f kB of %.0f, program heap %+.0f kB of %.0f, nodes %+d of %d, listeners %+d of %d, workers %+d; script heap every %d: %v",
		rounds*each, (last.js-first.js)/1e3, first.js/1e3, (last.program-first.program)/1e3, first.program/1e3,
		last.nodes-first.nodes, first.nodes, last.listeners-first.listeners, first.listeners, last.worker-first.worker, each, js)
	if last.worker != 0 {
		t.Errorf("%d workers are left", last.worker)
	}
	if last.nodes-first.nodes > 20 || last.listeners-first.listeners > 5 {
		t.Errorf("nodes grew by %d, listeners by %d", last.nodes-first.nodes, last.listeners-first.listeners)
	}
	// One figure in four, kept, would be seen. The script's heap counts from the
	// middle: the engine still compiles parts of itself before.
	if grown := last.js - js[1]; grown > 2*each/4*(one.js-first.js) {
		t.Errorf("the script's heap grew by %.0f kB", grown/1e3)
	}
	if grown := last.program - first.program; grown > rounds*each/4*(one.program-first.program) {
		t.Errorf("the program's heap grew by %.0f kB", grown/1e3)
	}
}
