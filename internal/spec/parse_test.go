package spec

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/knob"
)

func TestEncodeIsCanonical(t *testing.T) {
	got, err := Encode(parsed(t, full))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != full {
		t.Errorf("Encode(Parse(full)) =\n%s", got)
	}
}

func TestRoundTrip(t *testing.T) {
	for _, document := range []string{full, minimal,
		strings.Replace(minimal, `"gradient"`, `"gradient","edit":{},"counterfactual":{"name":"growing-spheres","fixed":[],"rise":-0.0}`, 1),
		strings.Replace(minimal, `"moons"`, `"moons","knobs":{"noise":-0.0,"count":2e1}`, 1),
	} {
		s := parsed(t, document)
		out, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if again := parsed(t, string(out)); !reflect.DeepEqual(s, again) {
			t.Errorf("%s\nreads back as\n%+v\nnot\n%+v", out, again, s)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	s := parsed(t, full)
	before, _ := Encode(s)
	c := Clone(s)
	if !reflect.DeepEqual(s, c) {
		t.Fatalf("Clone = %+v, want %+v", c, s)
	}
	*c.Data.Test, *c.Model.Stop, *c.Explain.Row = 0.5, 7, 8
	c.Model.Knobs["sizes"] = "1"
	c.Explain.Knobs["steps"] = 9.0
	c.Explain.Edit["leaves"] = 1
	c.Explain.Compare.Name = "other"
	c.Explain.Counterfactual.Knobs["count"] = 1.0
	c.Explain.Counterfactual.Fixed[0] = "other"
	c.Explain.Counterfactual.Free[0] = "other"
	c.Explain.Groups["leaf"][0] = "other"
	delete(c.Explain.Groups, "flower")
	c.View.Split[0] = "other"
	c.Params[0].Path = "/seed"
	if after, _ := Encode(s); string(after) != string(before) {
		t.Errorf("changing the clone changed the spec to\n%s", after)
	}
}

func TestEncodeRefusesInfinity(t *testing.T) {
	s := parsed(t, minimal)
	s.Explain.Edit = Edits{"x": math.Inf(1)}
	if _, err := Encode(s); err == nil {
		t.Error("Encode of an infinity succeeded")
	}
	if err := Check(s, sample()); err == nil {
		t.Error("Check of an infinity succeeded")
	}
}

// swap returns full with one piece replaced; the piece must be there.
func swap(t *testing.T, old, new string) string {
	t.Helper()
	if strings.Count(full, old) < 1 {
		t.Fatalf("the document has no %s", old)
	}
	return strings.Replace(full, old, new, 1)
}

func TestFindings(t *testing.T) {
	type finding struct {
		old, new string
		code     string
		path     string
		below    int    // lines between the change and the finding
		text     string // part of the message
	}
	tests := []finding{
		{"\"seed\": 9007199254740992,", "\"seed\": 1,,", CodeSyntax, "", 0, "line 5, column 13"},
		{"\"step\": 0.1\n    },", "\"step\": 0.1,\n    },", CodeSyntax, "", 1, "remove the comma"},
		{"\"min\": 10,", "\"min\": 10", CodeSyntax, "", 1, "add a comma"},
		{"\"min\": 10,", "\"min\": 010,", CodeSyntax, "", 0, "number that JSON does not know"},
		{"\"min\": 10,", "\"min\": NaN,", CodeSyntax, "", 0, "no NaN"},
		{"\"min\": 10,", "min: 10,", CodeSyntax, "", 0, "without double quotes"},
		{"\"min\": 10,", "'min': 10,", CodeSyntax, "", 0, "single quotes"},
		{"\"min\": 10,", "\"min\": 10, // least", CodeSyntax, "", 0, "no comments"},
		{"\"label\": \"dilution\"", "\"label\": \"dilu\ntion\"", CodeSyntax, "", 0, "line break"},
		{"\"label\": \"dilution\"", "\"label\": \"dilu\\ction\"", CodeSyntax, "", 0, "backslash"},
		{"  ]\n}\n", "  ]\n", CodeSyntax, "", 0, "close it with }"},
		{"  ]\n}\n", "  ]\n}\n}", CodeSyntax, "", 2, "remove it"},
		{"{\n  \"$schema\"", "\xef\xbb\xbf{\n  \"$schema\"", CodeSyntax, "", 0, "byte order mark"},
		{"dilution", "dilu\xfftion", CodeSyntax, "", 0, "UTF-8"},
		{"\"$schema\": \"urn:whybox:figure:1\",\n", "", CodeSchema, "/$schema", -1, "is missing"},
		{"figure:1", "figure:2", CodeSchema, "/$schema", 0, "newer whybox"},
		{"\"view\": {", "\"veiw\": {", CodeField, "/veiw", 0, `did you mean "view"?`},
		{"\"test\": 0.3", "\"tset\": 0.3", CodeField, "/data/tset", 0, `did you mean "test"?`},
		{"\"test\": 0.3", "\"share\": 0.3", CodeField, "/data/share", 0, `there is "name", "knobs", "test"`},
		{"\"name\": \"iris\",", "", CodeField, "/data/name", -1, `"name" is missing`},
		{"\"label\": \"dilution\"", "\"min\": 0", CodeDuplicate, "/params/0/min", 1, "comes twice"},
		{"\"test\": 0.3", "\"test\": \"0.3\"", CodeType, "/data/test", 0, "write 0.3 without quotes"},
		{"\"test\": 0.3", "\"test\": null", CodeType, "/data/test", 0, "leave the field out"},
		{"\"class\": \"setosa\"", "\"class\": 0", CodeType, "/explain/class", 0, `write "0" in quotes`},
		{"{\n      \"name\": \"gradient\"\n    }", "\"gradient\"", CodeType, "/explain/compare", 0, `write {"name": "gradient"}`},
		{"[\n        \"leaves\"\n      ]", "\"leaves\"", CodeType, "/explain/counterfactual/fixed", 0, "square brackets"},
		{"\"steps\": 128", "\"steps\": true", CodeType, "/explain/knobs/steps", 0, "a knob takes a number or a text"},
		{"\"row\": 0", "\"row\": 1.5", CodeRange, "/explain/row", 0, "use 1 or 2"},
		{"\"row\": 0", "\"row\": 150", CodeRange, "/explain/row", 0, "use 149"},
		{"\"row\": 0", "\"row\": -1", CodeRange, "/explain/row", 0, "use 0"},
		{"\"seed\": 9007199254740992", "\"seed\": 9007199254740993", CodeRange, "/seed", 0, "2^53"},
		{"\"seed\": 9007199254740992", "\"seed\": -1", CodeRange, "/seed", 0, "negative"},
		{"\"test\": 0.3", "\"test\": 0.9", CodeRange, "/data/test", 0, "from 0.1 to 0.5"},
		{"\"test\": 0.3", "\"test\": 1e999", CodeRange, "/data/test", 0, "too large"},
		{"\"name\": \"iris\"", "\"name\": \"irsi\"", CodeName, "/data/name", 0, `did you mean "iris"?`},
		{"\"name\": \"mlp\"", "\"name\": \"MLP\"", CodeName, "/model/name", 0, `did you mean "mlp"?`},
		{"\"integrated-gradients\"", "\"integrated_gradient\"", CodeName, "/explain/name", 0, `did you mean "integrated-gradients"?`},
		{"\"name\": \"gradient\"", "\"name\": \"lime\"", CodeName, "/explain/compare/name", 0, "choose one"},
		{"\"growing-spheres\"", "\"growing-sphere\"", CodeName, "/explain/counterfactual/name", 0, "did you mean"},
		{"\"name\": \"surface\"", "\"name\": \"surfaces\"", CodeName, "/view/name", 0, "did you mean"},
		{"\"activation\": \"tanh\"", "\"activaton\": \"tanh\"", CodeKnob, "/model/knobs/activaton", 0, `did you mean "activation"?`},
		{"\"activation\": \"tanh\"", "\"activation\": \"tnah\"", CodeKnob, "/model/knobs/activation", 0, `did you mean "tanh"?`},
		{"\"activation\": \"tanh\"", "\"activation\": 2", CodeKnob, "/model/knobs/activation", 0, "got the number 2"},
		{"\"learning-rate\": 0.05", "\"learning-rate\": \"0.05\"", CodeKnob, "/model/knobs/learning-rate", 0, "write 0.05 without quotes"},
		{"\"learning-rate\": 0.05", "\"learning-rate\": 50", CodeRange, "/model/knobs/learning-rate", 0, "from 0.0001 to 1"},
		{"\"steps\": 128", "\"steps\": 12.5", CodeRange, "/explain/knobs/steps", 0, "not whole"},
		{"\"sizes\": \"8,4\"", "\"sizes\": \"8 4\"", CodeKnob, "/model/knobs/sizes", 0, `"16,16"`},
		{"\"sizes\": \"8,4\"", "\"sizes\": \"8,999\"", CodeKnob, "/model/knobs/sizes", 0, "use 128"},
		{"\"sizes\": \"8,4\"", "\"sizes\": \"1,1,1,1,1,1,1,1,1\"", CodeKnob, "/model/knobs/sizes", 0, "list fewer"},
		{"\"sizes\": \"8,4\"", "\"sizes\": 8", CodeKnob, "/model/knobs/sizes", 0, `write "8" in quotes`},
		{"\"leaves\": 3", "\"leafs\": 3", CodeName, "/explain/edit/leafs", 0, `did you mean "leaves"?`},
		{"\"leaves\": 3", "\"leaves\": 3.5", CodeRange, "/explain/edit/leaves", 0, "use 3 or 4"},
		{"\"od280/od315\": 2.5", "\"od280/od315\": 25", CodeRange, "/explain/edit/od280~1od315", 0, "use 4"},
		{"\"class\": \"setosa\"", "\"class\": \"setsoa\"", CodeName, "/explain/class", 0, `did you mean "setosa"?`},
		{"\"margin\"", "\"logit\"", CodeName, "/explain/output", 0, `there is "probability", "margin"`},
		{"\"virginica\"", "\"rose\"", CodeName, "/explain/counterfactual/target", 0, "no target class"},
		{"\"target\": \"virginica\"", "\"rise\": 5", CodeUnfit, "/explain/counterfactual/rise", 0, "has classes"},
		{"\"petal length\"\n      ]", "\"leaves\"\n      ]", CodeUnfit, "/explain/counterfactual/free/0", 0, "both fixed and free"},
		{"\"leaves\"\n      ]", "\"leaves\", \"leaves\"]", CodeDuplicate, "/explain/counterfactual/fixed/1", 0, "twice"},
		{"\"x\": \"sepal length\"", "\"x\": \"sepal_lenght\"", CodeName, "/view/x", 0, `did you mean "sepal length"?`},
		{"\"x\": \"sepal length\"", "\"x\": \"petal length\"", CodeUnfit, "/view/y", 1, "both axes"},
		{"\"width\": 800", "\"width\": 80", CodeRange, "/view/width", 0, "240"},
		{"\"rows\": 60", "\"rows\": 3", CodeRange, "/view/rows", 0, "use 10"},
		{"3-7,12", "3-7,150", CodeRange, "/view/brush", 0, "use 149"},
		{"3-7,12", "12,3-7", CodeRange, "/view/brush", 0, "in order"},
		{"3-7,12", "3-7, 12", CodeRange, "/view/brush", 0, `write them like "3-7,12"`},
		{"\"tree\": 3", "\"tree\": -3", CodeRange, "/view/tree", 0, "use 1"},
		{"\"tree\": 3", "\"tree\": 1000001", CodeRange, "/view/tree", 0, "use 1000000"},
		{"      0\n    ],\n    \"split", "      -1\n    ],\n    \"split", CodeRange, "/view/open/1", 0, "use 0"},
		{"      0\n    ],\n    \"split", "      4\n    ],\n    \"split", CodeDuplicate, "/view/open/1", 0, "remove one"},
		{"\"order\": \"similarity\"", "\"order\": \"similarty\"", CodeName, "/view/order", 0, `did you mean "similarity"?`},
		{"\"sepal length\"\n      ],\n      \"leaf", "\"sepal lenght\"\n      ],\n      \"leaf", CodeName, "/explain/groups/flower/1", 0, `did you mean "sepal length"?`},
		{"\"sepal length\"\n      ],\n      \"leaf", "\"petal length\"\n      ],\n      \"leaf", CodeDuplicate, "/explain/groups/flower/1", 0, "comes twice"},
		{"\"sepal length\"\n      ],\n      \"leaf", "\"od280/od315\"\n      ],\n      \"leaf", CodeDuplicate, "/explain/groups/leaf", 2, "leave it in one"},
		{"\"leaf\": [", "\"empty\": [], \"leaf\": [", CodeRange, "/explain/groups/empty", 0, "put a feature in"},
		{"\"leaf\": [", "\" \": [", CodeRange, "/explain/groups/ ", 0, "name it"},
		{"\"leaf\": [", "\"" + strings.Repeat("é", MaxGroupName/2+1) + "\": [", CodeRange, "/explain/groups/" + strings.Repeat("é", MaxGroupName/2+1), 0, "1 to 60 bytes"},
		{"\"by\": \"predicted\"", "\"by\": \"petal lenght\"", CodeName, "/view/by", 0, `did you mean "petal length"?`},
		{"\"height\": 600", "\"height\": 6000", CodeRange, "/view/height", 0, "1200"},
		{"\"stop\": 0", "\"stop\": -3", CodeRange, "/model/stop", 0, "training steps"},
		{"\"/model/knobs/epochs\"", "\"/model/knobs/epoch\"", CodePointer, "/params/1/path", 0, `did you mean "epochs"?`},
		{"\"/model/knobs/epochs\"", "\"model.epochs\"", CodePointer, "/params/1/path", 0, "starts with /"},
		{"\"/model/knobs/epochs\"", "\"/title\"", CodePointer, "/params/1/path", 0, "a slider turns"},
		{"\"/model/knobs/epochs\"", "\"/model/knobs/sizes\"", CodePointer, "/params/1/path", 0, "no number called"},
		{"\"/model/knobs/epochs\"", "\"/explain/edit/leaf\"", CodeName, "/params/1/path", 0, `no feature "leaf"`},
		{"\"/model/knobs/epochs\"", "\"/explain/edit/od280~1od315\"", CodeDuplicate, "/params/1/path", 0, "second slider"},
		{"\"min\": 10", "\"min\": 200", CodeRange, "/params/1/min", 0, "less than max"},
		{"\"max\": 100", "\"max\": 1000", CodeRange, "/params/1/max", 0, "from 1 to 500"},
		{"\"min\": 10", "\"min\": 10.5", CodeRange, "/params/1/min", 0, "whole"},
		{"\"step\": 0.1", "\"step\": -0.1", CodeRange, "/params/0/step", 0, "more than 0"},
		{"\"step\": 0.1", "\"step\": 30", CodeRange, "/params/0/step", 0, "wider"},
	}
	seen := make(map[string]string)
	for _, tt := range tests {
		name := tt.old + " -> " + tt.new
		_, err := Parse([]byte(swap(t, tt.old, tt.new)), sample())
		line := 1 + strings.Count(full[:strings.Index(full, tt.old)], "\n") + tt.below
		var found Errors
		if !errors.As(err, &found) {
			t.Errorf("%s: error %v", name, err)
			continue
		}
		e := found[0]
		for _, f := range found {
			if f.Path == tt.path {
				e = f
			}
		}
		if e.Code != tt.code || e.Path != tt.path || e.Line != line || !strings.Contains(e.Error(), tt.text) {
			t.Errorf("%s:\n got line %d: %v\nwant line %d: %s at %s: ...%s", name, e.Line, e, line, tt.code, tt.path, tt.text)
		}
		if e.What == "" || e.Why == "" || e.Fix == "" {
			t.Errorf("%s: %v does not say what, why and how to mend it", name, e)
		}
		if other, ok := seen[e.Error()]; ok {
			t.Errorf("%s and %s both say %v", name, other, e)
		}
		seen[e.Error()] = name
		if len(found) > 2 {
			t.Errorf("%s: one mistake gave %d findings:\n%v", name, len(found), err)
		}
	}
	t.Logf("%d distinct findings", len(seen))
}

func TestRegressionHasNoClasses(t *testing.T) {
	document := strings.Replace(minimal, "moons", "diabetes", 1)
	document = strings.Replace(document, `"gradient"`, `"gradient","class":"ill","output":"margin","counterfactual":{"name":"growing-spheres","target":"well","rise":-20}`, 1)
	_, err := Parse([]byte(document), sample())
	var found Errors
	if !errors.As(err, &found) || len(found) != 3 {
		t.Fatalf("got %v, want 3 findings", err)
	}
	for i, path := range []string{"/explain/class", "/explain/output", "/explain/counterfactual/target"} {
		if found[i].Code != CodeUnfit || found[i].Path != path {
			t.Errorf("finding %d: %v, want %s at %s", i, found[i], CodeUnfit, path)
		}
	}
}

// A figure may say that nothing belongs together, which is not what one says that
// says nothing.
func TestNoGroups(t *testing.T) {
	none := parsed(t, strings.Replace(minimal, `"gradient"`, `"gradient","groups":{}`, 1))
	if g := none.Explain.Groups; g == nil || len(g) != 0 {
		t.Errorf("no groups are read as %#v", g)
	}
	if g := parsed(t, minimal).Explain.Groups; g != nil {
		t.Errorf("what is left out is read as %#v", g)
	}
	if g := Clone(none).Explain.Groups; g == nil {
		t.Error("the copy says nothing")
	}
	out, err := Encode(none)
	if err != nil || !strings.Contains(string(out), `"groups": {}`) {
		t.Errorf("%v:\n%s", err, out)
	}
	grouped := strings.Replace(minimal, `"gradient"`, `"gradient","groups":{"both":["x","y"]}`, 1)
	for _, s := range []*Spec{none, parsed(t, minimal)} {
		link, err := Link(s, &Base{Name: "both", Document: []byte(grouped)})
		if err != nil {
			t.Fatal(err)
		}
		document, err := ParseLink(link, func(string) []byte { return []byte(grouped) })
		if err != nil {
			t.Fatal(err)
		}
		if again := parsed(t, string(document)); !reflect.DeepEqual(again, s) {
			t.Errorf("a link gives the groups %#v, not %#v", again.Explain.Groups, s.Explain.Groups)
		}
	}
}

func TestFindingsComeInOrderAndStop(t *testing.T) {
	var edits []string
	for i := range 30 {
		edits = append(edits, fmt.Sprintf("\n%q:1", fmt.Sprint("zz", i)))
	}
	document := strings.Replace(minimal, `"gradient"`, `"gradient","edit":{`+strings.Join(edits, ",")+`}`, 1)
	_, err := Parse([]byte(document), sample())
	var found Errors
	if !errors.As(err, &found) {
		t.Fatalf("error %v", err)
	}
	if len(found) != maxFindings || found[len(found)-1].Code != CodeMore || !strings.Contains(found[len(found)-1].What, "11 more") {
		t.Fatalf("%d findings, the last %v", len(found), found[len(found)-1])
	}
	for i, f := range found[:maxFindings-1] {
		if want := fmt.Sprint("/explain/edit/zz", i); f.Path != want || f.Line != i+2 {
			t.Errorf("finding %d at %s line %d, want %s line %d", i, f.Path, f.Line, want, i+2)
		}
	}
}

func TestEverythingWrongAtOnce(t *testing.T) {
	_, err := Parse([]byte(`{"data":{"name":"nope","test":3},"modle":{},"explain":{"name":"gradient"},"view":{"name":"x","width":1}}`), sample())
	var found Errors
	if !errors.As(err, &found) {
		t.Fatalf("error %v", err)
	}
	var paths []string
	for _, f := range found {
		paths = append(paths, f.Path)
	}
	if got, want := strings.Join(paths, " "), "/model /$schema /data/name /data/test /modle /view/name /view/width"; got != want {
		t.Errorf("findings at %s, want %s", got, want)
	}
}

func TestLimits(t *testing.T) {
	for name, document := range map[string]string{
		"size":  `{"title":"` + strings.Repeat("a", maxDocument) + `"}`,
		"depth": strings.Repeat(`{"data":`, 40) + "1" + strings.Repeat("}", 40),
		"text":  `{"title":"` + strings.Repeat("a", maxText+1) + `"}`,
		"brush": `{"view":{"brush":"` + strings.Repeat("1", MaxBrush+1) + `"}}`,
		"name":  `{"` + strings.Repeat("a", maxText+1) + `":1}`,
		"items": `{"params":[` + strings.Repeat("1,", maxItems) + `1]}`,
	} {
		_, err := Parse([]byte(document), sample())
		var found Errors
		if !errors.As(err, &found) || found[0].Code != CodeLimit {
			t.Errorf("%s: %.200v, want %s", name, err, CodeLimit)
		}
	}
	if _, err := Parse([]byte(strings.Repeat("[", maxDocument)), sample()); err == nil {
		t.Error("a million brackets passed")
	}
}

func TestCheckWithoutVocabulary(t *testing.T) {
	s := parsed(t, full)
	err := Check(s, Vocabulary{})
	if err == nil || !strings.Contains(err.Error(), "there are none") {
		t.Errorf("Check against nothing: %v", err)
	}
	if err := Check(s, sample()); err != nil {
		t.Errorf("Check of a good spec: %v", err)
	}
}

func TestTableSeesOnlyGoodKnobs(t *testing.T) {
	v := sample()
	v.Data[0].Knobs = v.Data[1].Knobs
	v.Data[0].Table = func(k knob.Values) Table {
		if got := k.Float("noise"); got != 0.2 {
			t.Errorf("noise %v, want the default 0.2 in place of the refused 7", got)
		}
		return Table{Rows: 1}
	}
	document := strings.Replace(minimal, `"moons"`, `"iris","knobs":{"noise":7}`, 1)
	if _, err := Parse([]byte(document), v); err == nil {
		t.Error("a noise of 7 passed")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{full, minimal, "", "{", "[]", "null", `{"data":null}`, `{"params":[{"path":"/"}]}`, `{"data":{"name":"iris"},"data":1}`,
		`{"explain":{"edit":{"~":1e308}}}`, strings.Repeat("[", 100), "\xff", `{"seed":1e400}`} {
		f.Add([]byte(seed))
	}
	v := sample()
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(data, v)
		if err != nil {
			var found Errors
			if !errors.As(err, &found) || len(found) == 0 {
				t.Fatalf("error %T without findings", err)
			}
			return
		}
		out, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(out, v)
		if err != nil || !reflect.DeepEqual(s, again) {
			t.Fatalf("%s\nreads back as %+v, %v", out, again, err)
		}
	})
}
