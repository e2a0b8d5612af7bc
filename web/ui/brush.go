package ui

import (
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/spec"
)

// Brush is the rows that a person marks in one picture of rows and that all of
// them show. The spec holds them once the gesture is over; until then nothing is
// asked of the engine.
type Brush struct {
	Text    string                 // the brushed rows of the spec
	Present int                    // the row asked about
	Write   func(text, key string) // makes the spec hold others; edits under one key may join

	kept string
	rows []bool   // what is brushed, by row; those of kept unless a gesture goes on
	plot *Plot    // where one goes on, nil for none
	box  draw.Box // what it covers
	step int      // rises with each change of rows
}

// set makes rows the brushed ones.
func (b *Brush) set(rows []bool) {
	b.rows = rows
	b.step++
}

// follow takes over what the spec holds.
func (b *Brush) follow(text string, present int) {
	b.Text, b.Present = text, present
	if b.plot == nil && b.kept != text {
		b.read()
	}
}

func (b *Brush) read() {
	b.kept = b.Text
	rows, _ := spec.BrushRows(b.Text) // the engine says what is wrong with it
	b.set(rows)
}

// shown reports whether rows are told apart, if only because a gesture that
// goes on has found none yet.
func (b *Brush) shown() bool { return b.plot != nil || len(b.rows) > 0 }

// keep ends a gesture: the spec holds its rows. Too many and too scattered ones
// are dropped.
func (b *Brush) keep(key string) bool {
	text := spec.BrushText(b.rows)
	if len(text) > spec.MaxBrush {
		b.cancel()
		return false
	}
	b.plot, b.kept = nil, text
	b.Write(text, key)
	return true
}

// cancel drops a gesture.
func (b *Brush) cancel() {
	b.plot = nil
	b.read()
}

// Clear drops a gesture, or else the brushed rows.
func (b *Brush) Clear() {
	if b.plot == nil {
		b.Write("", "")
	} else {
		b.cancel()
	}
}

// brushOf returns the brush for a view whose marks are rows, and for the panel
// that speaks of it; nil for others.
func (s *Session) brushOf(view string) *Brush {
	if view != "brush" && !rowMarks(view) {
		return nil
	}
	s.brush.Write = s.SetBrush
	s.brush.follow(s.Spec().View.Brush, s.status.Row)
	return &s.brush
}

// SetBrush brushes rows, listed as a spec lists them.
func (s *Session) SetBrush(text, key string) {
	if text != s.Spec().View.Brush {
		s.change(key, func(sp *spec.Spec) { sp.View.Brush = text })
	}
}

// brushSays is what there is to say aloud of a brush that is new, or "".
func (s *Session) brushSays() string {
	text := s.Spec().View.Brush
	p := s.panels["brush"]
	if text == s.told || text != "" && (p == nil || len(p.Problems) > 0) {
		return ""
	}
	s.told = text
	if text == "" {
		return ""
	}
	return p.Head.Summary
}
