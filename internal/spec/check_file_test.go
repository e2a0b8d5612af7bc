package spec

import (
	"encoding/json"
	"errors"
	"testing"
)

// TestNoneExpected: a list without names is another choice than no list.
func TestNoneExpected(t *testing.T) {
	for _, read := range []string{`{"target":"y"}`, `{"target":"y","expected":[]}`} {
		doc := `{"$schema":"urn:whybox:figure:1","data":{"name":"file","file":{"title":"rows.csv","sum":"0123456789abcdef"},"read":` + read + `},"model":{"name":"mlp"},"explain":{"name":"gradient"},"view":{"name":"surface"}}`
		s, err := Parse([]byte(doc), sample())
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(Clone(s))
		if err != nil || string(got) != doc {
			t.Errorf("%v, %s becomes %s", err, doc, got)
		}
	}
}

// TestOwnFiles: data and a model from files, and what is wrong with them.
func TestOwnFiles(t *testing.T) {
	const sum = `"0123456789abcdef"`
	doc := func(data, model string) []byte {
		return []byte(`{"$schema": "urn:whybox:figure:1", "data": ` + data + `, "model": ` + model + `, "explain": {"name": "gradient"}, "view": {"name": "surface"}}`)
	}
	good := `{"name": "file", "file": {"title": "rows.csv", "sum": ` + sum + `}, "read": {"target": "y", "kinds": {"a": "skip"}, "gaps": "keep", "expected": ["p"]}}`
	v := sample()
	asked := 0
	v.Own = func(d Data, m Model) *Table {
		asked++
		return &Table{Rows: 3, Columns: []Column{{Name: "a", Max: 1}}, Classes: []string{"no", "yes"}}
	}
	s, err := Parse(doc(good, `{"name": "file", "file": {"title": "model.json", "sum": `+sum+`}}`), v)
	if err != nil || asked != 1 || s.Data.File.Title != "rows.csv" || s.Data.Read.Kinds["a"] != "skip" || s.Data.Read.Expected[0] != "p" || s.Model.File.Sum != sum[1:17] {
		t.Fatalf("%v, %+v", err, s)
	}
	c := Clone(s)
	c.Data.File.Title, c.Data.Read.Kinds["a"], c.Data.Read.Expected[0], c.Model.File.Sum = "", "", "", ""
	if s.Data.File.Title == "" || s.Data.Read.Expected[0] == "" || s.Data.Read.Kinds["a"] == "" || s.Model.File.Sum == "" {
		t.Error("a clone shares files")
	}
	for _, c := range []struct{ data, model, want string }{
		{`{"name": "file"}`, `{"name": "mlp"}`, "/data/file"},
		{`{"name": "file", "file": {"title": "a/b.csv", "sum": ` + sum + `}}`, `{"name": "mlp"}`, "/data/file/title"},
		{`{"name": "file", "file": {"title": "b.csv", "sum": "12"}}`, `{"name": "mlp"}`, "/data/file/sum"},
		{`{"name": "file", "file": {"title": "b.csv", "sum": ` + sum + `}, "knobs": {"rows": 3}}`, `{"name": "mlp"}`, "/data/knobs/rows"},
		{`{"name": "file", "file": {"title": "b.csv", "sum": ` + sum + `}, "read": {"kinds": {"a": "txt"}}}`, `{"name": "mlp"}`, "/data/read/kinds/a"},
		{`{"name": "file", "file": {"title": "b.csv", "sum": ` + sum + `}, "read": {"gaps": "drop"}}`, `{"name": "mlp"}`, "/data/read/gaps"},
		{`{"name": "file", "file": {"title": "b.csv", "sum": ` + sum + `}, "read": {"expected": ["p", "q", "p"]}}`, `{"name": "mlp"}`, "/data/read/expected/2"},
		{`{"name": "file", "file": {"title": "b.csv", "sum": ` + sum + `}, "read": {"target": "q", "expected": ["p", "q"]}}`, `{"name": "mlp"}`, "/data/read/expected/1"},
		{`{"name": "iris", "file": {"title": "b.csv", "sum": ` + sum + `}}`, `{"name": "mlp"}`, "/data/file"},
		{`{"name": "iris", "read": {"gaps": "keep"}}`, `{"name": "mlp"}`, "/data/read"},
		{`{"name": "iris"}`, `{"name": "file"}`, "/model/file"},
		{`{"name": "iris"}`, `{"name": "mlp", "file": {"title": "b.json", "sum": ` + sum + `}}`, "/model/file"},
		{`{"name": "iris"}`, `{"name": "file", "stop": 3, "file": {"title": "b.json", "sum": ` + sum + `}}`, "/model/stop"},
	} {
		_, err := Parse(doc(c.data, c.model), v)
		var found Errors
		if !errors.As(err, &found) || len(found) != 1 || found[0].Path != c.want || found[0].Fix == "" {
			t.Errorf("%s, %s: %v, want a finding at %s", c.data, c.model, err, c.want)
		}
	}
}
