package importer_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model"
)

// slopes compares what the gradient says that a step h[j] from the row x does to
// every score with half of what two such steps do around x. Where the steps to
// both sides disagree, x stands at a bend and there is nothing to compare with;
// neither is where no step moves a score by 1e-4, which rounding could too. It
// returns the largest error, over the largest step of the score, and how many
// steps were compared and passed over for a bend.
func slopes(m explain.Differentiable, x, h []float32) (worst float64, compared, bent int) {
	d, k := m.Dims()
	at := append([]float32(nil), x...)
	here := wide(predict(m, x))
	above, below := make([][]float64, d), make([][]float64, d)
	for j := range d {
		at[j] = x[j] + h[j]
		above[j] = wide(predict(m, at))
		at[j] = x[j] - h[j]
		below[j] = wide(predict(m, at))
		at[j] = x[j]
	}
	for c := range k {
		g := make([]float32, d)
		m.Gradient(g, x, 1, c)
		size := 0.0
		for j := range d {
			size = max(size, math.Abs(above[j][c]-below[j][c])/2)
		}
		if size < 1e-4 {
			continue
		}
		for j := range d {
			up, down := above[j][c]-here[c], here[c]-below[j][c]
			if math.Abs(up-down) > 1e-2*size {
				bent++
				continue
			}
			compared++
			if e := math.Abs((up+down)/2-float64(g[j])*float64(h[j])) / size; !(e <= worst) {
				worst = e
			}
		}
	}
	return worst, compared, bent
}

// Graphs with a gradient: each has it right, on rows away from where x puts them.
func TestONNXGradient(t *testing.T) {
	flat := map[string]bool{"cast": true, "cast_truth": true, "divide_whole_numbers": true, "arg_max": true, "arg_max_last": true, "label_encoder": true, "one_hot_encoder": true, "gather_table": true}
	tried := 0
	for _, c := range append(append(plainCases(), shapeCases()...), mlCases()...) {
		m, err := importer.Read(c.file())
		if err != nil {
			t.Fatal(c.name, err)
		}
		g, ok := m.Model.(explain.Differentiable)
		if !ok {
			_, isTree := m.Model.(model.Marginer)
			if svm := len(c.name) > 3 && c.name[:3] == "svm"; !isTree && !svm && !flat[c.name] {
				t.Errorf("%s: %T has no gradient", c.name, m.Model)
			}
			continue
		}
		tried++
		d := c.d()
		x, h := c.x()[:d], make([]float32, d)
		for j := range h {
			x[j] += float32(j%7)/64 + 0.03
			h[j] = 1. / 256
		}
		worst, compared, bent := slopes(g, x, h)
		if worst > 6e-3 || compared < 9*bent || compared == 0 {
			t.Errorf("%s: off by %g; %d slopes compared, %d at bends", c.name, worst, compared, bent)
		}
	}
	if tried < 80 {
		t.Errorf("%d graphs have a gradient", tried)
	}
}

// The slopes of a logistic regression's margin are its coefficients over the
// scales of the features.
func TestONNXGradientOfLogisticRegression(t *testing.T) {
	var e struct {
		Coef  [][]float64
		Scale []float64 `json:"scaler_scale"`
	}
	readJSON(t, "testdata/onnx/breast_cancer/expected_logreg.json", &e)
	x := rows(t, "testdata/onnx/breast_cancer/X20.csv")
	m := margin(loadONNX(t, "testdata/onnx/breast_cancer/logreg.onnx"))
	g := make([]float32, 30)
	for class, sign := range []float64{-1, 1} {
		m.(explain.Differentiable).Gradient(g, x[:30], 1, class)
		for j := range g {
			want := sign * e.Coef[0][j] / e.Scale[j]
			if math.Abs(float64(g[j])-want) > 1e-6*math.Abs(want) {
				t.Errorf("class %d, feature %d: %v, want %v", class, j, g[j], want)
			}
		}
	}
}

func readJSON(t testing.TB, path string, to any) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, to); err != nil {
		t.Fatal(err)
	}
}

// Networks of scikit-learn: the gradient of the margin of digits, in pixels, and
// of the probabilities of breast_cancer, in its units.
func TestONNXGradientOfNetworks(t *testing.T) {
	digits := rows(t, "testdata/onnx/digits/X20.csv")
	tumours := rows(t, "testdata/onnx/breast_cancer/X20.csv")
	for _, c := range []struct {
		path   string
		x      []float32
		d      int
		margin bool
	}{
		{"testdata/onnx/digits/mlp.onnx", digits, 64, true},
		{"testdata/onnx/digits/logreg.onnx", digits, 64, false},
		{"testdata/onnx/breast_cancer/mlp.onnx", tumours, 30, false},
		{"testdata/onnx/breast_cancer/mlp_double.onnx", tumours, 30, false},
		{"testdata/onnx/breast_cancer/logreg_double.onnx", tumours, 30, false},
	} {
		read := loadONNX(t, c.path)
		m := read.Model
		if c.margin {
			m = margin(read)
		}
		var e struct {
			Scale []float64 `json:"scaler_scale"` // standard deviations of the features
		}
		readJSON(t, filepath.Join(filepath.Dir(c.path), "expected_mlp.json"), &e)
		scale := e.Scale
		total, passed := 0, 0
		for row := range 20 {
			x, h := c.x[row*c.d:(row+1)*c.d], make([]float32, c.d)
			for j := range h {
				h[j] = float32(scale[j]) / 768
			}
			worst, compared, bent := slopes(m.(explain.Differentiable), x, h)
			if worst > 6e-3 {
				t.Errorf("%s, row %d: off by %g", c.path, row, worst)
			}
			total, passed = total+compared, passed+bent
		}
		if total < 9*passed || total < 50 {
			t.Errorf("%s: %d slopes compared, %d at bends", c.path, total, passed)
		}
		t.Logf("%s: %d slopes compared, %d at bends", c.path, total, passed)
	}
}
