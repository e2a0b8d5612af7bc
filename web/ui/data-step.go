package ui

import (
	"math"
	"strconv"
	"strings"
)

// DataStep chooses the data and how it is split.
type DataStep struct {
	S *Session
}

func (c *DataStep) options() []Option {
	out := make([]Option, len(c.S.Menu.Data))
	for i, d := range c.S.Menu.Data {
		out[i] = Option{Value: d.Name, Text: d.Title, Group: d.Group}
	}
	return out
}

func (c *DataStep) here() bool { return c.S.known && c.S.status.Data.Name == c.S.Spec().Data.Name }

func (c *DataStep) test() float64 {
	if t := c.S.Spec().Data.Test; t != nil {
		return *t
	}
	return 0.25
}

// split says how many rows there are to learn from.
func (c *DataStep) split() string {
	if !c.here() {
		return ""
	}
	d := c.S.status.Data
	return count(d.Train) + " rows to learn from, " + count(d.Test) + " held out to test on"
}

// Hold sets the share of rows held out.
func (c *DataStep) Hold(share float64) { c.S.SetTest(math.Round(share*100) / 100) }

func (c *DataStep) seed() string { return strconv.FormatUint(c.S.Spec().Seed, 10) }

// TypeSeed takes a typed seed; what is no whole number is dropped.
func (c *DataStep) TypeSeed(text string) {
	const most = 1 << 53
	if n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64); err == nil && n <= most {
		c.S.SetSeed(n)
	}
}

// Redraw takes the next seed.
func (c *DataStep) Redraw() { c.S.SetSeed(c.S.Spec().Seed + 1) }
