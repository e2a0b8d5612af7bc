package layers

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// File is one Go file and what it imports.
type File struct {
	Package string   // folder relative to the module: "internal/knob"
	Name    string   // "knob.go"
	Imports []string // import paths as written
}

// test reports whether the file belongs to a test.
func (f File) test() bool { return strings.HasSuffix(f.Name, "_test.go") }

// Read returns every Go file below root, for whatever platform it is. Folders
// that Go ignores and modules of their own are left out, as are files that
// take no part in any build.
func Read(root string) ([]File, error) {
	var out []File
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enter(root, name, entry.Name())
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		imports, err := importsOf(name)
		if err != nil || imports == nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(name))
		out = append(out, File{filepath.ToSlash(folder), entry.Name(), imports})
		return err
	})
	return out, err
}

// enter returns fs.SkipDir for a folder that is none of the module's.
func enter(root, name, base string) error {
	if name == root {
		return nil
	}
	if base == "testdata" || base == "node_modules" || base[0] == '.' || base[0] == '_' {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// importsOf returns the imports of a file, nil for one that is built nowhere.
func importsOf(name string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if c.Pos() < file.Package && strings.TrimSpace(c.Text) == "//go:build ignore" {
				return nil, nil
			}
		}
	}
	out := []string{}
	for _, s := range file.Imports {
		p, err := strconv.Unquote(s.Path.Value)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// Check returns what in the files breaks the table, one sentence each.
func Check(files []File) []string {
	var out []string
	missing := map[string]bool{}
	for _, f := range files {
		r := ruleOf(f.Package)
		if r == nil && !missing[f.Package] {
			missing[f.Package] = true
			out = append(out, fmt.Sprintf("%s is not in the table of internal/layers: put it where it belongs and say what it may import", f.Package))
		}
		for _, p := range f.Imports {
			if own, ok := strings.CutPrefix(p, module+"/"); ok {
				out = append(out, checkOwn(f, r, own)...)
			} else {
				out = append(out, checkElse(f, p)...)
			}
		}
	}
	return out
}

// checkOwn judges an import of this module.
func checkOwn(f File, r *rule, own string) []string {
	if f.test() || own == f.Package || r == nil {
		return nil
	}
	at := path.Join(f.Package, f.Name)
	if slices.Contains(testHelp, own) {
		return []string{fmt.Sprintf("%s imports %s: that is test help, which only tests import", at, own)}
	}
	if allowed(r.may, own) {
		return nil
	}
	may := "nothing of this module"
	if len(r.may) > 0 {
		may = "only " + strings.Join(r.may, ", ")
	}
	return []string{fmt.Sprintf("%s imports %s: %s may import %s, because %s", at, own, f.Package, may, r.why)}
}

// checkElse judges an import of another module or of the standard library.
func checkElse(f File, p string) []string {
	var out []string
	for _, c := range confined {
		if !covers(c.path, p) || f.test() && c.tests {
			continue
		}
		if !slices.ContainsFunc(c.places, func(place string) bool { return within(place, f) }) {
			out = append(out, fmt.Sprintf("%s imports %s: that belongs in %s alone, because %s", path.Join(f.Package, f.Name), p, strings.Join(c.places, " and "), c.why))
		}
	}
	return out
}

func ruleOf(pkg string) *rule {
	for i := range table {
		if table[i].from == pkg {
			return &table[i]
		}
	}
	return nil
}

// allowed reports whether a package is among those named.
func allowed(may []string, pkg string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		if m == "internal/..." {
			return strings.HasPrefix(pkg, "internal/")
		}
		if below, ok := strings.CutSuffix(m, "/*"); ok {
			return path.Dir(pkg) == below
		}
		return m == pkg
	})
}

// covers reports whether p is the path or below it.
func covers(whole, p string) bool { return p == whole || strings.HasPrefix(p, whole+"/") }

// within reports whether a file lies in a place of the confined list.
func within(place string, f File) bool {
	if below, ok := strings.CutSuffix(place, "/..."); ok {
		return covers(below, f.Package)
	}
	if strings.HasSuffix(place, ".go") {
		hit, err := path.Match(place, path.Join(f.Package, f.Name))
		return hit && err == nil
	}
	return place == f.Package
}

// Reached returns a chain of imports from one package to the nearest one that
// is unwanted, or nil. graph maps import paths to what they import.
func Reached(graph map[string][]string, from string) []string {
	before := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		p := queue[0]
		if slices.ContainsFunc(unwanted, func(u string) bool { return covers(u, p) }) {
			var chain []string
			for ; p != ""; p = before[p] {
				chain = append(chain, p)
			}
			slices.Reverse(chain)
			return chain
		}
		for _, next := range graph[p] {
			if _, seen := before[next]; !seen {
				before[next] = p
				queue = append(queue, next)
			}
		}
	}
	return nil
}
