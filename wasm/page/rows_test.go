//go:build !js

package main_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/chromedp/chromedp"

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

// TestBrushingManyRows moves the pointer over a beeswarm of 16,000 points, and
// prints how soon the page follows.
func TestBrushingManyRows(t *testing.T) {
	p := open(t)
	s := example(p, "loans-why", func(s *spec.Spec) {
		s.Data.Knobs = map[string]any{"rows": 2000.0}
		s.Explain.Name, s.Explain.Knobs, s.Explain.Counterfactual, s.Params = "occlusion", nil, nil, nil
		s.View = spec.View{Name: "beeswarm", Rows: spec.MaxRows}
	})
	p.show(s)
	all := browser.Eval[[][]float64](t, p.ctx, `(async () => {
		const renders = [], frames = [];
		const eyes = new PerformanceObserver((l) => {
			for (const e of l.getEntriesByName("whybox-render")) { renders.push(e.duration); }
		});
		eyes.observe({ type: "measure" });
		const over = wb.panel("beeswarm").querySelector(".plot-over"), r = over.getBoundingClientRect();
		for (let i = 0; i < 100; i++) {
			over.dispatchEvent(new PointerEvent("pointermove", { bubbles: true,
				clientX: r.left + r.width * (0.3 + 0.4 * i / 100), clientY: r.top + r.height * (0.3 + 0.3 * (i % 7) / 7) }));
			const began = performance.now();
			await wb.frames(1);
			frames.push(performance.now() - began);
		}
		eyes.disconnect();
		return [renders, frames];
	})()`)
	t.Logf("render after a step of the pointer: %s; frames: %s", quantiles(all[0]), quantiles(all[1]))
	if len(all[0]) < 50 {
		t.Fatalf("only %d renders were measured", len(all[0]))
	}
}
