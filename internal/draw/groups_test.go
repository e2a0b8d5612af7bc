package draw

import (
	"math"
	"testing"
)

// The parts of a split group begin where it begins and end where it ends, and
// the score is where the groups end.
func TestPartsOfAGroupSpanIt(t *testing.T) {
	v := inGroups()
	b := bars{items: v.Bars, base: v.Base, flow: true, thick: 18}
	start, end := b.span(1)
	from, mid := b.span(2)
	next, to := b.span(3)
	if start != from || mid != next || math.Abs(to-end) > 1e-12 || math.Abs(to-v.Final) > 1e-12 {
		t.Errorf("the group from %g to %g, its parts from %g over %g and %g to %g, the score %g", start, end, from, mid, next, to, v.Final)
	}
	if b.half(2) >= b.half(1) {
		t.Errorf("a part is %g px thick, its group %g", 2*b.half(2), 2*b.half(1))
	}
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	if whole, first, last := d.Marks[1], d.Marks[2], d.Marks[3]; whole.Index != 30 || math.Abs(first.X+first.W-whole.X-whole.W) > 0.01 || math.Abs(last.X-first.X) > 0.01 {
		t.Errorf("marks %+v, %+v, %+v", whole, first, last)
	}
}
