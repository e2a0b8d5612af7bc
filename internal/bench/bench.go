// Package bench measures whybox against what a user would take instead, in a
// headless Chromium: TensorFlow.js and ONNX Runtime Web, on the same weights and
// inputs, in one run. It takes no part in the page or the command.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/whybox/whybox/internal/bench/task"
)

// Options say what to measure.
type Options struct {
	Module string   // folder of go.mod, where npm has installed the peers
	Only   []string // names of tasks; nil means all
	Effort Effort
	Log    io.Writer // hears of each task as it is done
}

// Run measures and returns the report. The first contender that computes
// something else than it should ends its row, not the run: the error tells of
// all such.
func Run(ctx context.Context, o Options) (*Report, error) {
	tasks := task.All()
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
	for _, r := range rows {
		t, ok := taskOf(tasks, r.task)
		if !ok || !o.wants(r.task) {
			continue
		}
		fmt.Fprintf(o.Log, "%s\n", r.task)
		timings, err := measure(t, a, all, o.Effort)
		if err != nil {
			fmt.Fprintf(o.Log, "  %v\n", err)
			wrong = append(wrong, err)
		}
		report.Rows = append(report.Rows, r.result(t, timings, err))
	}
	return report, errors.Join(wrong...)
}

func (o Options) wants(name string) bool {
	if len(o.Only) == 0 {
		return true
	}
	for _, n := range o.Only {
		if n == name {
			return true
		}
	}
	return false
}

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
