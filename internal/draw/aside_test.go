package draw

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// gappySurface has rows that lack x, y or both; the asked one lacks y.
func gappySurface() *view.Surface {
	v := moons(12, 60)
	nan := math.NaN()
	for i := range 9 {
		p := &v.Points[6*i]
		if i%3 != 1 {
			p.X = nan
		}
		if i%3 > 0 {
			p.Y = nan
		}
	}
	v.Present[1] = nan
	v.Paths = [][][2]float64{{{0.35, nan}, {0.6, nan}, {1.4, nan}}}
	return v
}

// gappyEffect is of a row that lacks the feature.
func gappyEffect() *view.Effect {
	v := effect()
	v.Missing = []float64{v.Mean[0], v.Own[len(v.Own)-1]}
	v.Present = [2]float64{math.NaN(), v.Missing[1]}
	return v
}

// TestLanes: what is missing stands in the lane beside its axis, where the page
// looks for it, and everything else where the axes say.
func TestLanes(t *testing.T) {
	v := gappySurface()
	d, err := SVG(v, Size{Width: 480})
	if err != nil {
		t.Fatal(err)
	}
	px, py := d.Frame.Aside()
	x0, y0 := d.Frame.ToPixel(v.X.Min, v.Y.Min)
	if !(px > d.Frame.Left && px < x0 && py < d.Frame.Bottom && py > y0) {
		t.Errorf("the lanes are at %v, %v, the axes begin at %v, %v in %+v", px, py, x0, y0, d.Frame)
	}
	if !strings.Contains(d.SVG, ">missing</text>") {
		t.Error("the lanes have no name")
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	marks := 0
	for _, m := range d.Marks {
		p := view.SurfacePoint{X: v.Present[0], Y: v.Present[1]}
		if m.Index >= 0 {
			p = v.Points[m.Index]
		}
		wantX, wantY := d.Frame.ToPixel(p.X, p.Y)
		lacks := 0
		if p.X != p.X {
			wantX, lacks = px, lacks+1
		}
		if p.Y != p.Y {
			wantY, lacks = py, lacks+1
		}
		if !near(m.X, wantX) || !near(m.Y, wantY) || strings.Count(m.Label, "missing") != lacks {
			t.Errorf("%q is at %v, %v, want %v, %v", m.Label, m.X, m.Y, wantX, wantY)
		}
		marks++
	}
	if marks != len(v.Points)+1 {
		t.Errorf("%d marks of %d rows", marks, len(v.Points))
	}
	if _, err := json.Marshal(d); err != nil {
		t.Error(err)
	}
	whole := moons(12, 60)
	before, _ := SVG(whole, Size{Width: 480})
	if before.Frame.X0 != whole.X.Min || strings.Contains(before.SVG, "missing") {
		t.Errorf("a lane where nothing is missing: %+v", before.Frame)
	}
}
