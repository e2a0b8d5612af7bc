package spec

import (
	"fmt"
	"slices"
)

// edits checks what a person changed in the curves of the model.
func (c *checker) edits() {
	const path = "/model/edits"
	edits := c.s.Model.Edits
	if len(edits) == 0 {
		return
	}
	if !c.curved(path) {
		return
	}
	if n := len(edits); n > MaxEdits {
		c.add(CodeLimit, path, fmt.Sprintf("%d edits", n), fmt.Sprintf("a model has at most %d", MaxEdits), "keep those that matter")
		return
	}
	for i := range edits {
		c.curveEdit(&edits[i], fmt.Sprintf("%s/%d", path, i))
	}
}

// curved reports whether the model has curves, and says so where it has not. Of
// a model that nobody knows that is said elsewhere.
func (c *checker) curved(path string) bool {
	name := c.s.Model.Name
	at := slices.IndexFunc(c.v.Models, func(t Term) bool { return t.Name == name })
	if at >= 0 && c.v.Models[at].Curves {
		return true
	}
	if at >= 0 || name == Own {
		c.add(CodeUnfit, path, fmt.Sprintf("%q has no curves to edit", name), "only a sum of curves has, such as an explainable boosting machine", "leave the field out, or choose another model")
	}
	return false
}

func (c *checker) curveEdit(e *Edit, path string) {
	if c.choice(e.Do, Changes(), path+"/do", "change"); c.table != nil {
		if col := c.feature(e.Feature, path+"/feature"); col != nil && e.Do != "remove" {
			c.interval(e, col, path)
		}
		c.class(e.Class, path+"/class", "class")
	}
	switch {
	case e.Do == "remove" && (e.From != nil || e.To != nil || e.Class != ""):
		c.add(CodeUnfit, path, "a part of a curve is removed", "the whole curve is, for every class", `leave "from", "to" and "class" out, or write "flatten"`)
	case e.Do == "add":
		c.within(e.By, -MaxBy, MaxBy, path+"/by", "what an edit adds")
	case e.By != 0:
		c.add(CodeUnfit, path+"/by", fmt.Sprintf("%q adds nothing", shorten(e.Do)), `only "add" does`, "leave the field out")
	}
}

// interval checks where a change reaches.
func (c *checker) interval(e *Edit, col *Column, path string) {
	for _, end := range []struct {
		name string
		x    *float64
	}{{"/from", e.From}, {"/to", e.To}} {
		if end.x != nil {
			c.inColumn(*end.x, col, path+end.name)
		}
	}
	if e.From != nil && e.To != nil && *e.From > *e.To {
		c.add(CodeRange, path+"/to", fmt.Sprintf("the edit goes from %s to %s", plainNumber(*e.From), plainNumber(*e.To)), "from must not be more than to", "swap them")
	}
}
