package ui

import (
	"slices"

	"github.com/vugu/vugu"
	"github.com/whybox/whybox/examples"
)

// Home is the gallery: a living example on top, the other examples below.
type Home struct {
	A *App

	kind      string // of the data of the examples shown; "" for all
	questions []question

	looked int
	probe  Probe
	flips  FlipList
}

func (c *Home) s() *Session { return c.A.session }

// question is one with its examples.
type question struct {
	examples.Question
	Examples []examples.Example
}

func (q question) id() string { return "question-" + q.Names[0] }

// Compute runs before each rendering.
func (c *Home) Compute() {
	if c.questions == nil {
		c.Show("")
	}
}

// Show puts only the examples with data of a kind under their questions; "" puts all.
func (c *Home) Show(kind string) {
	c.kind, c.questions = kind, nil
	menu := c.A.menu
	for _, q := range examples.Questions() {
		s := question{Question: q}
		for _, name := range q.Names {
			for _, e := range menu.Examples {
				if e.Name == name && (kind == "" || menu.data(e.Data).Group == kind) {
					s.Examples = append(s.Examples, e)
				}
			}
		}
		if len(s.Examples) > 0 {
			c.questions = append(c.questions, s)
		}
	}
}

// kinds lists the kinds of data, in the words of the menu of data sets.
func (c *Home) kinds() []Option {
	out := []Option{{Value: "", Text: "All data"}}
	for _, d := range c.A.menu.Data {
		if !slices.ContainsFunc(out, func(o Option) bool { return o.Value == d.Group }) {
			out = append(out, Option{Value: d.Group, Text: d.Group})
		}
	}
	return out
}

func poster(e examples.Example) string { return "gallery/" + e.Name + ".svg" }

func (c *Home) asked() bool { return c.s().Spec().Explain.Counterfactual != nil }

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
