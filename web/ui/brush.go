package ui

import (
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/spec"
)

// Brush is the rows that a person marks in one picture of rows and that all of
// them show. The spec holds them once the gesture is over; until then nothing is
// asked of the engine.
type Brush struct {
	Text    func() string          // the brushed rows of the spec
	Write   func(text, key string) // makes the spec hold others; edits under one key may join
	Present func() int             // the row asked about

	kept rowSet  // of the spec, as last read
	live *rowSet // of the gesture that goes on; nil for none
	plot *Plot   // where it goes on
	box  draw.Box
}

// rowSet is some rows of the table.
type rowSet struct {
	text string // as a spec has them
	in   []bool // by row
	n    int    // how many
}

func newRowSet(text string) rowSet {
	r := rowSet{text: text}
	spans, _ := spec.BrushSpans(text) // a spec with an error in it is not shown
	if n := len(spans); n > 0 {
		r.in = make([]bool, spans[n-1].To+1)
	}
	for _, s := range spans {
		for row := s.From; row <= s.To; row++ {
			r.in[row] = true
		}
		r.n += s.To - s.From + 1
	}
	return r
}

func (r *rowSet) has(row int) bool { return row >= 0 && row < len(r.in) && r.in[row] }

// rows are the brushed rows, nil where there is no brush.
func (b *Brush) rows() *rowSet {
	if b.live != nil {
		return b.live
	}
	if text := b.Text(); text != b.kept.text {
		b.kept = newRowSet(text)
	}
	if b.kept.text == "" {
		return nil
	}
	return &b.kept
}

// Mark shows rows while a gesture over a plot goes on; box is what it covers.
func (b *Brush) Mark(plot *Plot, box draw.Box, rows []int) {
	b.plot, b.box = plot, box
	text := spec.BrushText(rows)
	if b.live == nil || b.live.text != text {
		live := newRowSet(text)
		b.live = &live
	}
}

// Keep ends the gesture: the spec holds its rows. It reports whether they are
// few enough for that.
func (b *Brush) Keep(key string) bool {
	if b.live == nil {
		return true
	}
	text := b.live.text
	b.Cancel()
	if len(text) > spec.MaxBrush {
		return false
	}
	b.Write(text, key)
	return true
}

// Cancel drops the gesture.
func (b *Brush) Cancel() { b.live, b.plot = nil, nil }

// Clear drops the gesture, or else the rows.
func (b *Brush) Clear() {
	if b.live == nil {
		b.Write("", "")
	}
	b.Cancel()
}

// Brush returns what the pictures of rows share.
func (s *Session) Brush() *Brush {
	if s.brush.Text == nil {
		s.brush.Text = func() string { return s.Spec().View.Brush }
		s.brush.Write = s.SetBrush
		s.brush.Present = func() int { return s.status.Row }
	}
	return &s.brush
}

// SetBrush brushes rows, listed as a spec lists them.
func (s *Session) SetBrush(text, key string) {
	if s.Spec() == nil || text == s.Spec().View.Brush {
		return
	}
	s.told = "" // of interest again
	s.change(key, func(sp *spec.Spec) { sp.View.Brush = text })
}

// brushOf returns the brush for a view whose marks are rows, and for the panel
// that speaks of it; nil for others.
func (s *Session) brushOf(view string) *Brush {
	if view == "brush" || rowMarks(view) {
		return s.Brush()
	}
	return nil
}

// brushSays is what there is to say aloud of a brush that is new, or "".
func (s *Session) brushSays() string {
	text := s.Spec().View.Brush
	if text == s.told {
		return ""
	}
	if p := s.panels["brush"]; text != "" && p != nil && !p.Stale && len(p.Problems) == 0 {
		s.told = text
		return p.Head.Summary
	}
	return ""
}
