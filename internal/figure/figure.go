package figure

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// Figure is one spec, built: the data, the trained model and the row asked
// about. Explanations and views are made when asked for, and kept by the
// Builder. It is valid until the Builder's next Build.
type Figure struct {
	b       *Builder
	s       *spec.Spec
	pace    Pace
	table   *dataset.Table
	split   split
	problem *model.Problem
	family  *catalog.Model
	trainer model.Trainer

	model     model.Model   // the trained one, with the spec's edits
	explained explain.Model // what is explained: probabilities, margins or predicted values
	row       int           // index in the table
	origin    []float32     // d, the row as in the table
	x         []float32     // d, with the spec's edits
	scores    []float32     // k, probabilities or the predicted value at x
	class     int           // whose score is explained
}

// choose finds the row, applies the edits and settles the class.
func (f *Figure) choose() error {
	m, err := f.edited()
	if err != nil {
		return err
	}
	f.model, f.explained = m, m
	if f.s.Explain.Output == "margin" {
		margin, ok := marginOf(m)
		if !ok {
			return &spec.Error{Code: "E-EXPLAIN-NEEDS", Path: "/explain/output", What: article(f.family.Title) + " has no margin",
				Why: "it gives its scores directly", Fix: `choose "probability"`}
		}
		f.explained = margin
	}
	f.row = f.table.Interesting
	if f.s.Explain.Row != nil {
		f.row = *f.s.Explain.Row
	}
	f.origin = f.table.Row(f.row)
	f.x = append([]float32(nil), f.origin...)
	for name, v := range f.s.Explain.Edit {
		j := f.table.Column(name)
		if j < 0 {
			return &spec.Error{Code: spec.CodeName, Path: "/explain/edit", What: fmt.Sprintf("no feature called %q", name)}
		}
		f.x[j] = float32(v)
		if v != v && !f.mayMiss(j) {
			return f.refuseMissing(name)
		}
	}
	f.scores = predict(m, f.x)
	for _, s := range f.scores {
		if math.IsNaN(float64(s)) || math.IsInf(float64(s), 0) {
			return &spec.Error{Code: "E-MODEL-SCORE", Path: "/model", What: fmt.Sprintf("the model's score is %v", s),
				Why: "its weights left the finite numbers", Fix: "lower the learning rate and rewind"}
		}
	}
	return f.chooseClass()
}

// chooseClass takes the class the spec names, else the one predicted for the
// row before its edits by the model before its own, so that the question stays
// the same while a person drags.
func (f *Figure) chooseClass() error {
	if f.table.Regression() {
		return nil
	}
	if name := f.s.Explain.Class; name != "" {
		f.class = slices.Index(f.table.Classes(), name)
		if f.class < 0 {
			return &spec.Error{Code: spec.CodeName, Path: "/explain/class", What: fmt.Sprintf("no class called %q", name)}
		}
		return nil
	}
	f.class = model.Best(predict(f.trainer.Model(), f.origin))
	return nil
}

func predict(m model.Model, x []float32) []float32 {
	_, k := m.Dims()
	out := make([]float32, k)
	m.Predict(out, x, 1)
	return out
}

// steps says how far the model is trained, as part of cache keys.
func (f *Figure) steps() int {
	done, _, _ := f.trainer.Progress()
	return done
}

// weightsKey names the model with its weights and edits as they are now.
func (f *Figure) weightsKey() string { return keyOf(f.b.modelKey, f.steps(), f.s.Model.Edits) }

// modelKey names what is explained.
func (f *Figure) modelKey() string { return keyOf(f.weightsKey(), f.s.Explain.Output) }

// rowKey names the row with its edits.
func (f *Figure) rowKey() string { return keyOf(f.modelKey(), bitsOf(f.x), f.class) }

// explainer returns the catalog row of the spec's method.
func (f *Figure) explainer() *catalog.Explainer {
	e := catalog.ExplainerOf(f.s.Explain.Name)
	if e == nil {
		panic("figure: the spec was not checked")
	}
	return e
}

// query fills in what every explainer is asked with. The background is a
// seeded sample of n training rows; 0 means all of them.
func (f *Figure) query(stage, stream string, n int) explain.Query {
	return explain.Query{
		Model: f.explained, X: f.x, Class: f.class, Background: f.background(n),
		EvalX: f.problem.TestX, EvalY: f.problem.TestY, Regression: f.table.Regression(),
		Causes: f.causes(), Features: f.features(), Height: f.table.Height, Width: f.table.Width,
		Rand: f.rand(stream),
		Pace: func(done, of int) error { return f.pace(stage, done, of) },
	}
}

// background returns n seeded training rows, or all.
func (f *Figure) background(n int) []float32 {
	all := len(f.split.train)
	if n <= 0 || n >= all {
		return f.problem.TrainX
	}
	d := f.problem.D
	out := make([]float32, 0, n*d)
	for _, i := range f.rand("background").Perm(all)[:n] {
		out = append(out, f.problem.TrainX[i*d:(i+1)*d]...)
	}
	return out
}

// rand returns a source of chance for one purpose, the same for every machine.
func (f *Figure) rand(stream string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(stream))
	return rand.New(rand.NewPCG(f.s.Seed, h.Sum64()))
}

// features lists what values each input may take.
func (f *Figure) features() []explain.Feature {
	out := make([]explain.Feature, len(f.table.Columns))
	for j, c := range f.table.Columns {
		out[j] = explain.Feature{Name: c.Name, Group: f.groupOf(j), OneHot: c.OneHot, Min: float32(c.Min), Max: float32(c.Max), MAD: f.split.mad[j],
			Integer: c.Kind != dataset.Number, Category: c.Kind == dataset.Category, Gaps: f.lacks(j), Fixed: f.fixed(j)}
	}
	return out
}

// fixed reports whether a counterfactual must leave feature j alone.
func (f *Figure) fixed(j int) bool {
	c := &f.table.Columns[j]
	if f.x[j] != f.x[j] {
		return true // what is missing stays so
	}
	if cf := f.s.Explain.Counterfactual; cf != nil {
		if slices.Index(cf.Fixed, c.Name) >= 0 {
			return true
		}
		if slices.Index(cf.Free, c.Name) >= 0 {
			return false
		}
	}
	return !c.Actionable
}

// attribution explains the present row by one method.
func (f *Figure) attribution(path, name string, set knob.Values) (explain.Attribution, error) {
	e := catalog.ExplainerOf(name)
	if why := f.refuseExplainer(e); why != "" {
		return explain.Attribution{}, f.needs(path, e.Title, why)
	}
	if e.Whole() {
		return explain.Attribution{}, f.needs(path, e.Title, "it speaks of the whole model, not of one row")
	}
	t := Task{Kind: taskAttribution, Path: path, Name: name, Knobs: knob.Fill(set, e.Knobs)}
	return remember(f.b, keyOf("attribution", f.rowKey(), f.s.Seed, name, t.Knobs, f.groupsOf(e)), func() (explain.Attribution, error) { return f.attribute(t, f.memory(t)) })
}

// memory is what the task's explainer keeps while the row is edited.
func (f *Figure) memory(t Task) *explain.Memory {
	asked := f.s.Explain
	asked.Row, asked.Edit = nil, nil
	m, _ := remember(f.b, keyOf("memory", f.modelKey(), f.class, f.s.Seed, asked, t), func() (*explain.Memory, error) { return new(explain.Memory), nil })
	return m
}

// main explains the present row by the spec's own method; ok is false where
// that method speaks of the whole model.
func (f *Figure) main() (a explain.Attribution, ok bool, err error) {
	if f.explainer().Whole() {
		return a, false, nil
	}
	a, err = f.attribution("/explain/name", f.s.Explain.Name, f.s.Explain.Knobs)
	return a, err == nil, err
}

// importance ranks the features over the model, by the spec's method or else
// by permutation importance as the catalog sets it.
func (f *Figure) importance() (explain.Importance, *catalog.Explainer, error) {
	e, knobs := f.whole(func(e *catalog.Explainer) bool { return e.Rank != nil })
	if why := f.refuseExplainer(e); why != "" {
		return explain.Importance{}, e, f.needs("/explain/name", e.Title, why)
	}
	t := Task{Kind: taskImportance, Path: "/explain/name", Name: e.Name, Knobs: knobs}
	v, err := remember(f.b, keyOf("importance", f.modelKey(), f.rankedClass(e), f.s.Seed, e.Name, knobs), func() (explain.Importance, error) { return f.rank(t) })
	return v, e, err
}

// rankedClass is the class whose scores rank the features; an error has none.
func (f *Figure) rankedClass(e *catalog.Explainer) int {
	if e.Scores {
		return f.class
	}
	return 0
}

// effect traces one feature.
func (f *Figure) effect(feature int) (explain.Effect, error) {
	e, knobs := f.whole(func(e *catalog.Explainer) bool { return e.Trace != nil })
	t := Task{Kind: taskEffect, Path: "/explain/name", Name: e.Name, Knobs: knobs, Feature: feature}
	return remember(f.b, keyOf("effect", f.modelKey(), f.class, f.s.Seed, e.Name, knobs, feature, f.lacks(feature)), func() (explain.Effect, error) { return f.trace(t) })
}

// whole returns the spec's explainer if it is of the kind, else the catalog's
// first of that kind with its defaults.
func (f *Figure) whole(kind func(*catalog.Explainer) bool) (*catalog.Explainer, knob.Values) {
	if e := f.explainer(); kind(e) {
		return e, knob.Fill(f.s.Explain.Knobs, e.Knobs)
	}
	for _, e := range catalog.Explainers() {
		if kind(&e) {
			return &e, knob.Fill(nil, e.Knobs)
		}
	}
	panic("figure: the catalog has no explainer of that kind")
}
