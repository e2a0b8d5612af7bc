// Package bundle builds what the browser loads: the program, the script around
// it, the page and its styles, each under a name that changes with its content
// and compressed beside it.
package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Policy is the Content-Security-Policy that the page runs under.
const Policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; " +
	"style-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"

// pieces make up whybox.js, in this order. The first goes into one function with
// Go's wasm_exec.js, so that a worker can be made of its text.
var pieces = []string{"text.js", "drawings.js", "dom.js", "kernels.js", "worker.js", "whybox.js"}

// Options say what to build.
type Options struct {
	Module  string // folder of go.mod
	Out     string // folder to fill; what else it holds is removed
	Program string // package to build, "./wasm/page" if empty
	Static  string // folder of index.html and the rest, Module/web/static if empty
	// Unpacked leaves out the compressed twins, which take most of the time. The
	// report then counts what is sent without them.
	Unpacked bool
	// Extra puts more files into the folder before anything is compressed, such
	// as drawings made at build time. May be nil.
	Extra func(dir string) error
}

// Build builds the folder and measures it. The error holds what the Go tool said.
func Build(ctx context.Context, o Options) (*Report, error) {
	if o.Program == "" {
		o.Program = "./wasm/page"
	}
	if o.Static == "" {
		o.Static = filepath.Join(o.Module, "web", "static")
	}
	fresh, err := os.MkdirTemp("", "whybox-build")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(fresh)
	for name, path := range map[string]string{"whybox.wasm": o.Program, "files.wasm": "./wasm/files"} {
		if err := program(ctx, o.Module, path, filepath.Join(fresh, name)); err != nil {
			return nil, err
		}
	}
	if err := static(ctx, o, fresh); err != nil {
		return nil, err
	}
	if o.Extra != nil {
		if err := o.Extra(fresh); err != nil {
			return nil, err
		}
	}
	if err := stamp(fresh); err != nil {
		return nil, err
	}
	if err := publish(fresh, o.Out, !o.Unpacked); err != nil {
		return nil, err
	}
	return Measure(o.Out)
}

// slimmed is the go.mod that leaves out what the page does not draw with;
// web/slimplot derives it.
const slimmed = "build/wasm.mod"

// called lists packages whose functions are called, never copied to where they
// are used: they do not compute, or not much, and copies in them cost 150 kB
// brotli. A render of the workbench is no faster with them; the axes and curves
// of gonum/plot make pictures a fifteenth faster.
var called = []string{
	"encoding/json",
	"fmt",
	"log",
	"reflect",
	"strconv",
	"time",
	"gonum.org/v1/plot/...",
	"github.com/vugu/vugu/...",
	"github.com/whybox/whybox/internal/autodiff",
	"github.com/whybox/whybox/internal/catalog",
	"github.com/whybox/whybox/internal/dataset",
	"github.com/whybox/whybox/internal/explain/counterfactual",
	"github.com/whybox/whybox/internal/explain/effect",
	"github.com/whybox/whybox/internal/figure",
	"github.com/whybox/whybox/internal/importer",
	"github.com/whybox/whybox/internal/model/graph",
	"github.com/whybox/whybox/internal/model/linear",
	"github.com/whybox/whybox/internal/pool",
	"github.com/whybox/whybox/internal/shelf",
	"github.com/whybox/whybox/internal/spec",
	"github.com/whybox/whybox/internal/table",
	"github.com/whybox/whybox/internal/view",
	"github.com/whybox/whybox/internal/worker",
	"github.com/whybox/whybox/wasm/...",
	"github.com/whybox/whybox/web/ui",
}

// program compiles a browser program.
func program(ctx context.Context, module, path, out string) error {
	if _, err := tool(ctx, module, nil, "run", "./web/slimplot", "-modfile", slimmed); err != nil {
		return err
	}
	args := []string{"build", "-modfile=" + slimmed, "-buildvcs=false", "-tags=minimal", "-trimpath", "-ldflags=-s -w"}
	for _, packages := range called {
		args = append(args, "-gcflags="+packages+"=-l")
	}
	_, err := tool(ctx, module, []string{"GOOS=js", "GOARCH=wasm"}, append(args, "-o", out, path)...)
	return err
}

// tool runs the go command in dir and returns what it wrote to standard output.
func tool(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GOFLAGS="), env...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, said.String())
	}
	return strings.TrimSpace(out.String()), nil
}

// static copies the files and joins the scripts to one.
func static(ctx context.Context, o Options, dir string) error {
	if err := os.CopyFS(dir, os.DirFS(o.Static)); err != nil {
		return err
	}
	exec, err := WasmExec(ctx, o.Module)
	if err != nil {
		return err
	}
	joined, err := join(exec, dir)
	if err != nil {
		return err
	}
	for _, name := range pieces {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "whybox.js"), joined, 0o644)
}

// WasmExec returns wasm_exec.js of the Go that builds the module: the script
// that starts a program must come from there.
func WasmExec(ctx context.Context, module string) ([]byte, error) {
	root, err := tool(ctx, module, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
}

// join returns whybox.js: Go's wasm_exec.js and the pieces found in the folder.
func join(wasmExec []byte, dir string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("(() => {\n\"use strict\";\nconst whyboxExec = function () {\n")
	for i, name := range pieces {
		piece, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		b.Write(piece)
		if i == 0 {
			b.Write(wasmExec)
			b.WriteString("\n};\nwhyboxExec();")
		}
		b.WriteByte('\n')
	}
	b.WriteString("})();\n")
	return b.Bytes(), nil
}

// stamp renames every file that index.html names after its content, and names
// it so there.
func stamp(dir string) error {
	path := filepath.Join(dir, "index.html")
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, name := range references(string(page), append(slices.Clone(needed), wanted...)...) {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("index.html names %s, which is not there", name)
		}
		sum := sha256.Sum256(content)
		ext := filepath.Ext(name)
		stamped := strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:5]) + ext
		if err := os.Rename(filepath.Join(dir, name), filepath.Join(dir, stamped)); err != nil {
			return err
		}
		page = bytes.ReplaceAll(page, []byte(`"`+name+`"`), []byte(`"`+stamped+`"`))
	}
	return os.WriteFile(path, page, 0o644)
}

// Attributes by which the page names files: those it cannot be used without,
// and those that are loaded when they are wanted.
var (
	needed = []string{`href="`, `src="`, `data-wasm="`}
	wanted = []string{`data-files="`}
)

// references returns the files of the folder that the page names by some
// attributes, each once. What a template holds is named by the program.
func references(page string, attributes ...string) []string {
	page, _, _ = strings.Cut(page, "<template")
	var names []string
	for _, attribute := range attributes {
		for rest := page; ; {
			_, after, found := strings.Cut(rest, attribute)
			if !found {
				break
			}
			name, tail, _ := strings.Cut(after, `"`)
			rest = tail
			if !strings.ContainsAny(name, ":#") && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
