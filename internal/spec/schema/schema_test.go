package schema

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

func sample() spec.Vocabulary {
	table := func(knob.Values) spec.Table {
		return spec.Table{Rows: 10, Columns: []spec.Column{{Name: "x", Min: -2, Max: 3}, {Name: "y", Min: -2, Max: 2}}, Classes: []string{"lower", "upper"}}
	}
	return spec.Vocabulary{
		Data: []spec.Term{{Name: "moons", Help: "two half circles", Table: table, Knobs: []knob.Knob{{Name: "noise", Help: "spread", Kind: knob.Number, Max: 1, Default: 0.2}}},
			{Name: "iris", Help: "flowers", Table: table}},
		Models: []spec.Term{{Name: "logistic", Help: "line"}, {Name: "mlp", Help: "network", Knobs: []knob.Knob{
			{Name: "sizes", Kind: knob.Sizes, Min: 1, Max: 64, Default: "16"},
			{Name: "epochs", Kind: knob.Integer, Min: 1, Max: 500, Default: 60.0},
			{Name: "activation", Kind: knob.Choice, Choices: []string{"relu", "tanh"}, Default: "relu"}}}},
		Explainers:      []spec.Term{{Name: "gradient", Help: "slope"}, {Name: "effect", Help: "mean", Knobs: []knob.Knob{{Name: "over", Kind: knob.Choice, Choices: []string{"x", "y"}, Default: "x"}}}},
		Counterfactuals: []spec.Term{{Name: "growing-spheres", Help: "search"}},
		Views:           []spec.Term{{Name: "surface"}, {Name: "waterfall"}},
	}
}

func document(t *testing.T) []byte {
	t.Helper()
	source, err := os.ReadFile("../spec.go")
	if err != nil {
		t.Fatal(err)
	}
	b, err := Generate(source, sample())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(document(t)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(spec.Version, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(spec.Version) // validates against the 2020-12 metaschema
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestAgreesWithTypes walks the schema and the Go types side by side.
func TestAgreesWithTypes(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(document(t), &root); err != nil {
		t.Fatal(err)
	}
	defs := root["$defs"].(map[string]any)
	reached := map[string]bool{}
	var walk func(path string, s map[string]any, typ reflect.Type)
	walk = func(path string, s map[string]any, typ reflect.Type) {
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if ref, ok := s["$ref"].(string); ok {
			name := strings.TrimPrefix(ref, "#/$defs/")
			reached[name] = true
			s = defs[name].(map[string]any)
		}
		want := map[reflect.Kind]any{reflect.Struct: "object", reflect.Map: "object", reflect.Slice: "array", reflect.String: "string", reflect.Bool: "boolean",
			reflect.Float64: "number", reflect.Int: "integer", reflect.Uint64: "integer"}[typ.Kind()]
		if s["type"] != want {
			t.Errorf("%s: type %v, want %v", path, s["type"], want)
		}
		switch typ.Kind() {
		case reflect.Slice:
			walk(path+"/0", s["items"].(map[string]any), typ.Elem())
		case reflect.Struct:
			if s["description"] == "" {
				t.Errorf("%s has no description", path)
			}
			if s["additionalProperties"] != false {
				t.Errorf("%s takes unknown fields", path)
			}
			properties := s["properties"].(map[string]any)
			if len(properties) != typ.NumField() {
				t.Errorf("%s has %d properties, the type %d fields", path, len(properties), typ.NumField())
			}
			required := map[string]bool{}
			list, _ := s["required"].([]any)
			for _, r := range list {
				required[r.(string)] = true
			}
			for i := range typ.NumField() {
				f := typ.Field(i)
				name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
				p, ok := properties[name].(map[string]any)
				if !ok {
					t.Errorf("%s: no property %q", path, name)
					continue
				}
				if required[name] == (options != "") {
					t.Errorf("%s/%s: required %v", path, name, required[name])
				}
				walk(path+"/"+name, p, f.Type)
			}
		}
	}
	walk("", root, reflect.TypeFor[spec.Spec]())
	if len(reached) != len(defs) {
		t.Errorf("%d definitions, %d of them used", len(defs), len(reached))
	}
}

const good = `{"$schema":"urn:whybox:figure:1","title":"T","description":"D","seed":3,
"data":{"name":"moons","knobs":{"noise":0.5},"test":0.3},
"model":{"name":"mlp","knobs":{"sizes":"8,4","epochs":10,"activation":"tanh"},"stop":5},
"explain":{"name":"effect","knobs":{"over":"x"},"row":2,"edit":{"x":1.5},"class":"upper","output":"margin","compare":{"name":"gradient"},
 "counterfactual":{"name":"growing-spheres","target":"lower","fixed":["x"],"free":["y"]}},
"view":{"name":"surface","x":"x","y":"y","width":300,"height":200,"rows":40,"order":"score"},
"params":[{"path":"/data/knobs/noise","label":"noise","min":0,"max":1,"step":0.1}]}`

// verdicts returns what the schema and Parse each make of a document.
func verdicts(t *testing.T, s *jsonschema.Schema, document string) (schema, parse error) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatalf("%v in %s", err, document)
	}
	_, parse = spec.Parse([]byte(document), sample())
	return s.Validate(v), parse
}

func TestGoodDocumentsValidate(t *testing.T) {
	s := compiled(t)
	for _, d := range []string{good,
		`{"$schema":"urn:whybox:figure:1","data":{"name":"iris"},"model":{"name":"logistic"},"explain":{"name":"gradient"},"view":{"name":"waterfall"}}`,
		strings.Replace(good, `"width":300`, `"width":0`, 1),
		strings.Replace(good, `"seed":3`, `"seed":9007199254740992`, 1),
		strings.Replace(good, `"epochs":10`, `"epochs":500`, 1),
	} {
		if schema, parse := verdicts(t, s, d); schema != nil || parse != nil {
			t.Errorf("%s\nschema: %v\nparse: %v", d, schema, parse)
		}
	}
}

func TestBadDocumentsDoNot(t *testing.T) {
	s := compiled(t)
	for _, m := range [][2]string{
		{`"$schema":"urn:whybox:figure:1",`, ``}, {`figure:1`, `figure:2`}, {`"title"`, `"titel"`}, {`"title":"T"`, `"title":1`},
		{`"seed":3`, `"seed":-3`}, {`"seed":3`, `"seed":3.5`}, {`"seed":3`, `"seed":"3"`}, {`"seed":3`, `"seed":9007199254740994`},
		{`"moons"`, `"suns"`}, {`"noise":0.5`, `"noise":5`}, {`"noise":0.5`, `"nosie":0.5`}, {`"test":0.3`, `"test":0.6`}, {`"test":0.3`, `"test":0.05`},
		{`"mlp"`, `"logistic"`}, {`"8,4"`, `"8;4"`}, {`"8,4"`, `"1,1,1,1,1,1,1,1,1"`}, {`"epochs":10`, `"epochs":0`}, {`"epochs":10`, `"epochs":501`}, {`"epochs":10`, `"epochs":1.5`},
		{`"tanh"`, `"tan"`}, {`"stop":5`, `"stop":-1`}, {`"stop":5`, `"stop":10000001`}, {`"stop":5`, `"stop":null`},
		{`"row":2`, `"row":-2`}, {`"x":1.5`, `"x":"1.5"`}, {`"margin"`, `"logit"`}, {`{"name":"gradient"}`, `"gradient"`}, {`{"name":"gradient"}`, `{}`},
		{`"growing-spheres"`, `"shrinking"`}, {`["x"]`, `["x","x"]`}, {`["x"]`, `"x"`}, {`"surface"`, `"map"`}, {`"width":300`, `"width":3`}, {`"height":200`, `"height":2000`},
		{`"rows":40`, `"rows":4`}, {`"rows":40`, `"rows":40000`}, {`"order":"score"`, `"order":"size"`},
		{`"/data/knobs/noise"`, `"data/knobs/noise"`}, {`"/data/knobs/noise"`, `"/title"`}, {`"step":0.1`, `"step":-1`}, {`"min":0,`, ``},
	} {
		d := strings.Replace(good, m[0], m[1], 1)
		if d == good {
			t.Fatalf("the document has no %s", m[0])
		}
		if schema, parse := verdicts(t, s, d); schema == nil || parse == nil {
			t.Errorf("%s -> %s\nschema: %v\nparse: %v", m[0], m[1], schema, parse)
		}
	}
}

func TestDescriptionsComeFromComments(t *testing.T) {
	if !strings.Contains(string(document(t)), "share held out for testing, 0.1..0.5; left out means 0.25") {
		t.Error("the description of data.test is not its comment")
	}
}
