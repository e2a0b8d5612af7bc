//go:build !js

package draw

import (
	"fmt"

	"github.com/whybox/whybox/internal/view"
)

// onPaper lays out the views that have a picture outside the page alone: the
// page has sliders in place of it, and shows no benchmark.
func (s *sheet) onPaper(v view.View) {
	switch v := v.(type) {
	case *view.WhatIf:
		s.whatIf(v)
	case *view.Growth:
		s.growth(v)
	}
}

// onPaper checks them. It reports whether v is one.
func (c *checker) onPaper(v view.View) bool {
	switch v := v.(type) {
	case *view.Growth:
		c.axis(v.X)
		c.axis(v.Y)
		for i, points := range v.Curves {
			c.pairs(v.Names[i], points)
			if c.err == nil && len(points) == 0 {
				c.err = fmt.Errorf("cannot draw the curve of %s: it has no points", v.Names[i])
			}
		}
	case *view.WhatIf:
		for _, s := range v.Scores {
			c.number(s.Label, s.Value)
		}
		for _, k := range v.Controls {
			c.numbers(k.Feature, k.Min, k.Max, k.Amount)
			c.known(k.Feature, float64(k.Value), float64(k.Row))
		}
	default:
		return false
	}
	return true
}
