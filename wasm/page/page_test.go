//go:build !js

package main_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/bundle"
)

// TestPage builds the real page and opens it: the engine answers, pictures come,
// nothing breaks the policy, and a link that is not one is explained.
func TestPage(t *testing.T) {
	dir := t.TempDir()
	if _, err := bundle.Build(context.Background(), bundle.Options{Module: "../..", Out: dir, Unpacked: true}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", bundle.Policy)
		http.ServeFile(w, r, filepath.Join(dir, filepath.Clean(r.URL.Path)))
	}))
	t.Cleanup(server.Close)
	ctx := browser.Start(t)
	log := browser.Listen(ctx)
	browser.Do(t, ctx, chromedp.Navigate(server.URL))
	browser.Eval[any](t, ctx, `globalThis.tasks = [0], new PerformanceObserver((l) => tasks.push(...l.getEntries().map((e) => e.duration))).observe({type: "longtask", buffered: true})`)
	browser.Eval[any](t, ctx, `new Promise((done) => (function look() {
		if (!document.querySelector("#app .plot svg")) return setTimeout(look, 5);
		globalThis.drawn = performance.now();
		done(1);
	})())`)
	t.Logf("running after %.0f ms, shown after %.0f ms, first picture after %.0f ms",
		browser.Eval[float64](t, ctx, `performance.getEntriesByName("whybox-running")[0].startTime`),
		browser.Eval[float64](t, ctx, `performance.getEntriesByName("whybox-shown")[0].startTime`),
		browser.Eval[float64](t, ctx, `drawn`))
	browser.Wait(t, ctx, `!document.querySelector("#app .stale")`)
	t.Logf("longest task of the page over 50 ms: %.0f ms", browser.Eval[float64](t, ctx, `Math.max(...tasks)`))
	browser.Eval[any](t, ctx, `location.hash = "#1.not-a-link"`)
	browser.Wait(t, ctx, `document.querySelector("main.broken")`)
	browser.Eval[any](t, ctx, `history.back()`)
	browser.Wait(t, ctx, `!document.querySelector("main.broken") && document.querySelector("#app main")`)
	for _, line := range log.Complaints() {
		if !strings.Contains(line, "/gallery/") { // pictures made beside the build
			t.Errorf("console: %s", line)
		}
	}
}
