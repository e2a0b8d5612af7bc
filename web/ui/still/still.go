// Package still renders the gallery when the page is built, so that a reader
// sees the first explanation before the program is loaded. The numbers are
// those that the program will find: one result everywhere.
package still

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/staticrender"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
	"github.com/whybox/whybox/web/ui"
)

// Gallery returns the gallery with its living example explained, as HTML
// without inline styles (data-style stands for style), and the same for
// ui.App.Hydrate.
func Gallery() (html, saved string, err error) {
	app := &ui.App{Restart: func() {}, Copy: func(string) {}, SetHash: func(string, bool) {}, Media: wide}
	app.Ask = func(worker.Question) {}
	app.Start("")
	s, err := answers(app.Opening())
	if err != nil {
		return "", "", fmt.Errorf("explain the living example: %w", err)
	}
	text, err := json.Marshal(s)
	if err != nil {
		return "", "", err
	}
	if !app.Hydrate(string(text)) {
		return "", "", fmt.Errorf("the gallery does not take its own answers")
	}
	env, err := vugu.NewBuildEnv()
	if err != nil {
		return "", "", err
	}
	var b strings.Builder
	if err := staticrender.New(&b).Render(env.RunBuild(app)); err != nil {
		return "", "", err
	}
	return strings.ReplaceAll(b.String(), ` style="`, ` data-style="`), string(text), nil
}

// wide is a window in which the gallery has two columns, and a reader without
// special wishes.
func wide(query string) bool {
	return strings.HasPrefix(query, "(min-width:") && query != "(min-width: 1500px)"
}

// answers computes what an engine would answer to the gallery's first question.
func answers(q worker.Question) (ui.Saved, error) {
	out := ui.Saved{Question: q}
	s, err := spec.Parse(q.Spec, catalog.Vocabulary())
	if err != nil {
		return out, err
	}
	f, err := figure.NewBuilder().Build(s, nil)
	if err != nil {
		return out, err
	}
	for _, w := range q.Want {
		p, err := f.Panel(w)
		if err != nil {
			return out, err
		}
		a := ui.SavedPanel{View: w.View, Panel: p}
		if p.Drawing != nil {
			a.SVG = p.Drawing.SVG
		}
		out.Panels = append(out.Panels, a)
	}
	out.Status, err = f.Status()
	return out, err
}
