package shelf

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/spec"
)

// oracle is a model of XGBoost 1.7.4 with rows; see the importer's testdata.
const oracle = "../importer/testdata/xgboost/binary_breast_cancer_50x4/"

func load(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func open(t *testing.T, s *Shelf, title string, data []byte) *Opened {
	t.Helper()
	o, err := s.Open(title, data)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestOracle opens a foreign model with a table that has no labels and compares
// the scores of both classes with XGBoost's own margins.
func TestOracle(t *testing.T) {
	var s Shelf
	m := open(t, &s, "C:\\models\\model.json", load(t, oracle+"model.json"))
	rows := open(t, &s, "X20.csv", load(t, oracle+"X20.csv"))
	if !m.Model || !m.Trees || m.File.Title != "model.json" || rows.Model || rows.Rows != 20 {
		t.Fatalf("%+v, %+v", m, rows)
	}
	d, ms := spec.Data{Name: spec.Own, File: &rows.File}, spec.Model{Name: spec.Own, File: &m.File}
	table, err := s.Table(d, ms, false)
	if err != nil {
		t.Fatal(err)
	}
	if !table.Unlabelled || table.Rows() != 20 || strings.Join(table.Classes(), " ") != "class 0 class 1" || len(table.Columns) != 30 || table.Columns[3].Name != "mean_area" {
		t.Fatalf("%+v", table)
	}
	var want struct {
		Margin []float64 `json:"margin"`
	}
	if err := json.Unmarshal(load(t, oracle+"expected.json"), &want); err != nil || len(want.Margin) != 20 {
		t.Fatal(err, len(want.Margin))
	}
	scores := make([]float32, 40)
	s.models[m.File.Sum].Predict(scores, table.X, 20)
	for i, margin := range want.Margin {
		if class := map[bool]float32{true: 1}[margin > 0]; (scores[2*i+1] > 0.5) != (margin > 0) || table.Y[i] != class {
			t.Errorf("row %d: scores %v and label %v for the margin %v", i, scores[2*i:2*i+2], table.Y[i], margin)
		}
	}
	if again, _ := s.Table(d, ms, false); again != table {
		t.Error("the same table was read again")
	}
}

// TestColumns: columns are found by name, in any order, beside others; what is
// left is predicted.
func TestColumns(t *testing.T) {
	var s Shelf
	m := open(t, &s, "model.json", load(t, oracle+"model.json"))
	lines := strings.Split(strings.TrimSpace(string(load(t, oracle+"X20.csv"))), "\n")
	plain := open(t, &s, "plain.csv", []byte(strings.Join(lines, "\n")))
	var mixed []string
	for i, line := range lines {
		cells := strings.Split(line, ",")
		for a, b := 0, len(cells)-1; a < b; a, b = a+1, b-1 {
			cells[a], cells[b] = cells[b], cells[a]
		}
		if i == 0 {
			cells[29] = "Mean Radius"
		}
		label := []string{"sick", "well"}[i%2]
		if i == 0 {
			label = "diagnosis"
		}
		mixed = append(mixed, strings.Join(append([]string{label}, cells...), ","))
	}
	turned := open(t, &s, "turned.csv", []byte(strings.Join(mixed, "\n")))
	model := spec.Model{Name: spec.Own, File: &m.File}
	a, err := s.Table(spec.Data{Name: spec.Own, File: &plain.File}, model, false)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Table(spec.Data{Name: spec.Own, File: &turned.File}, model, false)
	if err != nil {
		t.Fatal(err)
	}
	if b.Unlabelled || b.Target.Name != "diagnosis" || strings.Join(b.Classes(), " ") != "sick well" || b.Y[0] != 1 || b.Y[1] != 0 {
		t.Errorf("target %+v, %v", b.Target, b.Y)
	}
	for i := range a.X {
		if a.X[i] != b.X[i] {
			t.Fatalf("cell %d: %v and %v", i, a.X[i], b.X[i])
		}
	}
}

// TestMistakes: each with what is wrong and how to mend it.
func TestMistakes(t *testing.T) {
	var s Shelf
	m := open(t, &s, "model.json", load(t, oracle+"model.json"))
	iris := open(t, &s, "iris.csv", []byte("sepal,petal,kind\n1,2,a\n2,3,b\n3,3,a\n4,1,b\n"))
	rows := open(t, &s, "rows.csv", append(append([]byte(nil), load(t, oracle+"X20.csv")...), '\n'))
	own := func(f spec.File) spec.Data { return spec.Data{Name: spec.Own, File: &f} }
	target := func(f spec.File, name string) spec.Data {
		return spec.Data{Name: spec.Own, File: &f, Read: &spec.Reading{Target: name}}
	}
	model := spec.Model{Name: spec.Own, File: &m.File}
	for _, c := range []struct {
		name       string
		d          spec.Data
		m          spec.Model
		code, says string
	}{
		{"no such table", own(spec.File{Title: "a.csv", Sum: "0"}), spec.Model{Name: "mlp"}, "E-FILE-MISSING", "needs the file a.csv"},
		{"no such model", own(iris.File), spec.Model{Name: spec.Own, File: &spec.File{Title: "m.json"}}, "E-FILE-MISSING", "m.json"},
		{"other columns", own(iris.File), model, "E-MODEL-DATA", `lacks 30 of the model's 30 features: "mean_radius"`},
		{"target that the model reads", target(rows.File, "mean_area"), model, spec.CodeUnfit, "mean_area"},
		{"no such target", target(iris.File, "colour"), spec.Model{Name: "mlp"}, spec.CodeName, "colour"},
	} {
		_, err := s.Table(c.d, c.m, false)
		var e *spec.Error
		if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.What, c.says) || e.Fix == "" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, c := range []struct {
		title string
		data  []byte
		code  string
	}{
		{"empty.csv", nil, ""},
		{"ragged.csv", []byte("a,b\n1,2\n3\n"), "E-TABLE-SHAPE"},
		{"broken.json", []byte(`{"learner": {`), "E-MODEL-SYNTAX"},
	} {
		_, err := s.Open(c.title, c.data)
		var e *spec.Error
		if !errors.As(err, &e) || c.code != "" && e.Code != c.code || !strings.Contains(e.What, c.title) || e.Fix == "" {
			t.Errorf("%s: %v", c.title, err)
		}
	}
	if err := TooLarge("big.csv", 200<<20); err == nil || !strings.Contains(err.Error(), "200 MB") {
		t.Errorf("200 MB: %v", err)
	}
}

// TestReading: a person's choices of kinds, target and gaps.
func TestReading(t *testing.T) {
	var s Shelf
	o := open(t, &s, "rows.csv", []byte("a,b,kind\n1,4,x\n2,,y\n3,6,x\n4,7,y\n"))
	if o.Target != "kind" || o.Columns[1].Missing != 1 || o.Columns[0].Kind != "integer" {
		t.Fatalf("%+v", o)
	}
	table, err := s.Table(spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Target: "a", Kinds: map[string]string{"kind": "skip"}}}, spec.Model{Name: "linear"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if !table.Regression() || len(table.Columns) != 1 || table.Columns[0].Name != "b" || table.X[1] != 6 {
		t.Errorf("%+v", table)
	}
	_, err = s.Table(spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Gaps: "refuse"}}, spec.Model{Name: "mlp"}, false)
	var e *spec.Error
	if !errors.As(err, &e) || !strings.Contains(e.Why, "line 3") {
		t.Errorf("a missing cell: %v", err)
	}
}

// TestONNX opens scikit-learn's pipelines; the labels in the file name the
// classes.
func TestONNX(t *testing.T) {
	var s Shelf
	names, err := filepath.Glob("../importer/testdata/onnx/breast_cancer/*.onnx")
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no ONNX files")
	}
	for _, name := range names {
		o := open(t, &s, name, load(t, name))
		m := s.models[o.File.Sum]
		_, k := m.Dims()
		if !o.Model || m.Regression || k < 2 || len(m.Classes) != k {
			t.Errorf("%s: %+v, %d scores, classes %v", name, o, k, m.Classes)
		}
	}
}
