//go:build !js

package main_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/spec"
)

// ofRows lists the pictures whose marks are rows of the table.
var ofRows = []string{"beeswarm", "violin", "dependence", "heatmap", "forces", "decision"}

// TestRowsArePicked points at a row in each picture of rows and clicks: all of
// its places are ringed, then every panel is about it, and the class stays.
func TestRowsArePicked(t *testing.T) {
	p := open(t)
	for _, name := range ofRows {
		t.Run(name, func(t *testing.T) {
			p := p.in(t)
			s := example(p, "loans-why", func(s *spec.Spec) {
				s.Explain.Counterfactual, s.Params = nil, nil
				s.View = spec.View{Name: name, Rows: 30}
			})
			p.show(s)
			f := p.same(s)
			status, err := f.Status()
			if err != nil {
				p.Fatal(err)
			}
			d := p.drawing(f, name)
			mark := lonelySpot(p, d)
			x, y := p.over(name, d.Frame, mark.X, mark.Y)
			p.mouse(chromedp.MouseMoved, x, y)
			rings := len(d.Spots.Of(mark.Index))
			p.wait(fmt.Sprintf(`wb.panel(%q).querySelectorAll(".plot-ring").length === %d`, name, rings+1))
			p.clickAt(x, y)
			p.done()
			s.Explain.Row, s.Explain.Class = &mark.Index, status.Class
			p.sameSpec(s)
			p.same(s)
		})
	}
}

// lonelySpot returns a row that a pointer cannot mistake for another.
func lonelySpot(t testing.TB, d *draw.Drawing) draw.Mark {
	n := d.Spots.Len()
	best, widest := draw.Mark{}, 0.0
	for i := range n {
		m, nearest := d.Spots.Mark(i), math.Inf(1)
		if m.X < d.Frame.Left || m.X > d.Frame.Right {
			continue
		}
		for j := range n {
			if o := d.Spots.Mark(j); o.Index != m.Index {
				nearest = min(nearest, math.Hypot(o.X-m.X, o.Y-m.Y))
			}
		}
		if nearest > widest {
			best, widest = m, nearest
		}
	}
	if widest < 3 {
		t.Fatalf("the loneliest row has another %.1f px away", widest)
	}
	return best
}

// brushes says, in the page, how much a panel shows as brushed: the length of
// what it leaves clear, or draws on top.
const brushes = `(name) => (wb.panel(name).querySelector(".plot-veil .cut, .plot-veil .over")?.getAttribute("d") ?? "").length`

// TestRowsAreBrushed drags over each picture of rows: all pictures follow before
// the button is let go, the address only then; it holds what lies under the box.
func TestRowsAreBrushed(t *testing.T) {
	p := open(t)
	for _, name := range append(slices.Clone(ofRows), "surface") {
		t.Run(name, func(t *testing.T) {
			p := p.in(t)
			s := example(p, "loans-why", func(s *spec.Spec) {
				s.Explain.Counterfactual, s.Params = nil, nil
				s.View = spec.View{Name: name, Rows: 40}
			})
			p.show(s)
			f := p.same(s)
			d := p.drawing(f, name)
			box := draw.Box{d.Frame.Left + 0.45*(d.Frame.Right-d.Frame.Left), d.Frame.Top + 4, d.Frame.Left + 0.85*(d.Frame.Right-d.Frame.Left), d.Frame.Top + 0.4*(d.Frame.Bottom-d.Frame.Top)}
			x0, y0 := p.over(name, d.Frame, box[0], box[1])
			hash := browser.Eval[string](p, p.ctx, "location.hash")
			p.mouse(chromedp.MouseMoved, x0, y0)
			p.mouse(chromedp.MousePressed, x0, y0)
			scale := browser.Eval[float64](p, p.ctx, fmt.Sprintf(`wb.panel(%q).querySelector(".plot-over").getBoundingClientRect().width`, name)) / d.Frame.Width
			for i := range 10 {
				k := float64(i+1) / 10
				p.mouse(chromedp.MouseMoved, x0+k*scale*(box[2]-box[0]), y0+k*scale*(box[3]-box[1]))
			}
			p.wait(fmt.Sprintf(`wb.panel(%q).querySelector(".plot-box") && (%s)(%q) > 0`, name, brushes, name))
			if name == "beeswarm" {
				p.wait(fmt.Sprintf(`(%s)("dependence") > 0`, brushes))
			}
			if now := browser.Eval[string](p, p.ctx, "location.hash"); now != hash {
				p.Errorf("before the end the address is %s", now)
			}
			while := browser.Eval[float64](p, p.ctx, fmt.Sprintf("(%s)(%q)", brushes, name))
			p.mouse(chromedp.MouseReleased, x0+scale*(box[2]-box[0]), y0+scale*(box[3]-box[1]))
			p.done()
			got := p.spec().View.Brush
			if in, out := spec.BrushText(d.Within(draw.Box{box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1})), spec.BrushText(d.Within(draw.Box{box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1})); got == "" || !among(p, in, got) || !among(p, got, out) {
				p.Errorf("brushed %q, under the box are at least %q and at most %q", got, in, out)
			}
			s.View.Brush = got
			p.sameSpec(s)
			p.same(s)
			again := fmt.Sprintf(`(%s)(%q) === %g && !wb.panel(%q).querySelector(".plot-box")`, brushes, name, while, name)
			p.wait(again)
			p.show(s) // by its link
			p.wait(again)
			p.sameTables(p.same(s))
			p.press("Clear the brush")
			p.done()
			p.wait(`!document.querySelector(".plot-veil") && !wb.panel("brush")`)
			s.View.Brush = ""
			p.sameSpec(s)
		})
	}
}

// among reports whether all rows of one brush are in another.
func among(t testing.TB, some, all string) bool {
	a, err := spec.BrushRows(some)
	b, err2 := spec.BrushRows(all)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for row, in := range a {
		if in && (row >= len(b) || !b[row]) {
			return false
		}
	}
	return true
}

// TestRowsAreBrushedByKey walks over a beeswarm with Shift: the brush grows, the
// focus stays, undo takes it back in one step, Escape clears it.
func TestRowsAreBrushedByKey(t *testing.T) {
	p := open(t)
	s := example(p, "loans-why", func(s *spec.Spec) {
		s.Explain.Counterfactual, s.Params = nil, nil
		s.View = spec.View{Name: "beeswarm", Rows: 40}
	})
	p.show(s)
	p.run(`wb.panel("beeswarm").querySelector(".plot-walk").focus()`)
	for range 3 {
		browser.Do(p, p.ctx, chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierShift)))
	}
	p.wait(`/ of \d+ rows brushed/.test(document.querySelector("#app [role=status]").textContent)`)
	p.done()
	p.kept("brushing by key")
	s.View.Brush = p.spec().View.Brush
	if rows, err := spec.BrushRows(s.View.Brush); err != nil || len(rows) == 0 {
		t.Fatalf("the brush is %q, %v", s.View.Brush, err)
	}
	p.same(s)
	said := browser.Eval[string](t, p.ctx, `document.querySelector("#app [role=status]").textContent`)
	if !strings.Contains(said, "brushed. Their mean") {
		t.Errorf("at the end %q is said", said)
	}
	p.keys(kb.Escape)
	p.done()
	p.wait(`!document.querySelector(".plot-veil")`)
	p.kept("Escape")
	if got := p.spec().View.Brush; got != "" {
		t.Errorf("Escape leaves %q", got)
	}
	p.press("Undo")
	p.done()
	p.sameSpec(s)
	p.press("Undo")
	p.done()
	s.View.Brush = ""
	p.sameSpec(s)
}

// TestBrushingManyRows moves the pointer over a beeswarm of 16,000 points, then
// drags over it, and prints how soon the page follows.
func TestBrushingManyRows(t *testing.T) {
	p := open(t)
	s := example(p, "loans-why", func(s *spec.Spec) {
		s.Data.Knobs = map[string]any{"rows": 2000.0}
		s.Explain.Name, s.Explain.Knobs, s.Explain.Counterfactual, s.Params = "occlusion", nil, nil, nil
		s.View = spec.View{Name: "beeswarm", Rows: spec.MaxRows}
	})
	p.show(s)
	for _, buttons := range []int{0, 1} {
		if buttons == 1 {
			x, y := p.over("beeswarm", draw.Frame{Width: 1, Height: 1}, 0.3, 0.2)
			p.mouse(chromedp.MouseMoved, x, y)
			p.mouse(chromedp.MousePressed, x, y)
		}
		p.follow("beeswarm", buttons)
	}
	p.wait(fmt.Sprintf(`(%s)("beeswarm") > 1000 && (%s)("dependence") > 1000`, brushes, brushes))
	p.mouse(chromedp.MouseReleased, 0, 0)
	p.done()
}

// follow moves the pointer over a picture in 100 steps and prints how long a
// render took, and a frame.
func (p *tab) follow(name string, buttons int) {
	p.Helper()
	all := browser.Eval[[][]float64](p, p.ctx, fmt.Sprintf(`(async () => {
		const renders = [], frames = [];
		const eyes = new PerformanceObserver((l) => {
			for (const e of l.getEntriesByName("whybox-render")) { renders.push(e.duration); }
		});
		eyes.observe({ type: "measure" });
		const over = wb.panel(%q).querySelector(".plot-over"), r = over.getBoundingClientRect();
		for (let i = 0; i < 100; i++) {
			over.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, buttons: %d,
				clientX: r.left + r.width * (0.3 + 0.4 * i / 100), clientY: r.top + r.height * (0.3 + 0.3 * (i %% 7) / 7) }));
			const began = performance.now();
			await wb.frames(1);
			frames.push(performance.now() - began);
		}
		eyes.disconnect();
		return [renders, frames];
	})()`, name, buttons))
	p.Logf("buttons %d: render after a step of the pointer: %s; frames: %s", buttons, quantiles(all[0]), quantiles(all[1]))
	if len(all[0]) < 50 {
		p.Fatalf("only %d renders were measured", len(all[0]))
	}
}
