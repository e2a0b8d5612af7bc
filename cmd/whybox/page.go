package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"

	"github.com/whybox/whybox/internal/bundle"
)

// page serves the files of one directory. It opens the directory anew for
// every answer, so that the page can be rebuilt meanwhile.
type page struct {
	dir string
}

func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", bundle.Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this server only answers GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name, ok := fileName(r.URL.Path)
	if !ok {
		notFound(w)
		return
	}
	root, err := os.OpenRoot(p.dir)
	if err != nil {
		notFound(w)
		return
	}
	defer root.Close()
	p.send(w, r, root, name)
}

func notFound(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-cache")
	http.Error(w, "there is no such page here; the gallery is at /", http.StatusNotFound)
}

// fileName returns the file that a path of the page stands for, or false where
// it is none: a path that leads out, a directory, a packed twin.
func fileName(urlPath string) (string, bool) {
	name := strings.TrimPrefix(urlPath, "/")
	if name == "" {
		return "index.html", true
	}
	packed := strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz")
	return name, fs.ValidPath(name) && name != "." && !packed && !strings.ContainsAny(name, "\\\x00:")
}

// send answers with a file, packed where the browser takes it and the page has
// a packed twin.
func (p page) send(w http.ResponseWriter, r *http.Request, root *os.Root, name string) {
	info, err := root.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		notFound(w)
		return
	}
	stored, coding := name, ""
	for _, c := range accepted(r.Header.Get("Accept-Encoding")) {
		twin, err := root.Stat(name + suffix[c])
		// A twin older than its file is left from an earlier build.
		if c == "identity" || err == nil && twin.Mode().IsRegular() && !twin.ModTime().Before(info.ModTime()) {
			stored, coding = name+suffix[c], c
			break
		}
	}
	f, err := root.Open(stored)
	if err != nil {
		notFound(w)
		return
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		notFound(w)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Add("Vary", "Accept-Encoding")
	h.Set("ETag", fmt.Sprintf(`"%x-%x%s"`, info.ModTime().UnixNano(), info.Size(), suffix[coding]))
	h.Set("Cache-Control", "no-cache")
	if hashed.MatchString(path.Base(name)) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if suffix[coding] != "" {
		h.Set("Content-Encoding", coding)
		h.Set("Content-Length", fmt.Sprint(info.Size()))
	}
	http.ServeContent(w, r, name, info.ModTime(), f)
}

// hashed matches a name that changes with its content: "page-1f2e3d4c.wasm".
var hashed = regexp.MustCompile(`[.-][0-9a-f]{8,64}\.[a-z0-9]+$`)

// contentType knows what a page is made of; the types of the operating system
// would differ from machine to machine.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".wasm":
		return "application/wasm"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".pdf":
		return "application/pdf"
	case ".txt", ".md":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}
