package draw

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// TestGolden compares every view with the picture kept of it; UPDATE=1 keeps
// the present ones. It runs in wasm as well: the bytes are the same.
func TestGolden(t *testing.T) {
	for _, s := range samples() {
		for _, width := range []int{320, 640} {
			d, err := SVG(s.view, Size{Width: width})
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			picture := strings.Replace(d.SVG, "<svg", `<svg xmlns="http://www.w3.org/2000/svg"`, 1) // as a file needs it
			path := filepath.Join("testdata", fmt.Sprintf("%s-%d.svg", s.name, width))
			if os.Getenv("UPDATE") == "1" {
				if err := os.WriteFile(path, []byte(picture), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(want) != picture {
				t.Errorf("%s differs from what is drawn now; look at it, then UPDATE=1", path)
			}
		}
	}
}

// element is a start tag with what the tests ask of it.
type element struct {
	name string
	attr map[string]string
	text string // own and children's characters, without <title>
}

// elements parses a picture and fails on anything the page's policy forbids.
func elements(t *testing.T, svg string) []element {
	t.Helper()
	var out []element
	var open []int
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			out = append(out, e)
			open = append(open, len(out)-1)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for i := len(open) - 1; i >= 0; i-- {
				e := &out[open[i]]
				if e.name == "title" {
					break
				}
				e.text += string(token)
			}
		}
	}
}

// checkElements fails where an element breaks a promise of Drawing.
func checkElements(t *testing.T, all []element) {
	t.Helper()
	known := map[string]bool{"drawing": true}
	for _, c := range themes {
		known["f-"+c.name], known["s-"+c.name] = true, true
	}
	for _, e := range all {
		switch e.name {
		case "svg", "g", "path", "text", "tspan", "image", "title":
		default:
			t.Errorf("element %s", e.name)
		}
		for name, value := range e.attr {
			if name == "style" || strings.HasPrefix(name, "on") || strings.Contains(value, "NaN") || strings.Contains(value, "Inf") {
				t.Errorf("%s has %s=%q", e.name, name, value)
			}
		}
		for _, c := range strings.Fields(e.attr["class"]) {
			if !known[c] {
				t.Errorf("class %s is not in figure.css", c)
			}
		}
	}
}

// checkTexts fails where a line of text leaves the sheet.
func checkTexts(t *testing.T, all []element, f Frame) {
	t.Helper()
	for _, e := range all {
		if e.name != "text" {
			continue
		}
		number := func(name string) float64 {
			v, err := strconv.ParseFloat(e.attr[name], 64)
			if err != nil {
				t.Fatalf("text %q: %v", e.text, err)
			}
			return v
		}
		x, y, size := number("x"), number("y"), number("font-size")
		w := measure(e.text, size, false) // a little less than what is bold
		left := x
		switch e.attr["text-anchor"] {
		case "middle":
			left -= w / 2
		case "end":
			left -= w
		}
		if left < -3 || left+w > f.Width+3 || y < 0.5*size || y > f.Height+1 {
			t.Errorf("text %q spans %.0f..%.0f at %.0f on a sheet of %.0f × %.0f", e.text, left, left+w, y, f.Width, f.Height)
		}
	}
}

func checkMarks(t *testing.T, d Drawing) {
	t.Helper()
	f := d.Frame
	if !(f.Left >= 0 && f.Left < f.Right && f.Right <= f.Width && f.Top >= 0 && f.Top < f.Bottom && f.Bottom <= f.Height) {
		t.Errorf("frame %+v", f)
	}
	for _, m := range d.Marks {
		if !(m.X >= -0.01 && m.Y >= -0.01 && m.X+m.W <= f.Width+0.01 && m.Y+m.H <= f.Height+0.01) {
			t.Errorf("mark outside: %+v on %.0f × %.0f", m, f.Width, f.Height)
		}
		if m.Label == "" {
			t.Errorf("mark %d has no label", m.Index)
		}
	}
}

func TestEveryWidth(t *testing.T) {
	for _, s := range samples() {
		for width := 240; width <= 1600; width += 80 {
			t.Run(fmt.Sprint(s.name, width), func(t *testing.T) {
				d, err := SVG(s.view, Size{Width: width})
				if err != nil {
					t.Fatal(err)
				}
				if d.Frame.Width != float64(width) {
					t.Errorf("width %v", d.Frame.Width)
				}
				all := elements(t, d.SVG)
				checkElements(t, all)
				checkTexts(t, all, d.Frame)
				checkMarks(t, d)
			})
		}
	}
}

func TestEveryHeight(t *testing.T) {
	for _, s := range samples() {
		for _, size := range []Size{{320, 180}, {640, 240}, {960, 400}, {1600, 1200}} {
			d, err := SVG(s.view, size)
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			if d.Frame.Height != float64(size.Height) {
				t.Errorf("%s: height %v, want %d", s.name, d.Frame.Height, size.Height)
			}
			checkElements(t, elements(t, d.SVG))
		}
	}
}

func TestStandaloneIsAFile(t *testing.T) {
	for _, s := range samples() {
		out, err := Standalone(s.view, Size{Width: 500})
		if err != nil {
			t.Fatal(err)
		}
		all := elements(t, string(out))
		if all[0].attr["width"] != "500" || !strings.Contains(string(out), "prefers-color-scheme:dark") {
			t.Errorf("%s: not a file of its own", s.name)
		}
		if all[1].name != "title" || all[2].name != "desc" || !strings.Contains(string(out), "</style>") {
			t.Errorf("%s: no title, description or style", s.name)
		}
		shown := false
		for _, e := range all {
			shown = shown || e.name == "text" && strings.HasPrefix(s.view.About().Title, e.text[:min(5, len(e.text))])
		}
		if !shown {
			t.Errorf("%s: the title is not drawn", s.name)
		}
	}
}

// TestFrameAgreesWithDrawing puts one point on a surface and finds it where the
// frame says.
func TestFrameAgreesWithDrawing(t *testing.T) {
	v := moons(8, 0)
	v.Paths, v.Background, v.Present = nil, nil, [2]float64{2, 1.5}
	v.Points = []view.SurfacePoint{{X: 0.3, Y: -0.7}}
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	wantX, wantY := d.Frame.ToPixel(0.3, -0.7)
	radius := pointRadius(640, 1)
	found := false
	for _, e := range elements(t, d.SVG) {
		var x, y, rx, ry float64
		if n, _ := fmt.Sscanf(e.attr["d"], "M%f %fA%f %f", &x, &y, &rx, &ry); n != 4 || math.Abs(rx-radius) > 1e-9 {
			continue
		}
		if math.Abs(x-radius-wantX) < 0.011 && math.Abs(y-wantY) < 0.011 {
			found = true
		}
	}
	if !found {
		t.Errorf("no circle at %.2f, %.2f in %s", wantX, wantY, d.SVG)
	}
	if m := d.Marks[0]; m.X != wantX || m.Y != wantY || m.Index != 0 {
		t.Errorf("mark %+v, want it at %v, %v", m, wantX, wantY)
	}
}

func TestFrameInverts(t *testing.T) {
	for _, s := range samples() {
		d, err := SVG(s.view, Size{Width: 700})
		if err != nil {
			t.Fatal(err)
		}
		f := d.Frame
		if f.X0 == f.X1 || f.Y0 == f.Y1 {
			continue
		}
		for _, p := range [][2]float64{{f.Left, f.Top}, {f.Right, f.Bottom}, {f.Left + 7, f.Bottom - 31}, {f.Left - 20, f.Top}} {
			x, y := f.ToPixel(f.ToData(p[0], p[1]))
			if math.Abs(x-p[0]) > 1e-9 || math.Abs(y-p[1]) > 1e-9 {
				t.Errorf("%s: pixel %v comes back as %v, %v", s.name, p, x, y)
			}
		}
	}
}

func TestBarMarksMatchAmounts(t *testing.T) {
	v := tumour(true)
	d, err := SVG(v, Size{Width: 640})
	if err != nil {
		t.Fatal(err)
	}
	at := v.Base
	for i, b := range v.Bars {
		from, _ := d.Frame.ToPixel(at, 0)
		at += b.Amount
		to, _ := d.Frame.ToPixel(at, 0)
		m := d.Marks[i]
		if math.Abs(m.X-min(from, to)) > 1e-9 || math.Abs(m.W-max(math.Abs(to-from), 1)) > 1e-9 || m.Index != b.Index {
			t.Errorf("bar %d is at %+v, its amount runs from %v to %v", i, m, from, to)
		}
	}
	if want := "worst texture = 31.4: lowers by 0.051"; d.Marks[2].Label != want {
		t.Errorf("label %q, want %q", d.Marks[2].Label, want)
	}
	if want := "worst area = 553.6 mm²: raises by 0.172, give or take 0.008"; d.Marks[0].Label != want {
		t.Errorf("label %q, want %q", d.Marks[0].Label, want)
	}
}

// TestDarkFile reads the dark palette of a file of its own.
func TestDarkFile(t *testing.T) {
	style := standaloneStyle()
	for _, c := range themes {
		if want := fmt.Sprintf(".f-%s{fill:#%06x}.s-%s{stroke:#%06x}", c.name, c.dark, c.name, c.dark); !strings.Contains(style, want) {
			t.Errorf("%s is not in %s", want, style)
		}
	}
}

func TestClamp(t *testing.T) {
	for _, c := range []struct{ v, lo, hi, want float64 }{
		{1, 2, 4, 2}, {2, 2, 4, 2}, {3, 2, 4, 3}, {4, 2, 4, 4}, {5, 2, 4, 4},
		{1, 8, 4, 4}, {6, 8, 4, 4}, {9, 8, 4, 4}, // no room: the upper bound counts
	} {
		if got := clamp(c.v, c.lo, c.hi); got != c.want {
			t.Errorf("clamp(%g, %g, %g) = %g, want %g", c.v, c.lo, c.hi, got, c.want)
		}
	}
	if got := clamp(math.NaN(), 0, 1); got == got {
		t.Errorf("clamp(NaN, 0, 1) = %g", got)
	}
}
