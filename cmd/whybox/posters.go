package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/web/ui/still"
)

// posterSize is that of a card in the gallery.
var posterSize = draw.Size{Width: 320, Height: 220}

// posters draws every example into the folder gallery of the page: what a card
// shows before anything is computed.
func posters(dir string) error {
	dir = filepath.Join(dir, "gallery")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for _, e := range examples.All() {
		picture, err := poster(e)
		if err != nil {
			return fmt.Errorf("the picture of the example %q: %w", e.Name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name+".svg"), picture, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// first puts the gallery, explained, into the page in the place of two comments.
func first(dir string) error {
	path := filepath.Join(dir, "index.html")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	html, saved, err := still.Gallery()
	if err != nil {
		return fmt.Errorf("the gallery: %w", err)
	}
	page := string(text)
	for _, part := range []struct{ mark, put string }{
		{"<!-- first -->", `<template id="first">` + html + `</template>`},
		{"<!-- first data -->", `<script type="application/json" id="first-data">` + saved + `</script>`},
	} {
		before, after, found := strings.Cut(page, part.mark)
		if !found {
			return fmt.Errorf("index.html has no %s", part.mark)
		}
		page = before + part.put + after
	}
	return os.WriteFile(path, []byte(page), 0o644)
}

// prepared makes what is computed once, when the page is built.
func prepared(dir string) error {
	if err := posters(dir); err != nil {
		return err
	}
	return first(dir)
}

func poster(e examples.Example) ([]byte, error) {
	s, err := spec.Parse(e.Spec, catalog.Vocabulary())
	if err != nil {
		return nil, err
	}
	f, err := figure.NewBuilder().Build(s, nil)
	if err != nil {
		return nil, err
	}
	v, err := f.View(figure.Want{View: s.View.Name, Size: posterSize, Bars: 5})
	if err != nil {
		return nil, err
	}
	return draw.Poster(v, posterSize)
}
