//go:build !js

package main_test

import (
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/browser"
)

// drawn holds once the program has drawn: before that the page shows what was
// rendered when it was built.
const drawn = `performance.getEntriesByName("whybox-shown").length`

// TestPage opens the page: the engine answers, pictures come, and a link that is
// not one is explained.
func TestPage(t *testing.T) {
	p := open(t)
	ctx := p.ctx
	p.visit("")
	browser.Eval[any](t, ctx, `globalThis.tasks = [0], new PerformanceObserver((l) => tasks.push(...l.getEntries().map((e) => e.duration))).observe({type: "longtask", buffered: true})`)
	browser.Eval[any](t, ctx, `new Promise((done) => (function look() {
		if (!document.querySelector("#app .plot svg")) return setTimeout(look, 5);
		globalThis.pictured = performance.now();
		done(1);
	})())`)
	p.wait(drawn)
	t.Logf("running after %.0f ms, shown after %.0f ms, first picture after %.0f ms",
		browser.Eval[float64](t, ctx, `performance.getEntriesByName("whybox-running")[0].startTime`),
		browser.Eval[float64](t, ctx, `performance.getEntriesByName("whybox-shown")[0].startTime`),
		browser.Eval[float64](t, ctx, `pictured`))
	browser.Wait(t, ctx, `!document.querySelector("#app .stale")`)
	t.Logf("longest task of the page over 50 ms: %.0f ms", browser.Eval[float64](t, ctx, `Math.max(...tasks)`))
	if browser.Eval[bool](t, ctx, `!!document.querySelector(".slow")`) {
		t.Error("the vector loops are not bound")
	}
	browser.Eval[any](t, ctx, `location.hash = "#1.not-a-link"`)
	browser.Wait(t, ctx, `document.querySelector("main.broken")`)
	browser.Eval[any](t, ctx, `history.back()`)
	browser.Wait(t, ctx, `!document.querySelector("main.broken") && document.querySelector("#app main")`)
}

// TestWithoutVectors opens the page in a browser that refuses the module of the
// vector loops: it works, and says that it is slower.
func TestWithoutVectors(t *testing.T) {
	p := open(t, `WebAssembly.validate = () => false`)
	p.visit("")
	p.wait(drawn)
	p.done()
	if text := browser.Eval[string](t, p.ctx, `document.querySelector(".slow")?.innerText ?? ""`); !strings.Contains(text, "takes longer") {
		t.Errorf("the page says %q", text)
	}
}
