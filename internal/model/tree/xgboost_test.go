package tree_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

// finish runs a trainer to its end.
func finish(t testing.TB, trainer model.Trainer, err error) model.Trainer {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		if err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	return trainer
}

// plain are the settings that XGBoost's exact search has by default, with every
// value in a bin of its own.
func plain(rounds, depth int, rate float64) tree.BoostingParams {
	return tree.BoostingParams{Rounds: rounds, Depth: depth, Rate: rate, MinLeaf: 1, MinWeight: 1, L2: 1, MinGain: 1e-6, Bins: 4096, Rows: 1, Columns: 1}
}

// XGBoost 1.7.4 trained these models on the same rows with the same settings.
func TestBoostingAgainstXGBoost(t *testing.T) {
	for _, c := range []struct {
		name   string
		table  *dataset.Table
		params tree.BoostingParams
		base   []float32
		within float64 // rounding of float32 margins
	}{
		{"binary_breast_cancer_50x4", dataset.BreastCancer(), plain(50, 4, 0.3), []float32{0, 0}, 2e-6},
		{"multiclass_wine_30x3", dataset.Wine(), plain(30, 3, 0.2), []float32{0.5, 0.5, 0.5}, 2e-6},
		{"regression_diabetes_100x6", dataset.Diabetes(), plain(100, 6, 0.1), []float32{0.5}, 5e-5},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../../importer/testdata/xgboost", c.name, "expected.json"))
			if err != nil {
				t.Fatal(err)
			}
			var want struct {
				Rows   []int
				Margin []any
			}
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			trainer, err := tree.NewBoosting(whole(c.table), c.params)
			tree.StartAt(trainer, c.base)
			m := finish(t, trainer, err).Model().(interface{ Ensemble() *tree.Ensemble }).Ensemble().Margin()
			worst := 0.0
			for i, row := range want.Rows {
				margins := predict(m, c.table.Row(row))
				expected, ok := want.Margin[i].([]any)
				if !ok { // one score: that of class 1, or the quantity
					margins, expected = margins[len(margins)-1:], want.Margin[i:i+1]
				}
				for k, v := range margins {
					worst = max(worst, math.Abs(float64(v)-expected[k].(float64)))
				}
			}
			t.Logf("%d trees, worst margin off by %.3g", m.(*tree.Margins).Trees(), worst)
			if !(worst <= c.within) {
				t.Errorf("margins differ by %v, more than %v", worst, c.within)
			}
		})
	}
}
