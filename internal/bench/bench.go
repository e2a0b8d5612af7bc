// Package bench measures whybox against what a user would take instead, in a
// headless Chromium: TensorFlow.js and ONNX Runtime Web, on the same weights and
// inputs, in one run. It takes no part in the page or the command.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/whybox/whybox/internal/bench/task"
)

// Options say what to measure.
type Options struct {
	Module string   // folder of go.mod, where npm has installed the peers
	Only   []string // names of tasks, "growth" for the curves; nil means all
	Effort Effort
	Log    io.Writer // hears of each task as it is done
}

// Run measures and returns the report. The first contender that computes
// something else than it should ends its row, not the run: the error tells of
// all such.
func Run(ctx context.Context, o Options) (*Report, error) {
	tasks := slices.DeleteFunc(task.All(), func(t task.Task) bool { return !o.wants(t.Name) })
	features, background := task.Growth()
	if o.wants("growth") {
		tasks = slices.Concat(tasks, features, background)
	}
	a, err := task.Generate(tasks)
	if err != nil {
		return nil, err
	}
	s, err := newSite(ctx, o.Module, tasks, a)
	if err != nil {
		return nil, err
	}
	ctx, end, err := startChromium(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	all, err := enter(ctx, s, a)
	if err != nil {
		return nil, err
	}
	report := &Report{Contenders: contenders, Machine: machine()}
	var wrong []error
	do := func(r row, t task.Task, who []entrant) Result {
		fmt.Fprintln(o.Log, t.Name)
		effort := o.Effort
		if r.few > 0 {
			r.few = min(r.few, effort.Repeats)
			effort.Repeats = r.few
		}
		timings, err := measure(t, a, who, effort)
		if err != nil {
			wrong = append(wrong, err)
		}
		return r.result(t, timings, err)
	}
	for _, r := range rows {
		if t, ok := taskOf(tasks, r.task); ok {
			report.Rows = append(report.Rows, do(r, t, all))
		}
	}
	if o.wants("growth") {
		few := slices.DeleteFunc(slices.Clone(all), func(e entrant) bool { return e.Role != Ours && e.Role != Pool && e.Role != Peer })
		for _, s := range []Series{{Over: "features"}, {Over: "background rows"}} {
			for _, t := range map[string][]task.Task{"features": features, "background rows": background}[s.Over] {
				s.Points = append(s.Points, do(row{title: t.Name}, t, few))
			}
			report.Growth = append(report.Growth, s)
		}
	}
	return report, errors.Join(wrong...)
}

// wants reports whether a task, or "growth", is to be measured.
func (o Options) wants(name string) bool { return len(o.Only) == 0 || slices.Contains(o.Only, name) }

// enter opens the page twice, as any page is and cross-origin isolated, and
// returns the contenders with where they run.
func enter(ctx context.Context, s *site, a task.Arrays) ([]entrant, error) {
	usual, err := serve(ctx, s)
	if err != nil {
		return nil, err
	}
	special, err := serve(ctx, isolated(s))
	if err != nil {
		return nil, err
	}
	first, err := openTab(ctx, usual)
	if err != nil {
		return nil, err
	}
	second, err := openTab(ctx, special)
	if err != nil {
		return nil, err
	}
	var out []entrant
	for _, c := range contenders {
		e := entrant{Contender: c, runner: inTab{first, c.Key}}
		switch c.Role {
		case Thread:
			e.runner = inTab{second, c.Key}
		case Scale:
			e.runner = &native{arrays: a}
		}
		out = append(out, e)
	}
	return out, nil
}
