//go:build !js

package draw

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"

	"github.com/whybox/whybox/internal/view"
)

func TestPNGFile(t *testing.T) {
	for _, s := range samples() {
		var b bytes.Buffer
		if err := PNG(&b, s.view, Size{Width: 400}, 2); err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if img.Bounds().Dx() != 800 {
			t.Errorf("%s is %d wide", s.name, img.Bounds().Dx())
		}
		if r, g, bl, a := img.At(1, 1).RGBA(); r != 0xffff || g != 0xffff || bl != 0xffff || a != 0xffff {
			t.Errorf("%s: the paper is not white", s.name)
		}
		dark := 0
		for y := 16; y < 80; y++ { // the title
			for x := range 800 {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x4000 {
					dark++
				}
			}
		}
		if dark < 100 {
			t.Errorf("%s: no title", s.name)
		}
	}
	if err := PNG(&bytes.Buffer{}, whatIf(), Size{}, math.NaN()); err == nil {
		t.Error("a scale of NaN is taken")
	}
}

func TestPDFFile(t *testing.T) {
	for _, s := range samples() {
		var a, b bytes.Buffer
		if err := PDF(&a, s.view, Size{}); err != nil {
			t.Fatal(err)
		}
		if err := PDF(&b, s.view, Size{}); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(a.Bytes(), []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(a.Bytes()), []byte("%%EOF")) {
			t.Errorf("%s: not a PDF", s.name)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) || !bytes.Contains(a.Bytes(), []byte("/CreationDate (D:20000101000000)")) {
			t.Errorf("%s: the bytes are not the same every time", s.name)
		}
	}
	if err := PDF(&bytes.Buffer{}, &view.Rows{}, Size{}); err == nil {
		t.Error("rows become a PDF")
	}
}

// TestSolid holds what a PDF is given against the image it stands for.
func TestSolid(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	img.Set(0, 0, color.NRGBA{255, 0, 0, 255})
	img.Set(1, 0, color.NRGBA{0, 0, 255, 255})
	img.Set(0, 1, color.NRGBA{0, 0, 0, 0}) // clear: paper shows
	img.Set(1, 1, color.NRGBA{0, 0, 0, 51})
	big := solid(img, 4)
	for at, want := range map[image.Point]color.NRGBA{
		{X: 0, Y: 7}: {255, 0, 0, 255}, {X: 7, Y: 7}: {0, 0, 255, 255},
		{X: 0, Y: 0}: {255, 255, 255, 255}, {X: 7, Y: 0}: {204, 204, 204, 255},
		{X: 3, Y: 7}: {159, 0, 96, 255}, // 3/8 of the way from red to blue
	} {
		if got := big.At(at.X, at.Y); got != want {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
}

// TestWidthsAreTheFont compares the table of widths with the font itself.
func TestWidthsAreTheFont(t *testing.T) {
	face := font.NewCache(liberation.Collection()).Lookup(font.Font{Typeface: "Liberation", Variant: "Sans"}, 100)
	for _, s := range []string{"a", "mm²", "Ä", "ŵ", "Ω", "−", "…", "→", "≈", "⁷", "0", "W"} {
		if got, want := measure(s, 100, false)/widen, float64(face.Width(s)); math.Abs(got-want) > 1e-9 {
			t.Errorf("%q is %v wide, the font says %v", s, got, want)
		}
	}
}
