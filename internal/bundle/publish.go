package bundle

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// compressible are the types that gain from it; pictures do not.
var compressible = []string{".css", ".csv", ".html", ".js", ".json", ".map", ".md", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"}

// publish makes out hold what fresh does, compressed beside it if pack is true.
// A file whose content did not change keeps its compressed form.
func publish(fresh, out string, pack bool) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	keep := map[string]bool{}
	var work []string
	err := walk(fresh, func(name string) error {
		content, err := os.ReadFile(filepath.Join(fresh, name))
		if err != nil {
			return err
		}
		target := filepath.Join(out, name)
		keep[name] = true
		old, err := os.ReadFile(target)
		same := err == nil && bytes.Equal(old, content)
		if pack && slices.Contains(compressible, filepath.Ext(name)) {
			keep[name+".br"], keep[name+".gz"] = true, true
			if !same || !exists(target+".br") || !exists(target+".gz") {
				work = append(work, target)
			}
		}
		if same {
			return nil
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	})
	if err != nil {
		return err
	}
	if err := compressAll(work); err != nil {
		return err
	}
	return walk(out, func(name string) error {
		if keep[name] {
			return nil
		}
		return os.Remove(filepath.Join(out, name))
	})
}

// walk calls f with the slash-separated name of every file below dir.
func walk(dir string, f func(name string) error) error {
	return fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return f(name)
	})
}

func compressAll(paths []string) error {
	errs := make([]error, 2*len(paths))
	var wait sync.WaitGroup
	for i, path := range paths {
		wait.Go(func() { errs[2*i] = compress(path, ".br", brotliWriter) })
		wait.Go(func() { errs[2*i+1] = compress(path, ".gz", gzipWriter) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func brotliWriter(w io.Writer) io.WriteCloser {
	return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: 11, LGWin: 24})
}

func gzipWriter(w io.Writer) io.WriteCloser {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		panic("gzip refuses its own best level")
	}
	return z
}

// compress writes path+ext. The file appears whole or not at all.
func compress(path, ext string, writer func(io.Writer) io.WriteCloser) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	z := writer(&b)
	if _, err := z.Write(content); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	part := path + ext + ".part"
	if err := os.WriteFile(part, b.Bytes(), 0o644); err != nil {
		return err
	}
	return os.Rename(part, strings.TrimSuffix(part, ".part"))
}
