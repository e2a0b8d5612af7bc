// Package catalog is the one list of what whybox can do: data sets, models,
// explainers, counterfactual searches and views, each a literal row with its
// names, its paper, what it needs and its knobs. The page draws its menus and
// controls from here and a spec is checked against it.
package catalog

import (
	"maps"
	"sync"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// Data is a data set or a generator.
type Data struct {
	Name  string
	Title string
	Help  string
	Group string // menu heading: "Measured", "Images", "Toy problems", "Known truth"
	Knobs []knob.Knob
	// Load returns the table. Embedded tables are shared and must not be
	// changed; generators make a new one from the seed.
	Load func(k knob.Values, seed uint64) *dataset.Table
}

// Model is a model family.
type Model struct {
	Name           string
	Title          string
	Help           string
	Paper          string
	Classification bool // learns classes
	Regression     bool // learns quantities
	Image          bool // needs images
	Gradient       bool // its scores have gradients
	Margin         bool // its probabilities can be read before the link function
	Gaps           bool // it takes missing values (NaN), in training too
	Trees          bool // it is made of trees: Trees finds them in what has no margin, or in its margin
	Curves         bool // it is a sum of curves that a person may edit: CurvesOf finds them
	Knobs          []knob.Knob
	New            func(p model.Problem, k knob.Values) (model.Trainer, error)
}

// Explainer is a method that answers "why?". Exactly one of Attribute, Rank
// and Trace is set.
type Explainer struct {
	Name     string
	Title    string
	Help     string // one sentence for someone new to it
	Formula  string // plain text
	Paper    string
	Gradient bool   // needs a model with gradients
	Trees    bool   // needs a model made of trees
	Causes   bool   // needs data whose causes are known
	Groups   bool   // shares among groups of features first
	Scores   bool   // a Rank of the explained scores rather than of the error
	Limit    int    // most features it can take; 0 means any number
	Complete bool   // its values add up to the score minus the base
	Base     string // what the base value stands for
	Knobs    []knob.Knob
	Params   any // the parameter struct that the knobs fill, with its zero values

	Attribute func(q explain.Query, k knob.Values) (explain.Attribution, error)
	Rank      func(q explain.Query, k knob.Values) (explain.Importance, error)
	Trace     func(q explain.Query, k knob.Values, feature int) (explain.Effect, error)
}

// Whole reports whether the explainer speaks of the whole model rather than of
// one row.
func (e *Explainer) Whole() bool { return e.Attribute == nil }

// Counterfactual is a search for the nearest row that is decided otherwise.
type Counterfactual struct {
	Name     string
	Title    string
	Help     string
	Paper    string
	Gradient bool
	Knobs    []knob.Knob
	Params   any

	Search func(q explain.Query, g explain.Goal, k knob.Values) ([]explain.Counterfactual, error)
}

// View is a way to show a figure.
type View struct {
	Name  string
	Title string
	Help  string
}

// Vocabulary returns the names and knobs a spec may use. It keeps the last
// description of each data set, so it is not safe for concurrent use.
func Vocabulary() spec.Vocabulary {
	var v spec.Vocabulary
	for _, d := range DataSets() {
		v.Data = append(v.Data, spec.Term{Name: d.Name, Help: d.Help, Knobs: d.Knobs, Table: described(d)})
	}
	for _, m := range Models() {
		v.Models = append(v.Models, spec.Term{Name: m.Name, Help: m.Help, Knobs: m.Knobs, Curves: m.Curves})
	}
	for _, e := range Explainers() {
		v.Explainers = append(v.Explainers, spec.Term{Name: e.Name, Help: e.Help, Knobs: e.Knobs})
	}
	for _, c := range Counterfactuals() {
		v.Counterfactuals = append(v.Counterfactuals, spec.Term{Name: c.Name, Help: c.Help, Knobs: c.Knobs})
	}
	for _, w := range Views() {
		v.Views = append(v.Views, spec.Term{Name: w.Name, Help: w.Help})
	}
	return v
}

// described returns what describes a data set. A drag asks for the same one at
// every step, and a generator takes its time.
func described(d Data) func(knob.Values) spec.Table {
	var last knob.Values
	var table spec.Table
	return func(k knob.Values) spec.Table {
		if k = knob.Fill(k, d.Knobs); last == nil || !maps.Equal(k, last) {
			last, table = k, Describe(d.Load(k, 1))
		}
		return table
	}
}

// Describe returns what checking a spec must know of a table.
func Describe(t *dataset.Table) spec.Table {
	out := spec.Table{Rows: t.Rows(), Classes: t.Classes(), Image: t.Height > 0}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, spec.Column{Name: c.Name, Min: c.Min, Max: c.Max, Whole: c.Kind != dataset.Number})
	}
	return out
}

// The lists are made once, since a drag looks into them at every step. Callers
// share them and leave them as they are.
var (
	allDataSets        = sync.OnceValue(dataSets)
	allModels          = sync.OnceValue(models)
	allExplainers      = sync.OnceValue(explainers)
	allCounterfactuals = sync.OnceValue(counterfactuals)
	allViews           = sync.OnceValue(views)
)

// DataSets lists the data a person can load.
func DataSets() []Data { return allDataSets() }

// Models lists the model families.
func Models() []Model { return allModels() }

// Explainers lists the methods that answer "why?". The first whose needs are
// met is the one the page falls back to.
func Explainers() []Explainer { return allExplainers() }

// Counterfactuals lists the searches that answer "what would flip this?".
func Counterfactuals() []Counterfactual { return allCounterfactuals() }

// Views lists the ways to show a figure.
func Views() []View { return allViews() }

// DataSet returns the row of that name, or nil.
func DataSet(name string) *Data {
	return find(DataSets(), func(d *Data) bool { return d.Name == name })
}

// ModelOf returns the row of that name, or nil.
func ModelOf(name string) *Model {
	return find(Models(), func(m *Model) bool { return m.Name == name })
}

// ExplainerOf returns the row of that name, or nil.
func ExplainerOf(name string) *Explainer {
	return find(Explainers(), func(e *Explainer) bool { return e.Name == name })
}

// CounterfactualOf returns the row of that name, or nil.
func CounterfactualOf(name string) *Counterfactual {
	return find(Counterfactuals(), func(c *Counterfactual) bool { return c.Name == name })
}

// find returns the first row that is it, or nil.
func find[T any](rows []T, is func(*T) bool) *T {
	for i := range rows {
		if is(&rows[i]) {
			return &rows[i]
		}
	}
	return nil
}
