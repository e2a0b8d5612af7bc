//go:build !js

package main_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// quick trains for a few rounds: what is edited matters less than that it is.
func quick(s *spec.Spec) { s.Model.Knobs = knob.Values{"rounds": 12.0, "pairs": 1.0} }

// tools is the text of the controls below a curve.
func (p *tab) tools() string {
	p.Helper()
	return browser.Eval[string](p, p.ctx, `document.querySelector(".curve-tools").innerText`)
}

// hold drags the mouse from place to place.
func (p *tab) hold(places ...[2]float64) {
	p.Helper()
	p.mouse(chromedp.MouseMoved, places[0][0], places[0][1])
	p.mouse(chromedp.MousePressed, places[0][0], places[0][1])
	for _, at := range places[1:] {
		p.mouse(chromedp.MouseMoved, at[0], at[1])
	}
	last := places[len(places)-1]
	p.mouse(chromedp.MouseReleased, last[0], last[1])
}

// TestCurveIsEdited drags over a part of a curve, lifts it by its grip, presses
// buttons and types, by mouse and by key; each time the page shows what the
// engine computes natively, with the measures beside those from before.
func TestCurveIsEdited(t *testing.T) {
	p := open(t)
	s := example(t, "ebm-edit", quick, func(s *spec.Spec) { s.Model.Edits = nil })
	p.show(s)
	p.same(s)
	p.choose("traced", "savings")
	p.done()
	s.View.Feature = "savings"
	f := p.same(s)
	frame := p.drawing(f, "shape").Frame
	at := func(x, y float64) [2]float64 {
		px, py := p.over("shape", frame, frame.Left+x*(frame.Right-frame.Left), frame.Top+y*(frame.Bottom-frame.Top))
		return [2]float64{px, py}
	}
	if says := p.tools(); !strings.Contains(says, "On 201 unseen rows: accuracy ") || strings.Contains(says, "before") {
		t.Errorf("at first: %s", says)
	}

	at(0.4, 0.4) // scrolls there
	p.hold(at(0.25, 0.3), at(0.3, 0.3), at(0.5, 0.4))
	p.wait(`document.querySelector(".curve-band") && document.querySelector("#curve-from").value !== ""`)
	grip := browser.Eval[[]float64](p, p.ctx, `wb.at(document.querySelector(".plot-handle.upright"))`)
	p.hold([2]float64{grip[0], grip[1]}, [2]float64{grip[0], grip[1] - 10}, [2]float64{grip[0], grip[1] - 40})
	p.done()
	got := p.spec().Model.Edits
	if len(got) != 1 || got[0].Do != "add" || got[0].By <= 0 || got[0].Class != "repaid" || got[0].From == nil || got[0].To == nil {
		t.Fatalf("dragging gives %+v", got)
	}
	for _, end := range []struct{ x, want float64 }{{*got[0].From, 0.25}, {*got[0].To, 0.5}} {
		if share := (end.x - frame.X0) / (frame.X1 - frame.X0); math.Abs(share-end.want) > 0.02 {
			t.Errorf("an end of the part is at %.3f of the axis, dragged to %.3f", share, end.want)
		}
	}
	s.Model.Edits = got
	p.sameSpec(s)
	p.measures(p.same(s))

	p.press("Only rising")
	p.done()
	s.Model.Edits = append(s.Model.Edits, spec.Edit{Feature: "savings", From: got[0].From, To: got[0].To, Class: "repaid", Do: "rising"})
	p.sameSpec(s)
	p.same(s)

	p.tabTo("#curve-from", false)
	p.run(`document.activeElement.select()`)
	p.keys("9", "0", "0", "0", kb.Tab)
	p.tabTo("Flatten", false)
	p.keys(kb.Enter)
	p.done()
	p.kept("flattening")
	from := 9000.0
	s.Model.Edits = append(s.Model.Edits, spec.Edit{Feature: "savings", From: &from, To: got[0].To, Class: "repaid", Do: "flatten"})
	p.sameSpec(s)
	p.measures(p.same(s))

	p.tabTo(".plot-handle", true)
	p.keys(kb.ArrowDown)
	p.done()
	last := p.spec().Model.Edits[3]
	if last.Do != "add" || last.By >= 0 || *last.From != 9000 {
		t.Errorf("an arrow gives %+v", last)
	}
	s.Model.Edits = append(s.Model.Edits, last)
	p.same(s)
	p.press("Undo all edits")
	p.done()
	s.Model.Edits = nil
	p.sameSpec(s)
	p.same(s)
}

// measures compares what the page says of the edits with the figure.
func (p *tab) measures(f *figure.Figure) {
	p.Helper()
	panel, err := f.Panel(figure.Want{View: "shape"})
	if err != nil {
		p.Fatal(err)
	}
	if says := p.tools(); !strings.Contains(says, panel.Curve.Says) || !strings.Contains(says, ", before ") || !strings.Contains(says, "changed class") {
		p.Errorf("the page says %q, the figure %q", says, panel.Curve.Says)
	}
}

// TestCurveOnAPhone edits by touch-sized buttons in 390 px.
func TestCurveOnAPhone(t *testing.T) {
	p := open(t)
	p.size(390, 844, 1)
	s := example(t, "ebm-edit", quick)
	p.show(s)
	p.sideways("a phone")
	small := browser.Eval[string](t, p.ctx, `[...document.querySelectorAll(".curve-tools button, .curve-tools input")].filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.outerHTML).join("\n")`)
	if small != "" {
		t.Errorf("too small to touch:\n%s", small)
	}
	p.run(`wb.button("Raise").scrollIntoView({block: "center"})`)
	p.press("Raise")
	p.done()
	if got := p.spec().Model.Edits; len(got) != 3 || got[2].By <= 0 || got[2].From != nil {
		t.Errorf("%s", fmt.Sprint(got))
	}
}
