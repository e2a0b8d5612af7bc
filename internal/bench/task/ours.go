package task

import (
	"fmt"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/model/nn"
)

// Work does a task whybox's way.
type Work struct {
	// Run does the task once. What is prepared for many runs was prepared
	// before; what one explanation needs is not.
	Run func() error
	// Output returns what the last Run computed.
	Output func() []float64
	// In and Out are where a Call finds its row and leaves its scores; nil for
	// other kinds.
	In, Out []float32
}

// New prepares a task.
func New(t Task, a Arrays) (*Work, error) {
	switch t.Kind {
	case Forward, Call:
		return forward(t, a), nil
	case Shap:
		return shap(t, a), nil
	}
	return nil, fmt.Errorf("there is no work of kind %q", t.Kind)
}

func (t Task) network(a Arrays) nn.Classifier { return newNetwork(t, a[t.net()+"/weights"]) }

func forward(t Task, a Arrays) *Work {
	m, x := t.network(a), a[t.net()+"/rows"][:t.Rows*t.D]
	dst := make([]float32, t.Rows*t.scores())
	w := &Work{
		Run:    func() error { m.Predict(dst, x, t.Rows); return nil },
		Output: func() []float64 { return widen(dst) },
	}
	if t.Kind == Call {
		in := make([]float32, len(x))
		copy(in, x)
		w.Run = func() error { m.Predict(dst, in, t.Rows); return nil }
		w.In, w.Out = in, dst
	}
	return w
}

func shap(t Task, a Arrays) *Work {
	q := explain.Query{
		Model: t.network(a), X: a[t.net()+"/rows"][:t.D], Class: 1,
		Background: a[t.net()+"/background"][:t.Rows*t.D],
	}
	return explainer(q, func(q explain.Query) (explain.Attribution, error) {
		return shapley.Kernel(q, shapley.KernelParams{Samples: Coalitions})
	})
}

// explainer runs with the same chances every time.
func explainer(q explain.Query, f func(explain.Query) (explain.Attribution, error)) *Work {
	var last explain.Attribution
	return &Work{
		Run: func() (err error) {
			q.Rand = source()
			last, err = f(q)
			return err
		},
		Output: func() []float64 { return last.Values },
	}
}

func widen(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}
