package spec

import (
	"math"
	"strings"
	"testing"
)

// TestMissingEdit: a missing value is a text, there and back, in a link too; it
// needs data or a model from a file.
func TestMissingEdit(t *testing.T) {
	const own = `{"$schema": "urn:whybox:figure:1", "data": {"name": "file", "file": {"title": "a.csv", "sum": "0123456789abcdef"}}, "model": {"name": "mlp"}, "explain": {"name": "gradient", "edit": EDIT}, "view": {"name": "surface"}}`
	with := func(edit string) string { return strings.Replace(own, "EDIT", edit, 1) }
	v := sample()
	v.Own = func(Data, Model) *Table {
		return &Table{Rows: 3, Columns: []Column{{Name: "a", Max: 9}, {Name: "b", Max: 9, Whole: true}}, Classes: []string{"no", "yes"}}
	}
	s, err := Parse([]byte(with(`{"b": "missing", "a": 3}`)), v)
	if err != nil || s.Explain.Edit["a"] != 3 || !math.IsNaN(s.Explain.Edit["b"]) {
		t.Fatalf("%v, %v", err, s)
	}
	out, err := Encode(Clone(s))
	if err != nil || !strings.Contains(string(out), "\"edit\": {\n      \"a\": 3,\n      \"b\": \"missing\"\n    }") {
		t.Fatalf("%v, %s", err, out)
	}
	again, err := Parse(out, v)
	if err != nil || !math.IsNaN(again.Explain.Edit["b"]) {
		t.Errorf("%v, %v", err, again)
	}
	if x, ok := Get(s, "/explain/edit/b"); ok {
		t.Errorf("a slider stands at %v", x)
	}
	if next, err := Set(s, "/explain/edit/b", 4); err != nil || next.Explain.Edit["b"] != 4 {
		t.Errorf("%v, %v", err, next)
	}
	for _, c := range []struct{ doc, path, says string }{
		{with(`{"a": "gone"}`), "/explain/edit/a", `takes a number or "missing"`},
		{with(`{"a": null}`), "/explain/edit/a", `takes a number or "missing"`},
		{with(`{"c": "missing"}`), "/explain/edit/c", ""},
		{swap(t, `"leaves": 3`, `"leaves": "missing"`), "/explain/edit/leaves", "no row lacks it"},
	} {
		_, err := Parse([]byte(c.doc), v)
		found, ok := err.(Errors)
		if !ok || len(found) != 1 || found[0].Path != c.path || !strings.Contains(found[0].Why, c.says) || found[0].Fix == "" {
			t.Errorf("%s: %v", c.doc, err)
		}
	}
}

// TestFormat: how a table is read, there and back.
func TestFormat(t *testing.T) {
	const doc = `{"$schema": "urn:whybox:figure:1", "data": {"name": "file", "file": {"title": "a.csv", "sum": "0123456789abcdef"}, "read": READ}, "model": {"name": "mlp"}, "explain": {"name": "gradient"}, "view": {"name": "surface"}}`
	with := func(read string) []byte { return []byte(strings.Replace(doc, "READ", read, 1)) }
	s, err := Parse(with(`{"delimiter": "tab", "decimal": ",", "header": false, "missing": ["-9", "x"]}`), sample())
	if err != nil {
		t.Fatal(err)
	}
	r := Clone(s).Data.Read
	if r.Delimiter != "tab" || r.Decimal != "," || r.Header == nil || *r.Header || len(r.Missing) != 2 {
		t.Errorf("%+v", r)
	}
	*r.Header, r.Missing[0] = true, ""
	if *s.Data.Read.Header || s.Data.Read.Missing[0] != "-9" {
		t.Error("a clone shares the reading")
	}
	if s, err = Parse(with(`{"missing": []}`), sample()); err != nil || s.Data.Read.Missing == nil || s.Data.Read.Header != nil {
		t.Errorf("no words at all: %v, %+v", err, s.Data.Read)
	}
	for _, c := range []struct{ read, path string }{
		{`{"delimiter": "\t"}`, "/data/read/delimiter"},
		{`{"decimal": "comma"}`, "/data/read/decimal"},
		{`{"header": "yes"}`, "/data/read/header"},
		{`{"missing": "NA"}`, "/data/read/missing"},
	} {
		_, err := Parse(with(c.read), sample())
		if found, ok := err.(Errors); !ok || len(found) != 1 || found[0].Path != c.path || found[0].Fix == "" {
			t.Errorf("%s: %v", c.read, err)
		}
	}
}
