package ui

import "github.com/whybox/whybox/internal/view"

// Probe is the slider of the feature that is looked at in a picture.
type Probe struct {
	S     *Session
	Index int // of the feature; -1 for the strongest
}

// control returns the feature to show.
func (c *Probe) control() (view.Control, bool) {
	if k, ok := c.S.control(c.Index); ok {
		return k, true
	}
	p := c.S.panels["what-if"]
	if p == nil || p.WhatIf == nil {
		return view.Control{}, false
	}
	best := -1
	for i, k := range p.WhatIf.Controls {
		if best < 0 || k.Amount*k.Amount > p.WhatIf.Controls[best].Amount*p.WhatIf.Controls[best].Amount {
			best = i
		}
	}
	return c.S.control(best)
}

func (c *Probe) shown() bool { _, ok := c.control(); return ok }

func (c *Probe) feature() view.Control { k, _ := c.control(); return k }
