package draw

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0"}, {1, "1"}, {-1.5, "−1.5"}, {0.1234, "0.123"}, {17.994, "18"}, {553.6, "554"}, {0.00001, "0.00001"},
		{1234, "1230"}, {12345, "12,300"}, {9.999, "10"}, {1.2e-7, "1.2 × 10⁻⁷"}, {-3e15, "−3 × 10¹⁵"}, {0.05, "0.05"},
		{99999999, "100,000,000"}, {2.5, "2.5"}, {-0.0004, "−0.0004"},
	} {
		if got := number(c.v); got != c.want {
			t.Errorf("number(%v) = %q, want %q", c.v, got, c.want)
		}
	}
	if got := signed(0.12) + signed(-0.12) + signed(0); got != "+0.12−0.120" {
		t.Errorf("signed: %q", got)
	}
	a := amountsOf(0.172)
	for v, want := range map[float64]string{0.172: "+0.172", -0.05: "−0.050", 0.0001: "≈ 0", -0.0001: "≈ 0", 0: "0"} {
		if got := a.text(v, true); got != want {
			t.Errorf("amount %v is %q, want %q", v, got, want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		ticks  ticks
		want   string
	}{
		{0, 1, ticks{most: 5}, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{0.8, 7.2, ticks{most: 3}, "2 4 6"},
		{-1.6, 2.6, ticks{most: 4}, "−1 0 1 2"},
		{0, 4, ticks{most: 8, whole: true}, "0 1 2 3 4"},
		{18, 43, ticks{most: 6}, "20 25 30 35 40"},
		{1e-9, 3e-9, ticks{most: 2}, "1 × 10⁻⁹ 2 × 10⁻⁹ 3 × 10⁻⁹"},
	} {
		var got []string
		for _, tick := range c.ticks.Ticks(c.lo, c.hi) {
			got = append(got, tick.Label)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("ticks of %v..%v: %q, want %q", c.lo, c.hi, got, c.want)
		}
	}
	if got := (ticks{most: 3}).Ticks(1, 1); got != nil {
		t.Errorf("ticks of an empty range: %v", got)
	}
}

// TestContrast holds the palette to WCAG 2.2: 4.5:1 for text (1.4.3), 3:1 for
// marks (1.4.11), in both themes.
func TestContrast(t *testing.T) {
	white, black := rgb(0xffffff), rgb(0)
	if c := contrast(white, black); math.Abs(c-21) > 1e-9 {
		t.Fatalf("white on black is %v, WCAG says 21", c)
	}
	if c := contrast(rgb(0x767676), white); math.Abs(c-4.54) > 0.005 {
		t.Fatalf("#767676 on white is %v, WCAG's own example is 4.54", c)
	}
	paperOf := map[bool]Colour{}
	for _, c := range themes {
		if c.name == "paper" {
			paperOf[false], paperOf[true] = rgb(c.light), rgb(c.dark)
		}
	}
	for _, c := range themes {
		if c.name == "paper" || c.name == "line" {
			continue
		}
		need := 3.0
		if c.text {
			need = 4.5
		}
		for dark, v := range map[bool]uint32{false: c.light, true: c.dark} {
			if got := contrast(rgb(v), paperOf[dark]); got < need {
				t.Errorf("%s (dark %v): contrast %.2f, needs %v", c.name, dark, got, need)
			}
		}
	}
	for i := range 256 {
		share := float64(i) / 255
		if got := contrast(onCividis(share), cividis(share)); got < 4.5 {
			t.Errorf("text on cividis(%v): contrast %.2f", share, got)
		}
	}
}

func TestStylesheetIsWritten(t *testing.T) {
	got, err := os.ReadFile("../../web/static/figure.css")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != Stylesheet() {
		t.Error("web/static/figure.css is old: go generate ./internal/draw")
	}
}

// TestCividis compares entries between the embedded ones with the published
// table (Nuñez et al. 2018, doi:10.1371/journal.pone.0199239, 256 entries).
func TestCividis(t *testing.T) {
	for i, want := range map[int][3]float64{
		10: {0, 0.163058, 0.371608}, 20: {0, 0.188769, 0.439563}, 28: {0.068968, 0.209372, 0.438863},
		40: {0.154261, 0.242475, 0.430120}, 100: {0.394568, 0.406236, 0.438986}, 121: {0.464947, 0.465241, 0.463395},
		152: {0.578236, 0.555673, 0.468724}, 200: {0.769353, 0.707035, 0.408516}, 234: {0.914407, 0.825522, 0.304348},
		246: {0.968469, 0.869819, 0.241310}, 253: {0.995249, 0.898384, 0.207561},
	} {
		c := cividis(float64(i) / 255)
		for k, v := range [3]uint8{c.R, c.G, c.B} {
			if d := math.Abs(float64(v) - 255*want[k]); d > 2.5 {
				t.Errorf("entry %d, channel %d: %d, published %.1f", i, k, v, 255*want[k])
			}
		}
	}
}

func TestContourOfACircle(t *testing.T) {
	const n, radius = 60, 0.3
	field := make([]float64, n*n)
	for i := range field {
		x, y := (float64(i%n)+0.5)/n-0.5, (float64(i/n)+0.5)/n-0.5
		field[i] = radius - math.Hypot(x, y)
	}
	lines := contour(field, n, n)
	if len(lines) != 1 {
		t.Fatalf("%d lines, want one ring", len(lines))
	}
	ring, length := lines[0], 0.0
	if ring[0] != ring[len(ring)-1] {
		t.Error("the ring is open")
	}
	for i, p := range ring {
		if r := math.Hypot(p[0]-0.5, p[1]-0.5); math.Abs(r-radius) > 1e-3 {
			t.Errorf("point %v is %v from the centre", p, r)
		}
		if i > 0 {
			length += math.Hypot(p[0]-ring[i-1][0], p[1]-ring[i-1][1])
		}
	}
	if math.Abs(length-2*math.Pi*radius) > 0.005 {
		t.Errorf("length %v, want %v", length, 2*math.Pi*radius)
	}
}

func TestContourReachesTheEdge(t *testing.T) {
	const n = 10
	field := make([]float64, n*n)
	for i := range field { // zero along y = 0.2 + 0.5·x
		field[i] = (float64(i/n)+0.5)/n - 0.2 - 0.5*(float64(i%n)+0.5)/n
	}
	lines := contour(field, n, n)
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	first, last := lines[0][0], lines[0][len(lines[0])-1]
	if first[0] > last[0] {
		first, last = last, first
	}
	if math.Abs(first[0]) > 1e-12 || math.Abs(first[1]-0.2) > 1e-12 || math.Abs(last[0]-1) > 1e-12 || math.Abs(last[1]-0.7) > 1e-12 {
		t.Errorf("the line runs from %v to %v, want 0, 0.2 to 1, 0.7", first, last)
	}
}

// TestContourSeparates checks on random signs, saddles included, that every
// crossed edge is on exactly one line.
func TestContourSeparates(t *testing.T) {
	const n = 12
	field := make([]float64, n*n)
	state := uint32(1)
	for i := range field {
		state = state*1664525 + 1013904223
		field[i] = float64(int32(state))
	}
	m := marcher{cols: n, rows: n, w: n + 2, h: n + 2}
	m.frame(field)
	crossed := 0
	for y := range m.h {
		for x := range m.w {
			if x+1 < m.w && (m.at(x, y) >= 0) != (m.at(x+1, y) >= 0) {
				crossed++
			}
			if y+1 < m.h && (m.at(x, y) >= 0) != (m.at(x, y+1) >= 0) {
				crossed++
			}
		}
	}
	points := 0
	for _, l := range contour(field, n, n) {
		points += len(l)
		if l[0] == l[len(l)-1] {
			points-- // a ring names its first point twice
		}
	}
	if points != crossed {
		t.Errorf("%d points on %d crossed edges", points, crossed)
	}
}

func TestPNGDecodes(t *testing.T) {
	paletted := image.NewPaletted(image.Rect(0, 0, 300, 250), color.Palette{
		color.NRGBA{1, 2, 3, 255}, color.NRGBA{200, 100, 50, 40}, color.NRGBA{0, 255, 0, 0},
	})
	for i := range paletted.Pix {
		paletted.Pix[i] = uint8(i * i % 3)
	}
	full := image.NewNRGBA(image.Rect(0, 0, 7, 5))
	for i := range full.Pix {
		full.Pix[i] = uint8(i * 37)
	}
	for _, img := range []image.Image{paletted, full} {
		got, err := png.Decode(bytes.NewReader(encodePNG(img)))
		if err != nil {
			t.Fatal(err)
		}
		if got.Bounds() != img.Bounds() {
			t.Fatalf("bounds %v", got.Bounds())
		}
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if color.NRGBAModel.Convert(got.At(x, y)) != color.NRGBAModel.Convert(img.At(x, y)) {
					t.Fatalf("pixel %d, %d: %v, want %v", x, y, got.At(x, y), img.At(x, y))
				}
			}
		}
	}
}

// TestRasterShowsTheGrid reads the picture's own image back.
func TestRasterShowsTheGrid(t *testing.T) {
	v := &view.Surface{
		X: view.Axis{Label: "x", Max: 1}, Y: view.Axis{Label: "y", Max: 1}, Classes: []string{"a", "b"}, Cols: 2, Rows: 2,
		Grid: []float32{1, 0, 0.5, 0.5, 0.2, 0.8, 0, 1},
	}
	d, err := SVG(v, Size{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range elements(t, d.SVG) {
		if e.name != "image" {
			continue
		}
		data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(e.attr["href"], "data:image/png;base64,"))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		at := func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA) }
		first, second := rgb(okabe[0]), rgb(okabe[1])
		if c := at(0, 0); c.R != first.R || c.G != first.G || c.A != 107 {
			t.Errorf("certain of a: %v", c)
		}
		if c := at(1, 0); c.A > 20 {
			t.Errorf("undecided: %v", c)
		}
		if c := at(0, 1); c.R != second.R || c.A <= at(1, 0).A || c.A >= at(1, 1).A {
			t.Errorf("fairly certain of b: %v", c)
		}
		return
	}
	t.Error("no image")
}

func TestShorten(t *testing.T) {
	for _, s := range []string{"mean fractal dimension", "質問票の合計点（満点百点）", "a b c d e f g h"} {
		for width := 60.0; width < 300; width += 9 {
			if got := shorten(s, 13, width, false); measure(got, 13, false) > width {
				t.Errorf("%q is wider than %v", got, width)
			} else if got != s && !strings.HasSuffix(got, "…") {
				t.Errorf("%q is cut without a sign", got)
			}
		}
	}
	if got := wrap("one two three", 13, measure("one two", 13, false)+1, false); len(got) != 2 || got[0] != "one two" || got[1] != "three" {
		t.Errorf("wrap: %q", got)
	}
}

// TestNamesThatFitStayWhole draws lists whose longest name sets the gutter.
func TestNamesThatFitStayWhole(t *testing.T) {
	for _, value := range []string{"", "117.0 mm Hg", "57 years", "0.1"} {
		v := &view.Waterfall{Bars: []view.Bar{{Feature: "bp", Value: value, Amount: 1}, {Feature: "s1 tc", Value: "181", Amount: -1}}}
		d, err := SVG(v, Size{Width: 640})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(d.SVG, "…") {
			t.Errorf("a name is shortened beside %q", value)
		}
	}
}

func TestEffectShowsTheRow(t *testing.T) {
	v := effect()
	v.Present[1] = 1.4
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	if m := d.Marks[len(d.Marks)-1]; d.Frame.Y1 <= 1.4 || m.Y <= d.Frame.Top {
		t.Errorf("the row at 1.4 is at %v px of %+v", m.Y, d.Frame)
	}
}

func BenchmarkSVG(b *testing.B) {
	ten := tumour(true)
	ten.Bars = append(ten.Bars, ten.Bars[0])
	for _, c := range []sample{{"waterfall-10", ten}, {"surface-400-80x80", moons(80, 400)}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := SVG(c.view, Size{Width: 640}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
