package ui

import (
	"bytes"
	"slices"
	"time"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
)

// patience is how long a question may be in the air before a newer one stops
// it instead of waiting for it. Waiting keeps a drag alive: every step would
// otherwise stop the picture that was on its way.
const patience = 400 * time.Millisecond

// Session shows one spec: it asks the worker, keeps the last panels and the
// status, and holds the undo list. Its methods are what a person can do.
type Session struct {
	Ask     func(worker.Question)
	Want    func() []figure.Want // the panels to ask for now
	Settled func()               // called when nothing is in the air any more
	Still   func() bool          // the person wants no motion; nil means motion is fine
	Menu    *Menu
	Files   *files // what the person opened; nil where nothing can be

	brush    Brush
	told     string // the brushed rows that were last spoken of
	history  history
	panels   map[string]*Shown // by view name
	tables   map[string]bool   // views whose table is shown
	tools    curveTools        // of the curve shown
	status   figure.Status
	known    bool       // status has come
	saved    *spec.Spec // what the panels show exactly although the worker was not asked; nil for nothing
	problems []worker.Problem
	progress Progress
	stopped  bool // the person stopped the last question; what is shown is old

	id        int           // of the last question
	flight    int           // id of the Show in the air; 0 for none
	flown     time.Duration // when, by the clock
	sent      string        // its spec
	flying    []figure.Want
	had       map[string]*figure.Panel // by view name: what the flight need not bring again
	stood     figure.Status            // the same of the status
	late      bool                     // ask again when the flight ends
	cancelled bool                     // the flight was told to end
	slow      bool                     // the flight of a gesture takes long
	pausing   bool
	ahead     ahead
	watch     int  // ms that the training asked for should last; 0 means no matter
	ready     bool // the worker takes questions
	quiet     bool // the last change moved the row and no more
	crashed   string
	clock     func() time.Duration // since some moment; nil means since the program's start
}

// Progress is how far the question in the air has come.
type Progress struct {
	Stage    string // as in worker.Answer; "" means nothing was reported
	Done, Of int
}

// began is when the program started. Times are kept as what has passed since:
// a time.Time in a component would bring along all that writes and reads dates.
var began = time.Now()

func (s *Session) time() time.Duration {
	if s.clock != nil {
		return s.clock()
	}
	return time.Since(began)
}

// Spec returns the present spec, not to be changed, or nil before the first.
func (s *Session) Spec() *spec.Spec { return s.history.now }

// Load shows a spec with an empty undo list.
func (s *Session) Load(sp *spec.Spec) {
	old := s.history.now
	s.history.start(sp)
	if old == nil || old.Data.Name != sp.Data.Name {
		s.panels, s.known, s.status = nil, false, figure.Status{}
	}
	s.ahead = ahead{guesses: s.ahead.guesses}
	s.problems, s.stopped = nil, false
	s.refresh()
}

// change edits a copy of the spec. Edits under one key that follow each other
// closely join in one undo entry.
func (s *Session) change(key string, edit func(*spec.Spec)) {
	if s.history.now == nil {
		return
	}
	next := spec.Clone(s.history.now)
	edit(next)
	s.replace(key, next, false)
}

// drag is change for one step of a gesture that Drop ends: all its steps join.
func (s *Session) drag(key string, edit func(*spec.Spec)) {
	if s.history.now == nil {
		return
	}
	next := spec.Clone(s.history.now)
	edit(next)
	s.replace(key, next, true)
}

// replace makes next the present spec; open says that a gesture goes on.
func (s *Session) replace(key string, next *spec.Spec, open bool) {
	s.history.edit(next, key, s.time())
	s.history.open = open
	s.stopped = false
	s.refresh()
}

// Drop ends a gesture.
func (s *Session) Drop() {
	s.tools.lifting = false
	if !s.history.open {
		return
	}
	s.history.open, s.history.at = false, s.time()
	if s.history.now.Explain.Counterfactual != nil {
		s.refresh()
	} else if s.flight == 0 && s.Settled != nil {
		s.Settled()
	}
}

// Undo goes back one edit.
func (s *Session) Undo() {
	if s.history.undo() {
		s.stopped = false
		s.refresh()
	}
}

// Redo takes an undone edit back.
func (s *Session) Redo() {
	if s.history.redo() {
		s.stopped = false
		s.refresh()
	}
}

// CanUndo reports whether there is anything to undo.
func (s *Session) CanUndo() bool { return len(s.history.past) > 0 }

// CanRedo reports whether there is anything to redo.
func (s *Session) CanRedo() bool { return len(s.history.future) > 0 }

// Ready says that the worker takes questions, for the first time or again.
func (s *Session) Ready() {
	s.ready, s.crashed, s.flight, s.ahead = true, "", 0, ahead{}
	s.refresh()
}

// Crash says that the worker is gone. Everything shown stays.
func (s *Session) Crash(message string) {
	s.ready, s.crashed, s.flight, s.pausing = false, message, 0, false
	s.progress, s.ahead = Progress{}, ahead{}
}

// refresh brings a question about the present spec on its way, unless its
// answer is here already.
func (s *Session) refresh() {
	if s.history.now == nil || !s.ready || s.recall() {
		return
	}
	if s.flight == 0 {
		s.send()
		return
	}
	s.late = true
	if s.foresee(); s.recall() {
		return
	}
	slow := s.progress.Stage == "training" || s.progress.Stage == "searching" || s.time()-s.flown > patience
	if slow && !s.cancelled {
		s.cancelled = true
		s.Ask(worker.Question{ID: s.flight, Op: worker.Cancel})
	}
}

// asked is the spec to compute: the present one, without the search for
// counterfactuals while a gesture goes on, so that dragging stays quick.
func (s *Session) asked() *spec.Spec {
	if !s.history.open || s.history.now.Explain.Counterfactual == nil {
		return s.history.now
	}
	quick := spec.Clone(s.history.now)
	quick.Explain.Counterfactual = nil
	return quick
}

func (s *Session) send() {
	doc, err := spec.Encode(s.asked())
	if err != nil {
		s.problems = []worker.Problem{{Code: spec.CodeRange, What: "a value is not a finite number", Why: err.Error(), Fix: "undo the last change"}}
		return
	}
	s.id++
	s.ahead.give(s.Spec().Explain.Edit)
	s.sent = string(doc)
	s.flight, s.flown, s.late, s.cancelled, s.progress = s.id, s.time(), false, false, Progress{}
	s.flying = s.Want()
	s.slow = false
	if !s.history.open && s.saved != s.history.now {
		s.dim()
	}
	var lacking []figure.Want
	lacking, s.had = s.lacking(s.flying)
	s.stood = s.status
	s.Ask(worker.Question{ID: s.id, Op: worker.Show, Spec: doc, Want: lacking, Has: s.status.Sum, Watch: s.watch})
}

// dim marks the panels of which newer ones are on their way. While a gesture
// goes on that waits until the answer is late: at each step it would only make
// the page change twice.
func (s *Session) dim() {
	for _, p := range s.panels {
		p.Stale = true
	}
}

// laboring reports whether an answer is awaited and a person should know.
func (s *Session) laboring() bool { return s.Busy() && (s.slow || !s.history.open) }

// Receive takes an answer from the worker and reports whether anything to be
// seen may have changed. Answers to older questions are dropped.
func (s *Session) Receive(a worker.Answer) bool {
	if ours, shown := s.foreseen(a); ours {
		return shown
	}
	if s.flight == 0 || a.ID != s.flight {
		return false
	}
	switch a.Kind {
	case worker.Progress:
		s.progress = Progress{a.Stage, a.Done, a.Of}
		if !s.slow && s.history.open && s.time()-s.flown > patience {
			s.slow = true
			s.dim()
		}
	case worker.PanelKind:
		s.keep(a)
	case worker.Done:
		s.done(a)
	case worker.Failed:
		s.problems = a.Problems
		s.land()
	case worker.Cancelled:
		s.land()
	}
	return true
}

func (s *Session) done(a worker.Answer) {
	s.problems, s.stopped, s.watch, s.saved = nil, false, 0, nil
	if a.Status != nil {
		s.status, s.known = completed(*a.Status, s.stood), true
	}
	for _, w := range s.flying {
		if p := s.panels[w.View]; p != nil {
			p.Stale = false
		}
	}
	s.remember()
	if s.pausing && !s.status.Trained {
		steps := s.status.Steps
		next := spec.Clone(s.history.now)
		next.Model.Stop = &steps
		s.history.edit(next, "", s.time())
	}
	s.land()
}

// land ends the flight and starts the next one where there is a reason to.
func (s *Session) land() {
	asked := s.flying
	s.flight, s.pausing, s.progress = 0, false, Progress{}
	if s.late && s.recall() {
		return
	}
	switch {
	case s.late:
		s.send()
	case len(s.problems) == 0 && !s.stopped && !slices.Equal(asked, s.Want()):
		s.send()
	case s.Settled != nil:
		s.Settled()
	}
	s.foresee()
}

// Busy reports whether an answer is awaited.
func (s *Session) Busy() bool { return s.flight != 0 }

// Stop drops what is being computed.
func (s *Session) Stop() {
	if s.flight == 0 {
		return
	}
	s.late, s.stopped = false, true
	s.Ask(worker.Question{ID: s.flight, Op: worker.Cancel})
}

// Resume computes again what Stop dropped.
func (s *Session) Resume() {
	s.stopped = false
	s.refresh()
}

// Panel returns the last panel of a view, or nil.
func (s *Session) Panel(view string) *Shown { return s.panels[view] }

// Status returns what the worker last said about the whole figure.
func (s *Session) Status() figure.Status { return s.status }

// Visit shows a spec that came from outside, such as the back button: one step
// back or forth in the undo list where it is there, else a new edit.
func (s *Session) Visit(sp *spec.Spec) {
	if same(sp, last(s.history.past)) {
		s.Undo()
		return
	}
	if same(sp, last(s.history.future)) {
		s.Redo()
		return
	}
	s.change("", func(now *spec.Spec) { *now = *sp })
}

func last(list []*spec.Spec) *spec.Spec {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

func same(a, b *spec.Spec) bool {
	if a == nil || b == nil {
		return false
	}
	x, err := spec.Encode(a)
	y, err2 := spec.Encode(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}
