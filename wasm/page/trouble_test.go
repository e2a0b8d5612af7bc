//go:build !js

package main_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// packed returns the hash of a link that unpacks to a text.
func packed(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return "#1." + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// spoiled returns the link of an example with one field set, JSON.
func spoiled(t testing.TB, path, value string) string {
	t.Helper()
	document, err := spec.Encode(example(t, "iris-tree"))
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(document, &tree); err != nil {
		t.Fatal(err)
	}
	at := tree
	names := strings.Split(path, "/")
	for _, name := range names[:len(names)-1] {
		if at[name] == nil {
			at[name] = map[string]any{}
		}
		at = at[name].(map[string]any)
	}
	at[names[len(names)-1]] = json.RawMessage(value)
	text, err := json.Marshal(map[string]any{"spec": tree})
	if err != nil {
		t.Fatal(err)
	}
	return packed(t, string(text))
}

// sound checks that the page shows something: text, and where its main part is.
func (p *tab) sound() {
	p.Helper()
	if n := browser.Eval[int](p, p.ctx, `document.body.innerText.trim().length`); n < 20 {
		p.Errorf("the page shows %d characters", n)
	}
	if n := browser.Eval[int](p, p.ctx, `[...document.querySelectorAll("main")].filter((m) => m.getBoundingClientRect().height > 0).length`); n != 1 {
		p.Errorf("the page has %d main parts", n)
	}
}

// TestBadLinks opens links that are not right. Each is explained in its own
// words, opens nothing of itself, and leads back to the gallery.
func TestBadLinks(t *testing.T) {
	p := open(t)
	good := link(t, example(t, "iris-tree"))
	said := map[string]string{}
	for _, c := range []struct{ name, hash, about string }{
		{"no version", "#hello", "link"},
		{"a later version", "#2." + good[3:], "2"},
		{"nothing in it", "#1.", ""},
		{"not base64", "#1.a@b!", ""},
		{"not deflate", "#1.AAAAAAAA", ""},
		{"cut off", good[:len(good)-12], ""},
		{"too long", "#1." + strings.Repeat("A", 70_000), "70002"},
		{"unpacks to too much", packed(t, `{"spec":{"title":"`+strings.Repeat("a", 100_000)+`"}}`), ""},
		{"not JSON", packed(t, "hello"), ""},
		{"neither spec nor example", packed(t, "{}"), ""},
		{"unknown example", packed(t, `{"example":"moon-flip","patch":{}}`), "moon-flip"},
		{"unknown field", spoiled(t, "veiw", `{}`), "veiw"},
		{"unknown data", spoiled(t, "data/name", `"irsi"`), "irsi"},
		{"unknown model", spoiled(t, "model/name", `"jungle"`), "jungle"},
		{"unknown explainer", spoiled(t, "explain/name", `"shap"`), "shap"},
		{"wrong type", spoiled(t, "seed", `"one"`), "seed"},
		{"knob out of range", spoiled(t, "model/knobs/depth", `999`), "depth"},
		{"knob of another model", spoiled(t, "model/knobs/hidden", `"3"`), "hidden"},
		{"another schema", spoiled(t, "$schema", `"urn:whybox:figure:9"`), "urn:whybox:figure:9"},
		{"row that is not there", spoiled(t, "explain/row", `100000`), "100000"},
		{"unknown class", spoiled(t, "explain/class", `"rose"`), "rose"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := p.in(t)
			p.visit(c.hash)
			p.wait(`document.querySelector("main.broken .trouble-what")`)
			p.sound()
			text := browser.Eval[string](t, p.ctx, `document.querySelector("main.broken .trouble").innerText`)
			if other := said[text]; other != "" {
				t.Errorf("says the same as %q: %s", other, text)
			}
			said[text] = c.name
			if !strings.Contains(text, c.about) || strings.Contains(text, "E-BUG") || len(text) < 30 {
				t.Errorf("does not say %q: %s", c.about, text)
			}
			if browser.Eval[bool](t, p.ctx, `Boolean(document.querySelector("#app .panel"))`) {
				t.Error("something of the link was opened")
			}
			p.press("To the gallery")
			p.wait(`document.querySelectorAll(".cards .card").length > 10 && location.hash === ""`)
			p.done()
			p.sound()
		})
	}
}

// TestProgramMissing serves the page without its program.
func TestProgramMissing(t *testing.T) {
	p := attach(t, browser.Start(t), serve(t, ".wasm"))
	p.expect = []string{"404"}
	p.visit("")
	p.wait(`document.querySelector("#trouble")`)
	p.sound()
	text := browser.Eval[string](t, p.ctx, `document.querySelector("#trouble").innerText`)
	if !strings.Contains(text, "404") || !strings.Contains(text, "Reload") {
		t.Errorf("says %q", text)
	}
}

// engineCrashes are what Go writes to the console when an engine dies.
var engineCrashes = []string{"panic", "goroutine", "exit code", "main.engine", "the page sent a question"}

// crash makes the newest engine panic, by a message that is none.
func (p *tab) crash() {
	p.Helper()
	p.run(`spy.workers.at(-1).postMessage({ json: "not a question" })`)
	p.wait(`wb.root().dataset.state === "crashed"`)
	p.sound()
	if text := browser.Eval[string](p, p.ctx, `document.querySelector(".crash[role=alert]").innerText`); !strings.Contains(text, "not one") || !strings.Contains(text, "kept") {
		p.Errorf("the crash is reported as %q", text)
	}
}

// restart presses Restart and waits for the answer of the new engine. The page
// is drawn a frame after the click, so it may still say "crashed" at first.
func (p *tab) restart() {
	p.Helper()
	p.press("Restart")
	p.wait(`wb.root().dataset.state !== "crashed"`)
	p.done()
}

// TestEngineSilent takes the engine away without a word: the page notices, and
// a new engine answers what was asked.
func TestEngineSilent(t *testing.T) {
	p := open(t, spy)
	s := example(t, "iris-tree")
	p.show(s)
	p.run(`spy.workers.at(-1).terminate()`)
	p.openStep("row")
	p.run(`wb.set("#row", "77")`)
	p.wait(`wb.root().dataset.state === "crashed"`)
	p.restart()
	row := 77
	s.Explain.Row, s.Explain.Edit = &row, nil
	p.same(s)
}

// TestEngineCrash lets the engine die after edits, while it trains, and with an
// edit made before it is started again. The state is kept each time.
func TestEngineCrash(t *testing.T) {
	p := open(t, spy)
	p.expect = engineCrashes
	s := example(t, "iris-tree")
	start := spec.Clone(s)
	p.show(s)
	p.openStep("row")
	p.run(`wb.set("#row", "77")`)
	p.done()
	row := 77
	s.Explain.Row, s.Explain.Edit = &row, nil
	p.crash()
	p.restart()
	p.sameSpec(s)
	p.same(s)

	p.crash()
	p.choose("explainer", "occlusion") // an edit meanwhile
	s.Explain.Name, s.Explain.Knobs = "occlusion", nil
	p.restart()
	p.sameSpec(s)
	p.same(s)
	p.press("Undo")
	p.done()
	p.press("Undo")
	p.done()
	p.sameSpec(start)
	p.same(start)

	p.show(long(t))
	p.openStep("model")
	p.press("Train to the end")
	p.wait(`wb.button("Pause training")`)
	p.crash()
	p.press("Restart")
	p.wait(`wb.button("Pause training")`)
	p.press("Pause training")
	p.done()
	p.same(p.spec())
}

// TestDivergence sets a learning rate that explodes, rewinds, mends the rate
// and trains.
func TestDivergence(t *testing.T) {
	p := open(t)
	s := example(t, "diabetes-bmi", func(s *spec.Spec) {
		s.Model = spec.Model{Name: "mlp", Knobs: knob.Values{"optimizer": "sgd", "rate": 0.001, "activation": "relu"}}
	})
	p.show(s)
	p.openStep("model")
	rate := func(to string) {
		p.run(`document.querySelector("#knob-model-rate").closest("details").open = true`)
		p.run(`(() => { const box = document.querySelector("#knob-model-rate").closest(".knob").querySelector("input[type=number]"); box.focus(); box.select(); })()`)
		p.keys(strings.Split(to, "")...)
		p.keys("\r")
	}
	largest := browser.Eval[string](t, p.ctx, `(() => { document.querySelector("#knob-model-rate").closest("details").open = true; return document.querySelector("#knob-model-rate").closest(".knob").querySelector("input[type=number]").max; })()`)
	rate(largest)
	if state := p.settle(); state != "error" {
		t.Fatalf("with a rate of %s the page is %q", largest, state)
	}
	p.sound()
	text := browser.Eval[string](t, p.ctx, `document.querySelector(".stage > .trouble").innerText`)
	if !strings.Contains(text, "learning rate") || !strings.Contains(text, "step") || !strings.Contains(text, "E-TRAIN-DIVERGED") {
		t.Errorf("says %q", text)
	}
	p.press("Rewind")
	p.done()
	if n := p.numbers(); n.Steps != 0 {
		t.Errorf("rewound to step %d", n.Steps)
	}
	p.same(p.spec())
	rate("0.001")
	p.done()
	p.press("Train to the end")
	p.done()
	p.sameSpec(s)
	p.same(s)
}

// TestWrongMoment does things while others are being computed. The page ends in
// the state of the last wish, with its native numbers.
func TestWrongMoment(t *testing.T) {
	p := open(t, spy)
	p.show(long(t))
	p.openStep("data")
	p.openStep("model")
	p.press("Train to the end")
	p.wait(`wb.button("Pause training")`)
	p.choose("data", "wine")
	p.done()
	if got := p.spec().Data.Name; got != "wine" {
		t.Errorf("the data is %s", got)
	}
	p.same(p.spec())

	s := example(t, "breast-cancer-why", func(s *spec.Spec) {
		s.Explain.Counterfactual = &spec.Counterfactual{Name: "growing-spheres", Knobs: knob.Values{}}
	})
	p.visit(link(t, s))
	p.wait(`spy.got.some((a) => a.stage === "explaining" || a.stage === "searching")`)
	p.choose("explainer", "gradient")
	p.done()
	s.Explain.Name, s.Explain.Knobs = "gradient", nil
	p.sameSpec(s)
	p.sameFlips(p.same(s))

	for _, name := range []string{"occlusion", "smoothgrad", "integrated-gradients"} {
		p.choose("explainer", name)
	}
	var all []string
	for i := range 20 {
		all = append(all, fmt.Sprintf("wb.button(%q).click()", []string{"Undo", "Undo", "Redo"}[i%3]))
	}
	p.run(strings.Join(all, "; "))
	p.done()
	p.sameFlips(p.same(p.spec()))
	browser.Do(t, p.ctx, chromedp.NavigateBack())
	p.done()
	p.same(p.spec())
}
