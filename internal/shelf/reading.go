package shelf

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/table"
)

// Asked is one thing that a person may say of how a table is read.
type Asked struct {
	Field   string      `json:"field"` // of spec.Reading, as in JSON
	Label   string      `json:"label"`
	Options [][2]string `json:"options,omitempty"` // value and text; a first "" takes what was found. None for words that are typed
	Words   string      `json:"words,omitempty"`   // that were looked for, with commas between
}

// asked says how a sheet was read, and how else it could be.
func asked(s *table.Sheet) []Asked {
	delimiter := string(s.Delimiter)
	switch s.Delimiter {
	case '\t':
		delimiter = "tab"
	case ' ':
		delimiter = "space"
	}
	header := "no"
	if s.Header {
		header = "yes"
	}
	return []Asked{
		ask("delimiter", "Between cells", delimiter, [][2]string{{",", "comma"}, {";", "semicolon"}, {"tab", "tab"}, {"|", "vertical bar"}, {"space", "spaces"}}),
		ask("decimal", "Decimal sign", string(s.Decimal), [][2]string{{".", "point: 1.5"}, {",", "comma: 1,5"}}),
		ask("header", "The first line", header, [][2]string{{"yes", "names the columns"}, {"no", "is a row like others"}}),
		{Field: "missing", Label: "Missing, besides empty", Words: strings.Join(s.Missing, ", ")},
	}
}

func ask(field, label, found string, options [][2]string) Asked {
	out := Asked{Field: field, Label: label, Options: [][2]string{{}}}
	for _, o := range options {
		if out.Options = append(out.Options, o); o[0] == found {
			out.Options[0][1] = "as found: " + o[1]
		}
	}
	return out
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

// keeps refuses cells that are left missing where the model takes none.
func keeps(t *dataset.Table, gaps bool) error {
	j := slices.IndexFunc(t.Columns, func(c dataset.Column) bool { return c.Gaps })
	if j < 0 || gaps {
		return nil
	}
	row := 0
	for x := t.Row(row)[j]; x == x; x = t.Row(row)[j] {
		row++
	}
	return &spec.Error{Code: "E-MODEL-GAPS", Path: "/data/read/gaps", What: "missing cells are kept, and the model takes none",
		Why: fmt.Sprintf("%q lacks a value in row %d", t.Columns[j].Name, row), Fix: `choose "fill" for missing cells, or a model of trees`}
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
