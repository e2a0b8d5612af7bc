package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
)

// families are what a person asks of a large picture, from the near to the far.
var families = [...]string{"This row", "All rows", "One feature", "The model", "Is it right?"}

// family returns which of the families a view belongs to.
func family(view string) int {
	switch view {
	case "waterfall", "force", "saliency", "what-if", "flips":
		return 0
	case "beeswarm", "mean-attribution", "heatmap", "forces", "decision", "violin", "rows":
		return 1
	case "dependence", "effect":
		return 2
	case "confusion", "fit", "parity":
		return 4
	}
	return 3
}

// ViewTools chooses the large picture and what is on its axes.
type ViewTools struct {
	S *Session

	families  []Option // those with a picture here; the value is their first, or the present one
	relatives []Option // the pictures of the present family
}

// Rests says that it does not show the row.
func (c *ViewTools) Rests() {}

// Compute runs before each rendering.
func (c *ViewTools) Compute() {
	now := c.S.mainView()
	var first [len(families)]string
	c.families, c.relatives = nil, nil
	for i := range c.S.Menu.Views {
		v := &c.S.Menu.Views[i]
		if v.Name != now && !(mainly(v.Name) && slices.Contains(c.S.status.Views, v.Name)) {
			continue
		}
		f := family(v.Name)
		if first[f] == "" || v.Name == now {
			first[f] = v.Name
		}
		if f == family(now) {
			c.relatives = append(c.relatives, Option{Value: v.Name, Text: v.Title})
		}
	}
	for f, name := range first {
		if name != "" {
			c.families = append(c.families, Option{Value: name, Text: families[f]})
		}
	}
}

// axes returns the names of the features on the axes of the large picture.
func (c *ViewTools) axes() []string {
	_, axes := c.S.axes(c.S.mainView())
	var out []string
	for _, j := range axes {
		out = append(out, c.S.feature(j))
	}
	return out
}

// planar reports whether there are axes to choose: more features than fit.
func (c *ViewTools) planar() bool { return len(c.axes()) == 2 && len(c.S.status.Data.Features) > 2 }

func (c *ViewTools) traced() bool { return len(c.axes()) == 1 && len(c.S.status.Data.Features) > 1 }

// many reports whether the large picture explains many rows.
func (c *ViewTools) many() bool {
	name := c.S.mainView()
	return ofRows(name) || name == "mean-attribution" || name == "interactions"
}

// counts offers how many rows to explain, the present number among them.
func (c *ViewTools) counts() []Option {
	all := c.S.status.Data.Rows
	var out []Option
	for _, n := range []int{30, 100, 300, 1000, 3000, spec.MaxRows} {
		text := strconv.Itoa(n)
		if n >= all {
			out = append(out, Option{Value: text, Text: "all " + strconv.Itoa(all)})
			break
		}
		out = append(out, Option{Value: text, Text: text})
	}
	if now := c.count(); !slices.ContainsFunc(out, func(o Option) bool { return o.Value == now }) {
		if n := len(out) - 1; c.rows() >= all {
			out[n].Value = now // as many as there are
		} else {
			out = append(out, Option{Value: now, Text: now})
		}
	}
	return out
}

// rows is how many rows are asked for.
func (c *ViewTools) rows() int {
	if n := c.S.Spec().View.Rows; n > 0 {
		return n
	}
	if c.S.mainView() == "interactions" {
		return figure.PairRows
	}
	return figure.CohortRows
}

func (c *ViewTools) count() string { return strconv.Itoa(c.rows()) }

// Count explains another number of rows.
func (c *ViewTools) Count(value string) {
	if n, err := strconv.Atoi(value); err == nil {
		c.S.SetRows(n)
	}
}

// trees is how many trees the large picture can show, 0 where it shows none.
func (c *ViewTools) trees() int {
	if c.S.mainView() != "tree-outline" {
		return 0
	}
	return c.S.status.Trees
}

func (c *ViewTools) tree() int { return min(max(c.S.Spec().View.Tree, 1), c.trees()) }

// Tree shows the tree of a typed number; what is no number is dropped.
func (c *ViewTools) Tree(text string) {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		c.S.SetTree(n)
	}
}

// ordered reports whether the rows of the large picture stand in an order, or in
// parts.
func (c *ViewTools) ordered() bool {
	return c.S.mainView() == "heatmap" || c.S.mainView() == "forces" || c.parted()
}

func (c *ViewTools) parted() bool { return c.S.mainView() == "mean-attribution" }

func (c *ViewTools) orderLabel() string {
	if c.parted() {
		return "Parted by"
	}
	return "Ordered by"
}

func (c *ViewTools) order() string {
	v := c.S.Spec().View
	switch {
	case c.parted():
		return v.By
	case v.Order != "":
		return v.Order
	}
	return spec.Orders()[0]
}

func (c *ViewTools) orders() []Option {
	by := spec.Orders()
	if c.parted() {
		by = nil
		if len(c.S.status.Data.Classes) > 0 {
			by = spec.Cohorts()
		}
		by = append(append([]string{""}, by...), c.S.status.Data.Features...)
	}
	var out []Option
	for _, by := range by {
		text := by
		if by == "" {
			text = "nothing"
		}
		out = append(out, Option{Value: by, Text: text})
	}
	return out
}

// SetOrder sets what orders the rows, or parts them.
func (c *ViewTools) SetOrder(by string) {
	if c.parted() {
		c.S.SetBy(by)
	} else {
		c.S.SetOrder(by)
	}
}

func (c *ViewTools) features() []Option {
	out := make([]Option, len(c.S.status.Data.Features))
	for i, name := range c.S.status.Data.Features {
		out[i] = Option{Value: name, Text: name}
	}
	return out
}

// Across puts a feature on the horizontal axis; the same on both axes swaps.
func (c *ViewTools) Across(name string) {
	now := c.axes()
	if name == now[1] {
		now[1] = now[0]
	}
	c.S.SetAxes(name, now[1])
}

// Up puts a feature on the vertical axis; the same on both axes swaps.
func (c *ViewTools) Up(name string) {
	now := c.axes()
	if name == now[0] {
		now[0] = now[1]
	}
	c.S.SetAxes(now[0], name)
}
