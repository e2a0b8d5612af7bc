package task

import (
	"fmt"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/saliency"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
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

	query *explain.Query // of an explainer; nil for other kinds
}

// New prepares a task.
func New(t Task, a Arrays) (*Work, error) {
	switch t.Kind {
	case Forward, Call:
		return forward(t, a), nil
	case Shap:
		return explainer(t, a, func(q explain.Query) (explain.Attribution, error) { return shapley.Kernel(q, kernelShap) }), nil
	case Path:
		return explainer(t, a, func(q explain.Query) (explain.Attribution, error) { return saliency.IntegratedGradients(q, walk) }), nil
	case Slope:
		return explainer(t, a, func(q explain.Query) (explain.Attribution, error) {
			return saliency.Gradient(q, saliency.GradientParams{})
		}), nil
	case Occlusion:
		return explainer(t, a, func(q explain.Query) (explain.Attribution, error) { return saliency.Occlusion(q, hide) }), nil
	case SmoothGrad:
		return explainer(t, a, func(q explain.Query) (explain.Attribution, error) { return saliency.SmoothGrad(q, smoothGrad) }), nil
	case Train:
		return training(t, a), nil
	case Trees:
		return scoring(t, a)
	case TreeShap:
		return treeShap(t, a)
	case TreeShapRows:
		return treeShapRows(t, a)
	case Gemm:
		return product(t, a), nil
	}
	return nil, fmt.Errorf("there is no work of kind %q", t.Kind)
}

func (t Task) network(a Arrays) nn.Classifier { return newNetwork(t, a[t.Net()+"/weights"]) }

func forward(t Task, a Arrays) *Work {
	m, x := t.network(a), a[t.Net()+"/rows"][:t.Rows*t.D]
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

// query asks about the first row of the task's network.
func (t Task) query(a Arrays) explain.Query {
	q := explain.Query{Model: t.network(a), X: a[t.Net()+"/rows"][:t.D], Class: Class, Rand: source()}
	if t.Kind == Shap {
		q.Background = a[t.Net()+"/background"][:t.Rows*t.D]
	}
	if t.Images() {
		q.Height, q.Width = Side, Side
		q.Features = make([]explain.Feature, t.D)
		for i := range q.Features {
			q.Features[i] = explain.Feature{Max: 1, MAD: 1}
		}
	}
	return q
}

// What the explainers are told.
var (
	kernelShap = shapley.KernelParams{Samples: Coalitions}
	walk       = saliency.IntegratedGradientsParams{Steps: Steps, Baseline: "zero"}
	hide       = saliency.OcclusionParams{Baseline: "zero", Patch: Patch, Stride: Stride}
	smoothGrad = saliency.SmoothGradParams{Samples: Copies, Noise: Noise}
)

// explainer runs with the same chances every time.
func explainer(t Task, a Arrays, f func(explain.Query) (explain.Attribution, error)) *Work {
	q := t.query(a)
	var last explain.Attribution
	return &Work{
		query: &q,
		Run: func() (err error) {
			q.Rand = source()
			last, err = f(q)
			return err
		},
		Output: func() []float64 { return last.Values },
	}
}

// learnt is how many of the rows a trained network is judged by.
const learnt = 256

// training makes a network anew in each run and takes it through one epoch.
func training(t Task, a Arrays) *Work {
	p := model.Problem{TrainX: a["train/raw"], TrainY: a["train/classes"], D: t.D, K: 2, Seed: seed}
	var last model.Trainer
	return &Work{
		Run: func() (err error) {
			if last, err = nn.NewMLP(p, mlpParams(Batch)); err != nil {
				return err
			}
			for !last.Done() {
				if err := last.Step(); err != nil {
					return err
				}
			}
			return nil
		},
		Output: func() []float64 {
			dst := make([]float32, 2*learnt)
			last.Model().Predict(dst, a["train/judged"], learnt)
			return widen(dst)
		},
	}
}

// product multiplies through the package that the networks multiply through.
func product(t Task, a Arrays) *Work {
	x, y := a[t.Name+"/a"], a[t.Name+"/b"]
	dst := make([]float32, t.M*t.N)
	return &Work{
		Run:    func() error { kernel.Gemm(dst, x, y, nil, t.M, t.N, t.K, kernel.ActNone); return nil },
		Output: func() []float64 { return widen(dst) },
	}
}

func widen(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}
