// Command slimfont keeps the page small. gonum/plot always links the twelve
// Liberation fonts, 4.4 MB; the page writes its text as SVG and needs none of
// their outlines. So the wasm programs are built against a stand-in for the
// font module that holds one subset font, by way of -modfile: go.mod itself
// stays free of replace directives and go install keeps working.
//
//	go run ./web/slimfont                          # make the stand-in's font and the width table of package draw
//	go run ./web/slimfont -modfile build/wasm.mod  # derive build/wasm.mod and build/wasm.sum from go.mod and go.sum
//	GOOS=js GOARCH=wasm go build -modfile build/wasm.mod -tags minimal ...
//
// It runs from the root of the repository.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
)

const (
	standIn  = "web/slimfont/liberation"
	original = "codeberg.org/go-fonts/liberation"
)

func main() {
	modfile := flag.String("modfile", "", "derive this .mod `file` and the .sum beside it, and nothing else")
	flag.Parse()
	var err error
	switch {
	case flag.NArg() > 0:
		err = errors.New("unexpected argument " + flag.Arg(0))
	case *modfile != "":
		err = derive(*modfile)
	default:
		err = generate()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "slimfont:", err)
		os.Exit(1)
	}
}

// derive writes a copy of go.mod that replaces the font module, and go.sum
// under the matching name. Files that are already right keep their times, so
// that make has nothing to do.
func derive(path string) error {
	if !strings.HasSuffix(path, ".mod") {
		return errors.New("the file must end in .mod")
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return err
	}
	if bytes.Contains(mod, []byte("\nreplace ")) {
		return errors.New("go.mod has a replace directive")
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return err
	}
	mod = fmt.Appendf(mod, "\nreplace %s => ./%s\n", original, standIn)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := write(path, mod); err != nil {
		return err
	}
	return write(strings.TrimSuffix(path, ".mod")+".sum", sum)
}

func write(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	return os.WriteFile(path, data, 0o644)
}

// generate makes the subset font and the table of advance widths.
func generate() error {
	font, err := parse(liberationsansregular.TTF)
	if err != nil {
		return err
	}
	if err := write(filepath.Join(standIn, "slim", "slim.ttf"), font.subset(wanted())); err != nil {
		return err
	}
	return write("internal/draw/widths_gen.go", font.widths(wanted()))
}

// wanted lists the runes kept: Latin-1 and Latin Extended-A, Greek, general
// punctuation, superscripts, arrows and the mathematical signs of labels.
func wanted() []rune {
	ranges := [][2]rune{
		{0x20, 0x7E}, {0xA0, 0x17F}, {0x391, 0x3A9}, {0x3B1, 0x3C9}, {0x2010, 0x2044}, {0x2070, 0x208E},
		{0x20AC, 0x20AC}, {0x2126, 0x2126}, {0x2190, 0x2195}, {0x2202, 0x221E}, {0x2248, 0x2265},
	}
	var out []rune
	for _, r := range ranges {
		for v := r[0]; v <= r[1]; v++ {
			out = append(out, v)
		}
	}
	return out
}
