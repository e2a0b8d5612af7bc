package bundle

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// Budget is the most that a browser may have to load, in bytes as brotli sends
// them, until the page can be used.
const Budget = 2_000_000

// File is one file of a built folder; sizes in bytes.
type File struct {
	Name       string // slash-separated, below the folder
	Raw        int64
	Compressed int64 // by brotli; Raw where that is not done
	Needed     bool  // loaded before the page can be used
}

// Report lists the files of a built folder, the needed ones first.
type Report struct {
	Files []File
}

// Measure reports on a folder that Build filled.
func Measure(dir string) (*Report, error) {
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return nil, fmt.Errorf("%s holds no built page: %w", dir, err)
	}
	first := append(references(string(page), needed...), "index.html")
	r := &Report{}
	err = walk(dir, func(name string) error {
		if ext := filepath.Ext(name); ext == ".br" || ext == ".gz" {
			return nil
		}
		raw, err := size(dir, name)
		if err != nil {
			return err
		}
		compressed, err := size(dir, name+".br")
		if err != nil {
			compressed = raw
		}
		r.Files = append(r.Files, File{Name: name, Raw: raw, Compressed: compressed, Needed: slices.Contains(first, name)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(r.Files, func(a, b File) int {
		if a.Needed != b.Needed {
			if a.Needed {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return r, nil
}

func size(dir, name string) (int64, error) {
	info, err := fs.Stat(os.DirFS(dir), name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Needed returns how many bytes a browser loads until the page can be used.
func (r *Report) Needed() int64 {
	sum := int64(0)
	for _, f := range r.Files {
		if f.Needed {
			sum += f.Compressed
		}
	}
	return sum
}

// Over reports whether that is more than the budget.
func (r *Report) Over() bool { return r.Needed() > Budget }

// Write prints the sizes as a table.
func (r *Report) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "raw kB\tbrotli kB\t \t")
	rest := 0
	for _, f := range r.Files {
		if !f.Needed {
			rest++
			continue
		}
		fmt.Fprintf(t, "%.1f\t%.1f\t%s\t\n", float64(f.Raw)/1e3, float64(f.Compressed)/1e3, f.Name)
	}
	fmt.Fprintf(t, "\t%.1f\tto load until the page can be used, of %.0f\t\n", float64(r.Needed())/1e3, float64(Budget)/1e3)
	if err := t.Flush(); err != nil {
		return err
	}
	if rest > 0 {
		fmt.Fprintf(w, "and %d files that load later\n", rest)
	}
	return nil
}
