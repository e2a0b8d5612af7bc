package ui

import (
	"fmt"
	"slices"

	"github.com/whybox/whybox/internal/spec"
)

// check says whether a model from a file answers as it did before; "" where
// nobody can know yet.
func (c *ModelStep) check() string {
	if x := c.S.status.Check; c.own() && c.S.known && x != nil {
		return "Check: " + x.Says
	}
	return ""
}

// expected is the first column that the scores are compared with; "" for none.
func (c *ModelStep) expected() string {
	if x := c.S.status.Check; x != nil && len(x.Expected) > 0 {
		return x.Expected[0]
	}
	return ""
}

// width is how many columns hold expected scores: one a class, but one for two.
func (c *ModelStep) width() int {
	if k := len(c.S.status.Data.Classes); k > 2 {
		return k
	}
	return 1
}

// beside lists the columns of the table that are neither read nor predicted.
func (c *ModelStep) beside() []string {
	o := c.S.table()
	if o == nil {
		return nil
	}
	var out []string
	for _, x := range o.Columns {
		if x.Kind != "category" && x.Name != c.S.status.Data.Target && !slices.Contains(c.S.status.Data.Features, x.Name) {
			out = append(out, x.Name)
		}
	}
	return out
}

// scored offers columns with expected scores: each, or those that are followed
// by enough others.
func (c *ModelStep) scored() []Option {
	out := []Option{{Text: "none: compare by eye"}}
	names := c.beside()
	for i := 0; i+c.width() <= len(names); i++ {
		text := names[i]
		if w := c.width(); w > 1 {
			text = fmt.Sprintf("%s to %s", text, names[i+w-1])
		}
		out = append(out, Option{Value: names[i], Text: text})
	}
	return out
}

// Expect chooses the columns of expected scores by the first of them.
func (c *ModelStep) Expect(name string) {
	columns, names := []string{}, c.beside()
	if i := slices.Index(names, name); i >= 0 {
		columns = slices.Clone(names[i:min(len(names), i+c.width())])
	}
	c.S.read(func(r *spec.Reading) { r.Expected = columns })
}
