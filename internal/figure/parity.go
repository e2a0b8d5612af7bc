package figure

import (
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// Check says how a model from a file compares with the program that trained it.
type Check struct {
	Says     string   `json:"says"`
	Expected []string `json:"expected,omitempty"` // columns of the table that it is compared with
}

// compared sets the model against the scores that are expected of it; nil where
// it is not from a file.
func (f *Figure) compared() *shelf.Parity {
	if f.s.Model.Name != spec.Own || f.b.Files == nil {
		return nil
	}
	p, _ := remember(f.b, keyOf("parity", f.b.modelKey), func() (*shelf.Parity, error) { return f.b.Files.Parity(f.table, f.s.Data, f.s.Model), nil })
	return p
}

func (f *Figure) check() *Check {
	if p := f.compared(); p != nil {
		return &Check{Says: p.Says, Expected: p.Expected}
	}
	return nil
}

func (f *Figure) parity() (*view.Parity, error) {
	p := f.compared()
	if p == nil {
		return nil, shelf.Missing("/model/file", *f.s.Model.File)
	}
	return &view.Parity{Head: view.Head{Name: "parity", Title: "Does it answer as before?", Summary: p.Says, Note: p.Note,
		Table: view.Table{Caption: p.Caption, Columns: p.Columns, Rows: p.Rows}}}, nil
}
