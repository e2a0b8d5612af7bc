package ui

import (
	"github.com/vugu/vugu"
	"github.com/whybox/whybox/examples"
)

// Home is the gallery: a living example on top, the other examples below.
type Home struct {
	A *App

	question string // whose examples are shown, by its title; "" for all

	looked int
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

// Ask shows the examples of one question, "" of all.
func (c *Home) Ask(question string) { c.question = question }

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
