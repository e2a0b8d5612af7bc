//go:build !js

package main_test

import (
	"slices"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

func containsFirstWord(text, words string) bool {
	first, _, _ := strings.Cut(words, ",")
	return strings.Contains(text, first)
}

// TestTransport trains live: rewind, step, play, pause and play again. Every
// stop shows the native numbers of that step, and the end those of the start.
func TestTransport(t *testing.T) {
	p := open(t)
	s := example(t, "spirals-learn", func(s *spec.Spec) { s.Model.Stop = nil })
	if s.Model.Knobs == nil {
		s.Model.Knobs = knob.Values{}
	}
	s.Model.Knobs["epochs"] = 400.0
	p.show(s)
	end := p.numbers()
	p.openStep("model")
	stop := func(steps int) *spec.Spec {
		c := spec.Clone(s)
		c.Model.Stop = &steps
		return c
	}
	p.press("Rewind to the untrained model")
	p.done()
	p.sameSpec(stop(0))
	p.same(stop(0))
	var first [2]numbers
	for round := range 2 {
		p.press("Train one epoch more")
		p.done()
		first[round] = p.numbers()
		if first[round].Steps == 0 {
			t.Fatal("one epoch more did nothing")
		}
		p.same(stop(first[round].Steps))
		p.press("Train to the end")
		p.wait(`wb.button("Pause training")`)
		p.wait(`document.querySelector(".transport .num").textContent.match(/step ([0-9,]+)/)[1].replace(",", "") > 200`)
		p.press("Pause training")
		p.done()
		paused := p.numbers()
		if paused.Steps <= first[round].Steps || paused.Steps >= end.Steps {
			t.Errorf("paused at step %d of %d", paused.Steps, end.Steps)
		}
		t.Logf("paused at step %d of %d", paused.Steps, end.Steps)
		p.sameSpec(stop(paused.Steps))
		p.same(stop(paused.Steps))
		p.press("Train to the end")
		p.done()
		if again := p.numbers(); !slices.Equal(again.Scores, end.Scores) || again.Steps != end.Steps {
			t.Errorf("trained again: %v, before %v", again, end)
		}
		p.press("Rewind to the untrained model")
		p.done()
	}
	if !slices.Equal(first[0].Scores, first[1].Scores) || first[0].Steps != first[1].Steps {
		t.Errorf("the first epoch gave %v, then %v", first[0], first[1])
	}
}

// TestCopiedLink copies the link of an edited figure and opens it in a new tab.
func TestCopiedLink(t *testing.T) {
	p := open(t)
	p.show(example(t, "loans-flip"))
	p.openStep("row")
	p.run(`wb.set("#row", "17")`)
	p.done()
	p.choose("explainer", "occlusion")
	p.done()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.CallBrowser(p.ctx, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{
			Permission: &cdpbrowser.PermissionDescriptor{Name: name}, Setting: cdpbrowser.PermissionSettingGranted}); err != nil {
			t.Fatal(err)
		}
	}
	p.press("Copy link")
	p.wait(`wb.button("Link copied")`)
	address := browser.Eval[string](t, p.ctx, "navigator.clipboard.readText()")
	if !strings.HasPrefix(address, p.server.URL) || !strings.Contains(address, "#1.") {
		t.Fatalf("copied %q", address)
	}
	ctx, cancel := chromedp.NewContext(p.ctx)
	t.Cleanup(cancel)
	q := attach(t, ctx, p.server)
	browser.Do(t, q.ctx, chromedp.Navigate(address))
	q.done()
	q.sameSpec(p.spec())
	f := q.same(p.spec())
	q.sameTables(f)
	if a, b := p.numbers(), q.numbers(); !slices.Equal(a.Scores, b.Scores) || !slices.Equal(a.Values, b.Values) {
		t.Errorf("here %v, in the new tab %v", a, b)
	}
}

// TestPad draws digits with the mouse and with the keys.
func TestPad(t *testing.T) {
	p := open(t)
	s := example(t, "digits-draw")
	p.show(s)
	says := func() string {
		return browser.Eval[string](t, p.ctx, `document.querySelector(".verdict-line strong").textContent`)
	}
	p.press("Clear")
	p.done()
	blank := p.numbers()
	stroke := func(points ...[2]float64) {
		for i, at := range points {
			xy := browser.Eval[[]float64](t, p.ctx, jsAt(`document.querySelector(".pad")`, at[0], at[1]))
			if i == 0 {
				p.mouse(chromedp.MouseMoved, xy[0], xy[1])
				p.mouse(chromedp.MousePressed, xy[0], xy[1])
			}
			p.mouse(chromedp.MouseMoved, xy[0], xy[1])
			if i == len(points)-1 {
				p.mouse(chromedp.MouseReleased, xy[0], xy[1])
			}
		}
	}
	var line [][2]float64
	for y := 0.06; y < 0.95; y += 0.05 {
		line = append(line, [2]float64{0.5, y})
	}
	stroke(line...)
	p.done()
	drawn := p.numbers()
	if slices.Equal(drawn.Scores, blank.Scores) {
		t.Error("a stroke changed nothing")
	}
	if says() != "1" {
		t.Errorf("a vertical stroke is read as %s", says())
	}
	f := p.same(p.spec())
	p.sameFlips(f)
	p.press("Undo") // one stroke is one step
	p.done()
	if got := p.numbers(); !slices.Equal(got.Scores, blank.Scores) {
		t.Error("undo did not take the stroke back as one")
	}

	p.run(`document.querySelector(".pad").focus()`)
	for range 3 {
		p.keys(kb.ArrowRight)
	}
	for range 7 {
		p.keys(" ", kb.ArrowDown)
	}
	p.done()
	keyed := p.numbers()
	if slices.Equal(keyed.Scores, blank.Scores) || slices.Equal(keyed.Values, blank.Values) {
		t.Error("drawing by keys changed nothing")
	}
	if n := len(slices.DeleteFunc(edits(p.spec()), func(v float64) bool { return v == 0 })); n != 7 {
		t.Errorf("7 pixels were inked, the spec has %d", n)
	}
	p.same(p.spec())
	if !browser.Eval[bool](t, p.ctx, `document.activeElement.classList.contains("pad")`) {
		t.Error("the pad lost the focus")
	}
}

// edits returns the values set by hand.
func edits(s *spec.Spec) []float64 {
	var out []float64
	for _, v := range s.Explain.Edit {
		out = append(out, v)
	}
	return out
}
