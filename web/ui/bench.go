package ui

import (
	"slices"
	"strconv"

	"github.com/vugu/vugu"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// Bench is the workbench: the picture, what it means, and five steps of
// controls in the order a newcomer thinks.
type Bench struct {
	A *App

	turned map[string]bool // steps that are not as they start
	looked int             // feature looked at, 1-based; 0 for none
	lit    int             // table row pointed at, 1-based; 0 for none

	table, large       vugu.Builder   // the table to pick a row from, nil while closed, and the large panel
	under, right, pair []vugu.Builder // the panels beside it: below, in the column to its right, and across both

	panels panels

	tools  ViewTools
	probe  Probe
	whatIf WhatIf
	flips  FlipList
	rows   RowTable
	curve  CurveTools
	over   CurveOver
}

func (c *Bench) s() *Session { return c.A.session }

// title is the figure's own, or says data and model.
func (c *Bench) title() string {
	sp := c.s().Spec()
	if sp.Title != "" {
		return sp.Title
	}
	return c.s().dataTitle() + " · " + c.s().modelTitle()
}

// moved puts the focus on the heading after going from page to page.
func (c *Bench) moved() bool { return c.A.moved }

func (c *Bench) image() bool { return c.s().Menu.images(c.s().Spec().Data.Name) }

// Compute runs before each rendering.
func (c *Bench) Compute() {
	under, right, pair := c.layout()
	c.large, c.under, c.right, c.pair = c.panel(c.s().mainView()), c.those(under), c.those(right), c.those(pair)
	c.table = nil
	if c.A.rows && c.s().mainView() != "rows" {
		c.table = c.panel("rows")
	}
}

func (c *Bench) those(names []string) []vugu.Builder {
	var out []vugu.Builder
	for _, name := range names {
		out = append(out, c.panel(name))
	}
	return out
}

// layout says which panels stand where beside the large one.
func (c *Bench) layout() (under, right, pair []string) {
	main, why, second := c.s().mainView(), c.s().whyView(), c.s().compareView()
	put := func(to []string, name string) []string {
		if name != "" && name != main && c.wanted(name) {
			return append(to, name)
		}
		return to
	}
	if second != "" && why != main {
		pair = put(put(nil, why), second)
	} else {
		right = put(put(nil, why), second)
	}
	under = put(nil, "flips")
	for _, name := range c.s().beside() {
		if c.A.wide() {
			under = put(under, name) // where the row's panels leave room
		} else {
			pair = put(pair, name)
		}
	}
	under = put(under, "brush") // last, so that no picture moves when it comes
	if len(right) > 0 && why == main {
		return put(under, "what-if"), right, pair
	}
	return under, put(right, "what-if"), pair
}

func (c *Bench) wanted(name string) bool {
	switch name {
	case "what-if":
		return !c.image()
	case "flips":
		return c.s().Spec().Explain.Counterfactual != nil
	case "brush":
		return c.s().Spec().View.Brush != "" && !c.image()
	}
	return c.s().status.Refused[name] == ""
}

// panel returns the panel of a view as it is now.
func (c *Bench) panel(name string) *Panel {
	p := c.panels.of(c.A, name)
	p.Class, p.Above, p.Over = "", nil, nil
	if name == c.s().mainView() {
		p.Class, p.Above, p.Over = "large", c.above(), c.cover()
	}
	p.Title, p.Undo, p.Below = c.panelTitle(name), c.undo(), c.below(name)
	p.Pick, p.Look, p.Lit, p.Light = c.pick(name), c.look(name), c.lit, c.light(name)
	p.Brush = c.s().brushOf(name)
	return p
}

func (c *Bench) panelTitle(name string) string {
	if name == c.s().compareView() {
		name = c.s().whyView()
	}
	return c.s().Menu.view(name).Title
}

// plainly reports whether a panel is a list rather than a picture.
func plainly(name string) bool { return name == "what-if" || name == "flips" || name == "rows" }

// walk names the marks of a view.
func walk(name string) string {
	switch name {
	case "surface", "fit", "loss", "effect":
		return "points"
	case "saliency", "saliency-compare":
		return "pixels"
	case "confusion", "interactions":
		return "cells"
	case "tree-outline":
		return "lines"
	case "shape":
		return "steps"
	}
	if ofRows(name) {
		return "rows"
	}
	return "bars"
}

// below returns what stands under a view's picture.
func (c *Bench) below(name string) vugu.Builder {
	p := c.s().Panel(name)
	if p == nil || len(p.Problems) > 0 {
		return nil
	}
	switch {
	case name == "what-if" && p.WhatIf != nil:
		return c.sliders(p.WhatIf)
	case name == "flips" && p.Flips != nil && len(p.Flips.Items) > 0:
		c.flips.Flips, c.flips.Go = p.Flips, c.s().GoThere
		return &c.flips
	case name == "rows" && p.Rows != nil:
		c.rows.Rows, c.rows.Pick, c.rows.Page = p.Rows, c.s().PickRow, c.A.Page
		return &c.rows
	case name == "shape" && c.s().curve() != nil:
		c.curve.T = c.s().curve()
		return &c.curve
	case name == "waterfall":
		c.probe.S, c.probe.Index = c.s(), c.looked-1
		return &c.probe
	}
	return nil
}

func (c *Bench) sliders(v *view.WhatIf) vugu.Builder {
	c.whatIf.View, c.whatIf.Value = v, c.s().Value
	c.whatIf.Hold = c.s().Edited()
	c.whatIf.Pins = c.s().Spec().Explain.Counterfactual != nil
	c.whatIf.Set, c.whatIf.Drop, c.whatIf.Pin, c.whatIf.Reset = c.s().EditOne, c.s().Drop, c.s().TogglePin, nil
	c.whatIf.Near, c.whatIf.Away = c.s().Near, c.s().Away
	if c.s().Edited() {
		c.whatIf.Reset = c.s().ResetRow
	}
	return &c.whatIf
}

// cover returns what lies over the large picture.
func (c *Bench) cover() vugu.Builder {
	c.over.T = c.s().curve()
	if c.over.T == nil {
		return nil
	}
	return &c.over
}

// above returns what stands over the large picture.
func (c *Bench) above() vugu.Builder {
	c.tools.S = c.s()
	return &c.tools
}

// pick answers a click on a mark: a point is a row, a bar a feature.
func (c *Bench) pick(name string) func(int) {
	switch name {
	case "surface", "fit":
		return c.s().PickRow
	case "waterfall", "force":
		return c.choose
	case "tree-outline":
		return c.s().ToggleNode
	case "shape":
		return c.pickStep
	}
	if ofRows(name) {
		return c.s().PickAmong
	}
	return nil
}

// pickStep chooses a step of the curve.
func (c *Bench) pickStep(i int) {
	if t := c.s().curve(); t != nil {
		t.Pick(i)
	}
}

// ofRows reports whether the marks of a view are rows, all explained for one
// class.
func ofRows(name string) bool {
	return slices.Contains([]string{"beeswarm", "violin", "dependence", "heatmap", "forces", "decision"}, name)
}

// rowMarks reports whether the marks of a view are rows.
func rowMarks(name string) bool { return name == "surface" || name == "fit" || ofRows(name) }

// light answers pointing at a row: every picture of rows rings it.
func (c *Bench) light(name string) func(int) {
	if !rowMarks(name) {
		return nil
	}
	return func(row int) { c.lit = row + 1 }
}

// choose answers a click on a bar: it shows the features of a group, or the
// slider of a feature.
func (c *Bench) choose(index int) {
	if g := index - len(c.s().status.Data.Features); g >= 0 {
		c.s().SplitGroup(g)
		return
	}
	c.Look(index)
}

// Look notes the feature that is pointed at; its slider stands below.
func (c *Bench) Look(feature int) {
	if feature >= 0 && feature < len(c.s().status.Data.Features) {
		c.looked = feature + 1
	}
}

func (c *Bench) look(name string) func(int) {
	if name == "waterfall" || name == "force" {
		return c.Look
	}
	return nil
}

func (c *Bench) undo() func() {
	if !c.s().CanUndo() {
		return nil
	}
	return c.s().Undo
}

// startsOpen are the steps that are open at first where there is room.
func (c *Bench) startsOpen(name string) bool {
	return (name == "model" || name == "why" || name == "flip") && c.A.Media("(min-width: 1000px)")
}

func (c *Bench) open(name string) bool { return c.startsOpen(name) != c.turned[name] }

// Toggle opens or closes a step. On a phone the steps are sheets, one at a
// time.
func (c *Bench) Toggle(name string) {
	if phone := !c.A.Media("(min-width: 640px)"); phone {
		c.turned = map[string]bool{name: !c.turned[name]}
		return
	}
	if c.turned == nil {
		c.turned = map[string]bool{}
	}
	c.turned[name] = !c.turned[name]
}

func (c *Bench) says(step string) string {
	sp, menu := c.s().Spec(), c.s().Menu
	switch step {
	case "data":
		return c.s().dataTitle()
	case "model":
		if len(sp.Model.Edits) > 0 {
			return c.s().modelTitle() + ", edited"
		}
		return c.s().modelTitle()
	case "row":
		if sp.Explain.Row != nil {
			return strconv.Itoa(*sp.Explain.Row)
		}
		return strconv.Itoa(c.s().status.Row)
	case "why":
		return menu.explainer(sp.Explain.Name).Title
	}
	if sp.Explain.Counterfactual != nil {
		return menu.search(sp.Explain.Counterfactual.Name).Title
	}
	return ""
}

// param returns where an author's slider stands.
func (s *Session) param(p spec.Param) float64 {
	if v, ok := spec.Get(s.Spec(), p.Path); ok {
		return v
	}
	if name, ok := editedBy(p.Path); ok {
		if v, ok := s.valueOf(name); ok {
			return v
		}
	}
	return s.defaultOf(p.Path, p.Min)
}
