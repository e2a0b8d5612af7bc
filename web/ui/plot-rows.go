package ui

import "slices"

// isRow reports whether a mark stands for a row of the table, in a picture some
// of whose marks do: where there are spots the others name features.
func (c *Plot) isRow(i int) bool {
	return c.Drawing.Spots.Len() == 0 || i >= len(c.Drawing.Marks)
}

// first is where the keyboard starts: at the rows, where there are spots.
func (c *Plot) first() int {
	if c.Drawing.Spots.Len() > 0 {
		return len(c.Drawing.Marks)
	}
	return 0
}

// light tells which row mark i stands for, none for -1.
func (c *Plot) light(i int) {
	if c.Light == nil {
		return
	}
	row := -1
	if i >= 0 && c.isRow(i) {
		row = c.Drawing.Mark(i).Index
	}
	c.Light(row)
}

// lights returns CSS for each place of the row that is pointed at, be it in
// this picture or in another.
func (c *Plot) lights() []string {
	if c.Drawing == nil || c.Lit == 0 || c.Light == nil {
		return nil
	}
	var out []string
	add := func(x, y float64) {
		if place := c.at(x, y, 0, 0); !slices.Contains(out, place) {
			out = append(out, place)
		}
	}
	for _, i := range c.Drawing.Spots.Of(c.Lit - 1) {
		x, y, _ := c.Drawing.At(len(c.Drawing.Marks) + i)
		add(x, y)
	}
	for i := range c.Drawing.Marks {
		if m := &c.Drawing.Marks[i]; c.isRow(i) && m.Index == c.Lit-1 {
			add(m.X, m.Y)
		}
	}
	return out
}
