package draw

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// ofCohort returns every view that is made of a cohort.
func ofCohort(c view.Cohort) []view.View {
	order := byScore(&c)
	h := head("", "title", "sentence")
	return []view.View{&view.Beeswarm{Head: h, Cohort: c}, &view.Violin{Head: h, Cohort: c}, &view.Decision{Head: h, Cohort: c},
		&view.Heatmap{Head: h, Cohort: c, Order: order, By: "score"}, &view.Forces{Head: h, Cohort: c, Order: order, By: "score"}}
}

// TestCohortSizes draws no row, one, two, and many, of one feature, two, and
// as many as an image has pixels.
func TestCohortSizes(t *testing.T) {
	for _, n := range []int{0, 1, 2, 700} {
		for _, d := range []int{1, 2, 784} {
			if n == 700 && d == 784 {
				continue // a page of its own for each row
			}
			c := loans(n)
			for len(c.Strands) < d {
				k := c.Strands[len(c.Strands)%5]
				k.Feature, k.Index = fmt.Sprint("pixel ", len(c.Strands)), len(c.Strands)
				c.Strands = append(c.Strands, k)
			}
			c.Strands = c.Strands[:d]
			for _, v := range ofCohort(c) {
				draws(t, v)
			}
		}
	}
}

// TestCohortValues draws rows that are all alike, and very large and very
// small numbers.
func TestCohortValues(t *testing.T) {
	for _, scale := range []float64{0, 1e-300, 1e-12, 1, 1e12, 1e120} {
		for _, offset := range []float64{0, 1, -1e9} {
			c := loans(40)
			c.Base = offset
			for i := range c.Finals {
				c.Finals[i] = offset
			}
			for j := range c.Strands {
				for i := range c.Rows {
					c.Strands[j].Values[i] *= scale
					c.Finals[i] += c.Strands[j].Values[i]
				}
				c.Strands[j].Mean *= scale
			}
			for _, v := range ofCohort(c) {
				draws(t, v)
			}
		}
	}
	same := loans(60)
	for j := range same.Strands {
		for i := range same.Rows {
			same.Strands[j].Values[i] = 0.1
			if same.Strands[j].Tones != nil {
				same.Strands[j].Tones[i] = math.NaN()
			}
		}
	}
	for _, v := range ofCohort(same) {
		draws(t, v)
	}
}

func TestForceExtremes(t *testing.T) {
	for _, scale := range []float64{0, 1e-300, 1, -1, 1e120} {
		for _, n := range []int{1, 2, 8} {
			v := pushed()
			v.Bars = v.Bars[:n]
			v.Final = v.Base
			for i := range v.Bars {
				v.Bars[i].Amount *= scale
				v.Final += v.Bars[i].Amount
			}
			draws(t, v)
		}
	}
}

func TestDependenceExtremes(t *testing.T) {
	none := dependent()
	none.Rows, none.Values, none.Amounts, none.Tones, none.Present = nil, nil, nil, nil, -1
	draws(t, none)
	for _, v := range []*view.Dependence{dependent(), housed()} {
		for i := range v.Values {
			v.Values[i] = math.NaN()
		}
		draws(t, v)
	}
	for _, m := range []int{1, 2, 40} {
		draws(t, paired(m))
	}
	zero := paired(3)
	for i := range zero.Values {
		clear(zero.Values[i])
	}
	draws(t, zero)
}

// TestTenThousandRows holds pictures of ten thousand rows to a size that a page
// draws at once.
func TestTenThousandRows(t *testing.T) {
	c := loans(10000)
	views := ofCohort(c)
	d := dependent()
	d.Rows, d.Amounts, d.Tones, d.Present, d.Values = c.Rows, c.Strands[0].Values, c.Strands[1].Tones, 5, c.Strands[0].Tones
	d.X.Min, d.X.Max = 0, 1
	for _, v := range append(views, d) {
		drawn, err := SVG(v, Size{Width: 640})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%T: %d kB of SVG, %d kB of places and values", v, len(drawn.SVG)/1000, (len(drawn.Spots.At)+len(drawn.Spots.Values))/1000)
		if len(drawn.SVG) > 400e3 || strings.Count(drawn.SVG, "<path") > 1200 {
			t.Errorf("%T: %d bytes, %d paths", v, len(drawn.SVG), strings.Count(drawn.SVG, "<path"))
		}
	}
}

// TestSwarmKeepsApart measures every pair of points of swarms that found room.
func TestSwarmKeepsApart(t *testing.T) {
	c := loans(250)
	for _, k := range c.Strands {
		xs := make([]float64, len(k.Values))
		for i, v := range k.Values {
			xs[i] = 900 * v
		}
		const radius = 1.2
		off, ok := newSwarm(xs).place(radius, 120)
		if !ok {
			if k.Feature != "housing" { // three values for 250 rows
				t.Errorf("%s finds no room", k.Feature)
			}
			continue
		}
		for i := range xs {
			if math.Abs(off[i]) > 120-radius+1e-9 {
				t.Errorf("%s: point %d is %v from the middle", k.Feature, i, off[i])
			}
			for j := range i {
				if d := math.Hypot(xs[i]-xs[j], off[i]-off[j]); d < 2*radius-0.02 { // places are rounded to 0.01
					t.Fatalf("%s: points %d and %d are %v apart", k.Feature, i, j, d)
				}
			}
		}
	}
	if _, ok := newSwarm(make([]float64, 50)).place(3, 12); ok {
		t.Error("50 equal points are said to fit in four lanes")
	}
}

// TestSpots finds each row where its value says it is.
func TestSpots(t *testing.T) {
	c := loans(50)
	d, err := SVG(&view.Beeswarm{Head: head("", "t", "s"), Cohort: c}, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	n := len(c.Rows)
	if d.Spots.Len() != n*len(c.Strands) || d.Count() != len(d.Marks)+d.Spots.Len() {
		t.Fatalf("%d spots, %d in all", d.Spots.Len(), d.Count())
	}
	for g, k := range c.Strands {
		for i, value := range k.Values {
			m := d.Mark(len(d.Marks) + g*n + i)
			want, _ := d.Frame.ToPixel(value, 0)
			if m.Index != c.Rows[i] || math.Abs(m.X-want) > 0.02 {
				t.Fatalf("%s, row %d: %+v, want it at %v", k.Feature, c.Rows[i], m, want)
			}
			near := d.Spots.Near(m.X, m.Y, 5)
			at := d.Spots.Mark(near)
			if math.Hypot(at.X-m.X, at.Y-m.Y) > 1e-9 {
				t.Errorf("near %v, %v is %+v", m.X, m.Y, at)
			}
			verb := "raises by " + number(float64(float32(value)))
			switch {
			case value < 0:
				verb = "lowers by " + number(-float64(float32(value)))
			case value == 0:
				verb = "does nothing"
			}
			if text := fmt.Sprintf("row %d: %s %s", c.Rows[i], k.Feature, verb); m.Label != text {
				t.Errorf("label %q, want %q", m.Label, text)
			}
		}
	}
	if all := d.Spots.Of(c.Rows[7]); len(all) != len(c.Strands) || all[1] != n+7 {
		t.Errorf("row %d is at %v", c.Rows[7], all)
	}
	if d.Spots.Near(-500, -500, 14) != -1 || len(d.Spots.Of(-3)) != 0 {
		t.Error("something is found where nothing is")
	}
	s := newSpots([]int{4}, []string{"a"}, 100, 100)
	s.skip()
	if s.Near(100, 0, 1e9) != -1 || s.Of(4) != nil {
		t.Error("a point that is not drawn is found")
	}
}

// TestForceMeets adds up the arrows: those that raise end where the score is,
// those that lower begin there.
func TestForceMeets(t *testing.T) {
	v := pushed()
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	at, _ := d.Frame.ToPixel(v.Final, 0)
	base, _ := d.Frame.ToPixel(v.Base, 0)
	sum := 0.0
	for i, m := range d.Marks {
		if right := m.X + m.W; right <= at+1.01 {
			sum += m.W
		} else if m.X >= at-0.01 {
			sum -= m.W
		} else {
			t.Errorf("arrow %d crosses the score: %+v", i, m)
		}
	}
	if math.Abs(sum-(at-base)) > 1.5 { // an arrow is a px long at the least
		t.Errorf("the arrows add up to %v px, from base to score it is %v", sum, at-base)
	}
}

// TestForcesAddUp compares the outer borders of the bands with the sums of what
// raises and lowers.
func TestForcesAddUp(t *testing.T) {
	c := loans(30)
	v := &view.Forces{Cohort: c, Order: byScore(&c), By: "score"}
	g := newForceGrid(v)
	for rank, i := range v.Order {
		up, down := 0.0, 0.0
		for _, k := range c.Strands {
			up += max(0, k.Values[i])
			down += min(0, k.Values[i])
		}
		for side, sum := range []float64{up, down} {
			edges := g.edge[side]
			if got := edges[0][rank+1] - edges[len(edges)-1][rank+1]; math.Abs(got-sum) > 1e-12 {
				t.Errorf("rank %d: bands of %v, values of %v", rank, got, sum)
			}
		}
	}
}

// TestViolinIsADensity compares a violin of normal numbers with the bell.
func TestViolinIsADensity(t *testing.T) {
	var k view.Strand
	const n = 4001
	for i := range n { // the normal's own quantiles
		p := (float64(i) + 0.5) / n
		k.Values = append(k.Values, math.Sqrt2*math.Erfinv(2*p-1))
	}
	f := Frame{Left: 0, Right: 1000, X0: -5, X1: 5}
	b := bodyOf(f, k, 0, 100)
	for i, x := range b.x {
		z, _ := f.ToData(x, 0)
		if want := 100 * math.Exp(-z*z/2); math.Abs(b.height[i]-want) > 3 {
			t.Errorf("at %v: %v px high, the bell %v", z, b.height[i], want)
		}
	}
	for i, want := range []float64{-0.6745, 0, 0.6745} {
		if z, _ := f.ToData(b.quarter[i], 0); math.Abs(z-want) > 0.002 {
			t.Errorf("quarter %d at %v, want %v", i, z, want)
		}
	}
}

func TestCohortErrors(t *testing.T) {
	for name, spoil := range map[string]func(*view.Cohort){
		"values":  func(c *view.Cohort) { c.Strands[1].Values[3] = math.NaN() },
		"short":   func(c *view.Cohort) { c.Strands[1].Values = c.Strands[1].Values[1:] },
		"tones":   func(c *view.Cohort) { c.Strands[0].Tones = c.Strands[0].Tones[1:] },
		"finals":  func(c *view.Cohort) { c.Finals[2] = math.Inf(1) },
		"none":    func(c *view.Cohort) { c.Strands = nil },
		"present": func(c *view.Cohort) { c.Present = 99 },
		"base":    func(c *view.Cohort) { c.Base = 1e200 },
	} {
		c := loans(20)
		spoil(&c)
		order := make([]int, 20)
		for i := range order {
			order[i] = i
		}
		for _, v := range []view.View{&view.Beeswarm{Cohort: c}, &view.Violin{Cohort: c}, &view.Decision{Cohort: c},
			&view.Heatmap{Cohort: c, Order: order}, &view.Forces{Cohort: c, Order: order}} {
			if _, err := SVG(v, Size{}); err == nil || !strings.Contains(err.Error(), "cannot draw") {
				t.Errorf("%s: %T: error %v", name, v, err)
			}
		}
	}
	twice := &view.Heatmap{Cohort: loans(3), Order: []int{0, 1, 1}}
	short, wide := paired(3), dependent()
	short.Values = short.Values[1:]
	wide.Amounts[2] = math.NaN()
	for _, v := range []view.View{twice, short, wide, &view.Force{}, &view.Interactions{}} {
		if _, err := SVG(v, Size{}); err == nil || !strings.Contains(err.Error(), "cannot draw") {
			t.Errorf("%T: error %v", v, err)
		}
	}
}
