package spec

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/knob"
)

// checker holds a spec against a vocabulary.
type checker struct {
	v       Vocabulary
	s       *Spec
	found   Errors
	table   *Table   // of the named data set; nil where it is unknown
	columns []string // names of its columns
}

func check(s *Spec, v Vocabulary) Errors {
	c := &checker{v: v, s: s}
	c.head()
	c.data()
	c.model()
	c.explain()
	c.counterfactual()
	c.view()
	c.params()
	return c.found
}

func (c *checker) add(code, path, what, why, fix string) {
	c.found = append(c.found, &Error{Code: code, Path: path, What: what, Why: why, Fix: fix})
}

func (c *checker) head() {
	switch {
	case c.s.Schema == "":
		c.add(CodeSchema, "/$schema", `the field "$schema" is missing`, "it says which version of the format this is",
			fmt.Sprintf(`add "$schema": %q`, Version))
	case c.s.Schema != Version:
		c.add(CodeSchema, "/$schema", fmt.Sprintf("unknown version %q", shorten(c.s.Schema)), fmt.Sprintf("this program reads %q", Version),
			"write that, or open the figure with a newer whybox")
	}
	if c.s.Seed > MaxWhole {
		c.add(CodeRange, "/seed", fmt.Sprintf("%d is too large", c.s.Seed), "a seed goes up to 2^53 = 9007199254740992", "use a smaller one")
	}
}

func (c *checker) data() {
	if x := c.s.Data.Test; x != nil {
		c.within(*x, MinTest, MaxTest, "/data/test", "the share of rows held out for testing")
	}
	if c.s.Data.Name == Own {
		c.ownData()
		return
	}
	c.noFile(c.s.Data.File, "/data/file")
	if c.s.Data.Read != nil {
		c.add(CodeUnfit, "/data/read", "only a table from a file is read", fmt.Sprintf("the data set is %q", shorten(c.s.Data.Name)), "leave the field out")
	}
	term := c.name("data set", c.s.Data.Name, c.v.Data, "/data")
	if term == nil {
		return
	}
	good := c.knobs(c.s.Data.Knobs, term, "/data/knobs")
	if term.Table == nil {
		return
	}
	table := term.Table(knob.Fill(good, term.Knobs))
	c.describe(&table)
}

// describe notes what the data is.
func (c *checker) describe(table *Table) {
	c.table = table
	for _, col := range table.Columns {
		c.columns = append(c.columns, col.Name)
	}
}

func (c *checker) model() {
	c.edits()
	if c.s.Model.Name == Own {
		c.file(c.s.Model.File, "/model/file")
		c.noKnobs(c.s.Model.Knobs, "/model/knobs")
		if c.s.Model.Stop != nil {
			c.add(CodeUnfit, "/model/stop", "a model from a file is trained already", "it has no steps", "leave the field out")
		}
		return
	}
	c.noFile(c.s.Model.File, "/model/file")
	if term := c.name("model", c.s.Model.Name, c.v.Models, "/model"); term != nil {
		c.knobs(c.s.Model.Knobs, term, "/model/knobs")
	}
	if x := c.s.Model.Stop; x != nil {
		c.within(float64(*x), 0, MaxStop, "/model/stop", "the number of training steps")
	}
}

func (c *checker) explain() {
	e := &c.s.Explain
	if term := c.name("explainer", e.Name, c.v.Explainers, "/explain"); term != nil {
		c.knobs(e.Knobs, term, "/explain/knobs")
	}
	if c.table != nil {
		if e.Row != nil {
			c.within(float64(*e.Row), 0, float64(c.table.Rows-1), "/explain/row", fmt.Sprintf("the data has %d rows, counted from 0, and the row", c.table.Rows))
		}
		for _, name := range slices.Sorted(maps.Keys(e.Edit)) {
			path := join("/explain/edit", name)
			if col := c.feature(name, path); col != nil {
				c.edit(e.Edit[name], col, path)
			}
		}
		c.class(e.Class, "/explain/class", "class")
	} else if e.Row != nil && *e.Row < 0 {
		c.within(float64(*e.Row), 0, MaxWhole, "/explain/row", "the row")
	}
	c.output()
	c.groups()
	if e.Compare != nil {
		if term := c.name("explainer", e.Compare.Name, c.v.Explainers, "/explain/compare"); term != nil {
			c.knobs(e.Compare.Knobs, term, "/explain/compare/knobs")
		}
	}
}

// edit checks a value set by hand. Whether a model from a file, or one trained
// on such a table, takes a missing one is found when the figure is built.
func (c *checker) edit(x float64, col *Column, path string) {
	if !math.IsNaN(x) {
		c.inColumn(x, col, path)
	} else if c.s.Data.Name != Own && c.s.Model.Name != Own {
		c.add(CodeUnfit, path, "it cannot be missing", "no row lacks it", "set a value")
	}
}

func (c *checker) output() {
	outputs := Outputs()
	switch out := c.s.Explain.Output; {
	case out == "" || out == "probability":
	case out != "margin":
		c.add(CodeName, "/explain/output", fmt.Sprintf("no output called %q", shorten(out)), exist(outputs), meant(out, outputs, "choose one of them"))
	case c.regression():
		c.add(CodeUnfit, "/explain/output", "a predicted quantity has no margin", "margins are the log-odds of classes", "leave the field out")
	}
}

func (c *checker) counterfactual() {
	f := c.s.Explain.Counterfactual
	const path = "/explain/counterfactual"
	if f == nil {
		return
	}
	if term := c.name("counterfactual search", f.Name, c.v.Counterfactuals, path); term != nil {
		c.knobs(f.Knobs, term, path+"/knobs")
	}
	if math.IsNaN(f.Rise) || math.IsInf(f.Rise, 0) {
		c.add(CodeRange, path+"/rise", "the rise is not a finite number", "it is added to the score", "use a finite number")
	}
	if c.table == nil {
		return
	}
	c.class(f.Target, path+"/target", "target class")
	if f.Rise != 0 && !c.regression() {
		c.add(CodeUnfit, path+"/rise", "a rise needs a predicted quantity", fmt.Sprintf("%q has classes", c.s.Data.Name), "name a target class instead")
	}
	held := c.features(f.Fixed, path+"/fixed")
	for i, name := range f.Free {
		if slices.Contains(held, name) {
			c.add(CodeUnfit, fmt.Sprintf("%s/free/%d", path, i), fmt.Sprintf("%q is both fixed and free", name), "a feature is one or the other", "remove it from one list")
		}
	}
	c.features(f.Free, path+"/free")
}

// features checks a list of feature names and returns it.
func (c *checker) features(names []string, path string) []string {
	for i, name := range names {
		at := fmt.Sprintf("%s/%d", path, i)
		if slices.Contains(names[:i], name) {
			c.add(CodeDuplicate, at, fmt.Sprintf("%q comes twice in the list", shorten(name)), "once is enough", "remove one")
		} else {
			c.feature(name, at)
		}
	}
	return names
}

func (c *checker) view() {
	w := &c.s.View
	c.name("view", w.Name, c.v.Views, "/view")
	if c.table != nil {
		c.axis(w.X, "/view/x")
		c.axis(w.Y, "/view/y")
		c.axis(w.Feature, "/view/feature")
		if !slices.Contains(Cohorts(), w.By) {
			c.axis(w.By, "/view/by")
		}
	}
	if w.X != "" && w.X == w.Y {
		c.add(CodeUnfit, "/view/y", fmt.Sprintf("both axes show %q", shorten(w.X)), "a surface needs two features", "choose another feature for one axis")
	}
	if w.Rows != 0 {
		c.within(float64(w.Rows), MinRows, MaxRows, "/view/rows", "the number of rows to explain")
	}
	if orders := Orders(); w.Order != "" && !slices.Contains(orders, w.Order) {
		c.add(CodeName, "/view/order", fmt.Sprintf("no order called %q", shorten(w.Order)), exist(orders), meant(w.Order, orders, "choose one of them"))
	}
	c.brush(w.Brush)
	if w.Tree != 0 {
		c.within(float64(w.Tree), 1, MaxTree, "/view/tree", "the number of a tree")
	}
	c.open(w.Open)
	if w.Width != 0 {
		c.within(float64(w.Width), MinWidth, MaxWidth, "/view/width", "the width in pixels")
	}
	if w.Height != 0 {
		c.within(float64(w.Height), MinHeight, MaxHeight, "/view/height", "the height in pixels")
	}
}

// open checks the nodes that were opened or closed.
func (c *checker) open(nodes []int) {
	if n := len(nodes); n > MaxOpen {
		c.add(CodeLimit, "/view/open", fmt.Sprintf("%d nodes", n), fmt.Sprintf("at most %d of a tree can be opened or closed by hand", MaxOpen), "keep those that matter")
		return
	}
	for i, node := range nodes {
		at := fmt.Sprintf("/view/open/%d", i)
		if slices.Contains(nodes[:i], node) {
			c.add(CodeDuplicate, at, fmt.Sprintf("node %d comes twice in the list", node), "once is enough", "remove one")
			continue
		}
		c.within(float64(node), 0, MaxNode, at, "the number of a node")
	}
}

func (c *checker) axis(name, path string) {
	if name != "" {
		c.feature(name, path)
	}
}

// name finds the term called name among terms; path leads to the object that
// has the name.
func (c *checker) name(what, name string, terms []Term, path string) *Term {
	names := make([]string, len(terms))
	for i := range terms {
		if terms[i].Name == name {
			return &terms[i]
		}
		names[i] = terms[i].Name
	}
	said := fmt.Sprintf("no %s called %q", what, shorten(name))
	if name == "" {
		said = "no " + what + " is named"
	}
	c.add(CodeName, path+"/name", said, exist(names), meant(name, names, "choose one of them"))
	return nil
}

func (c *checker) feature(name, path string) *Column {
	for i := range c.table.Columns {
		if c.table.Columns[i].Name == name {
			return &c.table.Columns[i]
		}
	}
	c.add(CodeName, path, fmt.Sprintf("%q has no feature %q", c.s.Data.Name, shorten(name)), exist(c.columns), meant(name, c.columns, "choose one of them"))
	return nil
}

func (c *checker) inColumn(x float64, col *Column, path string) {
	c.within(x, col.Min, col.Max, path, fmt.Sprintf("%q", col.Name))
	if col.Whole && x != math.Trunc(x) {
		c.whole(x, path, fmt.Sprintf("%q", col.Name))
	}
}

func (c *checker) class(name, path, what string) {
	switch {
	case name == "":
	case c.regression():
		c.add(CodeUnfit, path, fmt.Sprintf("a %s, but %q has none", what, c.s.Data.Name), "its target is a quantity", "leave the field out")
	case !slices.Contains(c.table.Classes, name):
		c.add(CodeName, path, fmt.Sprintf("no %s called %q", what, shorten(name)), exist(c.table.Classes), meant(name, c.table.Classes, "choose one of them"))
	}
}

func (c *checker) regression() bool { return c.table != nil && len(c.table.Classes) == 0 }

// within checks that lo <= x <= hi; what names the quantity in a sentence.
func (c *checker) within(x, lo, hi float64, path, what string) {
	if x >= lo && x <= hi {
		return
	}
	c.add(CodeRange, path, fmt.Sprintf("%s is out of range", plainNumber(x)), fmt.Sprintf("%s goes from %s to %s", what, plainNumber(lo), plainNumber(hi)),
		"use "+plainNumber(nearestIn(x, lo, hi)))
}

func (c *checker) whole(x float64, path, what string) {
	c.add(CodeRange, path, plainNumber(x)+" is not whole", what+" takes whole numbers", fmt.Sprintf("use %s or %s", plainNumber(math.Floor(x)), plainNumber(math.Ceil(x))))
}

func nearestIn(x, lo, hi float64) float64 {
	if x > hi {
		return hi
	}
	return lo
}

// plainNumber writes a number as a person would: 10000000, not 1e+07.
func plainNumber(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%v", x)
}

// shorten keeps a foreign text from filling a message.
func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return strings.ToValidUTF8(s, "?")
}
