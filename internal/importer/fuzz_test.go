package importer_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

// whole reads a file that may be anything: an *Error, or a model that scores
// and explains. It tells which.
func whole(t *testing.T, file []byte) bool {
	m, err := importer.Read(file)
	if err != nil {
		if e := (*importer.Error)(nil); !errors.As(err, &e) {
			t.Fatalf("an error of another kind: %v", err)
		}
		return false
	}
	d, k := m.Model.Dims()
	x := make([]float32, 2*d)
	for i := range d {
		x[d+i] = float32(math.NaN())
	}
	if scores := predict(m.Model, x); len(scores) != 2*k {
		t.Fatal("scores are missing")
	}
	if g, ok := m.Model.(explain.Differentiable); ok {
		g.Gradient(make([]float32, 2*d), x, 2, k-1)
	}
	marginer, ok := m.Model.(model.Marginer)
	if !ok {
		return true
	}
	if scores := predict(marginer.Margin(), x); len(scores) != 2*k {
		t.Fatal("margins are missing")
	}
	trees, ok := marginer.Margin().(*tree.Margins)
	if !ok || d > 100 {
		return true
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
	return true
}

func FuzzXGBoostJSON(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(linearFile))
	f.Add([]byte(swapped(twoTrees("[1, 0]", "2", `"name": "gbtree", `)...)))
	f.Add([]byte(`{"learner": [null, true, false, -Infinity, 1e9, "a\"b", {"nul": nul}], "version": []}`))
	f.Fuzz(func(t *testing.T, file []byte) { whole(t, file) })
}

func FuzzUBJ(f *testing.F) {
	f.Add(ubj(f, small))
	f.Add(ubj(f, linearFile))
	f.Add(ubj(f, swapped(twoTrees("[1, 0]", "2", `"name": "gbtree", `)...)))
	f.Add([]byte("{U\x07learner[#U\x03NTFZi\x01I\x01\x02]U\x01x[$C#i\x02abL"))
	f.Fuzz(func(t *testing.T, file []byte) { whole(t, file) })
}

func FuzzLightGBM(f *testing.F) {
	f.Add([]byte(light))
	f.Add([]byte(relit("num_tree_per_iteration=1", "num_tree_per_iteration=2", "objective=regression", "objective=multiclass num_class:2")))
	f.Fuzz(func(t *testing.T, file []byte) { whole(t, file) })
}

// FuzzONNX also holds what reading and scoring one file takes to 1 s and 256 MiB.
func FuzzONNX(f *testing.F) {
	for _, c := range append(append(plainCases(), shapeCases()...), mlCases()...) {
		f.Add(c.file())
	}
	for _, path := range []string{"breast_cancer/logreg.onnx", "breast_cancer/logreg_double.onnx", "breast_cancer/tree.onnx", "digits/mlp.onnx"} {
		file, err := os.ReadFile(filepath.Join("testdata", "onnx", path))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		if m, err := importer.ONNX(file); err != nil {
			if e := (*importer.Error)(nil); !errors.As(err, &e) || e.Fix == "" {
				t.Fatalf("an error of another kind: %v", err)
			}
		} else if d, _ := m.Model.Dims(); d <= 1<<16 {
			whole(t, append([]byte{8, 8}, file...)) // the version of the format, which Read looks for
		}
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if bytes := after.TotalAlloc - before.TotalAlloc; took > time.Second || bytes > 256<<20 {
			t.Fatalf("it took %v and %d MiB", took, bytes>>20)
		}
	})
}
