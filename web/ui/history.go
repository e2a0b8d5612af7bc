package ui

import (
	"time"

	"github.com/whybox/whybox/internal/spec"
)

// together is how soon a second edit of the same thing joins the first in one
// undo entry: key presses on a slider, say.
const together = time.Second

// mostUndo bounds the undo list.
const mostUndo = 200

// history is the present spec and the ones before and after it, one an edit.
// The steps of one gesture, such as a drag, are one edit.
type history struct {
	now          *spec.Spec
	past, future []*spec.Spec
	key          string        // what the last edit changed; "" never joins
	open         bool          // the gesture of the last edit goes on
	at           time.Duration // of the last edit, by the session's clock
}

// start forgets everything and holds s.
func (h *history) start(s *spec.Spec) { *h = history{now: s} }

// edit makes s the present. Under the key of an open or recent edit it joins
// that edit, else the old present can be undone to.
func (h *history) edit(s *spec.Spec, key string, at time.Duration) {
	joins := key != "" && key == h.key && (h.open || at-h.at < together)
	if !joins {
		h.past = append(h.past, h.now)
		if len(h.past) > mostUndo {
			h.past = h.past[1:]
		}
	}
	h.now, h.future, h.key, h.at = s, nil, key, at
}

// undo steps back and reports whether there was anything to undo.
func (h *history) undo() bool {
	n := len(h.past)
	if n == 0 {
		return false
	}
	h.future = append(h.future, h.now)
	h.now, h.past = h.past[n-1], h.past[:n-1]
	h.key, h.open = "", false
	return true
}

// redo steps forward again.
func (h *history) redo() bool {
	n := len(h.future)
	if n == 0 {
		return false
	}
	h.past = append(h.past, h.now)
	h.now, h.future = h.future[n-1], h.future[:n-1]
	h.key, h.open = "", false
	return true
}
