// Package pool shares the parts of explanations out among other instances of
// this program. It knows neither what they compute nor how messages travel.
package pool

import (
	"slices"
	"sync"
	"time"

	"github.com/whybox/whybox/internal/explain"
)

const (
	shareFrom = 10 * time.Millisecond   // of work ahead, below which sharing costs more than it saves
	openFrom  = 25 * time.Millisecond   // of work ahead, for which helpers are started
	grain     = 1 * time.Millisecond    // of work that a helper gets at a time
	listen    = 1500 * time.Microsecond // of computing before helpers are heard
	openings  = 3                       // times that helpers are started, the first included
	arrival   = 5 * time.Second         // until helpers that were asked for and did not come are given up
	ahead     = 2                       // portions that a helper has at a time, so that it never waits
	patience  = 10 * time.Millisecond   // with parts that are late, beside four times what they should take
)

// Pool shares the parts of explanations out among helpers: other instances of
// this program that do the same task on the same model. Which of them computes
// a part changes nothing, since a part's numbers depend on the part alone. A
// helper that is lost, refuses or is late costs time and nothing else: its parts
// are computed here.
type Pool struct {
	open func() // asks for the helpers to be started; they come by Join
	rest func() // lets messages in

	aside    bool // compute nothing here that a helper could
	patience time.Duration
	now      func() time.Time // by which parts are timed

	mu      sync.Mutex
	helpers []*helper // those there are; replaced, never changed in place
	opened  int
	asked   time.Time // when helpers were last asked for
	inbox   []mail
	bell    chan struct{} // holds a token while there is mail

	jobs uint32
	took map[string]time.Duration // what a part of a task took last time
}

// Job is what helpers need to compute parts of a task.
type Job struct {
	Text  []byte    // what to do, as a Help reads it
	Model string    // names the model with its weights; not empty
	State []float32 // the weights, or whatever else is large; sent to a helper once for each Model
}

// helper is the engine's view of one.
type helper struct {
	send  func(message []byte)
	model string // whose state it was sent
	able  string // model with which it was ready last

	job      uint32    // it is ready for
	portions []portion // it has been given and has not sent back
}

// portion is a run of parts.
type portion struct{ from, to int }

type mail struct {
	from *helper
	message
}

// New returns a pool without helpers. open is called, some three times at the
// most, when there is enough to do for them; rest lets messages come in and may
// block for a moment.
func New(open, rest func()) *Pool { return newPool(open, rest, false, patience) }

func newPool(open, rest func(), aside bool, patience time.Duration) *Pool {
	return &Pool{open: open, rest: rest, aside: aside, patience: patience, now: time.Now, bell: make(chan struct{}, 1), took: map[string]time.Duration{}}
}

// Join adds a helper, to which send carries messages without blocking. receive
// takes what it says; lost tells that it is gone. Both never block.
func (p *Pool) Join(send func(message []byte)) (receive func(message []byte), lost func()) {
	h := &helper{send: send}
	p.mu.Lock()
	p.helpers = append(slices.Clip(p.helpers), h)
	p.mu.Unlock()
	receive = func(text []byte) {
		m, err := decode(text)
		if err != nil {
			m = message{verb: verbFailed}
		}
		p.put(mail{h, m})
	}
	return receive, func() {
		p.mu.Lock()
		p.helpers = slices.DeleteFunc(slices.Clone(p.helpers), func(other *helper) bool { return other == h })
		p.mu.Unlock()
		p.put(mail{h, message{verb: verbFailed}})
	}
}

func (p *Pool) put(m mail) {
	p.mu.Lock()
	p.inbox = append(p.inbox, m)
	p.mu.Unlock()
	select {
	case p.bell <- struct{}{}:
	default:
	}
}

func (p *Pool) mail() []mail {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.inbox
	p.inbox = nil
	return m
}

// alive returns the helpers there are. The caller must not change the slice.
func (p *Pool) alive() []*helper {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.helpers
}

// Helpers returns how many helpers there are.
func (p *Pool) Helpers() int { return len(p.alive()) }

// Share returns how the parts of a task are shared out. name stands for tasks
// whose parts take alike; job, which is called only where helpers are to be
// asked, describes this one; an error of check, which is called while helpers
// are waited for, ends it.
func (p *Pool) Share(name string, job func() (Job, error), check func() error) explain.Share {
	return func(n int, compute func(i int) ([]float64, error), came func(i int)) ([][]float64, error) {
		r := &round{Pool: p, rested: time.Now(), describe: job, check: check, compute: compute, came: came, out: make([][]float64, n), left: n, each: p.took[name]}
		err := r.run()
		p.took[name] = r.each
		return r.out, err
	}
}
