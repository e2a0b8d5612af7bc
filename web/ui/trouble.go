package ui

import "github.com/whybox/whybox/internal/worker"

// Trouble says what is wrong, where, why and how to mend it, with the button
// that mends it.
type Trouble struct {
	Problems []worker.Problem
	Undo     func() // nil where there is nothing to undo
	Rewind   func()
}

func (c *Trouble) rewinds() bool {
	for _, p := range c.Problems {
		if p.Rewind && c.Rewind != nil {
			return true
		}
	}
	return false
}
