package figure

import (
	"fmt"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// Job is what another program needs to compute parts of an explanation.
type Job struct {
	Spec  *spec.Spec `json:"spec"`
	Task  Task       `json:"task"`
	Model string     `json:"model"` // names the model with its weights
	Steps int        `json:"steps"` // training steps behind it
	State []float32  `json:"-"`     // its weights; nil where the model is trained anew, to the same bits
}

// Sharer returns how the parts of a task are shared out. job describes the
// task; rest reports progress as the task last did, and its error ends the
// work.
type Sharer func(job func() Job, rest func() error) explain.Share

// job describes a task of f.
func (f *Figure) job(t Task) Job {
	j := Job{Spec: f.s, Task: t, Model: keyOf(f.b.modelKey, f.steps()), Steps: f.steps()}
	if m, ok := f.trainer.Model().(model.Stateful); ok {
		j.State = m.State()
	}
	return j
}

// Help computes those parts of a job that share, called once for it, asks for.
// What share returns as its error is returned, be it wrapped. pace may be nil.
func (b *Builder) Help(j Job, share explain.Share, pace Pace) (err error) {
	defer b.recoverAs(&err)
	if pace == nil {
		pace = func(string, int, int) error { return nil }
	}
	f := &Figure{b: b, s: j.Spec, pace: pace}
	if err := b.load(j.Spec); err != nil {
		return err
	}
	f.table, f.split, f.problem = b.table, b.split, &b.problem
	if err := b.adopt(f, j); err != nil {
		return err
	}
	if err := f.choose(); err != nil {
		return err
	}
	b.Share = func(func() Job, func() error) explain.Share { return share }
	return f.perform(j.Task)
}

// adopt makes the job's model the present one.
func (b *Builder) adopt(f *Figure, j Job) error {
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
		if err := settle(t, j, f.pace); err != nil {
			return err
		}
		b.modelKey, b.trainer = j.Model, t
	}
	f.trainer = b.trainer
	return nil
}

// settle brings a new model to where the job's is.
func settle(t model.Trainer, j Job, pace Pace) error {
	if m, ok := t.Model().(model.Stateful); ok {
		return m.SetState(j.State)
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
