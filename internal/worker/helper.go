package worker

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/whybox/whybox/internal/figure"
)

// errOver ends a job whose engine wants no more of it.
var errOver = &figure.Stopped{}

// Helper computes parts for a Pool.
type Helper struct {
	send func(message []byte)
	rest func()

	mu    sync.Mutex
	inbox []message
	bell  chan struct{}

	builder *figure.Builder
	rested  time.Time
}

// NewHelper returns a helper that answers through send, which must not block,
// and lets messages come in by calling rest, which may for a moment.
func NewHelper(send func(message []byte), rest func()) *Helper {
	return &Helper{send: send, rest: rest, bell: make(chan struct{}, 1), builder: figure.NewBuilder()}
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

// job computes the parts of one job that are asked for.
func (h *Helper) job(m message) {
	var j figure.Job
	err := json.Unmarshal(m.text, &j)
	if err == nil {
		j.State = m.state
		err = h.builder.Help(j, func(_ int, compute func(i int) ([]float64, error), _ func(i int)) ([][]float64, error) {
			return nil, h.parts(m.job, compute)
		}, h.pace(m))
	}
	if !figure.IsStopped(err) {
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
func (h *Helper) pace(m message) figure.Pace {
	return func(string, int, int) error {
		if time.Since(h.rested) > restEvery {
			h.rest()
			h.rested = time.Now()
		}
		if h.over(m) {
			return errOver
		}
		return nil
	}
}
