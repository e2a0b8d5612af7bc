// Package still renders the gallery when the page is built, so that a reader
// sees the first explanation before the program is loaded. The numbers are
// those that the program will find: one result everywhere.
package still

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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
	pale, parts := s.withoutPictures()
	bare, err := json.Marshal(pale)
	if err != nil {
		return "", "", err
	}
	if !app.Hydrate(string(bare)) {
		return "", "", errors.New("the gallery does not take its own answers")
	}
	env, err := vugu.NewBuildEnv()
	if err != nil {
		return "", "", err
	}
	var b strings.Builder
	if err := staticrender.New(&b).Render(env.RunBuild(app)); err != nil {
		return "", "", err
	}
	html = strings.ReplaceAll(b.String(), ` style="`, ` data-style="`)
	return strings.NewReplacer(parts...).Replace(html), string(text), nil
}

// opening is the gallery's first question, answered.
type opening ui.Saved

// withoutPictures returns a copy whose pictures have a word in the place of each
// part, and the words with what they stand for: vugu's renderer would read SVG
// as HTML.
func (s opening) withoutPictures() (ui.Saved, []string) {
	var words []string
	out := ui.Saved(s)
	out.Panels = slices.Clone(s.Panels)
	for i := range out.Panels {
		p := &out.Panels[i]
		if p.Panel.Drawing == nil {
			continue
		}
		panel, d := *p.Panel, *p.Panel.Drawing
		d.Parts = slices.Clone(d.Parts)
		whole := p.SVG
		p.SVG = ""
		for k := range d.Parts {
			part := &d.Parts[k]
			word := fmt.Sprintf("[part %d of picture %d]", k, i)
			words = append(words, word, whole[part.At:part.At+part.Size])
			part.At, part.Size = len(p.SVG), len(word)
			p.SVG += word
		}
		panel.Drawing = &d
		p.Panel = &panel
	}
	return out, words
}

// wide is a window in which the gallery has two columns, and a reader without
// special wishes.
func wide(query string) bool {
	return strings.HasPrefix(query, "(min-width:") && query != "(min-width: 1500px)"
}

// answers computes what an engine would answer to the gallery's first question.
func answers(q worker.Question) (opening, error) {
	out := opening{Question: q}
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
