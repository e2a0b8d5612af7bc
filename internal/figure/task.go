package figure

import (
	"errors"
	"fmt"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// Task is one explanation of a figure.
type Task struct {
	Kind    string      `json:"kind"`
	Path    string      `json:"path"` // JSON Pointer to what asks for it
	Name    string      `json:"name"` // of the explainer or the search
	Knobs   knob.Values `json:"knobs"`
	Feature int         `json:"feature,omitempty"` // of an effect
	Rows    int         `json:"rows,omitempty"`    // how many a cohort has
}

const (
	taskAttribution = "attribution"
	taskImportance  = "importance"
	taskEffect      = "effect"
	taskFlip        = "flip"
	taskCohort      = "cohort"
	taskPairs       = "pairs"
)

// ask is the query of a task whose parts may be shared out.
func (f *Figure) ask(t Task, stage string, background int) explain.Query {
	q := f.query(stage, t.Name, background)
	if f.b.Share == nil || f.s.Data.Name == spec.Own || f.s.Model.Name == spec.Own { // helpers have no files
		return q
	}
	var last [2]int
	q.Pace = func(done, of int) error {
		last = [2]int{done, of}
		return f.pace(stage, done, of)
	}
	q.Share = f.sharer(t, func() error { return f.pace(stage, last[0], last[1]) })
	return q
}

func (f *Figure) attribute(t Task, memory *explain.Memory) (explain.Attribution, error) {
	e := catalog.ExplainerOf(t.Name)
	q := f.ask(t, "explaining", t.background())
	q.Memory = memory
	var err error
	if q.Other, err = f.against(t); err != nil {
		return explain.Attribution{}, err
	}
	a, err := e.Attribute(q, t.Knobs)
	return a, explaining(t, e, err)
}

// against returns the row that a task compares with, nil for none.
func (f *Figure) against(t Task) ([]float32, error) {
	if _, ok := t.Knobs["against"]; !ok {
		return nil, nil
	}
	row := t.Knobs.Int("against")
	if row >= f.table.Rows() {
		return nil, &spec.Error{Code: "E-EXPLAIN-ROW", Path: t.Path, What: fmt.Sprintf("no row %d to compare with", row),
			Why: fmt.Sprintf("the data has rows 0 to %d", f.table.Rows()-1), Fix: "choose another row to compare with"}
	}
	return f.table.Row(row), nil
}

// background is how many rows a task takes for one, 0 where it does not say.
func (t Task) background() int {
	if _, ok := t.Knobs["background"]; ok {
		return t.Knobs.Int("background")
	}
	return 0
}

func (f *Figure) rank(t Task) (explain.Importance, error) {
	e := catalog.ExplainerOf(t.Name)
	q := f.ask(t, "explaining", t.background())
	if !e.Scores {
		q.Model = f.model // an error is measured on the model's own scores
	}
	v, err := e.Rank(q, t.Knobs)
	return v, explaining(t, e, err)
}

func (f *Figure) trace(t Task) (explain.Effect, error) {
	e := catalog.ExplainerOf(t.Name)
	v, err := e.Trace(f.ask(t, "explaining", 0), t.Knobs, t.Feature)
	return v, explaining(t, e, err)
}

func (f *Figure) search(t Task, goal explain.Goal) ([]explain.Counterfactual, error) {
	c := catalog.CounterfactualOf(t.Name)
	q := f.ask(t, "searching", 0)
	q.Model = f.model // decisions are made on the model's own scores
	found, err := c.Search(q, goal, t.Knobs)
	if errors.Is(err, explain.ErrNoneFound) {
		return nil, wrap(err, "E-FLIP-NONE", t.Path, "nothing flips it", "start from another row")
	}
	return found, wrap(err, "E-FLIP", t.Path, lower(c.Title)+" failed", "choose another search or another row")
}

// perform computes a task for its parts alone.
func (f *Figure) perform(t Task) error {
	var err error
	switch t.Kind {
	case taskAttribution:
		_, err = f.attribute(t, nil)
	case taskImportance:
		_, err = f.rank(t)
	case taskEffect:
		_, err = f.trace(t)
	case taskCohort:
		_, err = f.survey(t)
	case taskPairs:
		_, err = f.pair(t)
	case taskFlip:
		var goal explain.Goal
		if goal, err = f.goal(); err == nil {
			_, err = f.search(t, goal)
		}
	default:
		err = &spec.Error{Code: "E-BUG", What: "no task called " + t.Kind}
	}
	return err
}

// explaining gives an explainer's error a code and a place; what a Pace
// returned passes through.
func explaining(t Task, e *catalog.Explainer, err error) error {
	return wrap(err, "E-EXPLAIN", t.Path, lower(e.Title)+" failed", "choose another method or another model")
}
