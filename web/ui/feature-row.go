package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/view"
)

// FeatureRow is one feature of the row: a slider, a number, the bar of its
// attribution, and a pin.
type FeatureRow struct {
	Place   string // where it stands; part of element ids
	Control view.Control
	Value   float64 // as the spec has it now
	Limit   float64 // magnitude of the longest bar; 0 for no bars
	Pins    bool    // counterfactuals are asked for

	Set  func(name string, value float64)
	Drop func()
	Pin  func(name string, fixed bool)
}

func (c *FeatureRow) id() string { return c.Place + "-" + strconv.Itoa(c.Control.Index) }

func (c *FeatureRow) class() string {
	if c.edited() {
		return "feature edited"
	}
	return "feature"
}

func (c *FeatureRow) edited() bool {
	return math.Abs(c.Value-c.Control.Row) > 1e-6*math.Abs(c.Control.Row)
}

// about is the name in full, which the row may cut short, and its help.
func (c *FeatureRow) about() string {
	if c.Control.Help == "" {
		return c.Control.Feature
	}
	return c.Control.Feature + ": " + c.Control.Help
}

func (c *FeatureRow) category() bool { return c.Control.Kind == "category" }

func (c *FeatureRow) value() string { return plain(c.Value, c.Control.Step) }

func (c *FeatureRow) spoken() string {
	return strings.TrimSpace(c.value() + " " + c.Control.Unit)
}

// Slide takes a step of the slider.
func (c *FeatureRow) Slide(v float64) { c.Set(c.Control.Feature, v) }

// Type takes a typed number, brought into the feature's range.
func (c *FeatureRow) Type(text string) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(v) {
		return
	}
	if c.Control.Kind == "integer" {
		v = math.Round(v)
	}
	c.Set(c.Control.Feature, math.Max(c.Control.Min, math.Min(c.Control.Max, v)))
	c.Drop()
}

// Choose takes a category, by code.
func (c *FeatureRow) Choose(code string) {
	if v, err := strconv.Atoi(code); err == nil {
		c.Set(c.Control.Feature, float64(v))
		c.Drop()
	}
}

func (c *FeatureRow) barClass() string {
	if c.Control.Amount < 0 {
		return "amount lowers"
	}
	return "amount raises"
}

// barStyle gives the bar its length to either side of the middle.
func (c *FeatureRow) barStyle() string {
	half := math.Min(1, math.Abs(c.Control.Amount)/c.Limit) / 2
	left := 0.5
	if c.Control.Amount < 0 {
		left -= half
	}
	return "left:" + share(left) + ";width:" + share(half)
}

func (c *FeatureRow) barText() string {
	verb := "raises"
	if c.Control.Amount < 0 {
		verb = "lowers"
	}
	if c.Control.Amount == 0 {
		return "does not move the score"
	}
	return verb + " the score by " + strconv.FormatFloat(math.Abs(c.Control.Amount), 'g', 2, 64)
}

func (c *FeatureRow) pinLabel() string {
	if c.Control.Fixed {
		return "Free " + c.Control.Feature + ": let it change"
	}
	return "Pin " + c.Control.Feature + ": keep it as it is"
}
