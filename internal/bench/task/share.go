package task

import (
	"encoding/json"
	"errors"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/pool"
)

// Shared reports whether a task's work falls into parts that helpers can do.
func (t Task) Shared() bool {
	return t.Kind == Shap || t.Kind == Occlusion || t.Kind == SmoothGrad || t.Kind == TreeShapRows
}

// job is what a helper is told of a task, beside the numbers themselves.
type job struct {
	Task  Task            `json:"task"`
	Parts map[string]Part `json:"parts"`
}

// NewShared prepares a task whose parts the helpers of a pool compute too.
// came is called for each part that they did.
func NewShared(t Task, a Arrays, p *pool.Pool, came func()) (*Work, error) {
	w, err := New(t, a)
	if err != nil {
		return nil, err
	}
	share := p.Share(t.Name, func() (pool.Job, error) { return t.job(a) }, func() error { return nil })
	w.query.Share = func(n int, compute func(i int) ([]float64, error), done func(i int)) ([][]float64, error) {
		return share(n, compute, func(i int) {
			came()
			done(i)
		})
	}
	return w, nil
}

// job holds what a helper needs of the arrays.
func (t Task) job(a Arrays) (pool.Job, error) {
	state, parts := t.needed(a).Flat()
	text, err := json.Marshal(job{t, parts})
	return pool.Job{Text: text, Model: t.Name, State: state}, err
}

// needed returns the arrays that the task takes its numbers from.
func (t Task) needed(a Arrays) Arrays {
	if t.grown() {
		out := Arrays{"trees/rows": a["trees/rows"][:t.Rows*t.D]}
		for _, name := range []string{"trees/feature", "trees/split", "trees/leaf", "trees/cover"} {
			out[name] = a[name]
		}
		return out
	}
	net := t.Net()
	out := Arrays{net + "/weights": a[net+"/weights"], net + "/rows": a[net+"/rows"][:t.D]}
	if t.Kind == Shap {
		out[net+"/background"] = a[net+"/background"][:t.Rows*t.D]
	}
	return out
}

// Helper does tasks for a pool.
type Helper struct{ work *Work }

// Help is a pool.Help.
func (h *Helper) Help(text []byte, state []float32, share explain.Share, pace func() error) error {
	if state != nil {
		h.work = nil
		var j job
		if err := json.Unmarshal(text, &j); err != nil {
			return err
		}
		a, err := Cut(state, j.Parts)
		if err != nil {
			return err
		}
		if h.work, err = New(j.Task, a); err != nil {
			return err
		}
	}
	if h.work == nil || h.work.query == nil {
		return errors.New("there is no task to help with")
	}
	h.work.query.Share, h.work.query.Pace = share, func(int, int) error { return pace() }
	return h.work.Run()
}
