package figure

import (
	"errors"
	"fmt"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// begin makes sure there is a trainer for the spec that has done no more steps
// than the spec asks for.
func (b *Builder) begin(f *Figure) error {
	if f.s.Model.Name == spec.Own {
		return b.beginOwn(f)
	}
	m := catalog.ModelOf(f.s.Model.Name)
	if m == nil {
		return &spec.Error{Code: spec.CodeName, Path: "/model/name", What: fmt.Sprintf("no model called %q", f.s.Model.Name)}
	}
	if why := refuseModel(m, f.table); why != "" {
		return &spec.Error{Code: "E-MODEL-DATA", Path: "/model/name", What: fmt.Sprintf("%s cannot learn %s", lower(m.Title), lower(f.table.Title)),
			Why: why, Fix: "choose " + suitable(f.table)}
	}
	f.family = m
	knobs := knob.Fill(f.s.Model.Knobs, m.Knobs)
	key := keyOf(b.split.key, m.Name, knobs, f.s.Seed)
	if key == b.modelKey {
		if done, _, _ := b.trainer.Progress(); f.s.Model.Stop == nil || done <= *f.s.Model.Stop {
			f.trainer = b.trainer
			return nil
		}
	}
	t, err := m.New(b.problem, knobs)
	if err != nil {
		return &spec.Error{Code: "E-MODEL-DATA", Path: "/model", What: err.Error()}
	}
	return b.take(f, t, key)
}

// take makes a trainer the present one.
func (b *Builder) take(f *Figure, t model.Trainer, key string) error {
	b.modelKey, b.trainer, f.trainer = key, t, t
	b.history = nil
	done, _, _ := t.Progress()
	if err := b.record(f, "data", done); err != nil {
		b.modelKey = "" // a curve without its first point is of no use
		return err
	}
	return nil
}

// train goes on to the step the spec asks for, or to the end.
func (b *Builder) train(f *Figure) error {
	t := b.trainer
	for !t.Done() {
		done, total, perPoint := t.Progress()
		if f.s.Model.Stop != nil && done >= *f.s.Model.Stop {
			break
		}
		if err := f.pace("training", done, total); errors.Is(err, ErrPause) {
			break
		} else if err != nil {
			return err
		}
		if err := t.Step(); err != nil {
			return diverged(err)
		}
		if done++; done%perPoint == 0 || t.Done() {
			if err := b.record(f, "training", done); errors.Is(err, ErrPause) {
				break
			} else if err != nil {
				return err
			}
		}
	}
	done, _, _ := t.Progress()
	return b.record(f, "explaining", done)
}

// record adds a point to the loss curve, once a step.
func (b *Builder) record(f *Figure, stage string, step int) error {
	if n := len(b.history); n > 0 && b.history[n-1].Step == step {
		return nil
	}
	_, total, _ := b.trainer.Progress()
	p, err := model.EvaluateTrainer(b.trainer, &b.problem, func() error { return f.pace(stage, step, total) })
	if err != nil {
		return err
	}
	p.Step = step
	b.history = append(b.history, p)
	return nil
}

func diverged(err error) error {
	var d *model.DivergedError
	if !errors.As(err, &d) {
		return &spec.Error{Code: "E-TRAIN", Path: "/model", What: err.Error()}
	}
	return &spec.Error{Code: "E-TRAIN-DIVERGED", Path: "/model/knobs/rate", What: d.Error(),
		Why: "each step was longer than the valley it was meant to go down", Fix: "lower the learning rate and rewind"}
}
