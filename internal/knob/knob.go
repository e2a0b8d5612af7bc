// Package knob describes a parameter that a person can turn: its name in a
// spec, its range, and what it does in plain words. Data sets, models and
// explainers in the catalog list their knobs; the page draws its controls from
// them and the spec is checked against them.
package knob

// Kind says which values a knob takes and which control it gets.
type Kind string

const (
	Number  Kind = "number"  // float64, Min..Max: a slider with a number box
	Integer Kind = "integer" // whole float64, Min..Max
	Choice  Kind = "choice"  // one of Choices
	Sizes   Kind = "sizes"   // string of whole numbers such as "16,16", each Min..Max; "" means none
)

// Knob is one parameter. Default holds a float64 for Number and Integer, else
// a string.
type Knob struct {
	Name    string  // kebab-case, as in a spec; the parameter struct has the field in CamelCase
	Label   string  // short, for the control
	Help    string  // one plain sentence: what turning it does
	Kind    Kind    //
	Min     float64 // Number, Integer, Sizes: inclusive
	Max     float64 // Number, Integer, Sizes: inclusive
	Step    float64 // slider step; 0 means any
	Log     bool    // the slider moves in powers of ten
	Unit    string  // "" means none
	Choices []string
	Default any
}

// Values holds knob settings by name: float64 or string, as encoding/json
// decodes them. A Values that passed spec checking and Fill has every knob.
type Values map[string]any

// Fill returns v with the defaults of knobs added where v has no entry. v is
// not changed.
func Fill(v Values, knobs []Knob) Values {
	out := make(Values, len(knobs))
	for _, k := range knobs {
		out[k.Name] = k.Default
	}
	for name, x := range v {
		out[name] = x
	}
	return out
}

// Float returns the number called name; it panics where there is none, which
// is a broken contract: values are checked and filled before use.
func (v Values) Float(name string) float64 {
	f, ok := v[name].(float64)
	if !ok {
		panic("knob: no number of that name")
	}
	return f
}

// Int returns the whole number called name.
func (v Values) Int(name string) int { return int(v.Float(name)) }

// Text returns the string called name.
func (v Values) Text(name string) string {
	s, ok := v[name].(string)
	if !ok {
		panic("knob: no text of that name")
	}
	return s
}
