package pool

import "time"

// NewIdle is New for a pool that computes nothing here that a helper could,
// however late the helper is.
func NewIdle(open, rest func()) *Pool { return newPool(open, rest, true, 20*time.Second) }

// Timed makes parts seem to take so long in p.
func (p *Pool) Timed(each time.Duration) *Pool {
	var now time.Time
	p.now = func() time.Time {
		now = now.Add(each)
		return now
	}
	return p
}

// Came returns how many parts' numbers a message brings.
func Came(text []byte) int64 {
	if m, err := decode(text); err == nil && m.verb == verbCame {
		return int64(len(m.numbers))
	}
	return 0
}
