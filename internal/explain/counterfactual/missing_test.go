package counterfactual_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/counterfactual"
)

// absent reads a missing feature as a value of its own.
type absent struct {
	explain.Model
	as float32
}

func (m absent) Predict(dst, x []float32, n int) {
	rows := slices.Clone(x)
	for i, v := range rows {
		if v != v {
			rows[i] = m.as
		}
	}
	m.Model.Predict(dst, rows, n)
}

// TestMissingStays: a missing feature is what the model makes of it, all the way,
// and never gets a value: the search finds what it finds where the feature has
// that value and is fixed.
func TestMissingStays(t *testing.T) {
	q, g := line()
	q.Features[1].Fixed, q.X = true, []float32{0, 0.5, 0}
	want, err := counterfactual.GrowingSpheres(q, g, counterfactual.DefaultGrowingSpheres())
	if err != nil {
		t.Fatal(err)
	}
	q, g = line()
	q.Model, q.X = absent{q.Model, 0.5}, []float32{0, nan(), 0}
	got, err := counterfactual.GrowingSpheres(q, g, counterfactual.DefaultGrowingSpheres())
	if err != nil || len(got) != len(want) {
		t.Fatalf("%v, %d found, %d where it is fixed", err, len(got), len(want))
	}
	for i, c := range got {
		w := want[i]
		if c.X[0] != w.X[0] || c.X[2] != w.X[2] || c.X[1] == c.X[1] || c.Cost != w.Cost || !slices.Equal(c.Scores, w.Scores) || !slices.Equal(c.Changed, w.Changed) {
			t.Errorf("found %+v, fixed %+v", c, w)
		}
		for j := 1; j < len(c.Path); j += 3 {
			if c.Path[j] == c.Path[j] {
				t.Errorf("on the way it is %v", c.Path[j])
			}
		}
	}
	if q.X[1] == q.X[1] || q.Features[1].Fixed {
		t.Error("the question was changed")
	}
	for j := range q.Features {
		q.Features[j].Min, q.Features[j].Max = -0.01, 0.01
	}
	if _, err := counterfactual.GrowingSpheres(q, g, counterfactual.DefaultGrowingSpheres()); !errors.Is(err, explain.ErrNoneFound) || !strings.Contains(err.Error(), "nothing within the ranges") {
		t.Error(err)
	}
	if _, err := counterfactual.Wachter(q, g, counterfactual.DefaultWachter()); err == nil {
		t.Error("slopes were followed from a missing value")
	}
}
