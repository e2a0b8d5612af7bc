package shelf

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/spec"
)

const oracles = "../importer/testdata/xgboost/"

// told is what XGBoost 1.7.4 says of the 20 rows of an oracle, 20×w.
func told(t *testing.T, folder, key string) [][]float64 {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.Unmarshal(load(t, oracles+folder+"/expected.json"), &all); err != nil {
		t.Fatal(err)
	}
	var many [][]float64
	if json.Unmarshal(all[key], &many) != nil {
		var one []float64
		if err := json.Unmarshal(all[key], &one); err != nil {
			t.Fatal(err)
		}
		many = nil
		for _, v := range one {
			many = append(many, []float64{v})
		}
	}
	if len(many) != 20 {
		t.Fatalf("%s: %d rows", folder, len(many))
	}
	return many
}

// beside writes an oracle's rows with more columns, names separated by commas.
func beside(t *testing.T, folder, names string, values [][]float64) []byte {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(string(load(t, oracles+folder+"/X20.csv"))), "\n")
	lines[0] = strings.TrimSpace(lines[0]) + "," + names
	for i, row := range values {
		lines[i+1] = strings.TrimSpace(lines[i+1])
		for _, v := range row {
			cell := ""
			if v == v {
				cell = strconv.FormatFloat(v, 'g', -1, 64)
			}
			lines[i+1] += "," + cell
		}
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// parity opens an oracle's model with a table and compares them.
func parity(t *testing.T, folder string, rows []byte, r *spec.Reading) *Parity {
	t.Helper()
	var s Shelf
	m, o := open(t, &s, "model.json", load(t, oracles+folder+"/model.json")), open(t, &s, "rows.csv", rows)
	d, ms := spec.Data{Name: spec.Own, File: &o.File, Read: r}, spec.Model{Name: spec.Own, File: &m.File}
	table, err := s.Table(d, ms, false)
	if err != nil {
		t.Fatal(err)
	}
	if features, _ := s.models[m.File.Sum].Dims(); len(table.Columns) != features {
		t.Errorf("%s: %d features", folder, len(table.Columns))
	}
	return s.Parity(table, d, ms)
}

// TestParity sets XGBoost's own answers beside the rows, in columns that are
// found by their names or named, as probabilities, quantities or margins.
func TestParity(t *testing.T) {
	for _, c := range []struct {
		folder, key, names string
		named              bool
		says, note         string
		most               float64
	}{
		{"binary_breast_cancer_50x4", "predict", "prediction", false, "agree with column prediction to ", "Read as the probability of class 1", 1e-6},
		{"binary_breast_cancer_50x4", "margin", "Margin", false, "agree with column Margin to ", "Read as the margin of class 1", 1e-5},
		{"binary_breast_cancer_50x4", "margin", "before", true, "agree with column before to ", "Read as the margin of class 1", 1e-5},
		{"multiclass_wine_30x3", "predict", "proba_0,proba_1,proba_2", false, "agree with columns proba_0 to proba_2 to ", "Read as the probabilities of the classes", 1e-6},
		{"multiclass_wine_30x3", "margin", "a,b,c", true, "agree with columns a to c to ", "Read as the margins of the classes", 1e-5},
		{"regression_diabetes_100x6", "predict", "score", false, "agree with column score to ", "Read as the score.", 1e-3},
	} {
		names := strings.Split(c.names, ",")
		values := told(t, c.folder, c.key)
		var r *spec.Reading
		if c.named {
			r = &spec.Reading{Expected: names}
		}
		p := parity(t, c.folder, beside(t, c.folder, c.names, values), r)
		t.Log(c.folder, p.Says, p.Note)
		_, bound, ok := strings.Cut(p.Says, c.says)
		if bound == "the last bit." {
			bound = "0"
		}
		off, err := strconv.ParseFloat(strings.TrimSuffix(bound, "."), 64)
		if !ok || err != nil || off > c.most || !strings.HasPrefix(p.Says, "All 20 rows ") {
			t.Errorf("%s, %s: %q", c.folder, c.names, p.Says)
		}
		if !strings.HasPrefix(p.Note, c.note) || strings.Contains(p.Note, "because of the name") == c.named || !slices.Equal(p.Expected, names) || len(p.Rows) != 20 {
			t.Errorf("%s, %s: %q, %v", c.folder, c.names, p.Note, p.Expected)
		}

		class := len(names) - 1
		was := values[7][class]
		values[7][class] = was - 0.06*max(1, math.Abs(was))
		p = parity(t, c.folder, beside(t, c.folder, c.names, values), r)
		t.Log(p.Says)
		want := fmt.Sprintf("%s here, %s expected.", digits(was), digits(values[7][class]))
		if !strings.HasPrefix(p.Says, "1 of 20 rows differs from ") || !strings.Contains(p.Says, "most row 7") || !close(t, p.Says, want) || p.Rows[0][0] != "7" {
			t.Errorf("one value is altered: %q, want %q; the worst row is %v", p.Says, want, p.Rows[0])
		}
	}
}

// close reports whether a sentence ends as it should, but for the last of six
// digits.
func close(t *testing.T, says, want string) bool {
	t.Helper()
	var here, there, a, b float64
	_, says, _ = strings.Cut(says, ": ")
	if _, err := fmt.Sscanf(says, "%g here, %g expected.", &here, &there); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(want, "%g here, %g expected.", &a, &b); err != nil {
		t.Fatal(err)
	}
	return math.Abs(here-a) <= 1e-5*max(1, math.Abs(a)) && there == b
}

// TestParityTable: the worst rows first with what differs, and rows without an
// expected score left out.
func TestParityTable(t *testing.T) {
	const folder = "binary_breast_cancer_50x4"
	values := told(t, folder, "predict")
	values[3][0] -= 0.01
	values[12][0] += 0.5
	values[5][0] = math.NaN()
	p := parity(t, folder, beside(t, folder, "prediction", values), nil)
	if !strings.HasPrefix(p.Says, "2 of 19 rows differ from column prediction by more than 1e-5, most row 12: ") || !strings.Contains(p.Note, "Rows without an expected score: 1.") {
		t.Errorf("%q %q", p.Says, p.Note)
	}
	if got := strings.Join(p.Columns, "|"); got != "row|probability of class 1 here|prediction|difference" {
		t.Error(got)
	}
	if len(p.Rows) != 19 || p.Rows[0][0] != "12" || p.Rows[0][3] != "0.5" || p.Rows[1][0] != "3" || p.Rows[1][3] != "0.01" {
		t.Errorf("%v", p.Rows[:2])
	}
}

// TestParityListed: without expected scores, the scores stand there with six
// digits, in the order of the table.
func TestParityListed(t *testing.T) {
	const folder = "binary_breast_cancer_50x4"
	predict, margin := told(t, folder, "predict"), told(t, folder, "margin")
	rows := beside(t, folder, "prediction", predict)
	p := parity(t, folder, rows, &spec.Reading{Expected: []string{}})
	if got := strings.Join(p.Columns, "|"); got != "row|probability of class 0|probability of class 1|margin of class 1" {
		t.Error(got)
	}
	if !strings.HasPrefix(p.Says, "Compare these scores with what XGBoost 1.7.4 gave") || p.Expected != nil || len(p.Rows) != 20 {
		t.Errorf("%+v", p)
	}
	for i, row := range p.Rows {
		for j, want := range map[int]float64{2: predict[i][0], 3: margin[i][0]} {
			got, err := strconv.ParseFloat(row[j], 64)
			if err != nil || math.Abs(got-want) > 1e-5*max(1, math.Abs(want)) || row[0] != strconv.Itoa(i) {
				t.Errorf("row %d: %v, XGBoost says %v", i, row, want)
			}
		}
	}
}

// TestExpectedColumns: what is called like a score is set aside only where it
// is nothing else.
func TestExpectedColumns(t *testing.T) {
	const folder = "binary_breast_cancer_50x4"
	values := told(t, folder, "predict")
	var both, labels, classes [][]float64
	for i, v := range values {
		both = append(both, []float64{v[0], told(t, folder, "margin")[i][0]})
		classes = append(classes, []float64{float64(i % 2)})
		labels = append(labels, []float64{float64(i % 2), v[0]})
	}
	for _, c := range []struct {
		name  string
		rows  []byte
		r     *spec.Reading
		taken string
	}{
		{"the likelier of two", beside(t, folder, "margin,probability", both), nil, "probability"},
		{"beside a label", beside(t, folder, "label,prediction", labels), nil, "prediction"},
		{"predicted classes", beside(t, folder, "prediction", classes), nil, ""},
		{"none wanted", beside(t, folder, "label,prediction", labels), &spec.Reading{Target: "label", Expected: []string{}}, ""},
		{"named", beside(t, folder, "label,other", labels), &spec.Reading{Expected: []string{"other"}}, "other"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if p := parity(t, folder, c.rows, c.r); strings.Join(p.Expected, " ") != c.taken {
				t.Errorf("%v is compared with", p.Expected)
			}
		})
	}
	var s Shelf
	m, o := open(t, &s, "model.json", load(t, oracles+folder+"/model.json")), open(t, &s, "rows.csv", beside(t, folder, "label,prediction", labels))
	model := spec.Model{Name: spec.Own, File: &m.File}
	table, err := s.Table(spec.Data{Name: spec.Own, File: &o.File}, model, false)
	if err != nil || table.Target.Name != "label" {
		t.Errorf("%v, %q is predicted", err, table.Target.Name)
	}
	for _, c := range []struct {
		expected []string
		m        spec.Model
		code     string
	}{
		{[]string{"mean_area"}, model, spec.CodeUnfit},
		{[]string{"colour"}, model, spec.CodeName},
		{[]string{"label", "prediction", "mean_area"}, model, spec.CodeUnfit},
	} {
		_, err := s.Table(spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Expected: c.expected}}, c.m, false)
		var e *spec.Error
		if !errors.As(err, &e) || e.Code != c.code || !strings.HasPrefix(e.Path, "/data/read/expected") || e.Fix == "" {
			t.Errorf("%v: %v", c.expected, err)
		}
	}
	table, err = s.Table(spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Expected: []string{"prediction"}}}, spec.Model{Name: "boosting"}, false)
	if err != nil || table.Target.Name != "label" || len(table.Columns) != 30 {
		t.Errorf("a model trained here: %v, %+v", err, table)
	}
}

// nameless is an oracle's model without the names of its features.
func nameless(t *testing.T, folder string) []byte {
	t.Helper()
	var whole map[string]any
	if err := json.Unmarshal(load(t, oracles+folder+"/model.json"), &whole); err != nil {
		t.Fatal(err)
	}
	learner := whole["learner"].(map[string]any)
	learner["feature_names"], learner["feature_types"] = []string{}, []string{}
	out, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestParityByPlace: a model that names no features reads columns in order, and
// scores after them are set aside all the same.
func TestParityByPlace(t *testing.T) {
	const folder = "binary_breast_cancer_50x4"
	nameless := nameless(t, folder)
	values := told(t, folder, "predict")
	var labelled [][]float64
	for i, v := range values {
		labelled = append(labelled, []float64{v[0], float64(i % 2)})
	}
	for _, c := range []struct {
		names  string
		values [][]float64
		r      *spec.Reading
		says   string
	}{
		{"prediction", values, nil, "All 20 rows agree with column prediction"},
		{"prediction", values, &spec.Reading{Expected: []string{}}, "Compare these scores"},
		{"prediction,label", labelled, nil, "All 20 rows agree with column prediction"},
		{"before,label", labelled, &spec.Reading{Expected: []string{"before"}}, "All 20 rows agree with column before"},
	} {
		var s Shelf
		m, o := open(t, &s, "model.json", nameless), open(t, &s, "rows.csv", beside(t, folder, c.names, c.values))
		d, ms := spec.Data{Name: spec.Own, File: &o.File, Read: c.r}, spec.Model{Name: spec.Own, File: &m.File}
		table, err := s.Table(d, ms, false)
		if err != nil {
			t.Errorf("%s: %v", c.names, err)
			continue
		}
		if p := s.Parity(table, d, ms); !strings.HasPrefix(p.Says, c.says) {
			t.Errorf("%s: %q", c.names, p.Says)
		}
	}
}

// TestUpwards: a bound is never under what it bounds.
func TestUpwards(t *testing.T) {
	for v, want := range map[float64]string{2.98e-8: "3e-8", 3.01e-8: "4e-8", 9.6e-6: "1e-5", 9.1e-7: "1e-6", 0.21: "0.3", 1e-5: "1e-5", math.Inf(1): "+Inf"} {
		if got := upwards(v); got != want {
			t.Errorf("%v gives %s, want %s", v, got, want)
		}
	}
}
