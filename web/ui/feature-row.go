package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/spec"
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
	Near func(k view.Control, t Track) // a person is at the slider
	Away func(feature string)
}

func (c *FeatureRow) id() string { return c.Place + "-" + strconv.Itoa(c.Control.Index) }

func (c *FeatureRow) class() string {
	class := "feature"
	if c.edited() {
		class += " edited"
	}
	if c.Control.Gaps && !c.category() {
		class += " gappy"
	}
	if c.missing() {
		class += " gone"
	}
	return class
}

func (c *FeatureRow) edited() bool {
	was := float64(c.Control.Row)
	if c.missing() || math.IsNaN(was) {
		return c.missing() != math.IsNaN(was)
	}
	return math.Abs(c.Value-was) > 1e-6*math.Abs(was)
}

func (c *FeatureRow) missing() bool { return math.IsNaN(c.Value) }

// Miss takes the value away, or gives the feature one again: that in the data,
// or else the middle of its range.
func (c *FeatureRow) Miss() {
	k, v := &c.Control, math.NaN()
	if c.missing() {
		if v = float64(k.Row); math.IsNaN(v) {
			v = clamp((k.Min+k.Max)/2, k.Min, k.Max, k.Step)
		}
	}
	c.Set(k.Feature, v)
	c.Drop()
}

// about is the name in full, which the row may cut short, and its help.
func (c *FeatureRow) about() string {
	if c.Control.Help == "" {
		return c.Control.Feature
	}
	return c.Control.Feature + ": " + c.Control.Help
}

func (c *FeatureRow) category() bool { return c.Control.Kind == "category" }

// value is "" where it is missing: the slider then stands in the middle.
func (c *FeatureRow) value() string {
	if c.missing() {
		return ""
	}
	return plain(c.Value, c.Control.Step)
}

func (c *FeatureRow) spoken() string {
	if c.missing() {
		return spec.Missing
	}
	return strings.TrimSpace(c.value() + " " + c.Control.Unit)
}

// Slide takes a step of the slider.
func (c *FeatureRow) Slide(v float64) { c.Set(c.Control.Feature, v) }

// Type takes a typed number, brought into the feature's range. An empty field
// is a missing value, where there can be one.
func (c *FeatureRow) Type(text string) {
	if strings.TrimSpace(text) == "" && c.Control.Gaps && !c.missing() {
		c.Miss()
		return
	}
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

// categories lists what a category may be, the last of them to be missing where
// it may.
func (c *FeatureRow) categories() []string {
	names := c.Control.Categories
	if c.Control.Gaps {
		names = append(names[:len(names):len(names)], spec.Missing)
	}
	return names
}

// chosen is which of the categories it is.
func (c *FeatureRow) chosen() int {
	if c.missing() {
		return len(c.Control.Categories)
	}
	return int(c.Value)
}

// Choose takes one of the categories.
func (c *FeatureRow) Choose(code string) {
	if code == strconv.Itoa(len(c.Control.Categories)) {
		c.Set(c.Control.Feature, math.NaN())
		c.Drop()
		return
	}
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
