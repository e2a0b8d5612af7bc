// Package shelf keeps the files a person has opened: tables, and models that
// other programs have trained. A spec names a file by what stands for its
// content; the content never leaves the shelf.
package shelf

import (
	"fmt"
	"hash/fnv"
	"path"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/table"
)

// Shelf holds what was opened. The zero Shelf is empty. It is not safe for
// concurrent use.
type Shelf struct {
	sheets map[string]*table.Sheet // by sum
	models map[string]*Model

	last   string // key of the last table
	built  *dataset.Table
	given  *expected // beside built, where its model is from a file
	failed error

	said  string // file and format by hand of the last sheet read so
	again *table.Sheet
	wrong error
}

// Opened says what a file turned out to be.
type Opened struct {
	File  spec.File `json:"file"`
	Model bool      `json:"model,omitempty"` // a trained model; else a table
	Says  []string  `json:"says"`            // what it is and what was assumed, for people

	Rows    int      `json:"rows,omitempty"`    // of a table
	Columns []Column `json:"columns,omitempty"` // of a table
	Format  []Asked  `json:"format,omitempty"`  // of a table: how its text was read
	Gaps    *Asked   `json:"gaps,omitempty"`    // of a table that has missing cells: what becomes of them
	Target  string   `json:"target,omitempty"`  // the column that seems to be the one to predict; "" for none
	Trees   bool     `json:"trees,omitempty"`   // the model is made of trees
	Cover   bool     `json:"cover,omitempty"`   // and they know how many rows came to each node
	Margin  bool     `json:"margin,omitempty"`  // its scores can be read before their link
}

// Column is one column of a table, as it was understood.
type Column struct {
	Name    string   `json:"name"`
	Kind    string   `json:"kind"` // as in spec.Kinds
	Why     string   `json:"why"`
	Missing int      `json:"missing,omitempty"` // cells
	Sample  []string `json:"sample"`            // the first few different cells
}

// Classes reports whether the column that seems to be the one to predict holds
// classes.
func (o *Opened) Classes() bool {
	for _, c := range o.Columns {
		if c.Name == o.Target {
			return c.Kind == string(dataset.Category)
		}
	}
	return false
}

// TooLarge refuses a file of so many bytes before it is read; nil otherwise.
func TooLarge(title string, bytes int64) error {
	if most := int64(max(importer.MaxBytes, table.MaxBytes)); bytes > most {
		return &spec.Error{Code: importer.CodeSize, What: fmt.Sprintf("%s has %d MB", title, bytes>>20), Why: fmt.Sprintf("files of at most %d MB are read", most>>20),
			Fix: "give fewer rows, or a model of fewer trees"}
	}
	return nil
}

// Open reads a file and puts it on the shelf. The error is a *spec.Error. data
// must not change afterwards.
func (s *Shelf) Open(title string, data []byte) (*Opened, error) {
	title = path.Base(strings.ReplaceAll(title, "\\", "/"))
	if err := TooLarge(title, int64(len(data))); err != nil {
		return nil, err
	}
	h := fnv.New64a()
	h.Write(data)
	f := spec.File{Title: title, Sum: fmt.Sprintf("%016x", h.Sum64())}
	none := importer.NotTable(data)
	if none == nil {
		return s.openTable(f, data)
	}
	if what, ok := importer.Identify(data); ok && what.Holds == importer.Rows {
		return nil, finding(title, none)
	}
	return s.openModel(f, data)
}

func (s *Shelf) openTable(f spec.File, data []byte) (*Opened, error) {
	sheet, err := table.Read(data)
	if err != nil {
		return nil, finding(f.Title, err)
	}
	if s.sheets == nil {
		s.sheets = map[string]*table.Sheet{}
	}
	s.sheets[f.Sum] = sheet
	return describe(f, sheet), nil
}

// describe says how a table was understood.
func describe(f spec.File, sheet *table.Sheet) *Opened {
	notes := sheet.Notes
	if sheet.Target >= 0 {
		notes = notes[:len(notes)-1] // the last one says which column is predicted, as Target does
	}
	o := &Opened{File: f, Rows: sheet.Rows, Format: asked(sheet), Says: append([]string{fmt.Sprintf("%s: %d rows, %d columns.", f.Title, sheet.Rows, len(sheet.Columns))}, notes...)}
	for _, c := range sheet.Columns {
		if c.Missing > 0 {
			o.Gaps = &Asked{Field: "gaps", Label: "Missing cells", Options: [][2]string{{"keep", "Keep them, for a model that takes them"}, {"fill", "Fill with the middle value"}, {"refuse", "Say where the first one is"}}}
		}
		o.Columns = append(o.Columns, Column{Name: c.Name, Kind: string(c.Kind), Why: c.Why, Missing: c.Missing, Sample: c.Sample})
	}
	if sheet.Target >= 0 {
		o.Target = sheet.Columns[sheet.Target].Name
	}
	return o
}

func (s *Shelf) openModel(f spec.File, data []byte) (*Opened, error) {
	imported, err := importer.Read(data)
	if err != nil {
		return nil, finding(f.Title, err)
	}
	m := adapt(imported)
	if s.models == nil {
		s.models = map[string]*Model{}
	}
	s.models[f.Sum] = m
	return &Opened{File: f, Model: true, Says: []string{m.says(f.Title)}, Trees: m.Trees, Cover: m.Cover, Margin: m.Margin}, nil
}

// finding turns what is wrong with a file into what a person can act on.
func finding(title string, err error) error {
	switch e := err.(type) {
	case *importer.Error:
		at := ""
		if e.Where != "" {
			at = "at " + e.Where
		}
		return &spec.Error{Code: e.Code, What: title + ": " + e.What, Why: at, Fix: e.Fix}
	case *table.Error:
		return &spec.Error{Code: e.Code, What: title + ": " + e.What, Why: place(e), Fix: e.Fix}
	}
	return &spec.Error{Code: "E-FILE", What: title + ": " + err.Error(), Fix: "check the file and open it again"}
}

// place says where in a table something is wrong.
func place(e *table.Error) string {
	var parts []string
	if e.Line > 0 {
		parts = append(parts, fmt.Sprintf("line %d", e.Line))
	}
	if e.Column > 0 {
		parts = append(parts, fmt.Sprintf("column %d %s", e.Column, e.Name))
	}
	return strings.TrimSpace(strings.Join(parts, ", "))
}

// Missing is the error about a file that a spec names and that is not here.
func Missing(path string, f spec.File) error {
	return &spec.Error{Code: "E-FILE-MISSING", Path: path, What: fmt.Sprintf("this figure needs the file %s", f.Title),
		Why: "files stay with the person who opens them, so a link does not carry them", Fix: "open that file here; it is known by its content"}
}

// Model returns a model for the rows of a table. The error, a *spec.Error, says
// that it is not here or was trained on other rows.
func (s *Shelf) Model(f spec.File, t *dataset.Table) (*Model, error) {
	m := s.models[f.Sum]
	if m == nil {
		return nil, Missing("/model/file", f)
	}
	return m, fits(m, t)
}
