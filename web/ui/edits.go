package ui

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// firstSearch is the counterfactual search that needs least of a model.
const firstSearch = "growing-spheres"

// SetData goes to another data set, with settings that suit it.
func (s *Session) SetData(name string) {
	if name == s.dataChoice() {
		return
	}
	if f := s.Files.chosen(name); f != nil {
		s.forget()
		s.change("", func(sp *spec.Spec) {
			sp.Data = spec.Data{Name: spec.Own, File: f}
			sp.Explain.Row, sp.Explain.Edit, sp.Explain.Class, sp.Explain.Counterfactual = nil, nil, "", nil
			sp.View.X, sp.View.Y, sp.View.Feature, sp.Params = "", "", "", nil
			sp.Explain.Groups, sp.View.Split, sp.View.By = nil, nil, ""
			sp.View.Tree, sp.View.Open, sp.View.Brush, sp.Model.Edits = 0, nil, "", nil
		})
		return
	}
	s.bring(s.Menu.starter(name))
}

// dataChoice is what the menu of data sets shows.
func (s *Session) dataChoice() string {
	if d := s.Spec().Data; d.File != nil {
		return choice(d.File)
	}
	return s.Spec().Data.Name
}

// modelChoice is what the menu of models shows.
func (s *Session) modelChoice() string {
	if m := s.Spec().Model; m.File != nil {
		return choice(m.File)
	}
	return s.Spec().Model.Name
}

// dataTitle names the data for people.
func (s *Session) dataTitle() string {
	if d := s.Spec().Data; d.File != nil {
		return d.File.Title
	}
	return s.Menu.data(s.Spec().Data.Name).Title
}

// modelTitle names the model for people.
func (s *Session) modelTitle() string {
	if m := s.Spec().Model; m.File != nil {
		return m.File.Title
	}
	return s.Menu.model(s.Spec().Model.Name).Title
}

// SetModel trains another family, from its defaults to the end. Methods that
// the family cannot serve give way to the first that it can.
func (s *Session) SetModel(name string) {
	s.change("", func(sp *spec.Spec) {
		sp.Model = spec.Model{Name: name}
		for name, v := range sp.Explain.Edit {
			if math.IsNaN(v) { // not every model takes that
				delete(sp.Explain.Edit, name)
			}
		}
		sp.View.Tree, sp.View.Open = 0, nil
		if f := s.Files.chosen(name); f != nil {
			sp.Model = spec.Model{Name: spec.Own, File: f}
		}
		s.suit(&sp.Explain, s.Menu.model(sp.Model.Name))
	})
}

// suit replaces what an explanation asks for and a model family lacks.
func (s *Session) suit(e *spec.Explain, m catalog.Model) {
	if !m.Margin {
		e.Output = ""
	}
	if s.lacks(m, e.Name, e.Output) {
		e.Name, e.Knobs = s.Menu.anyModel(len(s.status.Data.Features)), nil
	}
	if e.Compare != nil && s.lacks(m, e.Compare.Name, e.Output) {
		e.Compare = nil
	}
	if c := e.Counterfactual; c != nil && !m.Gradient && s.Menu.search(c.Name).Gradient {
		c.Name, c.Knobs = firstSearch, nil
	}
}

// lacks reports whether an explainer needs what a model family does not have.
// Trees behind a link are there only in the margin.
func (s *Session) lacks(m catalog.Model, explainer, output string) bool {
	x := s.Menu.explainer(explainer)
	linked := m.Margin && output != "margin" && len(s.status.Data.Classes) > 0
	return x.Gradient && !m.Gradient || x.Trees && (!m.Trees || linked)
}

// SetSeed draws every chance anew.
func (s *Session) SetSeed(seed uint64) {
	s.change("", func(sp *spec.Spec) { sp.Seed, sp.View.Brush = seed, "" })
}

// SetTest holds out another share of the rows.
func (s *Session) SetTest(share float64) {
	s.drag("test", func(sp *spec.Spec) { sp.Data.Test = &share })
}

// SetExplainer asks by another method.
func (s *Session) SetExplainer(name string) {
	s.change("", func(sp *spec.Spec) { sp.Explain.Name, sp.Explain.Knobs = name, nil })
}

// SetCompare shows a second method beside the first; "" shows one.
func (s *Session) SetCompare(name string) {
	s.change("", func(sp *spec.Spec) {
		sp.Explain.Compare = nil
		if name != "" {
			sp.Explain.Compare = &spec.Choice{Name: name}
		}
	})
}

// SetClass explains the score of another class; "" means the predicted one.
func (s *Session) SetClass(name string) {
	s.change("", func(sp *spec.Spec) { sp.Explain.Class, sp.View.Open = name, nil })
}

// SetOutput explains "probability" or "margin". A method that only serves the
// other gives way.
func (s *Session) SetOutput(name string) {
	s.change("", func(sp *spec.Spec) {
		sp.Explain.Output = name
		s.suit(&sp.Explain, s.Menu.model(sp.Model.Name))
	})
}

// SetView makes another view the main one. Those that an arrow key passes on its
// way are one step to undo.
func (s *Session) SetView(name string) {
	s.change("view", func(sp *spec.Spec) { sp.View.Name = name })
}

// SetAxes puts features on the axes of the surface.
func (s *Session) SetAxes(x, y string) {
	s.change("", func(sp *spec.Spec) { sp.View.X, sp.View.Y = x, y })
}

// SetTraced chooses the feature of the effect plot.
func (s *Session) SetTraced(name string) {
	s.change("", func(sp *spec.Spec) { sp.View.Feature = name })
}

// part names the part of a spec whose knobs are turned.
type part string

const (
	dataPart    part = "data"
	modelPart   part = "model"
	explainPart part = "explain"
	comparePart part = "compare"
	searchPart  part = "search"
)

// knobs returns where a part of sp keeps its knobs.
func (p part) knobs(sp *spec.Spec) *knob.Values {
	switch p {
	case dataPart:
		return &sp.Data.Knobs
	case modelPart:
		return &sp.Model.Knobs
	case explainPart:
		return &sp.Explain.Knobs
	case comparePart:
		return &sp.Explain.Compare.Knobs
	default:
		return &sp.Explain.Counterfactual.Knobs
	}
}

// SetKnob turns one knob; Drop ends the turning.
func (s *Session) SetKnob(p part, name string, value any) {
	s.drag("knob/"+string(p)+"/"+name, func(sp *spec.Spec) {
		v := p.knobs(sp)
		if *v == nil {
			*v = knob.Values{}
		}
		(*v)[name] = value
		if p == dataPart {
			sp.View.Brush = "" // the rows are others
		}
	})
}

// SetParam moves an author's slider, bound to a JSON Pointer; Drop ends it.
func (s *Session) SetParam(path string, x float64) {
	next, err := spec.Set(s.Spec(), path, x)
	if err != nil {
		return
	}
	s.replace(path, next, true)
}

// PickRow asks about another row of the table, as it is there.
func (s *Session) PickRow(row int) {
	if n := s.status.Data.Rows; row < 0 || n > 0 && row >= n {
		return
	}
	s.change("row", func(sp *spec.Spec) { sp.Explain.Row, sp.Explain.Edit, sp.View.Open = &row, nil, nil })
}

// PickAmong is PickRow from a picture of many rows: the class that all of them
// are explained for stays.
func (s *Session) PickAmong(row int) {
	if n := s.status.Data.Rows; row < 0 || n > 0 && row >= n {
		return
	}
	s.change("row", func(sp *spec.Spec) {
		sp.Explain.Row, sp.Explain.Edit, sp.View.Open = &row, nil, nil
		if sp.Explain.Class == "" {
			sp.Explain.Class = s.status.Class
		}
	})
}

// SetRows sets how many rows the views of many rows explain.
func (s *Session) SetRows(n int) {
	s.change("", func(sp *spec.Spec) { sp.View.Rows = n })
}

// SetOrder sets what orders the rows of a view.
func (s *Session) SetOrder(by string) {
	s.change("", func(sp *spec.Spec) { sp.View.Order = by })
}

// SetBy parts the rows of average sizes; "" for not at all.
func (s *Session) SetBy(name string) {
	s.change("", func(sp *spec.Spec) { sp.View.By = name })
}

// SetTree shows another tree of the model, from 1, as it is at first.
func (s *Session) SetTree(number int) {
	if n := s.status.Trees; n > 0 {
		number = min(number, n)
	}
	number = max(number, 1)
	if number == max(s.Spec().View.Tree, 1) {
		return
	}
	s.change("tree", func(sp *spec.Spec) { sp.View.Tree, sp.View.Open = number, nil })
}

// ToggleNode opens a question of the tree that is closed, or closes an open
// one. Of the many opened by hand the first gives way.
func (s *Session) ToggleNode(node int) {
	s.change("", func(sp *spec.Spec) {
		open := sp.View.Open
		if at := slices.Index(open, node); at >= 0 {
			open = slices.Delete(open, at, at+1)
		} else {
			open = append(open, node)
		}
		sp.View.Open = open[max(0, len(open)-spec.MaxOpen):]
	})
}

// Edit sets features of the row by hand; Drop ends the gesture. The key names
// the control that is moved.
func (s *Session) Edit(key string, names []string, values []float64) {
	before := s.standing()
	defer func() { s.quiet = before.still && s.standing() == before }()
	s.drag("edit/"+key, func(sp *spec.Spec) {
		if sp.Explain.Edit == nil {
			sp.Explain.Edit = map[string]float64{}
		}
		for i, name := range names {
			sp.Explain.Edit[name] = values[i]
		}
	})
}

// standing is what resting components show of a session while a gesture moves
// the row: they read the spec but for its edits, the panel of the loss, which
// comes with the steps, and this.
type standing struct {
	still                       bool // nothing is on its way, nothing is amiss
	sum                         string
	steps, total, perPoint, row int
	trained                     bool
	check                       *figure.Check
	axes                        [2]int // features on those of the large picture
}

func (s *Session) standing() standing {
	x := s.status
	now := standing{
		s.ready && s.known && s.flight == 0 && !s.stopped && !s.pausing && len(s.problems) == 0,
		x.Sum, x.Steps, x.Total, x.PerPoint, x.Row, x.Trained, x.Check,
		[2]int{-1, -1},
	}
	_, axes := s.axes(s.mainView())
	copy(now.axes[:], axes)
	return now
}

// EditOne sets one feature by hand.
func (s *Session) EditOne(name string, value float64) {
	s.Edit(name, []string{name}, []float64{value})
}

// ResetRow drops every edit by hand.
func (s *Session) ResetRow() {
	s.change("", func(sp *spec.Spec) { sp.Explain.Edit = nil })
}

// Edited reports whether the row differs from the table by hand.
func (s *Session) Edited() bool { return len(s.Spec().Explain.Edit) > 0 }

// AskFlip asks what would flip the decision.
func (s *Session) AskFlip() {
	s.change("", func(sp *spec.Spec) { sp.Explain.Counterfactual = &spec.Counterfactual{Name: firstSearch} })
}

// DropFlip takes the question back.
func (s *Session) DropFlip() {
	s.change("", func(sp *spec.Spec) { sp.Explain.Counterfactual = nil })
}

// changeFlip edits the counterfactual question, if there is one.
func (s *Session) changeFlip(key string, edit func(*spec.Counterfactual)) {
	if s.Spec().Explain.Counterfactual == nil {
		return
	}
	s.change(key, func(sp *spec.Spec) { edit(sp.Explain.Counterfactual) })
}

// SetSearch looks for counterfactuals another way.
func (s *Session) SetSearch(name string) {
	s.changeFlip("", func(c *spec.Counterfactual) { c.Name, c.Knobs = name, nil })
}

// SetTarget aims at another class; "" means the runner-up.
func (s *Session) SetTarget(name string) {
	s.changeFlip("", func(c *spec.Counterfactual) { c.Target = name })
}

// SetRise aims at a score that much higher, or lower where negative.
func (s *Session) SetRise(x float64) {
	s.changeFlip("rise", func(c *spec.Counterfactual) { c.Rise = x })
}

// TogglePin frees a feature that counterfactuals may not change, or pins one
// that they may. fixed is how it stands now.
func (s *Session) TogglePin(feature string, fixed bool) {
	s.changeFlip("", func(c *spec.Counterfactual) {
		same := func(name string) bool { return name == feature }
		pinned, freed := slices.ContainsFunc(c.Fixed, same), slices.ContainsFunc(c.Free, same)
		c.Fixed, c.Free = slices.DeleteFunc(c.Fixed, same), slices.DeleteFunc(c.Free, same)
		switch {
		case fixed && !pinned:
			c.Free = append(c.Free, feature) // fixed by the data set
		case !fixed && !freed:
			c.Fixed = append(c.Fixed, feature)
		}
	})
}

// GoThere makes the row what a counterfactual says.
func (s *Session) GoThere(f view.Flip) {
	s.change("", func(sp *spec.Spec) {
		if sp.Explain.Edit == nil {
			sp.Explain.Edit = map[string]float64{}
		}
		for _, c := range f.Changes {
			sp.Explain.Edit[c.Feature] = c.B
		}
	})
}
