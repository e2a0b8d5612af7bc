package ui

import (
	escape "html"
	"strings"

	"github.com/vugu/vugu"
	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/spec"
)

// Menu is what the page can offer, read once.
type Menu struct {
	Data       []catalog.Data
	Models     []catalog.Model
	Explainers []catalog.Explainer
	Searches   []catalog.Counterfactual
	Views      []catalog.View
	Examples   []examples.Example
	Vocabulary spec.Vocabulary
}

// NewMenu reads the catalog and the examples.
func NewMenu() *Menu {
	m := &Menu{Data: catalog.DataSets(), Models: catalog.Models(), Explainers: catalog.Explainers(),
		Searches: catalog.Counterfactuals(), Views: catalog.Views(), Examples: examples.All(), Vocabulary: catalog.Vocabulary()}
	for i := range m.Vocabulary.Data {
		m.Vocabulary.Data[i].Table = nil // reading the data is the worker's work, which checks again
	}
	return m
}

func (m *Menu) data(name string) catalog.Data {
	if name == spec.Own {
		return catalog.Data{Name: name, Title: "Your own table"}
	}
	for _, d := range m.Data {
		if d.Name == name {
			return d
		}
	}
	return catalog.Data{Name: name, Title: name}
}

func (m *Menu) model(name string) catalog.Model {
	if name == spec.Own { // what it has, the worker finds out
		return catalog.Model{Name: name, Title: "Your own model", Help: "Trained elsewhere; only its answers are explained here.", Gradient: true, Margin: true}
	}
	for _, x := range m.Models {
		if x.Name == name {
			return x
		}
	}
	return catalog.Model{Name: name, Title: name}
}

func (m *Menu) explainer(name string) catalog.Explainer {
	for _, e := range m.Explainers {
		if e.Name == name {
			return e
		}
	}
	return catalog.Explainer{Name: name, Title: name}
}

// anyModel names the first explainer of a row that takes any model over so
// many features.
func (m *Menu) anyModel(features int) string {
	for _, e := range m.Explainers {
		if !e.Whole() && !e.Gradient && !e.Trees && !e.Causes && (e.Limit == 0 || features > 0 && features <= e.Limit) {
			return e.Name
		}
	}
	panic("ui: the catalog has no explainer for any model")
}

func (m *Menu) search(name string) catalog.Counterfactual {
	for _, c := range m.Searches {
		if c.Name == name {
			return c
		}
	}
	return catalog.Counterfactual{Name: name, Title: name}
}

func (m *Menu) view(name string) catalog.View {
	for _, v := range m.Views {
		if v.Name == name {
			return v
		}
	}
	return catalog.View{Name: name, Title: name}
}

// images reports whether the rows of a data set are images.
func (m *Menu) images(data string) bool { return m.data(data).Group == "Images" }

// starter returns a spec that suits a data set: the settings of the first
// example that uses it, without its words.
func (m *Menu) starter(data string) *spec.Spec {
	for _, e := range m.Examples {
		s, err := spec.Parse(e.Spec, m.Vocabulary)
		if err == nil && s.Data.Name == data {
			s.Title, s.Description, s.Params = "", "", nil
			return s
		}
	}
	return &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: data}, Model: spec.Model{Name: "mlp"},
		Explain: spec.Explain{Name: "kernel-shap"}, View: spec.View{Name: "surface"}}
}

// Groups of methods: for one row by how they go about it, and those that speak
// of the whole model.
const (
	byShares  = "This row: fair shares of the score"
	byCauses  = "This row: following causes"
	byChanges = "This row: change something and watch"
	ofModel   = "The whole model"
)

func methodGroup(e *catalog.Explainer) string {
	switch {
	case e.Whole():
		return ofModel
	case e.Causes:
		return byCauses
	case e.Complete && !e.Gradient:
		return byShares
	}
	return byChanges
}

// methods lists the explainers, those of the whole model too if whole.
func (s *Session) methods(whole bool) []Option {
	var out []Option
	for i := range s.Menu.Explainers {
		if e := &s.Menu.Explainers[i]; whole || !e.Whole() {
			o := s.option(e.Name, e.Title)
			o.Group = methodGroup(e)
			out = append(out, o)
		}
	}
	return out
}

// glossary says of every method in a sentence what it does, and why not where it
// cannot be chosen: the menu has room for names only.
func (s *Session) glossary() vugu.HTML {
	var b strings.Builder
	for _, o := range s.methods(true) {
		b.WriteString("<dt>" + escape.EscapeString(o.Text) + "</dt><dd>" + escape.EscapeString(s.Menu.explainer(o.Value).Help) + "</dd>")
	}
	return vugu.HTML(b.String())
}

// whole reports whether the spec's explainer speaks of the whole model.
func (s *Session) whole() bool {
	e := s.Menu.explainer(s.Spec().Explain.Name)
	return e.Rank != nil || e.Trace != nil
}
