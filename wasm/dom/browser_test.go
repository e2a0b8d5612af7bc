//go:build !js

package dom_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/bundle"
)

// scratch is a folder for all tests.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dom")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// program builds testdata/app once and returns the path of the wasm file.
var program = sync.OnceValues(func() (string, error) {
	script, err := bundle.WasmExec(context.Background(), "../..")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(scratch, "wasm_exec.js"), script, 0o644); err != nil {
		return "", err
	}
	out := filepath.Join(scratch, "app.wasm")
	cmd := exec.Command("go", "build", "-o", out, "./testdata/app")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	return out, cmd.Run()
})

// fixture is a page with the test program, under the policy.
type fixture struct {
	testing.TB
	ctx context.Context
	log *browser.Log
}

func open(t testing.TB) *fixture {
	t.Helper()
	wasm, err := program()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"/": "testdata/app/index.html", "/start.js": "testdata/app/start.js", "/page.css": "testdata/app/page.css",
		"/dom.js": "../../web/static/dom.js", "/drawings.js": "../../web/static/drawings.js", "/app.wasm": wasm, "/wasm_exec.js": filepath.Join(scratch, "wasm_exec.js"),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", bundle.Policy)
		if file := files[r.URL.Path]; file != "" {
			http.ServeFile(w, r, file)
		}
	}))
	t.Cleanup(server.Close)
	f := &fixture{TB: t, ctx: browser.Start(t)}
	f.log = browser.Listen(f.ctx)
	browser.Do(t, f.ctx, chromedp.Navigate(server.URL))
	browser.Wait(t, f.ctx, "globalThis.app")
	return f
}

// clean fails the test when the page complained or the policy was broken.
func (f *fixture) clean() {
	f.Helper()
	for _, line := range f.log.Complaints() {
		f.Errorf("console: %s", line)
	}
	f.same("refused.join()", "")
}

func (f *fixture) run(script string) { f.Helper(); browser.Eval[any](f, f.ctx, script) }

// same compares the value of an expression.
func (f *fixture) same(expression string, want any) {
	f.Helper()
	if got := browser.Eval[any](f, f.ctx, expression); got != want {
		f.Errorf("%s = %v, want %v", expression, got, want)
	}
}

// told is what the test program reports of a panel.
type told struct {
	Events                     []map[string]any
	Errors                     []string
	Builds, Created, Populated int
}

func (f *fixture) told(id string) told {
	f.Helper()
	var got told
	if err := json.Unmarshal([]byte(browser.Eval[string](f, f.ctx, "app.get("+id+")")), &got); err != nil {
		f.Fatal(err)
	}
	return got
}

const query = "globalThis.$ = (s) => document.querySelector(s); "

func TestFirstPicture(t *testing.T) {
	f := open(t)
	f.run(query + `globalThis.a = app.mount($("#one"), '{"Title":"1 < 2 &amp; 3","HTML":"<em>hi</em>","Style":"color: rgb(1, 2, 3); --gap: 4px"}')`)
	f.same(`$("#one").firstChild.className`, "panel") // "loading" is gone
	f.same(`$("#title").textContent`, "1 < 2 & 3")
	f.same(`$("#html").innerHTML`, "<em>hi</em>")
	f.same(`getComputedStyle($(".panel")).color`, "rgb(1, 2, 3)")
	f.same(`$(".panel").style.getPropertyValue("--gap")`, "4px")
	f.same(`$("#dot") instanceof SVGCircleElement && $("#dot").getAttribute("viewBox")`, "0 0 1 1")
	f.same(`$("use").getAttributeNS("http://www.w3.org/1999/xlink", "href")`, "#dot")
	f.same(`$("#mark") instanceof SVGGElement && $("#mark").firstChild instanceof SVGLinearGradientElement`, true)
	f.same(`$("#inside") instanceof HTMLParagraphElement`, true)
	f.same(`$("#dot").note.n`, 1.0)
	f.same(`$("#range").value`, "500") // the middle, as the bounds came first
	f.run(`app.set(a, '{"Title":"new","HTML":"plain","Style":"color: rgb(4, 5, 6)","Range":"640","Choice":"c"}')`)
	f.same(`$("#title").textContent + $("#html").innerHTML + $("#mark").textContent`, "newplainnew")
	f.same(`getComputedStyle($(".panel")).color + $(".panel").style.getPropertyValue("--gap")`, "rgb(4, 5, 6)")
	f.same(`$("#range").value + $("#choice").value`, "640c")
	f.run(`globalThis.seen = []; new PerformanceObserver((l) => seen.push(...l.getEntries())).observe({entryTypes: ["measure"]});
		for (let i = 0; i < 5; i++) app.later(a, '{"Title":"frame ' + i + '"}')`)
	browser.Wait(t, f.ctx, `$("#title").textContent === "frame 4"`)
	browser.Wait(t, f.ctx, `seen.length > 0`)
	f.same(`seen.length + seen[0].name + (seen[0].duration > 0)`, "1whybox-rendertrue")
	if got := f.told("a"); got.Builds != 3 || got.Created != 1 || got.Populated != 3 {
		t.Errorf("builds %d, created %d, populated %d", got.Builds, got.Created, got.Populated)
	}
	f.clean()
}

func TestMovesKeepFocus(t *testing.T) {
	f := open(t)
	for _, old := range []bool{false, true} { // browsers without moveBefore lose focus on a move
		f.run(query + `globalThis.a = app.mount($("#one"), '{"Keys":["a","b","c","d","e"]}');
			if (` + map[bool]string{true: "true", false: "false"}[old] + `) Element.prototype.moveBefore = undefined;
			globalThis.kept = $("#in-b"); kept.value = "typed text"; kept.focus(); kept.setSelectionRange(2, 7, "backward");
			globalThis.lost = 0; kept.addEventListener("blur", () => lost++)`)
		for _, order := range []string{`["e","d","c","b","a"]`, `["b","x","a"]`, `["a","x","b"]`} {
			f.run(`app.set(a, '{"Keys":` + order + `}')`)
			f.same(`$("#in-b") === kept && document.activeElement === kept && kept.value + [kept.selectionStart, kept.selectionEnd, kept.selectionDirection]`,
				"typed text2,7,backward")
		}
		f.same(`[...document.querySelectorAll("li")].map((n) => n.dataset.key).join("")`, "axb")
		f.run(`app.set(a, '{"Focus":true}')`)
		f.same(`document.activeElement.id`, "auto")
		f.run(`$("#in-b").focus(); app.set(a, '{"Title":"again"}')`)
		f.same(`document.activeElement.id`, "in-b")
		f.run(`app.unmount(a)`)
	}
	f.clean()
}

func TestFields(t *testing.T) {
	f := open(t)
	f.run(query + `globalThis.a = app.mount($("#one"), '{"Value":"one","Held":"h","Choice":"b","Number":"1"}')`)
	f.same(`$("#name").value + $("#held").value + $("#choice").value + $("#check").checked`, "onehbfalse")
	f.run(`$("#name").focus()`)
	browser.Do(t, f.ctx, chromedp.KeyEvent(" more"))
	f.run(`app.set(a, '{"Title":"x"}')`)
	f.same(`$("#name").value`, "one more") // the model did not change
	f.run(`$("#name").blur(); app.set(a, '{"Title":"y"}')`)
	f.same(`$("#name").value`, "one more") // nobody listens, so it stays
	f.run(`$("#name").focus(); $("#name").setSelectionRange(2, 2); app.set(a, '{"Value":"model"}')`)
	f.same(`$("#name").value + $("#name").selectionStart`, "model2")

	f.run(`$("#held").focus()`)
	browser.Do(t, f.ctx, chromedp.KeyEvent("zz"))
	f.run(`app.set(a, '{"Title":"z"}')`)
	f.same(`$("#held").value`, "hzz") // focused: untouched
	f.run(`$("#held").blur()`)        // change: the model says h
	browser.Wait(t, f.ctx, `$("#held").value === "h"`)

	f.run(`$("#check").click()`) // the model does not follow
	browser.Wait(t, f.ctx, `!$("#check").checked`)
	f.run(`app.set(a, '{"Checked":true}')`)
	f.same(`$("#check").checked`, true)
	f.run(`app.set(a, '{"Checked":false}')`)
	f.same(`$("#check").checked`, false)

	f.run(`$("#number").focus(); $("#number").value = ""`)
	browser.Do(t, f.ctx, chromedp.KeyEvent("2.50"))
	f.run(`app.set(a, '{"Number":"2.5"}')`)
	f.same(`$("#number").value`, "2.50") // equal numbers are not rewritten under the fingers
	f.run(`$("#go").click()`)            // data-prevent: the page is not left
	f.same(`location.search`, "")
	got := f.told("a")
	if n := len(got.Events); n == 0 || got.Events[n-1]["type"] != "submit" {
		t.Errorf("events %v", got.Events)
	}
	f.clean()
}

func TestEvents(t *testing.T) {
	f := open(t)
	f.run(query + `globalThis.a = app.mount($("#one"), '{}'); globalThis.box = $("#pad").getBoundingClientRect();
		globalThis.prevented = []; for (const k of ["keydown", "wheel"]) document.addEventListener(k, (e) => prevented.push(e.key || e.type, e.defaultPrevented))`)
	x, y := browser.Eval[float64](t, f.ctx, "box.left"), browser.Eval[float64](t, f.ctx, "box.top")
	w, h := browser.Eval[float64](t, f.ctx, "box.width"), browser.Eval[float64](t, f.ctx, "box.height")
	browser.Do(t, f.ctx,
		chromedp.MouseEvent(chromedp.MouseMoved, x+w/4, y+h/2),
		chromedp.MouseEvent(chromedp.MousePressed, x+w/4, y+h/2, chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseMoved, x+2*w, y+h/4, chromedp.ButtonLeft), // captured: still the pad's
		chromedp.MouseEvent(chromedp.MouseReleased, x+2*w, y+h/4, chromedp.ButtonLeft),
		chromedp.KeyEvent("a"), chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.ArrowDown))
	f.run(`$("#pad").dispatchEvent(new WheelEvent("wheel", {deltaY: 3, bubbles: true, cancelable: true, clientX: box.left, clientY: box.top}));
		$("#pad").dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowUp", ctrlKey: true, bubbles: true, cancelable: true}));
		$("#pad").dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowUp", bubbles: true, cancelable: true})); $("#pad").blur()`)
	byType := map[string][]map[string]any{}
	for _, e := range f.told("a").Events {
		byType[e["type"].(string)] = append(byType[e["type"].(string)], e)
		if e["same"] != true {
			t.Errorf("vugu's methods disagree with the summary of %v", e)
		}
	}
	moves := byType["pointermove"]
	if len(moves) < 2 || moves[0]["x"] != 0.25 || moves[0]["y"] != 0.5 || moves[len(moves)-1]["x"] != 2.0 || moves[len(moves)-1]["buttons"] != 1.0 {
		t.Errorf("pointermove %v", moves)
	}
	if len(byType["pointerdown"]) != 1 || byType["pointerdown"][0]["pointerType"] != "mouse" {
		t.Errorf("pointerdown %v", byType["pointerdown"])
	}
	down := byType["pointerdown"][0]
	current, target := down["currentTarget"].(map[string]any), down["target"].(map[string]any)
	if current["id"] != "pad" || current["dataset"].(map[string]any)["row"] != "7" || current["width"] != 200.0 || current["height"] != 100.0 || target["tagName"] == "" {
		t.Errorf("targets %v %v", current, target)
	}
	for kind, n := range map[string]int{"focus": 1, "blur": 1, "pointerenter": 1, "wheel": 1} {
		if len(byType[kind]) != n {
			t.Errorf("%d %s events, want %d", len(byType[kind]), kind, n)
		}
	}
	f.same(`prevented.join()`, "a,false, ,true,ArrowDown,false,wheel,true,ArrowUp,false,ArrowUp,true")

	before := len(f.told("a").Events)
	f.run(`$("#inner").click()`)
	if got := f.told("a").Events[before:]; len(got) != 2 || got[0]["down"] != true || got[1]["down"] == true {
		t.Errorf("a click is to be seen on its way down and up: %v", got)
	}
	before += 2
	f.run(`$("#stop").click()`)
	if got := f.told("a").Events[before:]; len(got) != 2 || got[1]["currentTarget"].(map[string]any)["id"] != "stop" {
		t.Errorf("a stopped click went on: %v", got)
	}
	f.clean()
}

func TestPanicsKeepThePicture(t *testing.T) {
	f := open(t)
	f.run(query + `globalThis.a = app.mount($("#one"), '{"Title":"good"}'); $("#boom").click()`)
	f.run(`app.set(a, '{"Boom":"build","Title":"lost"}')`)
	f.same(`$("#title").textContent`, "good")
	f.run(`app.set(a, '{"Boom":"","Title":"back","Bad":true}')`)
	f.same(`$("#title").textContent + $("#bad").title`, "backgood")
	f.same(`app.mount($("#two"), '{"Boom":"build"}')`, "render: the build went wrong")
	got := strings.Join(f.told("a").Errors, "; ")
	for _, part := range []string{"click handler: the handler went wrong", "render: the build went wrong", "refused a change: InvalidCharacterError"} {
		if !strings.Contains(got, part) {
			t.Errorf("errors %q lack %q", got, part)
		}
	}
	if console := strings.Join(f.log.Complaints(), "\n"); !strings.Contains(console, "the handler went wrong") {
		t.Errorf("console: %s", console)
	}
}

func TestTwoShadowRoots(t *testing.T) {
	f := open(t)
	f.run(query + `globalThis.roots = [$("#one"), $("#two")].map((n) => n.attachShadow({mode: "open"}));
		globalThis.ids = roots.map((r, i) => app.mount(r, JSON.stringify({Title: "root " + i, Keys: ["a", "b", "c"], Value: "v" + i})));
		roots[1].getElementById("in-a").focus(); roots[1].getElementById("in-a").value = "abc"; roots[1].getElementById("in-a").setSelectionRange(1, 2);
		app.set(ids[0], '{"Title":"changed"}'); app.set(ids[1], '{"Keys":["c","b","a"]}')`)
	f.same(`roots.map((r) => r.getElementById("title").textContent + r.getElementById("name").value).join()`, "changedv0,root 1v1")
	f.same(`roots[1].activeElement.id + roots[1].activeElement.selectionStart`, "in-a1")
	f.run(`roots[0].getElementById("inner").click()`)
	if a, b := f.told("ids[0]"), f.told("ids[1]"); len(a.Events) != 2 || len(b.Events) != 0 {
		t.Errorf("%d and %d events, want 2 and 0", len(a.Events), len(b.Events))
	}
	f.run(`app.unmount(ids[0])`)
	f.same(`roots[0].childNodes.length`, 0.0)
	f.run(`roots[1].getElementById("inner").click(); app.set(ids[1], '{"Title":"alive"}')`)
	f.same(`roots[1].getElementById("title").textContent`, "alive")
	if b := f.told("ids[1]"); len(b.Events) != 2 {
		t.Errorf("%d events after the other root went, want 2", len(b.Events))
	}
	f.clean()
}

// TestUnmountFrees mounts and unmounts many times: no element, listener or
// reference of Go's stays.
func TestUnmountFrees(t *testing.T) {
	f := open(t)
	f.run(query + `globalThis.cycle = (i) => {
			const host = document.createElement("div"); document.body.append(host);
			const id = app.mount(host.attachShadow({mode: "open"}), '{"Keys":["a","b"],"Held":"x"}');
			host.shadowRoot.getElementById("inner").click(); app.set(id, '{"Title":"t","Keys":["b"]}');
			globalThis.weak.push(new WeakRef(host.shadowRoot), new WeakRef(host.shadowRoot.firstChild));
			if (i % 2) app.later(id, "{}");
			globalThis.gone = app.unmount(id); host.remove();
		};
		globalThis.weak = []; globalThis.refs = () => go._values.filter((v) => v !== null && v !== undefined).length;
		for (let i = 0; i < 5; i++) cycle(i)`)
	settle := func() {
		for range 3 {
			f.run(`app.collect(); new Promise((done) => setTimeout(() => { gc(); done(1); }, 30))`)
		}
	}
	settle()
	f.same("gone", 5.0) // Destroy ran once a mount
	before := browser.Eval[float64](t, f.ctx, "refs()")
	f.run(`for (let i = 0; i < 200; i++) cycle(i)`)
	f.same("gone", 205.0)
	settle()
	after := browser.Eval[float64](t, f.ctx, "refs()")
	alive := browser.Eval[float64](t, f.ctx, "weak.filter((w) => w.deref()).length")
	t.Logf("JavaScript values held by Go: %v, after 200 mounts %v; of 410 roots and elements %v are alive", before, after, alive)
	if after > before+10 {
		t.Errorf("Go holds %v JavaScript values after 200 more mounts, %v before", after, before)
	}
	if alive > 10 { // the last one or two are still on the stack of the script
		t.Errorf("%v of 410 shadow roots and elements are still alive", alive)
	}
	f.run(`globalThis.a = app.mount($("#one"), "{}"); globalThis.leave = $("#leave"); leave.click()`) // unmounts from its own handler
	f.same(`$("#one").childNodes.length`, 0.0)
	f.run(`leave.click()`)
	f.clean()
}

// BenchmarkRender measures renders, from build to applied, in Chromium.
func BenchmarkRender(b *testing.B) {
	f := open(b)
	for _, name := range []string{"circles", "tree"} {
		b.Run(name, func(b *testing.B) {
			f.TB = b
			f.run(query + `globalThis.a = app.mount($("#one"), '{"Bench":"` + name + `"}'); app.frames(a, 100)`)
			for b.Loop() {
				b.ReportMetric(browser.Eval[float64](b, f.ctx, `app.frames(a, 201).sort((x, y) => x - y)[100]`), "ms/render")
			}
			f.run("app.unmount(a)")
		})
	}
}
