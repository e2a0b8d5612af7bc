package bundle

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// write fills a folder with files.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	if err := walk(dir, func(name string) error { list = append(list, name); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

const page = `<link href="a.css"><script src="b.js" data-wasm="c.wasm"></script><a href="https://example.org/a.css">x</a><a href="#top">y</a><template><img src="posters/p.svg"></template>`

func TestStampAndPublish(t *testing.T) {
	fresh, out := t.TempDir(), t.TempDir()
	write(t, fresh, map[string]string{"index.html": page, "a.css": "a", "b.js": "b", "c.wasm": strings.Repeat("c", 1000), "posters/p.svg": "<svg/>", "d.png": "d"})
	if err := stamp(fresh); err != nil {
		t.Fatal(err)
	}
	write(t, out, map[string]string{"old.js": "old", "a-0000000000.css": "old", "a-0000000000.css.br": "old"})
	if err := publish(fresh, out, true); err != nil {
		t.Fatal(err)
	}
	// The hashes are those of sha256sum.
	want := []string{"a-ca978112ca.css", "a-ca978112ca.css.br", "a-ca978112ca.css.gz", "b-3e23e81600.js", "b-3e23e81600.js.br", "b-3e23e81600.js.gz",
		"c-efeea944a7.wasm", "c-efeea944a7.wasm.br", "c-efeea944a7.wasm.gz", "d.png", "index.html", "index.html.br", "index.html.gz",
		"posters/p.svg", "posters/p.svg.br", "posters/p.svg.gz"}
	got := names(t, out)
	if !slices.Equal(got, want) {
		t.Fatalf("got  %v\nwant %v", got, want)
	}
	index, err := os.ReadFile(filepath.Join(out, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`href="a-ca978112ca.css"`, `src="b-3e23e81600.js"`, `href="https://example.org/a.css"`} {
		if !strings.Contains(string(index), part) {
			t.Errorf("index.html lacks %s: %s", part, index)
		}
	}
	unpack(t, filepath.Join(out, "index.html"), index)

	r, err := Measure(out)
	if err != nil {
		t.Fatal(err)
	}
	needed := int64(0)
	for _, name := range []string{"a-ca978112ca.css.br", "b-3e23e81600.js.br", "c-efeea944a7.wasm.br", "index.html.br"} {
		n, err := size(out, name)
		if err != nil {
			t.Fatal(err)
		}
		needed += n
	}
	if r.Needed() != needed || r.Over() || len(r.Files) != 6 {
		t.Errorf("needed %d of %d, %d files", r.Needed(), needed, len(r.Files))
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil || !strings.Contains(b.String(), "and 2 files that load later") {
		t.Errorf("%v: %s", err, b.String())
	}
}

func TestUnpacked(t *testing.T) {
	fresh, out := t.TempDir(), t.TempDir()
	write(t, fresh, map[string]string{"index.html": "x"})
	write(t, out, map[string]string{"index.html": "x", "index.html.br": "old", "index.html.gz": "old"})
	if err := publish(fresh, out, false); err != nil {
		t.Fatal(err)
	}
	if got := names(t, out); !slices.Equal(got, []string{"index.html"}) {
		t.Errorf("got %v", got)
	}
}

// unpack compares what the packed twins of a file hold.
func unpack(t *testing.T, path string, want []byte) {
	t.Helper()
	for _, ext := range []string{".br", ".gz"} {
		f, err := os.Open(path + ext)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var r io.Reader = brotli.NewReader(f)
		if ext == ".gz" {
			if r, err = gzip.NewReader(f); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s holds %q, %v", ext, got, err)
		}
	}
}

func TestStampNamesMissingFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"index.html": page, "a.css": "a"})
	if err := stamp(dir); err == nil || !strings.Contains(err.Error(), "b.js, which is not there") {
		t.Errorf("got %v", err)
	}
}

func TestOver(t *testing.T) {
	r := &Report{Files: []File{{Compressed: Budget, Needed: true}, {Compressed: 5}}}
	if r.Over() {
		t.Error("the budget itself is allowed")
	}
	r.Files[0].Compressed++
	if !r.Over() {
		t.Error("one byte more is too much")
	}
}
