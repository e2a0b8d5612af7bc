package shelf

import (
	"fmt"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
	"github.com/whybox/whybox/internal/spec"
)

// Model is an imported model as the figures take one: a score a class, or one
// quantity.
type Model struct {
	model.Model
	Source     string   // the program that trained it: "XGBoost 1.7.4"
	Features   []string // d names; nil where the file has none
	Classes    []string // names of its classes; nil where the file has none
	Regression bool
	Trees      bool // an ensemble of trees whose leaves add up
	Cover      bool // the trees know how many rows came to each node
	Gradient   bool // it has gradients
	Margin     bool // its scores can be read before their link
	Gaps       bool // missing features (NaN) mean something to it
}

// adapt fits an imported model to the figures: one logistic score becomes two
// classes.
func adapt(i *importer.Imported) *Model {
	m := &Model{Model: i.Model, Source: i.Source, Features: i.Features, Classes: i.Classes, Regression: true}
	_, k := i.Model.Dims()
	for _, word := range []string{"binary", "multi", "cross_entropy"} {
		if strings.HasPrefix(i.Objective, word) || k > 1 {
			m.Regression = false
		}
	}
	if i.Objective == "binary:logitraw" { // gives margins, not probabilities
		m.Regression = true
	}
	if e, ok := i.Model.(*tree.Ensemble); ok {
		m.Gaps = true
		m.Trees = !m.Regression || e.Link() == tree.Identity
		m.Cover = counted(e)
		if two := e.Mirrored(); two != nil && !m.Regression {
			m.Model = two
		} else if m.Regression {
			m.Model = quantity{e}
		}
	}
	if _, ok := m.Model.(*importer.Linear); ok {
		m.Gaps = true
	}
	if _, k := m.Model.Dims(); k == 1 && !m.Regression {
		m.Model, m.Trees, m.Cover = either{m.Model}, false, false
	}
	_, m.Gradient = m.Model.(differentiable)
	_, m.Margin = m.Model.(model.Marginer)
	m.Margin = m.Margin && !m.Regression
	return m
}

// counted reports whether the trees have covers.
func counted(e *tree.Ensemble) bool {
	margins, ok := e.Margin().(*tree.Margins)
	if !ok || margins.Trees() == 0 {
		return false
	}
	_, _, _, cover := margins.Nodes(0)
	return cover != nil
}

func (m *Model) says(title string) string {
	d, k := m.Dims()
	what := fmt.Sprintf("it tells %d classes apart", k)
	if m.Regression {
		what = "it predicts a quantity"
	}
	return fmt.Sprintf("%s: a model of %s with %d features; %s.", title, m.Source, d, what)
}

type differentiable interface {
	Gradient(dst, x []float32, n, class int)
}

// quantity is an ensemble that predicts one: what it says is all there is, be
// it a margin to the program that trained it.
type quantity struct{ trees *tree.Ensemble }

func (q quantity) Dims() (d, k int) { return q.trees.Dims() }

func (q quantity) Predict(dst, x []float32, n int) { q.trees.Predict(dst, x, n) }

// Ensemble returns the trees.
func (q quantity) Ensemble() *tree.Ensemble { return q.trees }

// either reads the one score of a model, the probability of class 1, as those
// of two classes.
type either struct{ one model.Model }

func (e either) Dims() (d, k int) {
	d, _ = e.one.Dims()
	return d, 2
}

// Predict writes 1-p and p for the n rows of x (n×d) to dst (n×2).
func (e either) Predict(dst, x []float32, n int) {
	e.one.Predict(dst[n:2*n], x, n)
	for i := range n { // never ahead of what is still to be read
		p := dst[n+i]
		dst[2*i], dst[2*i+1] = 1-p, p
	}
}

// Trained is a model.Trainer of a model that needs no training.
type Trained struct{ M *Model }

// Step panics: there is nothing left to do.
func (Trained) Step() error { panic("shelf: the model is trained") }

// Done reports true.
func (Trained) Done() bool { return true }

// Progress counts the training as one step.
func (Trained) Progress() (done, total, perPoint int) { return 1, 1, 1 }

// Model returns the model.
func (t Trained) Model() model.Model { return t.M.Model }

// fits checks that a table of the catalog holds what a model reads; those from
// files were made for it.
func fits(m *Model, t *dataset.Table) error {
	if t.Name == spec.Own {
		return nil
	}
	d, k := m.Dims()
	refuse := func(what string) error {
		return &spec.Error{Code: "E-MODEL-DATA", Path: "/model/file", What: what, Why: fmt.Sprintf("it was not trained on %s", t.Title), Fix: "open a table with the rows it was trained for"}
	}
	switch {
	case d != len(t.Columns):
		return refuse(fmt.Sprintf("the model has %d features and the data %d", d, len(t.Columns)))
	case m.Regression != t.Regression() || k != max(1, len(t.Classes())):
		return refuse("the model predicts something else than the data holds")
	}
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", " ")) }
	for j, name := range m.Features {
		if plain(name) != plain(t.Columns[j].Name) && name != fmt.Sprintf("f%d", j) {
			return refuse(fmt.Sprintf("the model reads %q where the data has %q", name, t.Columns[j].Name))
		}
	}
	return nil
}
