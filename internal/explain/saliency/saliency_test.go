package saliency

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// gradientKinds are the explainers that need gradients.
var gradientKinds = map[string]func(q explain.Query) (explain.Attribution, error){
	"gradient":         func(q explain.Query) (explain.Attribution, error) { return Gradient(q, GradientParams{}) },
	"gradient × input": func(q explain.Query) (explain.Attribution, error) { return GradientXInput(q, GradientXInputParams{}) },
	"integrated gradients": func(q explain.Query) (explain.Attribution, error) {
		return IntegratedGradients(q, IntegratedGradientsParams{Steps: 1000, Baseline: "mean"})
	},
	"SmoothGrad": func(q explain.Query) (explain.Attribution, error) {
		return SmoothGrad(q, SmoothGradParams{Samples: 1000, Noise: 0.1})
	},
}

func occlude(q explain.Query) (explain.Attribution, error) {
	return Occlusion(q, OcclusionParams{Baseline: "mean", Patch: 2, Stride: 1})
}

// f = 3a - 2b + 0.5 and f = a² + ab at (2, -1).
func TestGradientClosedForms(t *testing.T) {
	line := about(linear([]float32{3, -2}, 0.5), 2, -1)
	curve := about(function{2, func(x []float32) float64 { return float64(x[0]*x[0] + x[0]*x[1]) },
		func(dst, x []float32) { dst[0], dst[1] = 2*x[0]+x[1], x[0] }}, 2, -1)
	for _, c := range []struct {
		name string
		got  explain.Attribution
		want []float64
	}{
		{"gradient of the line", must(Gradient(line, GradientParams{})), []float64{3, -2}},
		{"gradient of the curve", must(Gradient(curve, GradientParams{})), []float64{3, 2}},
		{"gradient × input of the line", must(GradientXInput(line, GradientXInputParams{})), []float64{6, 2}},
		{"gradient × input of the curve", must(GradientXInput(curve, GradientXInputParams{})), []float64{6, -2}},
	} {
		equal(t, c.name, c.got.Values, c.want, 0)
		if !c.got.Partial || c.got.StdErr != nil || c.got.Base != 0 {
			t.Errorf("%s: %+v", c.name, c.got)
		}
	}
	if s := must(Gradient(line, GradientParams{})).Score; s != 8.5 {
		t.Errorf("score %v", s)
	}
}

func TestNeedsGradient(t *testing.T) {
	q := about(scoreOnly{linear([]float32{1}, 0)}, 1)
	for name, explainer := range gradientKinds {
		_, err := explainer(q)
		if !errors.Is(err, explain.ErrNeedsGradient) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := occlude(q); err != nil {
		t.Errorf("occlusion: %v", err)
	}
}

// A score or a slope that is not finite is an error, never a value.
func TestNotFinite(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		slope := about(function{2, func(x []float32) float64 { return 1 },
			func(dst, x []float32) { dst[0], dst[1] = 1, float32(bad) }}, 1, 2)
		score := about(function{2, func(x []float32) float64 { return bad },
			func(dst, x []float32) { dst[0], dst[1] = 1, 1 }}, 1, 2)
		for name, explainer := range gradientKinds {
			if _, err := explainer(slope); err == nil || !strings.Contains(err.Error(), `slope of the model's score in "b"`) {
				t.Errorf("%s with a slope of %v: %v", name, bad, err)
			}
			if _, err := explainer(score); err == nil || !strings.Contains(err.Error(), "model's score") {
				t.Errorf("%s with a score of %v: %v", name, bad, err)
			}
		}
		if _, err := occlude(score); err == nil {
			t.Errorf("occlusion with a score of %v: no error", bad)
		}
	}
}

// counter counts the rows a model is asked for.
type counter struct {
	function
	rows *int
}

func (c counter) Predict(dst, x []float32, n int) {
	*c.rows += n
	c.function.Predict(dst, x, n)
}

func (c counter) Gradient(dst, x []float32, n, class int) {
	*c.rows += n
	c.function.Gradient(dst, x, n, class)
}

func TestPace(t *testing.T) {
	stop := errors.New("stop")
	kinds := map[string]func(q explain.Query) (explain.Attribution, error){"occlusion": occlude}
	for name, explainer := range gradientKinds {
		kinds[name] = explainer
	}
	x := make([]float32, 900)
	for name, explainer := range kinds {
		q := about(nil, x...)
		rows, total := 0, 0
		q.Model = counter{linear(make([]float32, len(x)), 1), &rows}
		q.Pace = func(done, of int) error {
			if done != rows {
				t.Fatalf("%s: %d rows reported at %d", name, done, rows)
			}
			total = of
			return nil
		}
		if _, err := explainer(q); err != nil {
			t.Fatal(err)
		}
		if rows != total {
			t.Errorf("%s: announced %d rows, took %d", name, total, rows)
		}
		rows = 0
		q.Pace = func(done, of int) error {
			if done > 0 {
				return stop
			}
			return nil
		}
		if _, err := explainer(q); err != stop || rows > explain.Batch {
			t.Errorf("%s: stopped with %v after %d rows", name, err, rows)
		}
	}
}

func TestBaseline(t *testing.T) {
	q := about(linear([]float32{1, 1}, 0), 5, 5)
	q.Background = []float32{1, 8, 2, 4, 6, -3, 3, 0}
	for name, want := range map[string][2]float32{"mean": {3, 2.25}, "median": {2.5, 2}, "zero": {0, 0}} {
		got, err := newRun(q, 0).baseline(name)
		if err != nil || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s: %v, %v, want %v", name, got, err, want)
		}
	}
	for _, explainer := range []func() (explain.Attribution, error){
		func() (explain.Attribution, error) { return Occlusion(q, OcclusionParams{Baseline: "grey"}) },
		func() (explain.Attribution, error) {
			return IntegratedGradients(q, IntegratedGradientsParams{Steps: 8, Baseline: "grey"})
		},
	} {
		if _, err := explainer(); err == nil || !strings.Contains(err.Error(), `"grey"; choose mean, median or zero`) {
			t.Errorf("an unknown baseline: %v", err)
		}
	}
}
