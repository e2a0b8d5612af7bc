// Command slimplot keeps the page small. gonum/plot always links twelve fonts,
// a font reader and a TeX layouter with four fonts more; package draw letters
// by a table of widths and needs none of it. So the wasm programs are built
// against a copy of gonum/plot without them, by way of -modfile: go.mod itself
// stays free of replace directives and go install keeps working.
//
//	go run ./web/slimplot -modfile build/wasm.mod  # derive build/wasm.mod, build/wasm.sum and the copy beside them
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
	"os/exec"
	"path/filepath"
	"strings"
)

const original = "gonum.org/v1/plot"

// folders are those of the original that package draw links.
var folders = []string{".", "font", "font/liberation", "text", "vg", "vg/draw"}

// replaced holds the files that differ in the copy; without content, those that
// it leaves out.
var replaced = map[string]string{
	"text/latex.go": "",
	"text/plain.go": `package text

import "gonum.org/v1/plot/font"

// Plain holds the place of the default text handler; package draw sets its own.
type Plain struct {
	Handler
	Fonts *font.Cache
}
`,
	"font/liberation/liberation.go": `package liberation

import "gonum.org/v1/plot/font"

// Collection has no fonts.
func Collection() font.Collection { return nil }
`,
}

func main() {
	modfile := flag.String("modfile", "build/wasm.mod", "derive this .mod `file`, the .sum and the copy of gonum/plot beside it")
	flag.Parse()
	err := errors.New("unexpected argument " + flag.Arg(0))
	if flag.NArg() == 0 {
		err = run(*modfile)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "slimplot:", err)
		os.Exit(1)
	}
}

func run(modfile string) error {
	cmd := exec.Command("go", "list", "-f", "{{.Dir}}\n{{.Module.Version}}", original)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	dir, version, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	slim := filepath.Join(filepath.Dir(modfile), "plot-"+version)
	if err := slimmed(slim, dir); err != nil {
		return err
	}
	return derive(modfile, slim)
}

// derive writes a copy of go.mod that replaces gonum/plot by the folder slim,
// and go.sum under the matching name.
func derive(modfile, slim string) error {
	if !strings.HasSuffix(modfile, ".mod") {
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
	mod = fmt.Appendf(mod, "\nreplace %s => ./%s\n", original, filepath.ToSlash(slim))
	if err := write(modfile, mod); err != nil {
		return err
	}
	return write(strings.TrimSuffix(modfile, ".mod")+".sum", sum)
}

// slimmed fills the folder dst with gonum/plot's sources at src, as far as
// package draw needs them.
func slimmed(dst, src string) error {
	mod, err := os.ReadFile(filepath.Join(src, "go.mod"))
	if err != nil {
		return err
	}
	if err := write(filepath.Join(dst, "go.mod"), mod); err != nil {
		return err
	}
	left := len(replaced)
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(src, folder, "*.go"))
		if err != nil {
			return err
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			name := filepath.Join(folder, filepath.Base(file))
			if slim, ok := replaced[filepath.ToSlash(name)]; ok {
				left--
				if slim == "" {
					continue
				}
				data = []byte(slim)
			}
			if err := write(filepath.Join(dst, name), data); err != nil {
				return err
			}
		}
	}
	if left > 0 {
		return errors.New("a file to replace is no longer part of " + original)
	}
	return nil
}

// write leaves a file alone that is already right, so that its time stays.
func write(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
