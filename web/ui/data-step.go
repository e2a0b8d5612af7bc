package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
)

// DataStep chooses the data and how it is split.
type DataStep struct {
	S *Session
}

// Rests says that it does not show the row.
func (c *DataStep) Rests() {}

func (c *DataStep) options() []Option {
	out := make([]Option, len(c.S.Menu.Data))
	for i, d := range c.S.Menu.Data {
		out[i] = Option{Value: d.Name, Text: d.Title, Group: d.Group}
	}
	return append(out, c.S.Files.options(false)...)
}

// opened is the table, where it is one that the person opened.
func (c *DataStep) opened() *shelf.Opened { return c.S.table() }

func (c *DataStep) reading() spec.Reading {
	if r := c.S.Spec().Data.Read; r != nil {
		return *r
	}
	return spec.Reading{}
}

// target is the column to predict; "" stands for none.
func (c *DataStep) target() string {
	if t := c.reading().Target; t != "" {
		return t
	}
	if c.here() {
		return c.S.status.Data.Target
	}
	return c.opened().Target
}

func (c *DataStep) targets() []Option {
	var out []Option
	if c.target() == "" {
		out = append(out, Option{Text: "no column: these rows have no answers"})
	}
	for _, x := range c.opened().Columns {
		out = append(out, Option{Value: x.Name, Text: x.Name})
	}
	return out
}

// asked is what a person should look at: what is predicted, and what becomes of
// missing cells, where there are any.
func (c *DataStep) asked() []Picker {
	out := []Picker{{ID: "target", Label: "Predict", Value: c.target(), Options: c.targets(), Set: c.S.SetPredicted}}
	if a := c.opened().Gaps; a != nil {
		p := c.picker(*a)
		if p.Value == "" {
			p.Value = "fill"
		}
		if c.here() && c.S.status.Data.TakesGaps && c.reading().Gaps == "" {
			p.Value = "keep"
		}
		out = append(out, p)
	}
	return out
}

// kind is what a column is read as.
func (c *DataStep) kind(x shelf.Column) string {
	if k := c.reading().Kinds[x.Name]; k != "" {
		return k
	}
	return x.Kind
}

func (c *DataStep) kinds() []Option {
	return []Option{{Value: "number", Text: "numbers"}, {Value: "integer", Text: "whole numbers"}, {Value: "category", Text: "categories"}, {Value: "skip", Text: "left out"}}
}

// about says what is known of a column.
func (c *DataStep) about(x shelf.Column) string {
	text := strings.Join(x.Sample, ", ")
	if x.Why != "" {
		text += " – " + x.Why
	}
	return text
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
	if c.S.Spec().Model.File != nil {
		return count(d.Rows) + " rows, " + count(d.Train) + " of them to compare with"
	}
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
