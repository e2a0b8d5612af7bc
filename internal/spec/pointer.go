package spec

import (
	"fmt"
	"math"
	"strings"

	"github.com/whybox/whybox/internal/knob"
)

// join appends one name to a JSON Pointer (RFC 6901).
func join(path, name string) string {
	return path + "/" + strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

// split returns the names in a JSON Pointer, or false where it is malformed.
// The empty pointer has none.
func split(path string) ([]string, bool) {
	if path == "" {
		return nil, true
	}
	if path[0] != '/' {
		return nil, false
	}
	names := strings.Split(path[1:], "/")
	for i, n := range names {
		if bare := strings.NewReplacer("~0", "", "~1", "").Replace(n); strings.Contains(bare, "~") {
			return nil, false
		}
		names[i] = strings.ReplaceAll(strings.ReplaceAll(n, "~1", "/"), "~0", "~")
	}
	return names, true
}

// slot is one number of a spec, there or not there yet.
type slot struct {
	whole bool
	get   func() (float64, bool)
	set   func(x float64)
}

// Get returns the number that path, a JSON Pointer, leads to, and whether the
// spec holds it.
func Get(s *Spec, path string) (float64, bool) {
	at, err := find(s, path)
	if err != nil {
		return 0, false
	}
	return at.get()
}

// Set returns a copy of s in which path leads to x. It makes a knob or an edit
// that is not there yet. The error, an *Error, says that path leads to no
// number, or that x is no number for it; whether x is in range is for Check.
func Set(s *Spec, path string, x float64) (*Spec, error) {
	c := Clone(s)
	at, err := find(c, path)
	if err != nil {
		return nil, err
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil, &Error{Code: CodeRange, Path: path, What: "the value is not a finite number", Why: "a spec cannot hold it", Fix: "use a finite number"}
	}
	if at.whole && (x != math.Trunc(x) || math.Abs(x) > MaxWhole) {
		return nil, &Error{Code: CodeRange, Path: path, What: fmt.Sprintf("%v is not whole", x), Why: "this place takes a whole number", Fix: "use a whole step"}
	}
	if path == "/seed" && x < 0 {
		return nil, &Error{Code: CodeRange, Path: path, What: fmt.Sprintf("%v is negative", x), Why: "a seed counts from 0", Fix: "use 0 or more"}
	}
	at.set(x + 0)
	return c, nil
}

// find returns the slot that path leads to. The list is the whole of what a
// slider may turn.
func find(s *Spec, path string) (slot, error) {
	names, ok := split(path)
	if !ok {
		return slot{}, &Error{Code: CodePointer, Path: path, What: fmt.Sprintf("%q is not a JSON Pointer", path),
			Why: "it starts with / and writes ~ as ~0 and / as ~1", Fix: `write it as "/data/knobs/noise"`}
	}
	if at, ok := s.slot(names); ok {
		return at, nil
	}
	return slot{}, &Error{Code: CodePointer, Path: path, What: fmt.Sprintf("%q leads to no number", path),
		Why: "a slider turns /seed, a knob, an edit, /data/test, /model/stop, /explain/row, or size, rows and tree of the view", Fix: `write it as "/data/knobs/noise" or "/explain/edit/age"`}
}

// slot returns the slot under names. Its cases are the whole of what a slider
// may turn.
func (s *Spec) slot(names []string) (slot, bool) {
	f := s.Explain.Counterfactual
	switch len(names) {
	case 1:
		if names[0] == "seed" {
			return slot{true, func() (float64, bool) { return float64(s.Seed), true }, func(x float64) { s.Seed = uint64(x) }}, true
		}
	case 2:
		switch names[0] + "/" + names[1] {
		case "data/test":
			return slot{false, func() (float64, bool) { return pointed(s.Data.Test) }, func(x float64) { s.Data.Test = &x }}, true
		case "model/stop":
			return wholePointer(&s.Model.Stop), true
		case "explain/row":
			return wholePointer(&s.Explain.Row), true
		case "view/width":
			return wholeSlot(&s.View.Width), true
		case "view/height":
			return wholeSlot(&s.View.Height), true
		case "view/rows":
			return wholeSlot(&s.View.Rows), true
		case "view/tree":
			return wholeSlot(&s.View.Tree), true
		}
	case 3:
		switch names[0] + "/" + names[1] {
		case "data/knobs":
			return knobSlot(&s.Data.Knobs, names[2]), true
		case "model/knobs":
			return knobSlot(&s.Model.Knobs, names[2]), true
		case "explain/knobs":
			return knobSlot(&s.Explain.Knobs, names[2]), true
		case "explain/edit":
			return editSlot(&s.Explain.Edit, names[2]), true
		case "explain/counterfactual":
			if f != nil && names[2] == "rise" {
				return slot{false, func() (float64, bool) { return f.Rise, true }, func(x float64) { f.Rise = x }}, true
			}
		}
	case 4:
		switch names[0] + "/" + names[1] + "/" + names[2] {
		case "explain/compare/knobs":
			if s.Explain.Compare != nil {
				return knobSlot(&s.Explain.Compare.Knobs, names[3]), true
			}
		case "explain/counterfactual/knobs":
			if f != nil {
				return knobSlot(&f.Knobs, names[3]), true
			}
		}
	}
	return slot{}, false
}

func pointed[T int | float64](p *T) (float64, bool) {
	if p == nil {
		return 0, false
	}
	return float64(*p), true
}

func wholePointer(p **int) slot {
	return slot{true, func() (float64, bool) { return pointed(*p) }, func(x float64) { n := int(x); *p = &n }}
}

func wholeSlot(p *int) slot {
	return slot{true, func() (float64, bool) { return float64(*p), true }, func(x float64) { *p = int(x) }}
}

func knobSlot(values *knob.Values, name string) slot {
	get := func() (float64, bool) {
		x, ok := (*values)[name].(float64)
		return x, ok
	}
	return slot{false, get, func(x float64) {
		if *values == nil {
			*values = make(knob.Values)
		}
		(*values)[name] = x
	}}
}

func editSlot(values *Edits, name string) slot {
	get := func() (float64, bool) {
		x, ok := (*values)[name]
		return x, ok && !math.IsNaN(x)
	}
	return slot{false, get, func(x float64) {
		if *values == nil {
			*values = make(Edits)
		}
		(*values)[name] = x
	}}
}
