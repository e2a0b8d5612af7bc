//go:build !js

package host_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/bundle"
)

// scratch is a folder for all tests.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "host")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// built builds the test program once, the way the page is built, and returns
// the folder.
var built = sync.OnceValues(func() (string, error) {
	static, out := filepath.Join(scratch, "static"), filepath.Join(scratch, "out")
	if err := os.CopyFS(static, os.DirFS("../../web/static")); err != nil {
		return "", err
	}
	for _, name := range []string{"style.css", "gallery.css", "figure.css"} {
		if err := os.WriteFile(filepath.Join(static, name), []byte("body { margin: 0 }\n"), 0o644); err != nil {
			return "", err
		}
	}
	_, err := bundle.Build(context.Background(), bundle.Options{Module: "../..", Out: out, Static: static, Program: "./wasm/host/testdata/app", Unpacked: true})
	return out, err
})

// open returns a tab at the built page. missing names files that the server
// answers with 404; script runs before the page's own.
func open(t *testing.T, missing, script string) (context.Context, *browser.Log) {
	t.Helper()
	dir, err := built()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", bundle.Policy)
		if missing != "" && strings.HasSuffix(r.URL.Path, missing) {
			http.NotFound(w, r)
			return
		}
		http.ServeFile(w, r, filepath.Join(dir, filepath.Clean(r.URL.Path)))
	}))
	t.Cleanup(server.Close)
	ctx := browser.Start(t)
	log := browser.Listen(ctx)
	if script != "" {
		if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
			t.Fatal(err)
		}
	}
	browser.Do(t, ctx, chromedp.Navigate(server.URL+"/?x=1"))
	return ctx, log
}

// ready holds once the program offers its app; until then the name means the
// element with that id.
const ready = `app.heard`

func TestEngine(t *testing.T) {
	ctx, log := open(t, "", "")
	browser.Wait(t, ctx, `app.heard && app.heard.includes("ready") && app.heard.includes("answer early")`)
	t.Logf("cold start: program running after %.0f ms", browser.Eval[float64](t, ctx, `performance.getEntriesByName("whybox-running")[0].startTime`))

	// Questions get through while the engine computes.
	waits := browser.Eval[[]float64](t, ctx, `(async () => {
		const waits = [];
		app.post("work");
		for (let i = 0; i < 30; i++) {
			await new Promise((go) => setTimeout(go, 37));
			const start = performance.now();
			app.post("echo " + i);
			while (!app.heard.includes("answer echo " + i + "<svg/>")) await new Promise((go) => setTimeout(go, 1));
			waits.push(performance.now() - start);
		}
		return waits.sort((a, b) => a - b);
	})()`)
	browser.Wait(t, ctx, `app.heard.some((h) => h.startsWith("answer worked"))`)
	t.Logf("answer during computing: median %.1f ms, worst %.1f ms; %s", waits[15], waits[29], browser.Eval[string](t, ctx, `app.heard.find((h) => h.startsWith("answer worked"))`))
	if waits[15] > 50 { // the worst depends on what else the machine does
		t.Errorf("half of the questions waited over %.0f ms", waits[15])
	}

	// A panic is reported in Go's words, and a new engine takes over.
	browser.Eval[any](t, ctx, `app.heard.length = 0, app.post("panic")`)
	browser.Wait(t, ctx, `app.heard.length > 0`)
	if got := browser.Eval[string](t, ctx, `app.heard[0]`); !strings.HasPrefix(got, "crashed panic: runtime error: index out of range [5] with length 0") || strings.Contains(got, "goroutine 1") {
		t.Errorf("heard %q", got)
	}
	browser.Eval[any](t, ctx, `app.heard.length = 0, app.post("echo lost"), app.restart(), app.post("echo again")`)
	browser.Wait(t, ctx, `app.heard.join() === "ready,answer echo again<svg/>"`)
	browser.Eval[any](t, ctx, `app.heard.length = 0, app.post("end")`)
	browser.Wait(t, ctx, `app.heard.join() === "crashed The engine ended."`)

	// Even an engine that hears nothing is replaced.
	browser.Eval[any](t, ctx, `app.restart(), app.post("hog"), app.heard.length = 0, app.restart(), app.post("echo back")`)
	browser.Wait(t, ctx, `app.heard.join() === "ready,answer echo back<svg/>"`)
	if n := browser.Eval[float64](t, ctx, `app.heard.filter((h) => h.startsWith("crashed")).length`); n != 0 {
		t.Errorf("%v crashes of an engine that was stopped", n)
	}
	for _, line := range log.Complaints() {
		if !strings.Contains(line, "exit code: 2") { // Go's own word on the panic
			t.Errorf("console: %s", line)
		}
	}
}

func TestAddress(t *testing.T) {
	ctx, _ := open(t, "", "")
	browser.Wait(t, ctx, ready)
	for _, c := range []struct{ script, want string }{
		{`app.hash("#1.abc", false) + location.search + history.length`, "#1.abc?x=13"},
		{`app.hash("#1.def", true) + location.search + history.length`, "#1.def?x=13"},
		{`app.hash("", false) + location.href.endsWith("/?x=1") + history.length`, "true4"},
		{`String(app.media("(min-width: 1px)")) + app.media("(max-width: 1px)")`, "truefalse"},
	} {
		if got := browser.Eval[string](t, ctx, c.script); got != c.want {
			t.Errorf("%s = %q, want %q", c.script, got, c.want)
		}
	}
}

// TestNeverBlank: whatever fails, the page says what, why and what to do.
func TestNeverBlank(t *testing.T) {
	for _, c := range []struct{ name, missing, before, after, want string }{
		{"no WebAssembly", "", "delete globalThis.WebAssembly", "", "cannot run whybox"},
		{"no program", ".wasm", "", "", "answered 404"},
		{"page panics", "", "", "app.die()", "The page stopped"},
		{"worker forbidden", "", "globalThis.Worker = function () { throw new Error('no workers here') }", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, _ := open(t, c.missing, c.before)
			if c.after != "" {
				browser.Wait(t, ctx, ready)
				browser.Eval[any](t, ctx, "try { "+c.after+" } catch {}")
			}
			if c.want == "" {
				browser.Wait(t, ctx, `app.heard && app.heard.join() === "crashed Error: no workers here"`)
				return
			}
			browser.Wait(t, ctx, `document.querySelector("#app #trouble")`)
			text := browser.Eval[string](t, ctx, `document.querySelector("#trouble").innerText`)
			if !strings.Contains(text, c.want) || browser.Eval[float64](t, ctx, `document.querySelectorAll("#trouble > *").length`) != 4 {
				t.Errorf("the page says %q", text)
			}
		})
	}
}
