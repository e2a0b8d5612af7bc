package ui

import (
	"slices"

	"github.com/vugu/vugu"
	"github.com/whybox/whybox/examples"
)

// Home is the gallery: a living example on top, the other examples below.
type Home struct {
	A *App

	question string // whose examples are shown, by its title; "" for all

	looked int
	panels panels
	probe  Probe
	flips  FlipList
}

func (c *Home) s() *Session { return c.A.session }

// questions lists those whose examples are shown.
func (c *Home) questions() []examples.Question {
	all := examples.Questions()
	for i := range all {
		if all[i].Title == c.question {
			return all[i : i+1]
		}
	}
	return all
}

func (c *Home) choices() []Option {
	out := []Option{{Text: "All examples"}}
	for _, q := range examples.Questions() {
		out = append(out, Option{Value: q.Title, Text: q.Title})
	}
	return out
}

// answers lists the examples of a question.
func (c *Home) answers(q examples.Question) []examples.Example {
	out := make([]examples.Example, len(q.Names))
	for _, e := range c.A.menu.Examples {
		if i := slices.Index(q.Names, e.Name); i >= 0 {
			out[i] = e
		}
	}
	return out
}

// Ask shows the examples of one question, "" of all.
func (c *Home) Ask(question string) { c.question = question }

func poster(e examples.Example) string { return "gallery/" + e.Name + ".svg" }

func (c *Home) asked() bool { return c.s().Spec().Explain.Counterfactual != nil }

// panel returns the panel of a view of the living example, nil where there is
// nothing to ask.
func (c *Home) panel(name, title string) vugu.Builder {
	if name == "flips" && !c.asked() {
		return nil
	}
	p := c.panels.of(c.A, name)
	p.Title, p.Class = title, name
	switch name {
	case "surface":
		p.Class, p.Pick = "large", c.s().PickRow
	case "waterfall":
		p.Pick, p.Look, p.Below = c.Look, c.Look, c.under()
	case "flips":
		p.Below = c.list()
	}
	return p
}

// under is the slider of the feature that is pointed at.
func (c *Home) under() vugu.Builder {
	if p := c.s().Panel("waterfall"); p == nil || len(p.Problems) > 0 {
		return nil
	}
	c.probe.S, c.probe.Index = c.s(), c.looked-1
	return &c.probe
}

func (c *Home) list() vugu.Builder {
	p := c.s().Panel("flips")
	if p == nil || p.Flips == nil || len(p.Flips.Items) == 0 {
		return nil
	}
	c.flips.Flips, c.flips.Go = p.Flips, c.s().GoThere
	return &c.flips
}

// Look notes the feature that is pointed at.
func (c *Home) Look(feature int) {
	if feature >= 0 {
		c.looked = feature + 1
	}
}
