package ui

import "github.com/whybox/whybox/internal/view"

// RowTable is a page of the data, to pick a row from.
type RowTable struct {
	Rows *view.Rows
	Pick func(row int)
	Page func(from int)
}

func (c *RowTable) rowClass(i int) string {
	if c.Rows.Index[i] == c.Rows.Present {
		return "present"
	}
	return ""
}

func (c *RowTable) current(i int) any {
	if c.Rows.Index[i] == c.Rows.Present {
		return "true"
	}
	return nil
}

// label names the button that picks row i of the page.
func (c *RowTable) label(i int) string { return "Pick row " + count(c.Rows.Index[i]) }

// rest returns the cells after the first, which the button takes.
func rest(row []string) []string { return row[min(1, len(row)):] }

func (c *RowTable) extent() string {
	return count(c.Rows.From+1) + "–" + count(c.Rows.From+len(c.Rows.Index)) + " of " + count(c.Rows.Of)
}

func (c *RowTable) first() bool { return c.Rows.From == 0 }

func (c *RowTable) lastPage() bool { return c.Rows.From+len(c.Rows.Index) >= c.Rows.Of }

// Turn goes a page back or forth.
func (c *RowTable) Turn(by int) { c.Page(max(0, c.Rows.From+by*rowsShown)) }
