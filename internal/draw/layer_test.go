package draw

import (
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// joined is the picture that a page makes of a completed drawing.
func joined(d *Drawing) string {
	var b strings.Builder
	for _, p := range d.Parts {
		b.WriteString("<g>" + p.SVG + "</g>")
	}
	return b.String()
}

func holding(d *Drawing) Has {
	sums := d.Sums()
	return func(sum string) bool { return slices.Contains(sums, sum) }
}

// redraw draws v for a page that shows before, and compares what the page then
// shows with a drawing made anew. It returns how many parts were sent.
func redraw(t *testing.T, name string, v view.View, before *Drawing, size Size) (*Drawing, int) {
	t.Helper()
	d, err := Redraw(v, size, holding(before))
	if err != nil {
		t.Fatal(err)
	}
	sent := len(slices.DeleteFunc(slices.Clone(d.Parts), func(p Part) bool { return p.Size == 0 }))
	if !d.Complete(before) {
		t.Errorf("%s: the page lacks a part that it said it had", name)
	}
	whole, err := SVG(v, size)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(whole.SVG, ">"+joined(&d)+"</svg>") {
		t.Errorf("%s: drawn in parts it differs from the whole", name)
	}
	if !slices.Equal(whole.Marks, d.Marks) || whole.Frame != d.Frame {
		t.Errorf("%s: the marks or the frame differ", name)
	}
	return &d, sent
}

// TestRedraw draws every view twice: the second time nothing is left to send.
func TestRedraw(t *testing.T) {
	for _, s := range samples() {
		for _, width := range []int{320, 640} {
			first, err := SVG(s.view, Size{Width: width})
			if err != nil {
				t.Fatal(err)
			}
			if !first.Complete(nil) {
				t.Errorf("%s: a whole drawing is not complete", s.name)
			}
			if _, sent := redraw(t, s.name, s.view, &first, Size{Width: width}); sent > 0 {
				t.Errorf("%s: %d parts were sent again", s.name, sent)
			}
		}
	}
}

// TestRedrawSendsWhatChanged changes one thing of a surface at a time.
func TestRedrawSendsWhatChanged(t *testing.T) {
	size := Size{Width: 480, Height: 420}
	v := moons(20, 40)
	first, err := SVG(v, size)
	if err != nil {
		t.Fatal(err)
	}
	first.Complete(nil)
	before := &first
	for _, c := range []struct {
		name   string
		change func(*view.Surface)
		parts  int
	}{
		{"the row moves", func(v *view.Surface) { v.Present = [2]float64{0.1, 0.2} }, 1},
		{"the model changes its mind somewhere", func(v *view.Surface) { v.Grid = slices.Clone(v.Grid); v.Grid[7] += 0.25 }, 1},
		{"a point is now predicted wrong", func(v *view.Surface) { v.Points = slices.Clone(v.Points); v.Points[3].Wrong = !v.Points[3].Wrong }, 1},
		{"a point moves", func(v *view.Surface) { v.Points = slices.Clone(v.Points); v.Points[3].X += 0.01 }, 1},
		{"the axis grows", func(v *view.Surface) { v.X.Max += 0.5 }, 5},
	} {
		next := *v
		c.change(&next)
		d, sent := redraw(t, c.name, &next, before, size)
		if sent != c.parts {
			t.Errorf("%s: %d parts were sent, not %d", c.name, sent, c.parts)
		}
		v, before = &next, d
	}
}

// TestCompleteSaysWhatIsMissing gives a page less than it said it had.
func TestCompleteSaysWhatIsMissing(t *testing.T) {
	v := moons(20, 40)
	first, err := SVG(v, Size{Width: 480})
	if err != nil {
		t.Fatal(err)
	}
	first.Complete(nil)
	for name, before := range map[string]*Drawing{
		"nothing":  nil,
		"no marks": {Parts: first.Parts},
		"no parts": {Lead: first.Lead, Marks: first.Marks},
	} {
		d, err := Redraw(v, Size{Width: 480}, holding(&first))
		if err != nil {
			t.Fatal(err)
		}
		if d.Complete(before) {
			t.Errorf("with %s a drawing with parts left out is complete", name)
		}
	}
}

// TestOwn looks for the points of a surface, sent or not: they alone are painted
// apart.
func TestOwn(t *testing.T) {
	for _, s := range samples() {
		if _, ok := s.view.(*view.Surface); !ok {
			continue
		}
		whole, err := SVG(s.view, Size{Width: 400})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Redraw(s.view, Size{Width: 400}, holding(&whole))
		if err != nil {
			t.Fatal(err)
		}
		for name, d := range map[string]*Drawing{"whole": &whole, "held": &again} {
			own := slices.DeleteFunc(slices.Clone(d.Parts), func(p Part) bool { return !p.Own })
			if len(own) != 1 {
				t.Errorf("%s, %s: %d parts are painted apart, want the points", s.name, name, len(own))
				continue
			}
			longest := slices.MaxFunc(whole.Parts, func(a, b Part) int { return a.Size - b.Size })
			if own[0].Sum != longest.Sum {
				t.Errorf("%s, %s: what is painted apart are not the points", s.name, name)
			}
		}
	}
}
