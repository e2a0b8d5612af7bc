package draw

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// draws fails unless the view can be drawn at a few sizes, as promised.
func draws(t *testing.T, v view.View) {
	t.Helper()
	for _, width := range []int{240, 640, 1600} {
		d, err := SVG(v, Size{Width: width})
		if err != nil {
			t.Fatal(err)
		}
		all := elements(t, d.SVG)
		checkElements(t, all)
		checkTexts(t, all, d.Frame)
		checkMarks(t, d)
	}
}

func TestNotFiniteIsAnError(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e200} {
		surface, spots := moons(8, 20), moons(8, 20)
		surface.Grid[3] = float32(bad)
		spots.Points[2].Value = bad
		waterfall := tumour(true)
		waterfall.Bars[1].Amount = bad
		loss, whole := training(), effect()
		loss.Train[3][1] = bad
		whole.Curves[2][5] = bad
		saliency, moved, fit, rise := digit(true), flips(), fitted(), importance()
		saliency.Values[9] = bad
		moved.Items[0].Changes[0].B = bad
		fit.Points[0].Y = bad
		rise.Bars[0].StdErr = bad
		for i, v := range []view.View{surface, spots, waterfall, loss, whole, saliency, moved, fit, rise} {
			if _, err := SVG(v, Size{}); err == nil || !strings.Contains(err.Error(), "cannot draw") {
				t.Errorf("view %d with %v: error %v", i, bad, err)
			}
		}
	}
}

func TestWrongShapeIsAnError(t *testing.T) {
	surface, saliency, whole, counts := moons(8, 2), digit(true), effect(), confusion()
	surface.Grid = surface.Grid[1:]
	saliency.Values = saliency.Values[:3]
	whole.Mean = whole.Mean[1:]
	counts.Counts[1] = nil
	flat := moons(8, 2)
	flat.X.Max = flat.X.Min
	for i, v := range []view.View{surface, saliency, whole, counts, flat, &view.Waterfall{}, &view.Importance{}, &view.Saliency{}, &view.Confusion{}} {
		if _, err := SVG(v, Size{}); err == nil {
			t.Errorf("view %d is drawn", i)
		}
	}
	rows := &view.Rows{Head: view.Head{Name: "rows"}}
	if _, err := SVG(rows, Size{}); err == nil || !strings.Contains(err.Error(), `"rows" has no picture`) {
		t.Errorf("rows: error %v", err)
	}
	if _, err := Standalone(rows, Size{}); err == nil {
		t.Error("a file of rows is drawn")
	}
}

func TestBarCounts(t *testing.T) {
	for _, n := range []int{1, 2, 64} {
		for _, cumulative := range []bool{true, false} {
			v := &view.Waterfall{Cumulative: cumulative, Score: view.Axis{Label: "score"}, BaseLabel: "base", FinalLabel: "this row"}
			for i := range n {
				v.Bars = append(v.Bars, view.Bar{Feature: fmt.Sprint("feature ", i), Amount: float64(n-i) * (float64(i%2) - 0.5), Index: i})
				v.Final += v.Bars[i].Amount
			}
			draws(t, v)
			draws(t, &view.Importance{Bars: v.Bars})
		}
	}
}

func TestRangesOfValues(t *testing.T) {
	for _, scale := range []float64{0, 1e-300, 1e-12, 1e-5, 1, 1e5, 1e12, 1e120} {
		for _, offset := range []float64{0, 1, -1e9} {
			w := tumour(true)
			w.Base = offset
			w.Final = offset
			for i := range w.Bars {
				w.Bars[i].Amount *= scale
				w.Bars[i].StdErr *= scale
				w.Final += w.Bars[i].Amount
			}
			draws(t, w)
			l := training()
			for i := range l.Train {
				l.Train[i][1] = l.Train[i][1]*scale + offset
				l.Test[i][1] = l.Test[i][1]*scale + offset
			}
			draws(t, l)
			if scale == 0 || scale < 1e-9*math.Abs(offset) {
				continue // an axis of no width is an error, tested elsewhere
			}
			s := moons(8, 30)
			stretch := func(v *float64) { *v = *v*scale + offset }
			for _, v := range []*float64{&s.X.Min, &s.X.Max, &s.Y.Min, &s.Y.Max, &s.Present[0], &s.Present[1]} {
				stretch(v)
			}
			for i := range s.Points {
				stretch(&s.Points[i].X)
				stretch(&s.Points[i].Y)
			}
			draws(t, s)
		}
	}
}

func TestPresentOutsideStaysOnTheEdge(t *testing.T) {
	v := moons(8, 5)
	v.Present = [2]float64{99, -99}
	v.Paths = [][][2]float64{{{99, -99}, {0, 0}}}
	draws(t, v)
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	if m := d.Marks[len(d.Marks)-1]; m.X != d.Frame.Right || m.Y != d.Frame.Bottom {
		t.Errorf("the row is at %v, %v, not in the corner of %+v", m.X, m.Y, d.Frame)
	}
}

// TestNames draws names that are long, foreign, empty or markup.
func TestNames(t *testing.T) {
	for _, name := range []string{
		"", strings.Repeat("a very long name of a feature ", 12), strings.Repeat("W", 300),
		`<script>alert("x")</script>&amp;`, "質問票の合計点（満点百点）", "Ελληνικά ∂x/∂t ≤ 10⁻⁷", "a\x00b\x1b\n\tc", "e\u0301\u202Eevil", "\xff\xfe",
	} {
		w, i, f, c := tumour(true), importance(), flips(), confusion()
		w.Bars[0].Feature, w.Bars[1].Value, w.Bars[2].Feature, w.Bars[2].Value = name, name, name, name
		w.BaseLabel, w.Score.Label, w.Title = name, name, name
		i.Bars[0].Feature, i.Axis.Label = name, name
		f.Items[0].Outcome, f.Items[0].Changes[0].Feature, f.Items[1].Changes[0].To = name, name, name
		c.Classes[0] = name
		e, s, l, g, r := effect(), moons(8, 20), training(), digit(true), regressionSurface()
		e.X.Label, e.Y.Label = name, name
		s.Classes[1], s.X.Label, s.Y.Label = name, name, name
		l.FitLabel, l.Loss.Label, l.Steps.Label = name, name, name
		g.FlipLabel = name
		r.Score = name
		k2 := categories()
		k2.Categories[1] = name
		for _, v := range []view.View{w, i, f, c, e, s, l, g, r, k2} {
			draws(t, v)
			out, err := Standalone(v, Size{Width: 320})
			if err != nil {
				t.Fatal(err)
			}
			if elements(t, string(out)); strings.Contains(string(out), "<script") {
				t.Errorf("markup is not escaped: %s", out)
			}
		}
	}
}

func TestShortenedNamesKeepTheWhole(t *testing.T) {
	v := tumour(true)
	v.Bars[0].Feature = strings.Repeat("long name ", 20)
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(d.SVG, "<title>"+v.Bars[0].Feature+" = 553.6 mm²</title>") {
		t.Error("the whole name is nowhere")
	}
}

func TestEmptyViews(t *testing.T) {
	draws(t, &view.Loss{})
	draws(t, &view.Flips{})
	draws(t, &view.Loss{Train: [][2]float64{{0, 1}}, Total: 100})
	draws(t, &view.Fit{X: view.Axis{Label: "true", Max: 1}, Y: view.Axis{Label: "predicted", Max: 1}})
	one := confusion()
	one.Classes, one.Counts = one.Classes[:1], [][]int{{0}}
	draws(t, one)
	many := &view.Confusion{}
	for i := range 40 {
		many.Classes = append(many.Classes, fmt.Sprint("class ", i))
		many.Counts = append(many.Counts, make([]int, 40))
		many.Counts[i][i] = 12345
	}
	draws(t, many)
	big := &view.Saliency{Height: 28, Width: 28, Pixels: make([]float32, 784), Values: make([]float64, 784)}
	draws(t, big)
}
