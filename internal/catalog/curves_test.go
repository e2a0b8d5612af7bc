package catalog

import (
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/additive"
	"github.com/whybox/whybox/internal/spec"
)

// TestCurves ties what the catalog says of a model to what the model can do.
func TestCurves(t *testing.T) {
	for _, m := range Models() {
		if m.Image {
			continue
		}
		p := model.Problem{TrainX: []float32{1, 2, 3, 4, 5, 6, 7, 8}, TrainY: []float32{0, 1, 1, 0}, D: 2, K: 2}
		if !m.Classification {
			p.K, p.Regression = 1, true
		}
		trainer, err := m.New(p, knob.Fill(nil, m.Knobs))
		if err != nil {
			t.Fatalf("%s: %v", m.Name, err)
		}
		if c := CurvesOf(trainer.Model()); (c != nil) != m.Curves {
			t.Errorf("%s: the catalog says curves = %v", m.Name, m.Curves)
		}
	}
}

// TestChanges ties the words of a spec to what the model does.
func TestChanges(t *testing.T) {
	known := []string{}
	for _, c := range []additive.Change{additive.Add, additive.Flatten, additive.Interpolate, additive.Rising, additive.Falling, additive.Remove} {
		known = append(known, string(c))
	}
	if !slices.Equal(known, spec.Changes()) {
		t.Errorf("the model knows %v, a spec %v", known, spec.Changes())
	}
}
