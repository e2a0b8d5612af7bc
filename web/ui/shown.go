package ui

import (
	"slices"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/worker"
)

// Shown is a panel as it last came.
type Shown struct {
	figure.Panel
	Problems []worker.Problem // why there is no panel; Panel is then the one before
	Stale    bool             // a newer one is on its way
}

// lacking returns what to ask for, and the panels that the page has of it.
func (s *Session) lacking(want []figure.Want) ([]figure.Want, map[string]*figure.Panel) {
	out := slices.Clone(want)
	had := map[string]*figure.Panel{}
	for i, w := range out {
		if p := s.panels[w.View]; p != nil {
			had[w.View] = &p.Panel
			out[i].Has = p.Panel.Sums()
		}
	}
	return out, had
}

// setTable shows the table of a view, or no more.
func (s *Session) setTable(view string, open bool) {
	if s.tables == nil {
		s.tables = map[string]bool{}
	}
	s.tables[view] = open
	s.refresh()
}

// shut marks those of the wanted panels whose table is not shown. Those that are
// nothing else always show it.
func (s *Session) shut(wants []figure.Want) []figure.Want {
	for i, w := range wants {
		wants[i].Shut = !s.tables[w.View] && w.View != "parity" && w.View != "brush"
	}
	return wants
}

// keep holds on to a panel, or to why there is none beside the one before.
func (s *Session) keep(a worker.Answer) {
	if s.panels == nil {
		s.panels = map[string]*Shown{}
	}
	next := &Shown{Problems: a.Problems}
	if old := s.panels[a.View]; old != nil {
		next.Panel = old.Panel
	}
	if a.Panel != nil {
		next.Panel = filled(a, s.had[a.View])
	}
	s.panels[a.View] = next
}

// filled is the panel of an answer, with what the page had when it asked.
func filled(a worker.Answer, had *figure.Panel) figure.Panel {
	p := *a.Panel
	if d := a.Panel.Drawing; d != nil {
		pictured := *d
		pictured.SVG = a.SVG
		p.Drawing = &pictured
	}
	if !p.Complete(had) {
		panic("ui: a panel lacks what it was asked to bring")
	}
	return p
}

// completed is a status as it came, with the setting that the page had when it
// asked.
func completed(x, had figure.Status) figure.Status {
	if x.Sum != "" && !x.Complete(&had) {
		panic("ui: a status lacks what it was asked to bring")
	}
	return x
}
