package layers

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

func TestTree(t *testing.T) {
	files, err := Read(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 {
		t.Fatalf("only %d Go files were found below %s", len(files), root)
	}
	for _, breach := range Check(files) {
		t.Error(breach)
	}
	present := map[string]bool{}
	for _, f := range files {
		present[f.Package] = true
	}
	for _, r := range table {
		if !present[r.from] {
			t.Errorf("%s is in the table but has no Go file", r.from)
		}
	}
}

// TestTableHasNoWayUp checks that each rule names only packages that stand
// before it, so that no circle and no arrow up can be allowed by mistake.
func TestTableHasNoWayUp(t *testing.T) {
	for i, r := range table {
		if ruleOf(r.from) != &table[i] {
			t.Errorf("%s stands in the table twice", r.from)
		}
		for _, m := range r.may {
			if m == "internal/..." {
				continue
			}
			if !slices.ContainsFunc(table[:i], func(b rule) bool { return allowed([]string{m}, b.from) }) {
				t.Errorf("%s may import %s, which does not stand before it", r.from, m)
			}
			if slices.ContainsFunc(table[i:], func(b rule) bool { return allowed([]string{m}, b.from) }) {
				t.Errorf("%s may import %s, which also names packages above", r.from, m)
			}
		}
		if r.why == "" {
			t.Errorf("%s has no reason", r.from)
		}
	}
}

// TestPlantedImports checks the check: each of these is a breach, or is not.
func TestPlantedImports(t *testing.T) {
	cases := []struct {
		pkg, name, imports string
		want               []string // parts of the one breach; nil means there is none
	}{
		{"internal/explain/shapley", "exact.go", module + "/internal/model/tree", []string{"internal/explain/shapley/exact.go imports internal/model/tree", "only internal/explain, internal/kernel", "through explain.Model"}},
		{"internal/model/nn", "mlp.go", module + "/internal/explain", []string{"know nothing of data sets, explainers"}},
		{"internal/model/nn", "mlp_js.go", module + "/internal/explain", []string{"mlp_js.go imports internal/explain"}},
		{"internal/knob", "knob.go", module + "/internal/spec", []string{"nothing of this module"}},
		{"internal/draw", "draw.go", module + "/internal/figure", []string{"only internal/view"}},
		{"internal/catalog", "catalog.go", module + "/internal/explain/laws", []string{"only tests import"}},
		{"cmd/whybox", "main.go", module + "/internal/golden", []string{"only tests import"}},
		{"cmd/whybox", "main.go", module + "/web/ui", []string{"stands on everything but the page"}},
		{"web/ui", "chart.go", module + "/internal/model", []string{"models and explainers run elsewhere"}},
		{"wasm/dom", "dom.go", module + "/web/ui", []string{"knows node trees"}},
		{"internal/new", "new.go", "fmt", []string{"internal/new is not in the table"}},
		{"internal/figure", "figure.go", "syscall/js", []string{"wasm/... and internal/kernel/*_js.go alone", "outside a browser"}},
		{"internal/kernel", "gemm.go", "syscall/js", []string{"gemm.go imports syscall/js"}},
		{"internal/figure", "figure_test.go", "syscall/js", []string{"figure_test.go imports syscall/js"}},
		{"web/ui", "chart.go", "github.com/syumai/workers/cloudflare", []string{"only the edge program"}},
		{"internal/figure", "figure.go", "gonum.org/v1/plot/vg", []string{"only drawing draws"}},
		{"internal/worker", "worker.go", "net/http", []string{"1.4 MB"}},
		{"internal/view", "view.go", "github.com/vugu/vugu", []string{"stand at the edge"}},

		{"internal/explain/shapley", "exact_test.go", module + "/internal/model/tree", nil},
		{"internal/explain/shapley", "exact.go", module + "/internal/explain", nil},
		{"internal/catalog", "explainers.go", module + "/internal/explain/shapley", nil},
		{"internal/catalog", "catalog_test.go", module + "/internal/explain/laws", nil},
		{"internal/kernel", "gemm_js.go", "syscall/js", nil},
		{"wasm/page", "page.go", "syscall/js", nil},
		{"internal/draw", "draw.go", "gonum.org/v1/plot/vg", nil},
		{"internal/draw", "draw.go", "gonum.org/v1/plotter", nil},
		{"wasm/dom", "dom_test.go", "net/http/httptest", nil},
		{"cmd/whybox", "serve.go", "net/http", nil},
		{"cmd/whybox", "render.go", module + "/internal/explain/saliency", nil},
	}
	for _, c := range cases {
		found := Check([]File{{c.pkg, c.name, []string{c.imports}}})
		if c.want == nil && len(found) > 0 {
			t.Errorf("%s/%s may import %s, but: %v", c.pkg, c.name, c.imports, found)
		}
		if c.want != nil && len(found) != 1 {
			t.Errorf("%s/%s imports %s: %d breaches: %v", c.pkg, c.name, c.imports, len(found), found)
			continue
		}
		for _, part := range c.want {
			if !strings.Contains(found[0], part) {
				t.Errorf("%q does not say %q", found[0], part)
			}
		}
	}
}

// TestReadSeesEveryPlatform plants files and reads them back.
func TestReadSeesEveryPlatform(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"internal/knob/knob_js.go":         "//go:build js\n\npackage knob\n\nimport _ \"syscall/js\"\n",
		"internal/knob/knob_other.go":      "//go:build !js\n\npackage knob\n\nimport (\n\tx \"net/http\"\n)\n",
		"internal/knob/make.go":            "//go:build ignore\n\npackage main\n\nimport \"net/http\"\n",
		"internal/knob/testdata/broken.go": "not Go",
		"web/own/go.mod":                   "module own\n",
		"web/own/own.go":                   "package own\n\nimport \"net/http\"\n",
		".hidden/x.go":                     "not Go",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || files[0].Name != "knob_js.go" || !slices.Equal(files[0].Imports, []string{"syscall/js"}) ||
		files[1].Name != "knob_other.go" || !slices.Equal(files[1].Imports, []string{"net/http"}) || files[0].Package != "internal/knob" {
		t.Errorf("read %v", files)
	}
	if found := Check(files); len(found) != 2 {
		t.Errorf("breaches: %v", found)
	}
	if err := os.WriteFile(filepath.Join(dir, "internal", "knob", "broken.go"), []byte("not Go"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir); err == nil {
		t.Error("a file that is not Go passes")
	}
}

// TestPageReachesNothingHeavy follows the page's imports to the end, other
// modules included.
func TestPageReachesNothingHeavy(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-tags", "minimal", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./wasm/page")
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	list, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	graph := map[string][]string{}
	for line := range strings.Lines(string(list)) {
		words := strings.Fields(line)
		graph[words[0]] = words[1:]
	}
	if len(graph) < 100 {
		t.Fatalf("go list gave only %d packages", len(graph))
	}
	if chain := Reached(graph, module+"/wasm/page"); chain != nil {
		t.Errorf("the page's program must not hold %s: %s", chain[len(chain)-1], strings.Join(chain, " → "))
	}
}

func TestReached(t *testing.T) {
	graph := map[string][]string{"page": {"ui", "dom"}, "ui": {"far"}, "far": {"net/http/internal"}, "dom": {"net/httpx"}}
	if chain := Reached(graph, "page"); !slices.Equal(chain, []string{"page", "ui", "far", "net/http/internal"}) {
		t.Errorf("chain %v", chain)
	}
	graph["far"] = nil
	if chain := Reached(graph, "page"); chain != nil {
		t.Errorf("chain %v where there is none", chain)
	}
}
