package shelf

import (
	"encoding/json"
	"fmt"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/table"
)

// Format is how the text of a table is read, in the words of a spec.Reading.
type Format struct {
	Encoding  string   `json:"encoding"`
	Delimiter string   `json:"delimiter"`
	Decimal   string   `json:"decimal"`
	Header    bool     `json:"header"`
	Missing   []string `json:"missing"` // words, besides the empty cell
}

// formatOf says how a sheet was read.
func formatOf(s *table.Sheet) *Format {
	f := &Format{Encoding: s.Encoding, Delimiter: string(s.Delimiter), Decimal: string(s.Decimal), Header: s.Header, Missing: s.Missing}
	switch s.Delimiter {
	case '\t':
		f.Delimiter = "tab"
	case ' ':
		f.Delimiter = "space"
	}
	return f
}

// choiceOf is what a person said of the format; false where it is nothing.
func choiceOf(r *spec.Reading) (table.Choice, bool) {
	if r == nil || r.Delimiter == "" && r.Decimal == "" && r.Header == nil && r.Missing == nil {
		return table.Choice{}, false
	}
	c := table.Choice{Header: r.Header, Missing: r.Missing}
	switch r.Delimiter {
	case "":
	case "tab":
		c.Delimiter = '\t'
	case "space":
		c.Delimiter = ' '
	default:
		c.Delimiter = r.Delimiter[0]
	}
	if r.Decimal != "" {
		c.Decimal = r.Decimal[0]
	}
	return c, true
}

// Reading describes the table of d in the format that its reading says; nil
// where it says none, or the table is not here or cannot be read so.
func (s *Shelf) Reading(d spec.Data) *Opened {
	if _, byHand := choiceOf(d.Read); !byHand || s.sheets[d.File.Sum] == nil {
		return nil
	}
	sheet, err := s.sheet(d)
	if err != nil {
		return nil
	}
	return describe(*d.File, sheet)
}

// sheet returns a table that is here, read in the format that d says. The last
// one in a format by hand is kept. The error is a *spec.Error.
func (s *Shelf) sheet(d spec.Data) (*table.Sheet, error) {
	found := s.sheets[d.File.Sum]
	choice, byHand := choiceOf(d.Read)
	if !byHand {
		return found, nil
	}
	text, err := json.Marshal([]any{d.File.Sum, choice})
	if err != nil {
		return nil, err
	}
	if key := string(text); key != s.said {
		s.said, s.again, s.wrong = key, nil, nil
		if s.again, err = found.As(choice); err != nil {
			s.wrong = finding(d.File.Title, err)
		}
	}
	return s.again, s.wrong
}

// apply makes the choices that a person made.
func apply(c *table.Sheet, r spec.Reading) error {
	for name, kind := range r.Kinds {
		j, err := find(c, name, "/data/read/kinds")
		if err != nil {
			return err
		}
		c.Columns[j].Kind = dataset.Kind(kind)
	}
	if r.Gaps != "" {
		c.Gaps = table.Gaps(r.Gaps)
	}
	if r.Target != "" {
		j, err := find(c, r.Target, "/data/read/target")
		if err != nil {
			return err
		}
		c.Target = j
	}
	return nil
}

// find returns the column of a name that stands in the spec at path.
func find(c *table.Sheet, name, path string) (int, error) {
	for j := range c.Columns {
		if c.Columns[j].Name == name {
			return j, nil
		}
	}
	return 0, &spec.Error{Code: spec.CodeName, Path: path, What: fmt.Sprintf("the table has no column %q", name), Fix: "choose one that it has"}
}
