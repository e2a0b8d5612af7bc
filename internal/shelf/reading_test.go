package shelf

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/spec"
)

// TestScoresAreNoTarget: of several columns that look like a model's answers one
// is compared with and none is predicted, wherever they stand and whether the
// model names its features or not, but by hand.
func TestScoresAreNoTarget(t *testing.T) {
	const folder = "binary_breast_cancer_50x4"
	predict, margin := told(t, folder, "predict"), told(t, folder, "margin")
	for _, model := range [][]byte{nameless(t, folder), load(t, oracles+folder+"/model.json")} {
		for _, c := range []struct {
			names, target string
			r             *spec.Reading
		}{
			{"margin,prediction", "", nil},
			{"prediction,margin", "", nil},
			{"score_raw,margin,prediction", "", nil},
			{"margin,label,prediction", "label", nil},
			{"label,prediction,margin", "label", nil},
			{"prediction,margin,diagnosis", "diagnosis", nil},
		} {
			var values [][]float64
			for i := range predict {
				var row []float64
				for _, name := range strings.Split(c.names, ",") {
					switch name {
					case "prediction":
						row = append(row, predict[i][0])
					case "label", "diagnosis":
						row = append(row, float64(i%2))
					default:
						row = append(row, margin[i][0])
					}
				}
				values = append(values, row)
			}
			var s Shelf
			m, o := open(t, &s, "model.json", model), open(t, &s, "rows.csv", beside(t, folder, c.names, values))
			d, ms := spec.Data{Name: spec.Own, File: &o.File, Read: c.r}, spec.Model{Name: spec.Own, File: &m.File}
			table, err := s.Table(d, ms, false)
			if err != nil {
				t.Errorf("%s: %v", c.names, err)
				continue
			}
			if target := map[bool]string{false: table.Target.Name}[table.Unlabelled]; target != c.target || len(table.Columns) != 30 || table.Columns[29].Name != "worst_fractal_dimension" {
				t.Errorf("%s: %q is predicted of %d features, want %q", c.names, target, len(table.Columns), c.target)
			}
			if p := s.Parity(table, d, ms); !strings.HasPrefix(p.Says, "All 20 rows agree with column prediction") {
				t.Errorf("%s: %s", c.names, p.Says)
			}
		}
	}
	var s Shelf
	m, o := open(t, &s, "model.json", load(t, oracles+"regression_diabetes_100x6/model.json")), open(t, &s, "rows.csv", beside(t, "regression_diabetes_100x6", "margin,prediction", pairs(told(t, "regression_diabetes_100x6", "predict"))))
	table, err := s.Table(spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Target: "margin"}}, spec.Model{Name: spec.Own, File: &m.File}, false)
	if err != nil || table.Unlabelled || table.Target.Name != "margin" {
		t.Errorf("by hand: %v, %+v", err, table)
	}
}

// pairs writes each value twice.
func pairs(values [][]float64) [][]float64 {
	var out [][]float64
	for _, v := range values {
		out = append(out, []float64{v[0], v[0]})
	}
	return out
}

// TestGapsOfModels: a model that takes missing cells gets them, others have them
// filled, and none gets what it cannot take.
func TestGapsOfModels(t *testing.T) {
	const folder = "missing_breast_cancer_12x3"
	var s Shelf
	m, o := open(t, &s, "model.json", load(t, oracles+folder+"/model.json")), open(t, &s, "rows.csv", load(t, oracles+folder+"/X20.csv"))
	own := spec.Model{Name: spec.Own, File: &m.File}
	here := open(t, &s, "here.csv", []byte("a,b,y\n1,2,x\n,3,z\n4,4,x\n5,1,z\n"))
	trained := spec.Model{Name: "trained here"}
	for _, c := range []struct {
		gaps  string
		file  spec.File
		model spec.Model
		takes bool
		want  int // missing cells; -1 for a refusal
	}{
		{"", o.File, own, false, 49}, {"keep", o.File, own, false, 49}, {"fill", o.File, own, false, 0}, {"refuse", o.File, own, false, -1},
		{"", here.File, trained, true, 1}, {"", here.File, trained, false, 0}, {"fill", here.File, trained, true, 0}, {"keep", here.File, trained, false, -1},
	} {
		table, err := s.Table(spec.Data{Name: spec.Own, File: &c.file, Read: &spec.Reading{Gaps: c.gaps}}, c.model, c.takes)
		if e := (*spec.Error)(nil); c.want < 0 && errors.As(err, &e) && e.Fix != "" && e.Why != "" {
			continue
		}
		if err != nil || c.want < 0 {
			t.Errorf("%q for %s: %v", c.gaps, c.model.Name, err)
			continue
		}
		gone := 0
		for _, v := range table.X {
			if math.IsNaN(float64(v)) {
				gone++
			}
		}
		if gone != c.want {
			t.Errorf("%q for %s: %d cells are missing, want %d", c.gaps, c.model.Name, gone, c.want)
		}
	}
	d := spec.Data{Name: spec.Own, File: &o.File}
	table, err := s.Table(d, own, false)
	if err != nil || !strings.Contains(table.Source, `"mean_texture": `) || !strings.Contains(table.Source, "left as missing") {
		t.Errorf("%v, %q", err, table.Source)
	}
}

// TestFormat: what was found is said, and a person's word counts for more.
func TestFormat(t *testing.T) {
	var s Shelf
	o := open(t, &s, "rows.csv", []byte("size;price;kind\n1,500;2,250;x\n3,500;4,750;y\n5,500;-1;x\n7,250;6,125;y\n"))
	var found []string
	for _, a := range o.Format {
		text := a.Words
		if len(a.Options) > 0 {
			text = a.Options[0][0] + a.Options[0][1]
		}
		found = append(found, a.Field+": "+text)
	}
	if got := strings.Join(found, "; "); got != "delimiter: as found: semicolon; decimal: as found: comma: 1,5; header: as found: names the columns; missing: na, n/a, #n/a, nan, null, ?" {
		t.Error(got)
	}
	d := spec.Data{Name: spec.Own, File: &o.File}
	if s.Reading(d) != nil {
		t.Error("a reading that nobody said")
	}
	d.Read = &spec.Reading{Decimal: ".", Missing: []string{" -1"}}
	table, err := s.Table(d, spec.Model{Name: "mlp"}, false)
	if err != nil || fmt.Sprint(table.X) != "[1500 2250 3500 4750 5500 4750 7250 6125]" {
		t.Errorf("%v, %+v", err, table)
	}
	if r := s.Reading(d); r == nil || r.Columns[0].Kind != "integer" || r.Columns[1].Missing != 1 || r.Format[1].Options[0][1] != "as found: point: 1.5" {
		t.Errorf("%+v", r)
	}
	header := false
	d.Read = &spec.Reading{Header: &header}
	if r := s.Reading(d); r == nil || r.Rows != 5 || r.Columns[0].Name != "column 1" {
		t.Errorf("%+v", r)
	}
	d.Read = &spec.Reading{Delimiter: ","}
	_, err = s.Table(d, spec.Model{Name: "mlp"}, false)
	if e := (*spec.Error)(nil); !errors.As(err, &e) || e.Code != "E-TABLE-SHAPE" || !strings.Contains(e.Why, "line 2") || !strings.Contains(e.What, "rows.csv") {
		t.Errorf("commas: %v", err)
	}
	if s.Reading(d) != nil {
		t.Error("a reading that cannot be")
	}
	for _, name := range []string{"tab", "|", "space", ";"} {
		d.Read = &spec.Reading{Delimiter: name}
		if r := s.Reading(d); r == nil || (len(r.Columns) == 3) != (name == ";") {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
