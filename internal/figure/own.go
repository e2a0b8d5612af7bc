package figure

import (
	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
)

// Files keeps what a person opened; a *shelf.Shelf does. The readers of foreign
// formats are behind it, so that a program without files need not hold them.
type Files interface {
	Open(title string, data []byte) (*shelf.Opened, error)
	Table(d spec.Data, m spec.Model, gaps bool) (*dataset.Table, error)
	Reading(d spec.Data) *shelf.Opened                         // in the format that a person said; nil where that is none
	Model(f spec.File, t *dataset.Table) (*shelf.Model, error) // for the rows of a table; the error is a *spec.Error
	Parity(t *dataset.Table, d spec.Data, m spec.Model) *shelf.Parity
}

// loadOwn takes the table from the shelf.
func (b *Builder) loadOwn(s *spec.Spec) error {
	if b.Files == nil {
		return shelf.Missing("/data/file", *s.Data.File)
	}
	gaps := takesGaps(s.Model)
	t, err := b.Files.Table(s.Data, s.Model, gaps)
	if err != nil {
		return err
	}
	if t != b.table {
		b.table, b.dataKey = t, keyOf(s.Data.File, s.Data.Read, s.Model.File, gaps)
	}
	return nil
}

// Open puts a file on the shelf. The error is a *spec.Error.
func (b *Builder) Open(title string, data []byte) (o *shelf.Opened, err error) {
	defer b.recoverAs(&err)
	if b.Files == nil {
		return nil, &spec.Error{Code: "E-FILE-READ", What: title + " cannot be opened here", Why: "this engine reads no files", Fix: "reload the page and open it again"}
	}
	return b.Files.Open(title, data)
}

// Own describes the table of a file, for spec.Vocabulary; nil where it is not
// there or cannot be read so, which Build says.
func (b *Builder) Own(d spec.Data, m spec.Model) *spec.Table {
	if b.Files == nil || m.Name == spec.Own && m.File == nil {
		return nil
	}
	t, err := b.Files.Table(d, m, takesGaps(m))
	if err != nil {
		return nil
	}
	described := catalog.Describe(t)
	return &described
}

// beginOwn takes the model from the shelf.
func (b *Builder) beginOwn(f *Figure) error {
	file := *f.s.Model.File
	if b.Files == nil {
		return shelf.Missing("/model/file", file)
	}
	m, err := b.Files.Model(file, f.table)
	if err != nil {
		return err
	}
	f.family = &catalog.Model{Name: spec.Own, Title: "Model of " + m.Source, Help: "Trained elsewhere; only its answers are explained here.",
		Classification: !m.Regression, Regression: m.Regression, Gradient: m.Gradient, Trees: m.Trees, Gaps: m.Gaps}
	_, f.family.Margin = marginOf(m.Model)
	key := keyOf(b.split.key, spec.Own, file.Sum)
	if key == b.modelKey {
		f.trainer = b.trainer
		return nil
	}
	return b.take(f, shelf.Trained{M: m}, key)
}
