package ui

import (
	"math"
	"strconv"
	"strings"
)

// FlipStep asks what would flip the decision.
type FlipStep struct {
	S *Session
}

func (c *FlipStep) asked() bool { return c.S.Spec().Explain.Counterfactual != nil }

func (c *FlipStep) regression() bool { return c.S.known && len(c.S.status.Data.Classes) == 0 }

func (c *FlipStep) options() []Option {
	var out []Option
	for _, x := range c.S.Menu.Searches {
		out = append(out, c.S.option(x.Name, x.Title))
	}
	return out
}

func (c *FlipStep) targets() []Option {
	out := []Option{{Value: "", Text: "the runner-up"}}
	for i, name := range c.S.status.Data.Classes {
		out = append(out, Option{Value: name, Text: name, Off: i == c.S.best()})
	}
	return out
}

func (c *FlipStep) rise() string { return shortNumber(c.S.Spec().Explain.Counterfactual.Rise) }

// TypeRise takes how much higher the score is to be.
func (c *FlipStep) TypeRise(text string) {
	if v, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
		c.S.SetRise(v)
	}
}

// pinned names the features that may not change by the person's wish.
func (c *FlipStep) pinned() string {
	if f := c.S.Spec().Explain.Counterfactual; len(f.Fixed) > 0 {
		return "Pinned: " + strings.Join(f.Fixed, ", ")
	}
	if c.S.Menu.images(c.S.Spec().Data.Name) {
		return ""
	}
	return "Pin a feature beside its slider to keep it as it is."
}
