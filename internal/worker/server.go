package worker

import (
	"errors"
	"sync"
	"time"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/pool"
	"github.com/whybox/whybox/internal/spec"
)

const (
	restEvery = 12 * time.Millisecond  // of computing before messages may come in
	lookEvery = 120 * time.Millisecond // between looks at a model in training
)

// Server answers questions in the order they come, the newest only: a Show
// that arrives while another is computed ends it.
type Server struct {
	send  func(Answer)
	yield func()

	mu      sync.Mutex
	waiting *Question     // the next Show
	files   []Question    // to be opened before it
	ahead   []Question    // to be answered after it
	stopped bool          // drop what is being computed
	paused  bool          // end training where it stands
	wake    chan struct{} // holds a token while there is something to do

	builder *figure.Builder
	words   spec.Vocabulary
	rested  time.Time
	looked  time.Time
}

// NewServer returns a server that sends answers through send and lets messages
// come in by calling yield, which may block for a moment.
func NewServer(send func(Answer), yield func()) *Server {
	s := &Server{send: send, yield: yield, wake: make(chan struct{}, 1), builder: figure.NewBuilder(), words: catalog.Vocabulary()}
	s.words.Own = s.builder.Own
	return s
}

// Use lets the helpers of a pool compute parts of explanations.
func (s *Server) Use(p *pool.Pool) { s.builder.Share = p.Share }

// Open lets files be opened, onto that shelf.
func (s *Server) Open(files figure.Files) { s.builder.Files = files }

// Receive takes a question. It never blocks.
func (s *Server) Receive(q Question) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch q.Op {
	case Show:
		if s.waiting != nil {
			s.send(Answer{ID: s.waiting.ID, Kind: Cancelled})
		}
		s.waiting, s.ahead, s.stopped, s.paused = &q, nil, true, false
	case Ahead:
		s.ahead = append(s.ahead, q)
	case Cancel:
		s.stopped = true
		for _, q := range s.ahead {
			s.send(Answer{ID: q.ID, Kind: Cancelled})
		}
		s.ahead = nil
		if s.waiting != nil {
			s.send(Answer{ID: s.waiting.ID, Kind: Cancelled})
			s.waiting = nil
		}
	case Pause:
		s.paused = true
	case Open:
		s.files = append(s.files, q)
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run answers for ever.
func (s *Server) Run() {
	for range s.wake {
		for {
			q := s.next()
			if q == nil && s.idle() {
				s.yield() // what matters may have come
				if q = s.next(); q == nil {
					q = s.foresee()
				}
			}
			if q == nil {
				break
			}
			if q.Op == Open {
				s.open(*q)
			} else {
				s.answer(*q)
			}
		}
	}
}

func (s *Server) next() *Question {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.files) > 0 {
		q := s.files[0]
		s.files = s.files[1:]
		return &q
	}
	q := s.waiting
	s.waiting = nil
	if q != nil {
		s.stopped = false
	}
	return q
}

// idle reports whether there is time to look ahead, and anything to look for.
func (s *Server) idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ahead) > 0
}

// foresee returns a question that may come, or nil.
func (s *Server) foresee() *Question {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ahead) == 0 {
		return nil
	}
	q := s.ahead[0]
	s.ahead, s.stopped = s.ahead[1:], false
	return &q
}

// open reads a file and says what it is.
func (s *Server) open(q Question) {
	a := Answer{ID: q.ID, Kind: FileKind}
	opened, err := s.builder.Open(q.Title, q.File)
	if err != nil {
		a.Problems = Problems(err)
	}
	a.Opened = opened
	s.send(a)
}

// answer computes one Show and ends it with exactly one Done, Cancelled or
// Failed.
func (s *Server) answer(q Question) {
	s.rested, s.looked = time.Now(), time.Now()
	parsed, err := spec.Parse(q.Spec, s.words)
	if err != nil {
		s.fail(q.ID, err)
		return
	}
	pace := s.pace(q)
	f, err := s.builder.Build(parsed, pace)
	if err != nil {
		s.fail(q.ID, err)
		return
	}
	for slot, w := range q.Want {
		p, err := f.Panel(w)
		if err != nil && figure.IsStopped(err) {
			s.fail(q.ID, err)
			return
		}
		s.panel(q.ID, slot, w.View, p, err)
		if err := pace("drawing", slot+1, len(q.Want)); err != nil {
			s.fail(q.ID, err)
			return
		}
	}
	status, err := f.Status()
	if err != nil {
		s.fail(q.ID, err)
		return
	}
	status = status.Without(q.Has)
	s.send(Answer{ID: q.ID, Kind: Done, Status: &status})
}

// panel sends one picture, or says why there is none.
func (s *Server) panel(id, slot int, view string, p *figure.Panel, err error) {
	if err != nil {
		s.send(Answer{ID: id, Kind: PanelKind, Slot: slot, View: view, Problems: Problems(err)})
		return
	}
	a := Answer{ID: id, Kind: PanelKind, Slot: slot, View: view, Panel: p}
	if p.Drawing != nil {
		a.SVG = p.Drawing.SVG
	}
	s.send(a)
}

// pace lets messages in now and then, reports progress, shows the model as it
// learns, and ends what is no longer wanted.
func (s *Server) pace(q Question) figure.Pace {
	slow := watched{q: q}
	return func(stage string, done, of int) error {
		for {
			wait := stage == "training" && slow.early(done, of)
			if wait {
				time.Sleep(restEvery)
			}
			if wait || time.Since(s.rested) > restEvery {
				s.rest(q, stage, done, of)
			}
			if err := s.ended(q, stage); err != nil || !wait {
				return err
			}
		}
	}
}

// rest tells how far the question is and lets messages in.
func (s *Server) rest(q Question, stage string, done, of int) {
	s.send(Answer{ID: q.ID, Kind: Progress, Stage: stage, Done: done, Of: of})
	if stage == "training" && time.Since(s.looked) > lookEvery {
		s.look(q)
		s.looked = time.Now()
	}
	s.yield()
	s.rested = time.Now()
}

// ended says why a stage should go no further, or nil.
func (s *Server) ended(q Question, stage string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.stopped:
		return &figure.Stopped{}
	case s.paused && stage == "training":
		s.paused = false
		s.send(Answer{ID: q.ID, Kind: Progress, Stage: "explaining", Of: 1}) // at once: what follows may take a moment
		return figure.ErrPause
	}
	return nil
}

// watched slows training down to what a question asked for.
type watched struct {
	q     Question
	began time.Time
	first int // steps done when training began
}

// early reports whether step done comes before its time.
func (w *watched) early(done, of int) bool {
	if w.q.Watch <= 0 {
		return false
	}
	if w.began.IsZero() {
		w.began, w.first = time.Now(), done
	}
	due := float64(time.Since(w.began)) / float64(time.Duration(w.q.Watch)*time.Millisecond)
	return float64(done-w.first) > due*float64(of-w.first)
}

// look shows the model in training: its loss curve and its surface. A picture
// that is no longer wanted is given up: a large network takes long over one.
func (s *Server) look(q Question) {
	f := s.builder.Partial()
	if f == nil {
		return
	}
	for slot, w := range q.Want {
		if w.View != "loss" && w.View != "surface" {
			continue
		}
		if p, err := f.Look(w, s.glance); err == nil {
			s.panel(q.ID, slot, w.View, p, nil)
		}
	}
}

// glance is the pace of a look.
func (s *Server) glance(string, int, int) error {
	if time.Since(s.rested) > restEvery {
		s.yield()
		s.rested = time.Now()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped || s.paused {
		return &figure.Stopped{}
	}
	return nil
}

func (s *Server) fail(id int, err error) {
	if figure.IsStopped(err) {
		s.send(Answer{ID: id, Kind: Cancelled})
		return
	}
	s.send(Answer{ID: id, Kind: Failed, Problems: Problems(err)})
}

// Problems turns an error into what a person can act on.
func Problems(err error) []Problem {
	var many spec.Errors
	var one *spec.Error
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = spec.Errors{one}
	default:
		return []Problem{{Code: "E-BUG", What: err.Error(), Fix: "your figure is kept: change a setting and go on"}}
	}
	out := make([]Problem, len(many))
	for i, e := range many {
		out[i] = Problem{Code: e.Code, Path: e.Path, What: e.What, Why: e.Why, Fix: e.Fix, Rewind: e.Code == "E-TRAIN-DIVERGED"}
	}
	return out
}
