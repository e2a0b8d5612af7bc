package shelf

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/table"
)

// Table returns the table that a spec names, with the columns that its model
// reads, where that is from a file too, in the model's order. Where nothing is
// said of missing cells, they are kept for a model that takes them: gaps says so
// of one that is trained here. The last table is kept. The error is a
// *spec.Error.
func (s *Shelf) Table(d spec.Data, m spec.Model, gaps bool) (*dataset.Table, error) {
	if s.sheets[d.File.Sum] == nil {
		return nil, Missing("/data/file", *d.File)
	}
	var reader *Model
	sum := ""
	if m.Name == spec.Own {
		if reader = s.models[m.File.Sum]; reader == nil {
			return nil, Missing("/model/file", *m.File)
		}
		sum, gaps = m.File.Sum, reader.Gaps
	}
	text, err := json.Marshal([]any{d.File, d.Read, sum, gaps})
	if err != nil {
		return nil, err
	}
	if key := string(text); key != s.last {
		s.last, s.built, s.given = key, nil, nil
		var sheet *table.Sheet
		if sheet, s.failed = s.sheet(d); s.failed == nil {
			s.built, s.given, s.failed = read(sheet, d, reader, gaps)
			if s.failed == nil {
				markOneHot(s.built)
			}
		}
	}
	return s.built, s.failed
}

func read(sheet *table.Sheet, d spec.Data, m *Model, gaps bool) (*dataset.Table, *expected, error) {
	c := *sheet
	c.Columns = slices.Clone(sheet.Columns)
	if gaps {
		c.Gaps = table.Keep
	}
	if d.Read != nil {
		if err := apply(&c, *d.Read); err != nil {
			return nil, nil, err
		}
	}
	given, err := setAside(&c, d, m)
	if err != nil {
		return nil, nil, err
	}
	var order []int // columns of the sheet that the model reads
	if m != nil {
		if order, err = match(&c, d, m, given); err != nil {
			return nil, nil, err
		}
	}
	t, notes, err := c.Table(spec.Own, d.File.Title)
	if err != nil {
		return nil, nil, finding(d.File.Title, err)
	}
	if err := keeps(t, gaps); err != nil {
		return nil, nil, err
	}
	t.Source = strings.Join(append(slices.Clone(c.Notes), notes...), " ")
	if m == nil {
		return t, nil, nil
	}
	if err := given.read(&c); err != nil {
		return nil, nil, finding(d.File.Title, err)
	}
	arrange(t, &c, order)
	return t, given, label(t, m)
}

// match finds the columns that the model reads, and settles which of the
// others is predicted: none, where no other looks like it.
func match(c *table.Sheet, d spec.Data, m *Model, given *expected) ([]int, error) {
	n, _ := m.Dims()
	named := d.Read != nil && d.Read.Target != ""
	order, err := columns(c, n, m.Features, given)
	if err != nil {
		return nil, err
	}
	var rest []int // that may be the target
	for j := range c.Columns {
		switch {
		case slices.Contains(order, j):
			c.Columns[j].Kind = dataset.Number // codes are the model's, not to be found anew
		case c.Columns[j].Kind != table.Skip && !given.holds(j):
			rest = append(rest, j)
		}
	}
	switch {
	case slices.Contains(rest, c.Target):
	case named && slices.Contains(order, c.Target):
		return nil, &spec.Error{Code: spec.CodeUnfit, Path: "/data/read/target", What: fmt.Sprintf("the model reads %q", d.Read.Target), Why: "what it reads is not what it predicts", Fix: "choose another column to predict"}
	case len(rest) == 1:
		c.Target = rest[0]
	default:
		c.Target = table.None
	}
	for _, j := range rest {
		if j != c.Target {
			c.Columns[j].Kind = table.Skip
		}
	}
	if c.Target != table.None {
		c.Columns[c.Target].Kind = dataset.Category
		if m.Regression {
			c.Columns[c.Target].Kind = dataset.Number
		}
	}
	return order, nil
}

// columns finds the model's features in the sheet: by name, or by place where
// the model has no names.
func columns(c *table.Sheet, d int, features []string, given *expected) ([]int, error) {
	if byPlace(c, features) {
		width := len(c.Columns) - len(given.columns) - len(given.others)
		all := make([]int, 0, width)
		for j := range c.Columns {
			if !given.holds(j) && (width == d || j != c.Target) {
				all = append(all, j)
			}
		}
		if len(all) != d {
			return nil, &spec.Error{Code: "E-MODEL-DATA", Path: "/model/file", What: fmt.Sprintf("the model has %d features and the table %d columns", d, width),
				Why: "the model does not name its features, so columns are taken in order", Fix: fmt.Sprintf("open a table with the model's %d columns, and one more for what is predicted", d)}
		}
		return all, nil
	}
	all := names(c)
	var order []int
	var lost []string
	for _, name := range features {
		j := called(all, name)
		if j < 0 {
			lost = append(lost, strconv.Quote(name))
		}
		order = append(order, j)
	}
	if len(lost) > 0 {
		more := ""
		if len(lost) > 5 {
			more = fmt.Sprintf(" and %d more", len(lost)-5)
		}
		return nil, &spec.Error{Code: "E-MODEL-DATA", Path: "/model/file", What: fmt.Sprintf("the table lacks %d of the model's %d features: %s%s", len(lost), d, strings.Join(lost[:min(5, len(lost))], ", "), more),
			Why: "columns are found by the names the model was trained with", Fix: "open a table with these columns, or another model"}
	}
	return order, nil
}

// arrange puts the columns of a table in the order of the model.
func arrange(t *dataset.Table, c *table.Sheet, order []int) {
	d := len(order)
	at := make([]int, d) // column of the table
	for f, j := range order {
		at[f] = slices.IndexFunc(t.Columns, func(x dataset.Column) bool { return x.Name == c.Columns[j].Name })
	}
	x := make([]float32, len(t.X))
	for i := range t.Rows() {
		for f, j := range at {
			x[i*d+f] = t.X[i*d+j]
		}
	}
	sorted := make([]dataset.Column, d)
	for f, j := range at {
		sorted[f] = t.Columns[j]
	}
	for i, j := range t.Plane {
		t.Plane[i] = slices.Index(at, j)
	}
	t.X, t.Columns = x, sorted
}

// label gives the classes the names that the model knows, and rows without a
// label the model's own answer.
func label(t *dataset.Table, m *Model) error {
	_, k := m.Dims()
	names := m.Classes
	if names == nil && !m.Regression {
		for i := range k {
			names = append(names, "class "+strconv.Itoa(i))
		}
	}
	switch {
	case t.Unlabelled:
		t.Target = dataset.Column{Name: "prediction", Kind: dataset.Number}
		if !m.Regression {
			t.Target = dataset.Column{Name: "class", Kind: dataset.Category, Categories: names, Max: float64(k - 1), Step: 1}
		}
		answer(t, m)
	case m.Regression:
	case len(t.Classes()) != k:
		return &spec.Error{Code: "E-MODEL-DATA", Path: "/data/read/target", What: fmt.Sprintf("%q has %d classes and the model %d", t.Target.Name, len(t.Classes()), k),
			Why: "the column to predict holds what the model was trained on", Fix: "choose another column to predict"}
	case m.Classes != nil:
		return reorder(t, m.Classes)
	}
	return nil
}

// answer makes the model's own answers the labels.
func answer(t *dataset.Table, m *Model) {
	_, k := m.Dims()
	n := t.Rows()
	scores := make([]float32, n*k)
	m.Predict(scores, t.X, n)
	for i := range n {
		if m.Regression {
			t.Y[i] = scores[i]
		} else {
			t.Y[i] = float32(model.Best(scores[i*k : (i+1)*k]))
		}
	}
	if m.Regression {
		t.Target.Min, t.Target.Max = float64(slices.Min(t.Y)), float64(slices.Max(t.Y))
		t.Target.Step = max((t.Target.Max-t.Target.Min)/1000, 1e-6)
	}
}

// reorder codes the classes as the model does.
func reorder(t *dataset.Table, classes []string) error {
	code := make([]float32, len(classes))
	for i, name := range t.Classes() {
		j := slices.Index(classes, name)
		if j < 0 {
			return &spec.Error{Code: "E-MODEL-DATA", Path: "/data/read/target", What: fmt.Sprintf("the model knows no class %q of the column %q", name, t.Target.Name),
				Why: "it knows " + strings.Join(classes, ", "), Fix: "choose another column to predict, or rename the classes in the file"}
		}
		code[i] = float32(j)
	}
	for i, y := range t.Y {
		t.Y[i] = code[int(y)]
	}
	t.Target.Categories = classes
	return nil
}
