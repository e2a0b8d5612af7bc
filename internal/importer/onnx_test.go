package importer_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/importer"
)

// sklearnFile is one file of testdata/onnx and what is expected of it.
type sklearnFile struct {
	path   string
	d      int
	x      []float32
	labels []int
	proba  []float64 // of scikit-learn, in float64
	margin []float64 // its decision_function
	ort    []float64 // what onnxruntime gives; nil where it does not run the file
}

// sklearnFiles reads every expected_*.json.
func sklearnFiles(t testing.TB) []sklearnFile {
	t.Helper()
	paths, err := filepath.Glob("testdata/onnx/*/expected_*.json")
	if err != nil || len(paths) != 10 {
		t.Fatal(paths, err)
	}
	var out []sklearnFile
	for _, path := range paths {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var e struct {
			Onnx     map[string]any `json:"onnx"`
			Predict  []int          `json:"predict"`
			Proba    [][]float64    `json:"predict_proba"`
			Decision any            `json:"decision_function"`
			Ort      map[string]struct {
				Outputs struct {
					Probabilities struct{ Data []float64 }
				}
			} `json:"onnxruntime"`
		}
		if err := json.Unmarshal(file, &e); err != nil {
			t.Fatal(err)
		}
		x := rows(t, filepath.Join(filepath.Dir(path), "X20.csv"))
		for _, name := range slices.Sorted(maps.Keys(e.Onnx)) {
			f := sklearnFile{path: filepath.Join(filepath.Dir(path), name), d: len(x) / 20, x: x, labels: e.Predict, proba: slices.Concat(e.Proba...)}
			if list, ok := e.Decision.([]any); ok {
				for _, v := range list {
					if v, ok := v.(float64); ok {
						f.margin = append(f.margin, v)
					}
				}
			}
			f.ort = e.Ort[name].Outputs.Probabilities.Data
			out = append(out, f)
		}
	}
	if len(out) != 15 {
		t.Fatalf("%d files", len(out))
	}
	return out
}

// Probabilities of scikit-learn to 1e-5 and its labels, for every row of every
// file, and what onnxruntime gives where it gives something.
func TestONNXScikitLearn(t *testing.T) {
	for _, f := range sklearnFiles(t) {
		m := loadONNX(t, f.path)
		d, k := m.Model.Dims()
		scores := wide(predict(m.Model, f.x))
		if d != f.d || k != len(f.proba)/20 {
			t.Errorf("%s: %d features, %d scores", f.path, d, k)
			continue
		}
		want := f.proba
		if strings.HasSuffix(f.path, "decision.onnx") {
			want = nil
			for _, s := range f.margin {
				want = append(want, -s, s)
			}
		}
		if e := apart(scores, want); e > 1e-5 {
			t.Errorf("%s: %g from scikit-learn", f.path, e)
		}
		if f.ort != nil {
			if e := apart(scores, f.ort); e > 1e-5 {
				t.Errorf("%s: %g from onnxruntime", f.path, e)
			}
		}
		for i, label := range f.labels {
			row := scores[i*k : (i+1)*k]
			best := slices.Index(row, slices.Max(row))
			if len(m.Classes) != k || m.Classes[best] != strconv.Itoa(label) {
				t.Errorf("%s: row %d is %d of %q, want %d", f.path, i, best, m.Classes, label)
			}
		}
		t.Logf("%s: %T, %g from scikit-learn", f.path, m.Model, apart(scores, want))
	}
}

func loadONNX(t testing.TB, path string) *importer.Imported {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := importer.Read(file)
	if err != nil {
		t.Fatal(path, err)
	}
	return m
}
