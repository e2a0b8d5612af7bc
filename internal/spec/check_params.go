package spec

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/knob"
)

// span is the values a number may take.
type span struct {
	lo, hi float64
	whole  bool
}

func (c *checker) params() {
	if n := len(c.s.Params); n > MaxParams {
		c.add(CodeLimit, "/params", fmt.Sprintf("%d sliders", n), fmt.Sprintf("a figure has at most %d", MaxParams), "keep those that teach the most")
		return
	}
	for i, p := range c.s.Params {
		at := fmt.Sprintf("/params/%d", i)
		if slices.ContainsFunc(c.s.Params[:i], func(q Param) bool { return q.Path == p.Path }) {
			c.add(CodeDuplicate, at+"/path", fmt.Sprintf("a second slider turns %q", shorten(p.Path)), "two sliders for one number would fight", "remove one")
			continue
		}
		c.param(p, at)
	}
}

func (c *checker) param(p Param, at string) {
	if !(p.Min < p.Max) {
		c.add(CodeRange, at+"/min", fmt.Sprintf("the slider goes from %v to %v", p.Min, p.Max), "min must be less than max", "swap them or widen the range")
	}
	// 0 stands for any step; a negated comparison catches NaN too.
	if !(p.Step >= 0) {
		c.add(CodeRange, at+"/step", fmt.Sprintf("a step of %v", p.Step), "a step is more than 0", "leave it out for a smooth slider")
	} else if p.Min < p.Max && p.Step > p.Max-p.Min {
		c.add(CodeRange, at+"/step", fmt.Sprintf("a step of %v is wider than the slider", p.Step), fmt.Sprintf("it goes from %v to %v", p.Min, p.Max), "use a smaller step")
	}
	if _, err := find(c.s, p.Path); err != nil {
		e := *err.(*Error)
		e.Path = at + "/path"
		e.What = fmt.Sprintf("%q leads to no number", shorten(p.Path))
		c.found = append(c.found, &e)
		return
	}
	names, _ := split(p.Path)
	s, ok := c.span(names, at+"/path")
	if !ok || !(p.Min < p.Max) {
		return
	}
	what := fmt.Sprintf("the number under %q", p.Path)
	c.within(p.Min, s.lo, s.hi, at+"/min", what)
	c.within(p.Max, s.lo, s.hi, at+"/max", what)
	if s.whole {
		for _, f := range []struct {
			name string
			x    float64
		}{{"min", p.Min}, {"step", p.Step}} {
			if f.x != math.Trunc(f.x) {
				c.whole(f.x, at+"/"+f.name, what)
			}
		}
	}
}

// span returns the values that the number under names may take, or false where
// the vocabulary cannot say. What the vocabulary rules out is reported at path.
// The names are those of a slot.
func (c *checker) span(names []string, path string) (span, bool) {
	last := names[len(names)-1]
	switch names[0] {
	case "seed":
		return span{0, MaxWhole, true}, true
	case "view":
		switch last {
		case "width":
			return span{MinWidth, MaxWidth, true}, true
		case "rows":
			return span{MinRows, MaxRows, true}, true
		case "tree":
			return span{1, MaxTree, true}, true
		}
		return span{MinHeight, MaxHeight, true}, true
	case "data":
		if last == "test" && len(names) == 2 {
			return span{MinTest, MaxTest, false}, true
		}
		return c.knobSpan(c.s.Data.Name, c.v.Data, last, path)
	case "model":
		if len(names) == 2 {
			return span{0, MaxStop, true}, true
		}
		return c.knobSpan(c.s.Model.Name, c.v.Models, last, path)
	}
	switch names[1] {
	case "knobs":
		return c.knobSpan(c.s.Explain.Name, c.v.Explainers, last, path)
	case "compare":
		return c.knobSpan(c.s.Explain.Compare.Name, c.v.Explainers, last, path)
	case "counterfactual":
		if len(names) == 4 {
			return c.knobSpan(c.s.Explain.Counterfactual.Name, c.v.Counterfactuals, last, path)
		}
		return span{}, false // any rise
	}
	if c.table == nil {
		return span{}, false
	}
	if names[1] == "row" {
		return span{0, float64(c.table.Rows - 1), true}, true
	}
	if col := c.feature(last, path); col != nil {
		return span{col.Min, col.Max, col.Whole}, true
	}
	return span{}, false
}

func (c *checker) knobSpan(name string, terms []Term, of, path string) (span, bool) {
	t := slices.IndexFunc(terms, func(t Term) bool { return t.Name == name })
	if t < 0 {
		return span{}, false
	}
	var numbers []string
	for _, k := range terms[t].Knobs {
		if k.Kind != knob.Number && k.Kind != knob.Integer {
			continue
		}
		if k.Name == of {
			return span{k.Min, k.Max, k.Kind == knob.Integer}, true
		}
		numbers = append(numbers, k.Name)
	}
	c.add(CodePointer, path, fmt.Sprintf("%q has no number called %q to slide", name, shorten(of)), exist(numbers), meant(of, numbers, "choose one of them"))
	return span{}, false
}
