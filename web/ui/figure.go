package ui

import (
	"github.com/vugu/vugu"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
)

// Figure is one spec by itself, for someone else's page: the picture, the
// author's sliders, and what the model says. It speaks to a worker as App does.
type Figure struct {
	Ask     func(worker.Question)
	Restart func()     // a new worker; Ready follows
	Width   func() int // px there is for the picture; nil or 0 means 640
	Theme   string     // "light", "dark" or "" for what the system says

	session *Session
	broken  []worker.Problem
	said    string

	whatIf WhatIf
	flips  FlipList
	rows   RowTable
	from   int
}

// Start shows a figure spec, JSON.
func (c *Figure) Start(document []byte) {
	menu := NewMenu()
	s, err := spec.Parse(document, menu.Vocabulary)
	if err != nil {
		c.broken = problemsOf(err)
		s = nil
	}
	c.session = &Session{Menu: menu, Want: c.want, Ask: func(q worker.Question) { c.Ask(q) }}
	c.session.Settled = func() { c.say(c.session.verdict()) }
	if s != nil {
		c.session.Load(s)
	}
}

// Ready says that the worker takes questions.
func (c *Figure) Ready() { c.session.Ready() }

// Receive takes an answer from the worker and reports whether anything to be
// seen may have changed.
func (c *Figure) Receive(x worker.Answer) bool { return c.session.Receive(x) }

// Crashed says that the worker is gone, and why. The figure is kept.
func (c *Figure) Crashed(message string) { c.session.Crash(message) }

func (c *Figure) say(text string) {
	if text != "" {
		c.said = text
	}
}

func (c *Figure) view() string { return c.session.Spec().View.Name }

func (c *Figure) want() []figure.Want {
	width := 640
	if c.Width != nil && c.Width() > 0 {
		width = c.Width()
	}
	v := c.session.Spec().View
	at := size(v.Name, width)
	if v.Height > 0 {
		at.Height = v.Height
	}
	if v.Width > 0 {
		at.Width = min(v.Width, width)
	}
	wants := []figure.Want{{View: v.Name, Size: at}}
	if v.Name == "rows" {
		wants[0] = figure.Want{View: "rows", From: c.from, Count: rowsShown}
	}
	if v.Name != "what-if" && !c.session.Menu.images(c.session.Spec().Data.Name) {
		wants = append(wants, figure.Want{View: "what-if"}) // the ranges of what is dragged
	}
	return c.session.shut(wants)
}

func (c *Figure) title() string { return c.session.Menu.view(c.view()).Title }

func (c *Figure) edited() bool { return c.session.CanUndo() }

// Reset goes back to the figure as the author made it.
func (c *Figure) Reset() {
	for c.session.history.undo() {
	}
	c.session.refresh()
}

// below returns the controls that stand under the picture.
func (c *Figure) below() vugu.Builder {
	p := c.session.Panel(c.view())
	switch {
	case p == nil || len(p.Problems) > 0:
	case p.WhatIf != nil:
		c.whatIf.View, c.whatIf.Value = p.WhatIf, c.session.Value
		c.whatIf.Hold = c.session.Edited()
		c.whatIf.Set, c.whatIf.Drop = c.session.EditOne, c.session.Drop
		c.whatIf.Near, c.whatIf.Away = c.session.Near, c.session.Away
		return &c.whatIf
	case p.Flips != nil && len(p.Flips.Items) > 0:
		c.flips.Flips, c.flips.Go = p.Flips, c.session.GoThere
		return &c.flips
	case p.Rows != nil:
		c.rows.Rows, c.rows.Pick, c.rows.Page = p.Rows, c.session.PickRow, c.turn
		return &c.rows
	}
	return nil
}

func (c *Figure) turn(from int) {
	c.from = from
	c.session.refresh()
}

func (c *Figure) pick() func(int) {
	if c.view() == "surface" || c.view() == "fit" {
		return c.session.PickRow
	}
	if c.view() == "tree-outline" {
		return c.session.ToggleNode
	}
	if e := c.session.Menu.explainer(c.session.Spec().Explain.Name); c.view() == "waterfall" && e.Groups {
		return func(index int) {
			if g := index - len(c.session.status.Data.Features); g >= 0 {
				c.session.SplitGroup(g)
			}
		}
	}
	return nil
}

func (c *Figure) themed() any {
	if c.Theme == "" {
		return nil
	}
	return c.Theme
}
