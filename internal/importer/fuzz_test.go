package importer_test

import (
	"errors"
	"math"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model/tree"
)

// whole reads a file that may be anything: an *Error, or a model that scores
// and explains.
func whole(t *testing.T, file []byte) {
	m, err := importer.Read(file)
	if err != nil {
		if e := (*importer.Error)(nil); !errors.As(err, &e) {
			t.Fatalf("an error of another kind: %v", err)
		}
		return
	}
	d, k := m.Model.Dims()
	x := make([]float32, 2*d)
	for i := range d {
		x[d+i] = float32(math.NaN())
	}
	if scores := predict(m.Model, x); len(scores) != 2*k {
		t.Fatal("scores are missing")
	}
	trees, ok := margin(m).(*tree.Margins)
	if !ok || d > 100 {
		return
	}
	q := explain.Query{Model: trees, X: x[:d], Background: x[d:]}
	a, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
	if err != nil {
		t.Fatal(err)
	}
	size := math.Abs(a.Base) + math.Abs(a.Score)
	for i := range trees.Trees() {
		_, _, value, _ := trees.Nodes(i)
		for _, v := range value {
			size += math.Abs(float64(v))
		}
	}
	if !(math.Abs(a.Gap()) <= 1e-9*size) {
		t.Fatalf("gap %g", a.Gap())
	}
}

func FuzzXGBoostJSON(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(linearFile))
	f.Add([]byte(swapped(twoTrees("[1, 0]", "2", `"name": "gbtree", `)...)))
	f.Fuzz(whole)
}

func FuzzUBJ(f *testing.F) {
	f.Add(ubj(f, small))
	f.Add(ubj(f, linearFile))
	f.Add(ubj(f, swapped(twoTrees("[1, 0]", "2", `"name": "gbtree", `)...)))
	f.Add([]byte("{U\x07learner[#U\x03NTFZi\x01I\x01\x02]U\x01x[$C#i\x02abL"))
	f.Fuzz(whole)
}

func FuzzLightGBM(f *testing.F) {
	f.Add([]byte(light))
	f.Add([]byte(relit("num_tree_per_iteration=1", "num_tree_per_iteration=2", "objective=regression", "objective=multiclass num_class:2")))
	f.Fuzz(whole)
}
