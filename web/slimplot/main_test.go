package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPageHasNoFonts lists what the page links under the derived go.mod.
func TestPageHasNoFonts(t *testing.T) {
	t.Chdir("../..")
	if err := run("build/wasm.mod"); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "list", "-modfile=build/wasm.mod", "-tags=minimal", "-deps", "./wasm/page")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := string(out)
	if !strings.Contains(deps, original+"/vg") {
		t.Errorf("the page does not link %s", original)
	}
	for _, path := range []string{"codeberg.org/", "gofont", "net/http\n", "regexp\n"} {
		if strings.Contains(deps, path) {
			t.Errorf("the page links %s", path)
		}
	}
}

func TestDerive(t *testing.T) {
	t.Chdir(t.TempDir())
	const modfile, slim = "build/wasm.mod", "build/plot-v1"
	if err := derive(modfile, slim); err == nil {
		t.Error("derives without a go.mod")
	}
	put(t, "go.mod", "module x\n\ngo 1.26\n")
	put(t, "go.sum", "sum\n")
	if err := derive(modfile, slim); err != nil {
		t.Fatal(err)
	}
	if mod := get(t, modfile); !strings.HasSuffix(mod, "\nreplace gonum.org/v1/plot => ./build/plot-v1\n") {
		t.Errorf("wasm.mod is %q", mod)
	}
	if sum := get(t, "build/wasm.sum"); sum != "sum\n" {
		t.Errorf("wasm.sum is %q", sum)
	}
	before, _ := os.Stat(modfile)
	if err := derive(modfile, slim); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.Stat(modfile); !after.ModTime().Equal(before.ModTime()) {
		t.Error("a file that is right is written again")
	}
	if err := derive("build/wasm", slim); err == nil {
		t.Error("takes a name that does not end in .mod")
	}
	put(t, "go.mod", "module x\n\nreplace a => b\n")
	if err := derive(modfile, slim); err == nil {
		t.Error("takes a go.mod with a replace")
	}
}

func TestSlimmed(t *testing.T) {
	src, dst := t.TempDir(), t.TempDir()
	for _, name := range []string{"go.mod", "plot.go", "plot_test.go", "text/latex.go", "text/plain.go", "palette/p.go"} {
		put(t, filepath.Join(src, name), "old "+name)
	}
	if err := slimmed(dst, src); err == nil {
		t.Error("does not miss font/liberation/liberation.go")
	}
	put(t, filepath.Join(src, "font/liberation/liberation.go"), "old")
	if err := slimmed(dst, src); err != nil {
		t.Fatal(err)
	}
	if got := get(t, filepath.Join(dst, "plot.go")); got != "old plot.go" {
		t.Errorf("plot.go is %q", got)
	}
	if got := get(t, filepath.Join(dst, "text/plain.go")); got != replaced["text/plain.go"] {
		t.Errorf("text/plain.go is %q", got)
	}
	for _, name := range []string{"plot_test.go", "text/latex.go", "palette/p.go"} {
		if _, err := os.Stat(filepath.Join(dst, name)); err == nil {
			t.Errorf("%s is there", name)
		}
	}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := write(path, []byte(content)); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
