package draw

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// rowPictures draws every picture of rows.
func rowPictures(t *testing.T, n int) map[string]*Drawing {
	t.Helper()
	out := map[string]*Drawing{}
	for _, v := range append(ofCohort(loans(n)), dependent(), housed(), twoMoons()) {
		d, err := SVG(v, Size{Width: 520})
		if err != nil {
			t.Fatal(err)
		}
		out[fmt.Sprintf("%T", v)] = &d
	}
	return out
}

// twoMoons is a surface with rows on it.
func twoMoons() *view.Surface {
	for _, s := range samples() {
		if v, ok := s.view.(*view.Surface); ok && len(v.Points) > 0 {
			return v
		}
	}
	panic("no sample of a surface")
}

// places lists where a row is drawn: its points, and for a line many on it.
func places(d *Drawing, i int) [][2]float64 {
	var out [][2]float64
	s := d.Spots
	for at := i; at < s.Len(); at += len(s.Rows) {
		x, y, ok := s.place(at)
		if !ok {
			continue
		}
		out = append(out, [2]float64{x, y})
		if s.Form == Ways {
			nextX, nextY := s.Foot, d.Frame.Bottom
			if at+len(s.Rows) < s.Len() {
				nextX, nextY, _ = s.place(at + len(s.Rows))
			}
			for k := range 200 {
				f := float64(k) / 200
				out = append(out, [2]float64{x + f*(nextX-x), y + f*(nextY-y)})
			}
		}
	}
	return out
}

// TestWithin lays boxes over the pictures: a row is in one where one of its
// places is, found one by one. At the border, within half a px, either is right.
func TestWithin(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for name, d := range rowPictures(t, 40) {
		if d.Spots.Len() == 0 {
			continue // below
		}
		in, out := 0, 0
		for range 30 {
			x, y := 520*r.Float64(), d.Frame.Height*r.Float64()
			b := Box{x, y, x + 80*r.Float64(), y + 60*r.Float64()}
			got := d.Within(b)
			for i, row := range d.Spots.Rows {
				inner, outer := false, false
				for g, p := range places(d, i) {
					left, right, top, bottom := p[0], p[0], p[1], p[1]
					switch d.Spots.Form {
					case Columns:
						left, right, top, bottom = p[0]-d.Spots.Size/2, p[0]+d.Spots.Size/2, math.Inf(-1), math.Inf(1)
					case Places:
						top, bottom = d.Spots.Fields[g][1], d.Spots.Fields[g][3]
					}
					inner = inner || left <= b[2]-0.5 && right >= b[0]+0.5 && top <= b[3]-0.5 && bottom >= b[1]+0.5
					outer = outer || left <= b[2]+0.5 && right >= b[0]-0.5 && top <= b[3]+0.5 && bottom >= b[1]-0.5
				}
				has := row < len(got) && got[row]
				if inner && !has || has && !outer {
					t.Fatalf("%s: row %d in %v: %v, its places say %v to %v", name, row, b, has, inner, outer)
				}
				if has {
					in++
				} else {
					out++
				}
			}
		}
		if in == 0 || out == 0 {
			t.Errorf("%s: %d in, %d out", name, in, out)
		}
	}
	d := rowPictures(t, 2)["*view.Surface"]
	for i := range d.Marks[:len(d.Marks)-1] {
		m := &d.Marks[i]
		if got := d.Within(Box{m.X - 0.1, m.Y - 0.1, m.X + 0.1, m.Y + 0.1}); len(got) <= m.Index || !got[m.Index] {
			t.Errorf("the point of row %d is not in a box around it", m.Index)
		}
	}
}

var stroke = regexp.MustCompile(`M([\d.]+) ([\d.]+)(?:h([\d.]+)|L([\d.]+) ([\d.]+))`)

// covered reports whether a place is within reach of a path.
func covered(lines [][]string, x, y, reach float64) bool {
	for _, l := range lines {
		number := func(i int) float64 { v, _ := strconv.ParseFloat(l[i], 64); return v }
		ax, ay := number(1), number(2)
		bx, by := ax+number(3), ay
		if l[4] != "" {
			bx, by = number(4), number(5)
		}
		along := 0.0
		if length := (bx-ax)*(bx-ax) + (by-ay)*(by-ay); length > 0 {
			along = clamp(((x-ax)*(bx-ax)+(y-ay)*(by-ay))/length, 0, 1)
		}
		if math.Hypot(ax+along*(bx-ax)-x, ay+along*(by-ay)-y) <= reach {
			return true
		}
	}
	return false
}

// TestTrace traces every third row: each of its places is covered, and none of
// a row that has no traced one near.
func TestTrace(t *testing.T) {
	for name, d := range rowPictures(t, 20) {
		s := d.dots()
		chosen := make([]bool, 4000)
		for i, row := range s.Rows {
			chosen[row] = i%3 == 0
		}
		path, width, flat := d.Trace(chosen, 1)
		lines := stroke.FindAllStringSubmatch(path, -1)
		if flat != (s.Form == Columns) || width < 2 || len(lines) == 0 {
			t.Errorf("%s: %d lines, %v px wide, flat %v", name, len(lines), width, flat)
		}
		whole := *d
		whole.Spots = s
		in := 0
		for i, row := range s.Rows {
			for _, p := range places(&whole, i) {
				if s.Form == Columns {
					p[1] = (s.field(i)[1] + s.field(i)[3]) / 2
				}
				switch hit := covered(lines, p[0], p[1], 0.75); {
				case chosen[row] && !hit && (s.Form != Columns || len(s.Fields) == 1):
					t.Fatalf("%s: row %d at %.1f is not covered", name, row, p)
				case chosen[row]:
					in++
				}
			}
		}
		if none, _, _ := d.Trace(nil, 1); none != "" || in == 0 {
			t.Errorf("%s: no rows leave %.40q; %d places were covered", name, none, in)
		}
	}
}

// TestTraceLeavesOthersOut traces one row of a picture with few: the others are
// not covered.
func TestTraceLeavesOthersOut(t *testing.T) {
	c := loans(3)
	for j := range c.Strands {
		c.Strands[j].Values = []float64{-1, 0, 1}
	}
	for _, v := range ofCohort(c) {
		d, err := SVG(v, Size{Width: 520})
		if err != nil {
			t.Fatal(err)
		}
		chosen := make([]bool, c.Rows[1]+1)
		chosen[c.Rows[1]] = true
		path, width, _ := d.Trace(chosen, 1)
		if width > 30 && d.Spots.Form != Columns {
			t.Errorf("%T: %v px wide", v, width)
		}
		lines := stroke.FindAllStringSubmatch(path, -1)
		for i, row := range d.Spots.Rows {
			x, y, _ := d.Spots.place(i)
			if d.Spots.Form == Columns {
				y = (d.Spots.Fields[0][1] + d.Spots.Fields[0][3]) / 2
			}
			if hit := covered(lines, x, y, 1); hit != chosen[min(row, len(chosen)-1)] && row <= c.Rows[1] || hit && row > c.Rows[1] {
				t.Errorf("%T: row %d covered: %v", v, row, hit)
			}
		}
	}
}

// TestTraceStaysShort traces half of ten thousand rows.
func TestTraceStaysShort(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	chosen := make([]bool, 30002)
	for row := range chosen {
		chosen[row] = r.IntN(2) == 0
	}
	for _, v := range ofCohort(loans(10000)) {
		d, err := SVG(v, Size{Width: 640})
		if err != nil {
			t.Fatal(err)
		}
		path, _, _ := d.Trace(chosen, 1)
		t.Logf("%T: %d kB", v, len(path)/1000)
		if len(path) > 300e3 {
			t.Errorf("%T: a path of %d bytes", v, len(path))
		}
	}
}
