package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// TestSubsetIsTheOriginal compares every kept glyph, outline and width, as an
// independent reader sees them.
func TestSubsetIsTheOriginal(t *testing.T) {
	f, err := parse(liberationsansregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	data := f.subset(wanted())
	slim, err := sfnt.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	var a, b sfnt.Buffer
	em := fixed.I(2048)
	kept := 0
	for _, r := range wanted() {
		was, _ := f.cmap.GlyphIndex(&a, r)
		is, err := slim.GlyphIndex(&b, r)
		if err != nil || (was == 0) != (is == 0) {
			t.Fatalf("%q: glyph %d, was %d, %v", r, is, was, err)
		}
		if was == 0 {
			continue
		}
		kept++
		want, err1 := f.cmap.LoadGlyph(&a, was, em, nil)
		got, err2 := slim.LoadGlyph(&b, is, em, nil)
		if err1 != nil || err2 != nil || len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: outline differs (%v, %v)", r, err1, err2)
		}
		wantWidth, _ := f.cmap.GlyphAdvance(&a, was, em, font.HintingNone)
		gotWidth, _ := slim.GlyphAdvance(&b, is, em, font.HintingNone)
		if gotWidth != wantWidth {
			t.Errorf("%q: width %v, was %v", r, gotWidth, wantWidth)
		}
	}
	if kept < 350 {
		t.Errorf("only %d runes kept", kept)
	}
	if name, err := slim.Name(&b, sfnt.NameIDFamily); err != nil || strings.Contains(name, "Liberation") {
		t.Errorf("family %q, %v: the licence reserves the original's name", name, err)
	}
	if is, _ := slim.GlyphIndex(&b, '鏡'); is != 0 {
		t.Error("an unwanted rune has a glyph")
	}
	if checksum(data) != 0xB1B0AFBA {
		t.Errorf("checksum %#x", checksum(data))
	}
}

func TestCommittedFontIsCurrent(t *testing.T) {
	f, err := parse(liberationsansregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]byte{
		"liberation/slim/slim.ttf":          f.subset(wanted()),
		"../../internal/draw/widths_gen.go": f.widths(wanted()),
	} {
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is old (%v): go run ./web/slimfont", path, err)
		}
	}
}

// TestStandInIsComplete looks for every package that gonum/plot imports.
func TestStandInIsComplete(t *testing.T) {
	for _, family := range []string{"mono", "sans", "serif"} {
		for _, face := range []string{"regular", "italic", "bold", "bolditalic"} {
			if _, err := os.Stat(filepath.Join("liberation", "liberation"+family+face, "data.go")); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestDerive(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := derive("build/wasm.mod"); err == nil {
		t.Error("derives without a go.mod")
	}
	if err := os.WriteFile("go.mod", []byte("module x\n\ngo 1.26\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("go.sum", []byte("sum\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := derive("build/wasm.mod"); err != nil {
		t.Fatal(err)
	}
	mod, _ := os.ReadFile("build/wasm.mod")
	sum, _ := os.ReadFile("build/wasm.sum")
	if string(sum) != "sum\n" || !strings.HasSuffix(string(mod), "\nreplace codeberg.org/go-fonts/liberation => ./web/slimfont/liberation\n") {
		t.Errorf("wasm.mod is %q, wasm.sum %q", mod, sum)
	}
	before, _ := os.Stat("build/wasm.mod")
	if err := derive("build/wasm.mod"); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.Stat("build/wasm.mod"); !after.ModTime().Equal(before.ModTime()) {
		t.Error("a file that is right is written again")
	}
	if err := derive("build/wasm"); err == nil {
		t.Error("takes a name that does not end in .mod")
	}
	if err := os.WriteFile("go.mod", []byte("module x\n\nreplace a => b\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := derive("build/wasm.mod"); err == nil {
		t.Error("takes a go.mod with a replace")
	}
}
