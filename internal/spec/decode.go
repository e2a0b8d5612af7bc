package spec

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// decoder fills a value from a tree and collects what does not fit. The Go
// types are the only list of fields.
type decoder struct {
	found Errors
}

func (d *decoder) add(e *Error) { d.found = append(d.found, e) }

// value decodes n into v, which is settable and holds its zero value.
func (d *decoder) value(n *node, v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		before := len(d.found)
		d.value(n, p.Elem(), path)
		if len(d.found) == before || p.Elem().Kind() == reflect.Struct {
			v.Set(p)
		}
	case reflect.Struct:
		d.object(n, v, path)
	case reflect.String:
		if d.is(n, text, path) {
			v.SetString(n.text)
		}
	case reflect.Float64:
		if x, ok := d.float(n, path); ok {
			v.SetFloat(x)
		}
	case reflect.Bool:
		if d.is(n, boolean, path) {
			v.SetBool(n.text == "true")
		}
	case reflect.Int:
		if x, ok := d.whole(n, path); ok {
			v.SetInt(x)
		}
	case reflect.Uint64:
		if x, ok := d.whole(n, path); ok && x < 0 {
			d.add(&Error{Code: CodeRange, Path: path, What: n.text + " is negative", Why: "this number counts from 0", Fix: "use 0 or more"})
		} else if ok {
			v.SetUint(uint64(x))
		}
	case reflect.Map:
		d.dictionary(n, v, path)
	case reflect.Slice:
		d.list(n, v, path)
	case reflect.Interface:
		d.knob(n, v, path)
	default:
		panic("spec: a field of a type that no spec has")
	}
}

// is reports whether n has the kind, and says so where it has not.
func (d *decoder) is(n *node, want kind, path string) bool {
	if n.kind == want {
		return true
	}
	e := &Error{Code: CodeType, Path: path, What: "found " + string(n.kind), Why: "this place takes " + string(want)}
	switch {
	case n.kind == null:
		e.Fix = "leave the field out"
	case n.kind == text && want == number && looksNumber(n.text):
		e.Fix = fmt.Sprintf("write %s without quotes", n.text)
	case n.kind == number && want == text:
		e.Fix = fmt.Sprintf("write %q in quotes", n.text)
	case want == list && (n.kind == text || n.kind == number):
		e.Fix = "put it in square brackets: [...]"
	case n.kind == text && want == object:
		e.Fix = fmt.Sprintf(`write {"name": %q}`, n.text)
	default:
		e.Fix = "replace it with " + string(want)
	}
	d.add(e)
	return false
}

func looksNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && !strings.ContainsAny(s, "nNxX_")
}

func (d *decoder) float(n *node, path string) (float64, bool) {
	if !d.is(n, number, path) {
		return 0, false
	}
	x, err := strconv.ParseFloat(n.text, 64)
	if err != nil {
		d.add(&Error{Code: CodeRange, Path: path, What: n.text + " is too large for a number", Why: "the largest is about 1.8e308", Fix: "use a smaller number"})
		return 0, false
	}
	return x + 0, true // -0 becomes 0, so that what is written reads back the same
}

func (d *decoder) whole(n *node, path string) (int64, bool) {
	if !d.is(n, number, path) {
		return 0, false
	}
	if x, err := strconv.ParseInt(n.text, 10, 64); err == nil && x >= -MaxWhole && x <= MaxWhole {
		return x, true
	}
	x, err := strconv.ParseFloat(n.text, 64)
	switch {
	case err != nil || math.Abs(x) >= MaxWhole:
		d.add(&Error{Code: CodeRange, Path: path, What: n.text + " is too large", Why: "whole numbers go up to 2^53 = 9007199254740992", Fix: "use a smaller number"})
	case x != math.Trunc(x):
		d.add(&Error{Code: CodeRange, Path: path, What: n.text + " is not whole", Why: "this place takes a whole number",
			Fix: fmt.Sprintf("use %.0f or %.0f", math.Floor(x), math.Ceil(x))})
	default:
		return int64(x), true
	}
	return 0, false
}

func (d *decoder) knob(n *node, v reflect.Value, path string) {
	switch n.kind {
	case text:
		v.Set(reflect.ValueOf(n.text))
	case number:
		if x, ok := d.float(n, path); ok {
			v.Set(reflect.ValueOf(x))
		}
	default:
		d.add(&Error{Code: CodeType, Path: path, What: "found " + string(n.kind), Why: "a knob takes a number or a text", Fix: "replace it, or leave it out for the default"})
	}
}

// members calls each for the members of an object and reports those that come
// twice.
func (d *decoder) members(n *node, path string, each func(m member, path string)) {
	seen := make(map[string]bool, len(n.members))
	for _, m := range n.members {
		at := join(path, m.name)
		if seen[m.name] {
			d.add(&Error{Code: CodeDuplicate, Path: at, What: fmt.Sprintf("%q comes twice", m.name), Why: "only one of them could count", Fix: "remove one"})
			continue
		}
		seen[m.name] = true
		each(m, at)
	}
}

func (d *decoder) object(n *node, v reflect.Value, path string) {
	if !d.is(n, object, path) {
		return
	}
	fields := Fields(v.Type())
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	d.members(n, path, func(m member, at string) {
		for i, f := range fields {
			if f.Name == m.name {
				d.value(m.value, v.Field(i), at)
				switch x := v.Field(i); {
				case !f.Empty && x.Kind() == reflect.Slice && x.Len() == 0:
					x.SetZero()
				case f.Empty && x.Kind() == reflect.Map && x.IsNil():
					x.Set(reflect.MakeMap(x.Type()))
				}
				return
			}
		}
		d.add(&Error{Code: CodeField, Path: at, What: fmt.Sprintf("unknown field %q", m.name), Why: exist(names), Fix: meant(m.name, names, "remove it")})
	})
	for _, f := range fields {
		// A missing "$schema" has its own finding, in Check.
		if f.Required && f.Name != "$schema" && n.member(f.Name) == nil {
			d.add(&Error{Code: CodeField, Path: join(path, f.Name), What: fmt.Sprintf("the field %q is missing", f.Name),
				Why: "a figure cannot do without it", Fix: "add it"})
		}
	}
}

func (d *decoder) dictionary(n *node, v reflect.Value, path string) {
	if !d.is(n, object, path) || len(n.members) == 0 {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	d.members(n, path, func(m member, at string) {
		x := reflect.New(v.Type().Elem()).Elem()
		before := len(d.found)
		_, edits := v.Interface().(Edits)
		if edits && m.value.kind == text && m.value.text == Missing {
			x.SetFloat(math.NaN())
		} else {
			d.value(m.value, x, at)
		}
		if len(d.found) == before {
			v.SetMapIndex(reflect.ValueOf(m.name), x)
		} else if edits {
			d.found[before].Why += fmt.Sprintf(" or %q", Missing)
		}
	})
	if v.Len() == 0 {
		v.SetZero()
	}
}

func (d *decoder) list(n *node, v reflect.Value, path string) {
	if !d.is(n, list, path) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i, item := range n.items {
		d.value(item, v.Index(i), join(path, strconv.Itoa(i)))
	}
}

// Field is one field of a spec's object, as JSON has it.
type Field struct {
	Name     string // as in the document
	Go       string // as in the Go type
	Required bool   // written even where it is empty
	Empty    bool   // a list or an object without items is another choice than none
	Type     reflect.Type
}

// Fields lists the fields of a struct of this package, in order.
func Fields(t reflect.Type) []Field {
	fields := make([]Field, t.NumField())
	for i := range fields {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[i] = Field{Name: name, Go: f.Name, Required: options == "", Empty: options == "omitzero", Type: f.Type}
	}
	return fields
}
