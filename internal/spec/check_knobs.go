package spec

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/knob"
)

// knobs checks values against the knobs of a term and returns those that pass.
func (c *checker) knobs(values knob.Values, term *Term, path string) knob.Values {
	good := make(knob.Values, len(values))
	names := make([]string, len(term.Knobs))
	for i, k := range term.Knobs {
		names[i] = k.Name
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		at := join(path, name)
		i := slices.Index(names, name)
		if i < 0 {
			c.add(CodeKnob, at, fmt.Sprintf("%q has no knob %q", term.Name, shorten(name)), exist(names), meant(name, names, "remove it"))
			continue
		}
		before := len(c.found)
		if c.knob(values[name], term.Knobs[i], at); len(c.found) == before {
			good[name] = values[name]
		}
	}
	return good
}

func (c *checker) knob(value any, k knob.Knob, path string) {
	switch x := value.(type) {
	case float64:
		if k.Kind != knob.Number && k.Kind != knob.Integer {
			c.add(CodeKnob, path, fmt.Sprintf("%q got the number %v", k.Name, x), "it takes "+taken(k), wanted(k, fmt.Sprintf("write %q in quotes", fmt.Sprint(x))))
			return
		}
		c.within(x, k.Min, k.Max, path, fmt.Sprintf("%q", k.Name))
		if k.Kind == knob.Integer && x != math.Trunc(x) {
			c.whole(x, path, fmt.Sprintf("%q", k.Name))
		}
	case string:
		c.knobText(x, k, path)
	default:
		c.add(CodeType, path, fmt.Sprintf("%q got neither a number nor a text", k.Name), "it takes "+taken(k), "replace it, or leave it out for the default")
	}
}

func (c *checker) knobText(x string, k knob.Knob, path string) {
	switch k.Kind {
	case knob.Choice:
		if !slices.Contains(k.Choices, x) {
			c.add(CodeKnob, path, fmt.Sprintf("%q has no choice %q", k.Name, shorten(x)), exist(k.Choices), meant(x, k.Choices, "choose one of them"))
		}
	case knob.Sizes:
		c.sizes(x, k, path)
	default:
		fix := "write a number"
		if looksNumber(x) {
			fix = fmt.Sprintf("write %s without quotes", x)
		}
		c.add(CodeKnob, path, fmt.Sprintf("%q got the text %q", k.Name, shorten(x)), "it takes "+taken(k), fix)
	}
}

func (c *checker) sizes(x string, k knob.Knob, path string) {
	if x == "" {
		return
	}
	parts := strings.Split(x, ",")
	if len(parts) > MaxSizes {
		c.add(CodeKnob, path, fmt.Sprintf("%q lists %d sizes", k.Name, len(parts)), fmt.Sprintf("it takes at most %d", MaxSizes), "list fewer")
		return
	}
	for _, p := range parts {
		n, err := strconv.ParseUint(p, 10, 32)
		switch {
		case err != nil:
			c.add(CodeKnob, path, fmt.Sprintf("%q has the size %q, which is no whole number", k.Name, shorten(p)), "it takes "+taken(k), `write sizes as "16,16"`)
			return
		case float64(n) < k.Min || float64(n) > k.Max:
			c.add(CodeKnob, path, fmt.Sprintf("%q has the size %d", k.Name, n), "it takes "+taken(k), "use "+plainNumber(nearestIn(float64(n), k.Min, k.Max)))
			return
		}
	}
}

// taken says what a knob takes.
func taken(k knob.Knob) string {
	switch k.Kind {
	case knob.Choice:
		return fmt.Sprintf("one of %q", k.Choices)
	case knob.Sizes:
		return fmt.Sprintf("whole numbers from %s to %s with commas between them", plainNumber(k.Min), plainNumber(k.Max))
	case knob.Integer:
		return fmt.Sprintf("a whole number from %s to %s", plainNumber(k.Min), plainNumber(k.Max))
	}
	return fmt.Sprintf("a number from %s to %s", plainNumber(k.Min), plainNumber(k.Max))
}

func wanted(k knob.Knob, sizes string) string {
	if k.Kind == knob.Sizes {
		return sizes
	}
	return "write one of them in quotes"
}
