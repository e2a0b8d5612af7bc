// Package schema derives the JSON Schema of the figure spec from its Go types.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// entry is one field of a JSON object that keeps its order.
type entry struct {
	name  string
	value any
}

type ordered []entry

func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, e := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(e.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(e.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// with returns o with more entries; those of the same name are replaced.
func (o ordered) with(more ordered) ordered {
	for _, e := range more {
		if at := slices.IndexFunc(o, func(old entry) bool { return old.name == e.name }); at >= 0 {
			o[at] = e
		} else {
			o = append(o, e)
		}
	}
	return o
}

// generator builds the schema of the types in one file.
type generator struct {
	v    spec.Vocabulary
	docs docs
	defs ordered
}

// Generate returns the JSON Schema (draft 2020-12) of the spec. source is the
// Go file that declares the types.
func Generate(source []byte, v spec.Vocabulary) ([]byte, error) {
	d, err := readDocs(source)
	if err != nil {
		return nil, err
	}
	g := &generator{v: v, docs: d}
	root := g.object(reflect.TypeFor[spec.Spec]())
	schema := append(ordered{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", spec.Version},
		{"title", "whybox figure"},
	}, root...)
	schema = append(schema, entry{"$defs", g.defs})
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// object returns the schema of a struct.
func (g *generator) object(t reflect.Type) ordered {
	var properties ordered
	required := []string{}
	for _, f := range spec.Fields(t) {
		s := g.value(f.Type)
		if doc := g.docs.fields[t.Name()+"."+f.Go]; doc != "" {
			s = append(ordered{{"description", doc}}, s...)
		}
		properties = append(properties, entry{f.Name, s.with(g.narrow(t.Name() + "." + f.Go))})
		if f.Required {
			required = append(required, f.Name)
		}
	}
	o := ordered{{"description", g.docs.types[t.Name()]}, {"type", "object"}, {"properties", properties}}
	if len(required) > 0 {
		o = append(o, entry{"required", required})
	}
	o = append(o, entry{"additionalProperties", false})
	if cases := g.knobs(t.Name()); len(cases) > 0 {
		o = append(o, entry{"allOf", cases})
	}
	return o
}

// value returns the schema of a field's type; structs become definitions.
func (g *generator) value(t reflect.Type) ordered {
	switch t.Kind() {
	case reflect.Pointer:
		return g.value(t.Elem())
	case reflect.Struct:
		name := strings.ToLower(t.Name())
		if !g.defined(name) {
			at := len(g.defs)
			g.defs = append(g.defs, entry{name: name})
			g.defs[at].value = g.object(t)
		}
		return ordered{{"$ref", "#/$defs/" + name}}
	case reflect.String:
		return ordered{{"type", "string"}}
	case reflect.Bool:
		return ordered{{"type", "boolean"}}
	case reflect.Float64:
		return ordered{{"type", "number"}}
	case reflect.Int:
		return ordered{{"type", "integer"}}
	case reflect.Uint64:
		return ordered{{"type", "integer"}, {"minimum", 0}, {"maximum", spec.MaxWhole}}
	case reflect.Interface:
		return ordered{{"type", []string{"number", "string"}}}
	case reflect.Map:
		return ordered{{"type", "object"}, {"additionalProperties", g.value(t.Elem())}}
	case reflect.Slice:
		return ordered{{"type", "array"}, {"items", g.value(t.Elem())}}
	}
	panic("schema: a field of a type that no spec has")
}

func (g *generator) defined(name string) bool {
	for _, d := range g.defs {
		if d.name == name {
			return true
		}
	}
	return false
}

// narrow returns what a field takes beyond its type.
func (g *generator) narrow(field string) ordered {
	switch field {
	case "Spec.Schema":
		return ordered{{"const", spec.Version}}
	case "Data.Test":
		return ordered{{"minimum", spec.MinTest}, {"maximum", spec.MaxTest}}
	case "Model.Stop":
		return ordered{{"minimum", 0}, {"maximum", spec.MaxStop}}
	case "Explain.Row":
		return ordered{{"minimum", 0}}
	case "Explain.Output":
		return ordered{{"enum", append([]string{""}, spec.Outputs()...)}}
	case "Explain.Edit":
		return ordered{{"additionalProperties", ordered{{"anyOf", []ordered{{{"type", "number"}}, {{"const", spec.Missing}}}}}}}
	case "Counterfactual.Fixed", "Counterfactual.Free", "Reading.Expected":
		return ordered{{"uniqueItems", true}}
	case "View.Width":
		return zeroOr(spec.MinWidth, spec.MaxWidth)
	case "View.Height":
		return zeroOr(spec.MinHeight, spec.MaxHeight)
	case "View.Rows":
		return zeroOr(spec.MinRows, spec.MaxRows)
	case "View.Tree":
		return zeroOr(1, spec.MaxTree)
	case "View.Brush":
		return ordered{{"maxLength", spec.MaxBrush}, {"pattern", "^((0|[1-9][0-9]*)(-(0|[1-9][0-9]*))?(,(0|[1-9][0-9]*)(-(0|[1-9][0-9]*))?)*)?$"}}
	case "View.Open":
		return ordered{{"uniqueItems", true}, {"maxItems", spec.MaxOpen}, {"items", ordered{{"type", "integer"}, {"minimum", 0}, {"maximum", spec.MaxNode}}}}
	case "Explain.Groups":
		return ordered{{"propertyNames", ordered{{"minLength", 1}, {"maxLength", spec.MaxGroupName}}},
			{"additionalProperties", ordered{{"type", "array"}, {"items", ordered{{"type", "string"}}}, {"minItems", 1}, {"uniqueItems", true}}}}
	case "View.Split":
		return ordered{{"uniqueItems", true}}
	case "View.Order":
		return ordered{{"enum", append([]string{""}, spec.Orders()...)}}
	case "Model.Edits":
		return ordered{{"maxItems", spec.MaxEdits}}
	case "Edit.Do":
		return ordered{{"enum", spec.Changes()}}
	case "Edit.By":
		return ordered{{"minimum", -spec.MaxBy}, {"maximum", spec.MaxBy}}
	case "Spec.Params":
		return ordered{{"maxItems", spec.MaxParams}}
	case "Param.Path":
		return ordered{{"pattern", "^/(seed|data/(test|knobs/[^/]+)|model/(stop|knobs/[^/]+)|view/(width|height|rows|tree)|" +
			"explain/(row|knobs/[^/]+|edit/[^/]+|compare/knobs/[^/]+|counterfactual/(rise|knobs/[^/]+)))$"}}
	case "Param.Step":
		return ordered{{"minimum", 0}}
	}
	switch field {
	case "Data.Name", "Model.Name":
		return ordered{{"enum", append(names(g.terms(strings.TrimSuffix(field, ".Name"))), spec.Own)}}
	case "Reading.Gaps":
		return ordered{{"enum", append([]string{""}, spec.GapChoices()...)}}
	case "Reading.Delimiter":
		return ordered{{"enum", append([]string{""}, spec.DelimiterChoices()...)}}
	case "Reading.Decimal":
		return ordered{{"enum", append([]string{""}, spec.DecimalChoices()...)}}
	case "Reading.Kinds":
		return ordered{{"patternProperties", ordered{{"", ordered{{"enum", spec.Kinds()}}}}}}
	case "File.Sum":
		return ordered{{"pattern", "^[0-9a-f]{16}$"}}
	case "File.Title":
		return ordered{{"pattern", `^[^/\\]+$`}}
	}
	if kind, ok := strings.CutSuffix(field, ".Name"); ok {
		return ordered{{"enum", names(g.terms(kind))}}
	}
	return nil
}

func zeroOr(least, most int) ordered {
	return ordered{{"anyOf", []ordered{{{"const", 0}}, {{"minimum", least}, {"maximum", most}}}}}
}

// terms returns what the struct of that name may name.
func (g *generator) terms(kind string) []spec.Term {
	switch kind {
	case "Data":
		return g.v.Data
	case "Model":
		return g.v.Models
	case "Explain", "Choice":
		return g.v.Explainers
	case "Counterfactual":
		return g.v.Counterfactuals
	case "View":
		return g.v.Views
	}
	return nil
}

func names(terms []spec.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.Name
	}
	return out
}

// knobs returns one case for each term: where the name is such, the knobs are
// these.
func (g *generator) knobs(kind string) []ordered {
	if kind == "View" {
		return nil
	}
	var cases []ordered
	for _, t := range g.terms(kind) {
		var properties ordered
		for _, k := range t.Knobs {
			properties = append(properties, entry{k.Name, knobSchema(k)})
		}
		cases = append(cases, ordered{
			{"if", ordered{{"properties", ordered{{"name", ordered{{"const", t.Name}}}}}, {"required", []string{"name"}}}},
			{"then", ordered{{"description", t.Help},
				{"properties", ordered{{"knobs", ordered{{"properties", properties}, {"additionalProperties", false}}}}}}},
		})
	}
	return cases
}

func knobSchema(k knob.Knob) ordered {
	o := ordered{{"description", k.Help}}
	switch k.Kind {
	case knob.Number:
		o = append(o, ordered{{"type", "number"}, {"minimum", k.Min}, {"maximum", k.Max}}...)
	case knob.Integer:
		o = append(o, ordered{{"type", "integer"}, {"minimum", k.Min}, {"maximum", k.Max}}...)
	case knob.Choice:
		o = append(o, entry{"enum", k.Choices})
	case knob.Sizes:
		o = append(o, ordered{{"type", "string"}, {"pattern", fmt.Sprintf("^([0-9]+(,[0-9]+){0,%d})?$", spec.MaxSizes-1)}}...)
	default:
		o = append(o, entry{"type", "string"})
	}
	return append(o, entry{"default", k.Default})
}
