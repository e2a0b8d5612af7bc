package ui

import (
	"math"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/view"
)

// manyFeatures is from how many features on there is a search field, and
// fewFeatures how many of so many are shown at first.
const (
	manyFeatures = 12
	fewFeatures  = 10
)

// WhatIf lets a person change the row feature by feature.
type WhatIf struct {
	View  *view.WhatIf
	Value func(k view.Control) float64 // as the spec has it now
	Pins  bool
	Hold  bool // the row is being changed: keep the order of the features

	Set   func(name string, value float64)
	Drop  func()
	Pin   func(name string, fixed bool)
	Near  func(k view.Control, t Track) // a person is at a slider
	Away  func(feature string)
	Reset func() // nil where nothing is edited

	find    string
	all     bool // also the weaker ones
	byOrder bool // in the order of the table
	order   []int
	sorted  *view.WhatIf // what order was made for
}

// limit returns the magnitude of the longest bar; 1 where all are nothing.
func limit(controls []view.Control) float64 {
	var most float64
	for _, k := range controls {
		most = math.Max(most, math.Abs(k.Amount))
	}
	if most == 0 {
		return 1
	}
	return most
}

// controls lists the features to show, strongest first. While the row is being
// changed their order stays, so that nothing moves under the pointer.
func (c *WhatIf) controls() []view.Control {
	all := c.View.Controls
	if len(c.order) != len(all) || !c.Hold && c.sorted != c.View {
		c.Sort()
	}
	out := make([]view.Control, 0, len(all))
	for _, i := range c.order {
		if c.find == "" || strings.Contains(strings.ToLower(all[i].Feature), strings.ToLower(c.find)) {
			out = append(out, all[i])
		}
	}
	if c.folds() && !c.all {
		return out[:min(len(out), fewFeatures)]
	}
	return out
}

// folds reports whether features can be left out: of many, while none is
// looked for.
func (c *WhatIf) folds() bool { return c.many() && c.find == "" }

// Unfold shows all features or the first few.
func (c *WhatIf) Unfold(all bool) { c.all = all }

func (c *WhatIf) foldLabel() string {
	if c.all {
		return "Show fewer"
	}
	return "Show all " + count(len(c.View.Controls)) + " features"
}

func (c *WhatIf) sorts() bool { return len(c.View.Controls) > 3 }

// Sort orders the features anew.
func (c *WhatIf) Sort() {
	c.order, c.sorted = make([]int, len(c.View.Controls)), c.View
	for i := range c.order {
		c.order[i] = i
	}
	if c.byOrder {
		return
	}
	slices.SortStableFunc(c.order, func(i, k int) int {
		a, b := math.Abs(c.View.Controls[i].Amount), math.Abs(c.View.Controls[k].Amount)
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
}

// OrderBy changes between the strongest first and the order of the table.
func (c *WhatIf) OrderBy(table bool) {
	c.byOrder = table
	c.Sort()
}

// Find shows the features whose name has text in it.
func (c *WhatIf) Find(text string) { c.find = strings.TrimSpace(text) }

func (c *WhatIf) many() bool { return len(c.View.Controls) > manyFeatures }
