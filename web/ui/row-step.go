package ui

import (
	"strconv"
	"strings"
)

// RowStep picks the row that is asked about.
type RowStep struct {
	S      *Session
	Open   bool // the table of rows is open
	Browse func(open bool)
}

// row is the row asked about.
func (c *RowStep) row() int {
	if r := c.S.Spec().Explain.Row; r != nil {
		return *r
	}
	return c.S.status.Row
}

func (c *RowStep) last() int { return max(0, c.S.status.Data.Rows-1) }

// Go takes the row before or after.
func (c *RowStep) Go(by int) { c.S.PickRow(min(max(c.row()+by, 0), c.last())) }

// Type takes a typed number of a row.
func (c *RowStep) Type(text string) {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		c.S.PickRow(min(max(n, 0), c.last()))
	}
}

func (c *RowStep) browseLabel() string {
	if c.Open {
		return "Close the table"
	}
	return "Pick from a table"
}

func (c *RowStep) hint() string {
	if c.S.Menu.images(c.S.Spec().Data.Name) {
		return "Take a digit from the data, or draw your own on the pad."
	}
	return "Click a point, pick from the table, or change the " + c.S.unit() + " with the sliders."
}
