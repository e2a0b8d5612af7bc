package pool

import (
	"errors"
	"sync"
	"time"

	"github.com/whybox/whybox/internal/explain"
)

// restEvery is how long a helper computes before messages may come in.
const restEvery = 12 * time.Millisecond

// errOver ends a job whose engine wants no more of it.
var errOver = errors.New("pool: nothing more is wanted of this job")

// Help does the task of a Job as far as the parts for which share is called,
// once, and lets pace be called now and then. state is nil where it is what the
// last Job with a state brought. An error of share or pace ends it; what it
// returns then does not matter.
type Help func(text []byte, state []float32, share explain.Share, pace func() error) error

// Helper computes parts for a Pool.
type Helper struct {
	send func(message []byte)
	rest func()
	help Help

	mu    sync.Mutex
	inbox []message
	bell  chan struct{}

	rested time.Time
}

// NewHelper returns a helper that answers through send, which must not block,
// and lets messages come in by calling rest, which may for a moment.
func NewHelper(send func(message []byte), rest func(), help Help) *Helper {
	return &Helper{send: send, rest: rest, help: help, bell: make(chan struct{}, 1)}
}

// Receive takes a message. It never blocks.
func (h *Helper) Receive(text []byte) {
	m, err := decode(text)
	if err != nil {
		panic(err)
	}
	h.mu.Lock()
	h.inbox = append(h.inbox, m)
	h.mu.Unlock()
	select {
	case h.bell <- struct{}{}:
	default:
	}
}

// Run helps for ever.
func (h *Helper) Run() {
	for {
		if m := h.next(); m.verb == verbStart {
			h.job(m)
		}
	}
}

// next waits for a message.
func (h *Helper) next() message {
	for {
		h.mu.Lock()
		if len(h.inbox) > 0 {
			m := h.inbox[0]
			h.inbox = h.inbox[1:]
			h.mu.Unlock()
			return m
		}
		h.mu.Unlock()
		<-h.bell
	}
}

// over reports whether something newer than job m has come.
func (h *Helper) over(m message) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, other := range h.inbox {
		if other.verb == verbStart || other.verb == verbEnd && other.job == m.job {
			return true
		}
	}
	return false
}

// job computes the parts of one job that are asked for. It has failed where it
// ends before it is told to.
func (h *Helper) job(m message) {
	ended := false
	note := func(err error) error {
		ended = ended || err == errOver
		return err
	}
	share := func(_ int, compute func(i int) ([]float64, error), _ func(i int)) ([][]float64, error) {
		return nil, note(h.parts(m.job, compute))
	}
	pace := func() error { return note(h.pace(m)) }
	if err := h.help(m.text, m.state, share, pace); err == nil || !ended {
		h.send(message{verb: verbFailed, job: m.job}.encode())
	}
}

// parts computes what is asked for until no more is.
func (h *Helper) parts(job uint32, compute func(i int) ([]float64, error)) error {
	h.send(message{verb: verbReady, job: job}.encode())
	for {
		m := h.next()
		switch {
		case m.verb == verbStart: // the end of this one was lost in a newer one
			h.mu.Lock()
			h.inbox = append([]message{m}, h.inbox...)
			h.mu.Unlock()
			return errOver
		case m.job != job:
		case m.verb == verbEnd:
			return errOver
		case m.verb == verbPart:
			answer := message{verb: verbCame, job: job, from: m.from, to: m.to}
			for i := m.from; i < m.to; i++ {
				numbers, err := compute(int(i))
				if err != nil {
					return err
				}
				answer.numbers = append(answer.numbers, numbers)
			}
			h.send(answer.encode())
		}
	}
}

// pace lets messages in now and then and ends a job that is over.
func (h *Helper) pace(m message) error {
	if time.Since(h.rested) > restEvery {
		h.rest()
		h.rested = time.Now()
	}
	if h.over(m) {
		return errOver
	}
	return nil
}
