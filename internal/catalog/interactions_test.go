package catalog

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model"
)

// TestInteractionsAgreeWithXGBoost compares with pred_interactions of XGBoost
// 1.7.4 (see internal/importer/testdata), where half of a pair stands in each of
// its two places.
func TestInteractionsAgreeWithXGBoost(t *testing.T) {
	const d, k, n = 13, 3, 20
	folder := filepath.Join("..", "importer", "testdata", "xgboost", "multiclass_wine_30x3")
	file, err := os.ReadFile(filepath.Join(folder, "model.json"))
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := importer.XGBoost(file)
	if err != nil {
		t.Fatal(err)
	}
	m := loaded.Model.(model.Marginer).Margin()
	if err := InTrees(m); err != nil {
		t.Fatal(err)
	}
	var want struct {
		Pairs [n][k][d + 1][d + 1]float64 `json:"pred_interactions"`
	}
	if file, err = os.ReadFile(filepath.Join(folder, "expected_interactions.json")); err == nil {
		err = json.Unmarshal(file, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	x := readRows(t, filepath.Join(folder, "X20.csv"))
	for row := range n {
		for class := range k {
			got, stderr, err := Interactions(explain.Query{Model: m, X: x[row*d : (row+1)*d], Class: class})
			if err != nil || stderr != nil {
				t.Fatal(err, stderr)
			}
			for i := range d {
				for j := range d {
					pair := want.Pairs[row][class][i][j]
					if i != j {
						pair += want.Pairs[row][class][j][i]
					}
					if math.Abs(got[i*d+j]-pair) > 1e-4 {
						t.Errorf("row %d, class %d, features %d and %d: %v, XGBoost says %v", row, class, i, j, got[i*d+j], pair)
					}
				}
			}
		}
	}
}

func readRows(t *testing.T, path string) []float32 {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []float32
	for _, line := range strings.Split(strings.TrimSpace(string(file)), "\n")[1:] {
		for cell := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			v, err := strconv.ParseFloat(cell, 32)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, float32(v))
		}
	}
	return out
}

// A product of two features, and a third that does nothing: the pair gets its
// index in full, by every coalition.
func TestInteractionsOfAnyModel(t *testing.T) {
	if err := InTrees(laws.Product(3)); !errors.Is(err, shapley.ErrNeedsTrees) {
		t.Errorf("a product: %v", err)
	}
	q := laws.Query(laws.Product(3), []float32{1.5, -0.75, 0.5}, 1)
	got, stderr, err := Interactions(q)
	if err != nil || stderr != nil {
		t.Fatal(err, stderr)
	}
	pair := float64(q.X[0]-q.Background[0]) * float64(q.X[1]-q.Background[1])
	for i, v := range got {
		switch {
		case i == 1 || i == 3:
			if math.Abs(v-pair) > 1e-6 {
				t.Errorf("the pair gets %g, not %g", v, pair)
			}
		case i > 4 || i == 2:
			if v != 0 {
				t.Errorf("at %d: %g", i, v)
			}
		}
	}
}
