package main

import (
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// site makes a small built page and returns its handler.
func site(t *testing.T) (page, string) {
	t.Helper()
	outer := t.TempDir()
	dir := filepath.Join(outer, "dist")
	for name, content := range map[string]string{
		"dist/index.html":         "<!doctype html><title>whybox</title>",
		"dist/page-1f2e3d4c.wasm": "\x00asm" + strings.Repeat("w", 4000),
		"dist/whybox.js":          "boot",
		"dist/old.css":            "new",
		"dist/figures/a.svg":      "<svg/>",
		"dist/style.v2.css":       "body{}",
		"dist/unknown.zzz":        "?",
		"secret.txt":              "secret",
	} {
		put(t, filepath.Join(outer, name), content)
	}
	put(t, filepath.Join(dir, "page-1f2e3d4c.wasm.br"), "packed by brotli")
	put(t, filepath.Join(dir, "page-1f2e3d4c.wasm.gz"), "packed by gzip, longer")
	put(t, filepath.Join(dir, "old.css.br"), "stale")
	if err := os.Chtimes(filepath.Join(dir, "old.css.br"), time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outer, "secret.txt"), filepath.Join(dir, "leak.txt")); err != nil {
		t.Fatal(err)
	}
	return page{dir: dir}, dir
}

func put(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func ask(p page, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost/", nil)
	r.URL.Path = target
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

func TestPageSends(t *testing.T) {
	p, _ := site(t)
	const forever, fresh = "public, max-age=31536000, immutable", "no-cache"
	for _, tt := range []struct{ path, accept, body, kind, coding, cache string }{
		{"/", "", "<!doctype html>", "text/html; charset=utf-8", "", fresh},
		{"/index.html", "br", "<!doctype html>", "text/html; charset=utf-8", "", fresh},
		{"/page-1f2e3d4c.wasm", "gzip, br", "packed by brotli", "application/wasm", "br", forever},
		{"/page-1f2e3d4c.wasm", "gzip, br;q=0.1", "packed by gzip", "application/wasm", "gzip", forever},
		{"/page-1f2e3d4c.wasm", "br;q=0", "\x00asm", "application/wasm", "", forever},
		{"/whybox.js", "", "boot", "text/javascript; charset=utf-8", "", fresh},
		{"/old.css", "br", "new", "text/css; charset=utf-8", "", fresh},
		{"/style.v2.css", "", "body", "text/css; charset=utf-8", "", fresh},
		{"/figures/a.svg", "", "<svg/>", "image/svg+xml", "", fresh},
		{"/unknown.zzz", "", "?", "application/octet-stream", "", fresh},
	} {
		w := ask(p, "GET", tt.path, "Accept-Encoding", tt.accept)
		h := w.Header()
		if w.Code != 200 || !strings.HasPrefix(w.Body.String(), tt.body) {
			t.Errorf("%s (%s): %d %.40q", tt.path, tt.accept, w.Code, w.Body)
		}
		if h.Get("Content-Type") != tt.kind || h.Get("Content-Encoding") != tt.coding || h.Get("Cache-Control") != tt.cache || h.Get("Vary") != "Accept-Encoding" || h.Get("ETag") == "" {
			t.Errorf("%s (%s): headers %v", tt.path, tt.accept, h)
		}
	}
}

func TestPageHeaders(t *testing.T) {
	p, _ := site(t)
	const want = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"
	for _, path := range []string{"/", "/nothing"} {
		h := ask(p, "GET", path).Header()
		if h.Get("Content-Security-Policy") != want || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

func TestPageHidesTheRest(t *testing.T) {
	p, dir := site(t)
	for _, path := range []string{"/nothing", "/../secret.txt", "/figures/../../secret.txt", "/figures", "/figures/", "//index.html", "/./index.html",
		"/leak.txt", "/page-1f2e3d4c.wasm.br", "/..\\secret.txt", "/index.html\x00", "/c:/windows", "/.", "/.."} {
		w := ask(p, "GET", path)
		if w.Code != 404 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%q: %d %s %q", path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if w := ask(p, "POST", "/"); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", w.Code, w.Header())
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if w := ask(p, "GET", "/"); w.Code != 404 {
		t.Errorf("without a page: %d", w.Code)
	}
}

func TestPageRevalidates(t *testing.T) {
	p, dir := site(t)
	first := ask(p, "GET", "/whybox.js")
	tag := first.Header().Get("ETag")
	if w := ask(p, "GET", "/whybox.js", "If-None-Match", tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("unchanged: %d with %d bytes", w.Code, w.Body.Len())
	}
	packed := ask(p, "GET", "/page-1f2e3d4c.wasm", "Accept-Encoding", "br").Header().Get("ETag")
	if plain := ask(p, "GET", "/page-1f2e3d4c.wasm").Header().Get("ETag"); plain == packed {
		t.Errorf("packed and plain share the tag %s", plain)
	}
	put(t, filepath.Join(dir, "whybox.js"), "boot again")
	if w := ask(p, "GET", "/whybox.js", "If-None-Match", tag); w.Code != 200 || w.Body.String() != "boot again" {
		t.Errorf("changed: %d %q", w.Code, w.Body)
	}
	if w := ask(p, "HEAD", "/page-1f2e3d4c.wasm", "Accept-Encoding", "br"); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "16" {
		t.Errorf("HEAD: %d %v", w.Code, w.Header())
	}
}

// The page over a real connection, as a browser would unpack it.
func TestPageOverHTTP(t *testing.T) {
	p, dir := site(t)
	var b strings.Builder
	z := gzip.NewWriter(&b)
	z.Write([]byte("unpacked"))
	z.Close()
	put(t, filepath.Join(dir, "whybox.js.gz"), b.String())
	s := httptest.NewServer(p)
	defer s.Close()
	response, err := http.Get(s.URL + "/whybox.js") // the transport asks for gzip and unpacks
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body := make([]byte, 100)
	n, _ := response.Body.Read(body)
	if string(body[:n]) != "unpacked" || !response.Uncompressed {
		t.Errorf("got %q, unpacked %v", body[:n], response.Uncompressed)
	}
}
