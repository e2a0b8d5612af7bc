package bench

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/whybox/whybox/internal/bench/task"
	"github.com/whybox/whybox/internal/bundle"
)

//go:embed page
var page embed.FS

// site is what the browser loads: the page, the programs, the numbers, and the
// peers as npm installed them.
type site struct {
	files map[string][]byte
	peers http.Handler
}

// newSite builds whybox's program and encodes the numbers.
func newSite(ctx context.Context, module string, tasks []task.Task, a task.Arrays) (*site, error) {
	s := &site{files: onnxModels(tasks, a), peers: http.FileServer(http.Dir(filepath.Join(module, "node_modules")))}
	var parts map[string]task.Part
	var err error
	s.files["arrays.bin"], parts = a.Encode()
	if s.files["arrays.json"], err = json.Marshal(parts); err != nil {
		return nil, err
	}
	if s.files["wasm_exec.js"], err = bundle.WasmExec(ctx, module); err != nil {
		return nil, err
	}
	for _, name := range []string{"kernels.js", "worker.js"} {
		if s.files[name], err = os.ReadFile(filepath.Join(module, "web", "static", name)); err != nil {
			return nil, err
		}
	}
	dir, err := os.MkdirTemp("", "whybox-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if s.files["bench.wasm"], err = program(ctx, module, filepath.Join(dir, "bench.wasm")); err != nil {
		return nil, err
	}
	if s.files["bound.wasm"], err = run(ctx, module, filepath.Join(dir, "bound.wasm"), nil, "run", "./internal/kernel/gen", "-bound", "-o"); err != nil {
		return nil, err
	}
	entries, err := page.ReadDir("page")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if s.files[e.Name()], err = page.ReadFile("page/" + e.Name()); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// program compiles whybox's side as the page is compiled.
func program(ctx context.Context, module, out string) ([]byte, error) {
	return run(ctx, module, out, []string{"GOOS=js", "GOARCH=wasm"},
		"build", "-buildvcs=false", "-tags=minimal", "-trimpath", "-ldflags=-s -w", "-o", out, "./wasm/bench")
}

// run runs the go command, which writes the file out, and returns its content.
func run(ctx context.Context, module, out string, env []string, args ...string) ([]byte, error) {
	if args[len(args)-1] == "-o" {
		args = append(args, out)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = module, append(append(os.Environ(), "GOFLAGS="), env...)
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, said)
	}
	return os.ReadFile(out)
}

// types of content, where the browser insists.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json",
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[1:]
	if name == "" {
		name = "index.html"
	}
	if content, ok := s.files[name]; ok {
		if t := types[filepath.Ext(name)]; t != "" {
			w.Header().Set("Content-Type", t)
		}
		w.Write(content)
		return
	}
	http.StripPrefix("/npm", s.peers).ServeHTTP(w, r)
}

// isolated adds the headers that a page needs for threads.
func isolated(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		h.ServeHTTP(w, r)
	})
}

// serve answers on a free port of this machine until ctx ends, and returns the
// address.
func serve(ctx context.Context, h http.Handler) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("the benchmark cannot serve its page: %w", err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(l)
	context.AfterFunc(ctx, func() { server.Close() })
	return "http://" + l.Addr().String() + "/", nil
}
