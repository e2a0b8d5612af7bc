package ui

import (
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
)

// Training reports whether the worker is training right now.
func (s *Session) Training() bool { return s.flight != 0 && s.progress.Stage == "training" }

// Steps returns how many training steps are done, how many there are, and how
// many make an epoch.
func (s *Session) Steps() (done, total, perPoint int) {
	done, total = s.status.Steps, s.status.Total
	if s.Training() {
		done, total = s.progress.Done, s.progress.Of
	}
	return done, total, max(1, s.status.PerPoint)
}

// watchable is how long a played training lasts, in ms: long enough to follow
// and to press pause.
const watchable = 5000

// Play trains to the end, slowly enough to watch unless the person wants no
// motion.
func (s *Session) Play() {
	if s.Still == nil || !s.Still() {
		s.watch = watchable
	}
	s.change("", func(sp *spec.Spec) { sp.Model.Stop = nil })
}

// Pause ends training where it stands; the answer says where that is.
func (s *Session) Pause() {
	if !s.Training() || s.pausing {
		return
	}
	s.pausing = true
	s.Ask(worker.Question{ID: s.flight, Op: worker.Pause})
}

// StepOnce trains one epoch more.
func (s *Session) StepOnce() {
	done, total, perPoint := s.Steps()
	next := done - done%perPoint + perPoint
	s.change("", func(sp *spec.Spec) {
		sp.Model.Stop = &next
		if next >= total {
			sp.Model.Stop = nil
		}
	})
}

// Rewind goes back to the untrained model. The same numbers come again.
func (s *Session) Rewind() {
	zero := 0
	s.change("", func(sp *spec.Spec) { sp.Model.Stop = &zero })
}
