package spec

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// edited is a figure of a sum of curves over the flowers with these edits.
func edited(edits string) string {
	return strings.Replace(strings.Replace(minimal, `"moons"`, `"iris"`, 1), `"logistic"`, `"ebm","edits":`+edits, 1)
}

// TestEditsRoundTrip writes edits and reads them back, through a link too, and
// clones them.
func TestEditsRoundTrip(t *testing.T) {
	s := parsed(t, edited(`[{"feature":"leaves","from":3,"to":5,"class":"setosa","do":"add","by":-0.5},{"feature":"sepal length","to":5.5,"do":"rising"},{"feature":"leaves","do":"remove"}]`))
	if n := len(s.Model.Edits); n != 3 || *s.Model.Edits[0].From != 3 || s.Model.Edits[1].From != nil || s.Model.Edits[0].By != -0.5 {
		t.Fatalf("%d edits: %+v", n, s.Model.Edits)
	}
	out, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	link, err := Link(s, &Base{Name: "flowers", Document: []byte(edited(`[]`))})
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParseLink(link, func(string) []byte { return []byte(edited(`[]`)) })
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range [][]byte{out, back} {
		if again := parsed(t, string(document)); !reflect.DeepEqual(s, again) {
			t.Errorf("%s reads back as %+v", document, again.Model.Edits)
		}
	}
	c := Clone(s)
	*c.Model.Edits[0].From, c.Model.Edits[1].Do = 4, "falling"
	if *s.Model.Edits[0].From != 3 || s.Model.Edits[1].Do != "rising" {
		t.Error("changing the clone changed the edits")
	}
	if s := parsed(t, edited(`[]`)); s.Model.Edits != nil {
		t.Error("an empty list is no list")
	}
}

func TestEditFindings(t *testing.T) {
	one := func(rest string) string { return edited(`[{"feature":"leaves",` + rest + `}]`) }
	for _, x := range []struct{ document, code, path, text string }{
		{one(`"do":"add","by":1,"form":3`), CodeField, "/model/edits/0/form", `did you mean "from"?`},
		{edited(`[{"do":"flatten"}]`), CodeField, "/model/edits/0/feature", "is missing"},
		{edited(`[{"feature":"leafs","do":"flatten"}]`), CodeName, "/model/edits/0/feature", `did you mean "leaves"?`},
		{one(`"do":"flaten"`), CodeName, "/model/edits/0/do", `did you mean "flatten"?`},
		{one(`"do":"flatten","from":-1`), CodeRange, "/model/edits/0/from", "use 0"},
		{one(`"do":"flatten","to":13`), CodeRange, "/model/edits/0/to", "use 12"},
		{one(`"do":"flatten","to":2.5`), CodeRange, "/model/edits/0/to", "use 2 or 3"},
		{one(`"do":"flatten","from":5,"to":3`), CodeRange, "/model/edits/0/to", "swap them"},
		{one(`"do":"flatten","from":"5"`), CodeType, "/model/edits/0/from", "without quotes"},
		{one(`"do":"flatten","class":"setsoa"`), CodeName, "/model/edits/0/class", `did you mean "setosa"?`},
		{one(`"do":"flatten","by":1`), CodeUnfit, "/model/edits/0/by", `only "add" does`},
		{one(`"do":"add","by":2e9`), CodeRange, "/model/edits/0/by", "use 1000000000"},
		{one(`"do":"remove","from":3`), CodeUnfit, "/model/edits/0", "whole curve"},
		{one(`"do":"remove","class":"setosa"`), CodeUnfit, "/model/edits/0", "for every class"},
		{strings.Replace(one(`"do":"remove"`), `"ebm"`, `"mlp"`, 1), CodeUnfit, "/model/edits", `only a sum of curves has`},
		{strings.Replace(one(`"do":"remove"`), `"ebm"`, `"emb"`, 1), CodeName, "/model/name", `did you mean "ebm"?`},
		{edited("[" + strings.Repeat(`{"feature":"leaves","do":"flatten"},`, MaxEdits) + `{"feature":"leaves","do":"flatten"}]`), CodeLimit, "/model/edits", "101 edits"},
	} {
		_, err := Parse([]byte(x.document), sample())
		var found Errors
		if !errors.As(err, &found) || len(found) != 1 {
			t.Errorf("%s: %v", x.document, err)
			continue
		}
		if e := found[0]; e.Code != x.code || e.Path != x.path || !strings.Contains(e.Error(), x.text) || e.Fix == "" {
			t.Errorf("%s:\n%v", x.document, e)
		}
	}
	own := parsed(t, edited(`[{"feature":"leaves","do":"remove"}]`))
	own.Model.Name, own.Model.File = Own, &File{Title: "m.json", Sum: "0123456789abcdef"}
	if err := Check(own, sample()); err == nil || !strings.Contains(err.Error(), "has no curves to edit") {
		t.Errorf("a model from a file: %v", err)
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		s := parsed(t, one(`"do":"add","by":1`))
		s.Model.Edits[0].By, s.Model.Edits[0].From = x, &x
		if err := Check(s, sample()); err == nil || strings.Count(fmt.Sprint(err), "out of range") < 2 {
			t.Errorf("%v: %v", x, err)
		}
	}
}
