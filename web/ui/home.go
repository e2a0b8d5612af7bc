package ui

import (
	"github.com/vugu/vugu"
	"github.com/whybox/whybox/examples"
)

// Home is the gallery: a living example on top, the other examples below.
type Home struct {
	A *App

	looked int
	probe  Probe
	flips  FlipList
}

func (c *Home) s() *Session { return c.A.session }

func (c *Home) examples() []examples.Example { return c.A.menu.Examples }

func poster(e examples.Example) string { return "gallery/" + e.Name + ".svg" }

func (c *Home) asked() bool { return c.s().Spec().Explain.Counterfactual != nil }

// under is the slider of the feature that is pointed at.
func (c *Home) under() vugu.Builder {
	if p := c.s().Panel("waterfall"); p == nil || len(p.Problems) > 0 {
		return nil
	}
	c.probe.S, c.probe.Index = c.s(), c.looked-1
	return &c.probe
}

func (c *Home) list() vugu.Builder {
	p := c.s().Panel("flips")
	if p == nil || p.Flips == nil || len(p.Flips.Items) == 0 {
		return nil
	}
	c.flips.Flips, c.flips.Go = p.Flips, c.s().GoThere
	return &c.flips
}

// Look notes the feature that is pointed at.
func (c *Home) Look(feature int) {
	if feature >= 0 {
		c.looked = feature + 1
	}
}
