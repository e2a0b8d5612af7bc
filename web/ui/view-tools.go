package ui

import "slices"

// ViewTools chooses the large picture and what is on its axes.
type ViewTools struct {
	S *Session
}

// views lists what can be the large picture, the present one among it.
func (c *ViewTools) views() []string {
	var out []string
	for _, v := range c.S.status.Views {
		if mainly(v) {
			out = append(out, v)
		}
	}
	if now := c.S.mainView(); len(out) > 0 && !slices.Contains(out, now) {
		out = append([]string{now}, out...)
	}
	return out
}

func (c *ViewTools) pressed(name string) string {
	if name == c.S.mainView() {
		return "true"
	}
	return "false"
}

// axes returns the names of the features on the axes of the large picture.
func (c *ViewTools) axes() []string {
	_, axes := c.S.axes(c.S.mainView())
	var out []string
	for _, j := range axes {
		out = append(out, c.S.feature(j))
	}
	return out
}

// planar reports whether there are axes to choose: more features than fit.
func (c *ViewTools) planar() bool { return len(c.axes()) == 2 && len(c.S.status.Data.Features) > 2 }

func (c *ViewTools) traced() bool { return len(c.axes()) == 1 && len(c.S.status.Data.Features) > 1 }

func (c *ViewTools) features() []Option {
	out := make([]Option, len(c.S.status.Data.Features))
	for i, name := range c.S.status.Data.Features {
		out[i] = Option{Value: name, Text: name}
	}
	return out
}

// Across puts a feature on the horizontal axis; the same on both axes swaps.
func (c *ViewTools) Across(name string) {
	now := c.axes()
	if name == now[1] {
		now[1] = now[0]
	}
	c.S.SetAxes(name, now[1])
}

// Up puts a feature on the vertical axis; the same on both axes swaps.
func (c *ViewTools) Up(name string) {
	now := c.axes()
	if name == now[0] {
		now[0] = now[1]
	}
	c.S.SetAxes(now[0], name)
}
