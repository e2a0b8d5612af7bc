package importer_test

import (
	"os"
	"runtime"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/importer"
)

// What reading allocates in all, the model included, stays within a few times
// the file.
func TestXGBoostMemory(t *testing.T) {
	for _, path := range []string{"regression_diabetes_100x6/model.json", "binary_breast_cancer_50x4/model.ubj"} {
		file, err := os.ReadFile("testdata/xgboost/" + path)
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := importer.XGBoost(file); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		times := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(file))
		t.Logf("%s: %.1f times its size", path, times)
		if times > 5 {
			t.Errorf("%s: %.1f times its size", path, times)
		}
	}
}

func BenchmarkXGBoostJSON(b *testing.B) { read(b, "regression_diabetes_100x6/model.json") }

func BenchmarkUBJ(b *testing.B) { read(b, "binary_breast_cancer_50x4/model.ubj") }

func read(b *testing.B, path string) {
	file, err := os.ReadFile("testdata/xgboost/" + path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, err := importer.XGBoost(file); err != nil {
			b.Fatal(err)
		}
	}
}

// One row of 100 trees of depth 6, 10 features.
func BenchmarkTreeShap(b *testing.B) {
	o := oracles(b)[2]
	q := explain.Query{Model: margin(load(b, o.path("model.json"))), X: o.x[:o.d], Background: o.background}
	for _, c := range []struct {
		name string
		run  func() error
	}{
		{"path-dependent", func() error {
			_, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
			return err
		}},
		{"interventional, 50 rows", func() error {
			_, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
			return err
		}},
		{"interactions", func() error {
			_, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := c.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
