package figure

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/pool"
	"github.com/whybox/whybox/internal/spec"
)

// Sharer returns how the parts of a task are shared out. name stands for tasks
// whose parts take alike; job describes this one; rest reports progress as the
// task last did, and its error ends the work.
type Sharer func(name string, job func() (pool.Job, error), rest func() error) explain.Share

// job is what another program needs to compute parts of an explanation, beside
// the weights of the model.
type job struct {
	Spec  *spec.Spec `json:"spec"`
	Task  Task       `json:"task"`
	Model string     `json:"model"` // names the model with its weights
	Steps int        `json:"steps"` // training steps behind it
}

// job describes a task of f. A model without a state is trained anew elsewhere,
// to the same bits.
func (f *Figure) job(t Task) (pool.Job, error) {
	j := job{Spec: f.s, Task: t, Model: keyOf(f.b.modelKey, f.steps()), Steps: f.steps()}
	text, err := json.Marshal(j)
	out := pool.Job{Text: text, Model: j.Model}
	if m, ok := f.trainer.Model().(model.Stateful); ok {
		out.State = m.State()
	}
	return out, err
}

// sharer returns how a task is shared out.
func (f *Figure) sharer(t Task, rest func() error) explain.Share {
	name := strings.Join([]string{t.Kind, t.Name, f.s.Data.Name, f.s.Model.Name}, " ")
	return f.b.Share(name, func() (pool.Job, error) { return f.job(t) }, rest)
}

// Help is a pool.Help: it does a task that another Builder's figure described.
func (b *Builder) Help(text []byte, state []float32, share explain.Share, pace func() error) (err error) {
	defer b.recoverAs(&err)
	var j job
	if err := json.Unmarshal(text, &j); err != nil {
		return err
	}
	f := &Figure{b: b, s: j.Spec, pace: func(string, int, int) error { return pace() }}
	if err := b.load(j.Spec); err != nil {
		return err
	}
	f.table, f.split, f.problem = b.table, b.split, &b.problem
	if err := b.adopt(f, j, state); err != nil {
		return err
	}
	if err := f.choose(); err != nil {
		return err
	}
	b.Share = func(string, func() (pool.Job, error), func() error) explain.Share { return share }
	return f.perform(j.Task)
}

// adopt makes the job's model the present one.
func (b *Builder) adopt(f *Figure, j job, state []float32) error {
	m := catalog.ModelOf(j.Spec.Model.Name)
	if m == nil {
		return &spec.Error{Code: spec.CodeName, Path: "/model/name", What: fmt.Sprintf("no model called %q", j.Spec.Model.Name)}
	}
	f.family = m
	if b.modelKey != j.Model {
		t, err := m.New(b.problem, knob.Fill(j.Spec.Model.Knobs, m.Knobs))
		if err != nil {
			return err
		}
		b.modelKey = ""
		if err := settle(t, j, state, f.pace); err != nil {
			return err
		}
		b.modelKey, b.trainer = j.Model, t
	}
	f.trainer = b.trainer
	return nil
}

// settle brings a new model to where the job's is.
func settle(t model.Trainer, j job, state []float32, pace Pace) error {
	if m, ok := t.Model().(model.Stateful); ok {
		return m.SetState(state)
	}
	for done := range j.Steps {
		if err := pace("training", done, j.Steps); err != nil {
			return err
		}
		if err := t.Step(); err != nil {
			return err
		}
	}
	return nil
}
