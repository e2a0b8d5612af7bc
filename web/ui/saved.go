package ui

import (
	"encoding/json"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
)

// Saved is the gallery's first question with its answers, as they were
// computed when the page was built.
type Saved struct {
	Question worker.Question `json:"question"`
	Panels   []SavedPanel    `json:"panels"`
	Status   figure.Status   `json:"status"`
}

// SavedPanel is a panel with its picture.
type SavedPanel struct {
	View  string        `json:"view"`
	Panel *figure.Panel `json:"panel"`
	SVG   string        `json:"svg,omitempty"`
}

// Opening is what the gallery asks first.
func (a *App) Opening() worker.Question {
	doc, err := spec.Encode(a.session.Spec())
	if err != nil {
		panic("ui: the first example cannot be written")
	}
	return worker.Question{Op: worker.Show, Spec: doc, Want: a.want()}
}

// Hydrate shows in the gallery what was saved of it, JSON of a Saved, until the
// worker answers. It reports whether it did: not where another figure is shown
// or the worker was asked already. Call it after Start.
func (a *App) Hydrate(saved string) bool {
	s := a.session
	var x Saved
	if a.page != homePage || s.id > 0 || s.known || json.Unmarshal([]byte(saved), &x) != nil {
		return false
	}
	if sp, err := spec.Parse(x.Question.Spec, a.menu.Vocabulary); err != nil || !same(sp, s.Spec()) {
		return false
	}
	s.flying = x.Question.Want
	for _, p := range x.Panels {
		s.keep(worker.Answer{View: p.View, Panel: p.Panel, SVG: p.SVG})
	}
	s.status, s.known, s.saved = x.Status, true, s.Spec()
	return true
}
