package ui

import (
	"github.com/vugu/vugu"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/view"
)

// Panel is one view with its title and sentence. It has four states: nothing
// to show, being computed, an error, and shown; what is shown while newer
// numbers are on their way is dimmed.
type Panel struct {
	Name     string // of the view; part of element ids
	Title    string // until the view brings its own
	Class    string
	Idle     bool   // nothing is on its way
	Shown    *Shown // nil before the first
	Progress Progress
	Walk     string
	Handle   *Handle
	Level3   bool // the title is below another title
	Plain    bool // what stands below says it all: no picture, no table

	Drag  func(px, py float64)
	Nudge func(right, up int, far bool)
	Drop  func()
	Pick  func(index int)
	Look  func(index int)
	Say   func(text string)
	Undo  func()
	Table func(open bool) // the table is to be shown or not

	Lit   int           // table row pointed at, 1-based; 0 for none
	Light func(row int) // a mark of a table row is pointed at
	Brush *Brush        // of several rows

	Above, Below vugu.Builder
	Over         vugu.Builder // over the picture

	table bool
}

func (c *Panel) id() string { return "panel-" + c.Name }

func (c *Panel) class() string {
	s := "panel " + c.Class
	if c.Shown != nil && c.Shown.Stale {
		s += " stale"
	}
	return s
}

func (c *Panel) title() string {
	if c.Shown != nil && c.Shown.Head.Title != "" {
		return c.Shown.Head.Title
	}
	return c.Title
}

func (c *Panel) head() view.Head {
	if c.Shown == nil {
		return view.Head{}
	}
	return c.Shown.Head
}

func (c *Panel) failed() bool { return c.Shown != nil && len(c.Shown.Problems) > 0 }

func (c *Panel) drawing() *draw.Drawing {
	if c.Shown == nil || c.failed() || c.Plain {
		return nil
	}
	return c.Shown.Drawing
}

func (c *Panel) waiting() bool { return c.Shown == nil && !c.Idle }

func (c *Panel) empty() bool { return c.Shown == nil && c.Idle }

// tabled reports whether there is a table to show: its caption is always here.
func (c *Panel) tabled() bool { return !c.Plain && c.head().Table.Caption != "" && !c.failed() }

// tables reports whether the table is shown. It comes once it is asked for.
func (c *Panel) tables() bool {
	return c.tabled() && (c.table || c.bare()) && len(c.head().Table.Rows) > 0
}

// bare reports whether the table is all there is.
func (c *Panel) bare() bool { return c.Shown != nil && c.Shown.Drawing == nil }

// clears reports whether the panel is where the brush is cleared.
func (c *Panel) clears() bool { return c.Name == "brush" && c.Brush != nil }

// Twin changes between picture and table.
func (c *Panel) Twin() {
	c.table = !c.table
	if c.Table != nil {
		c.Table(c.table)
	}
}

func (c *Panel) twinLabel() string {
	if c.table {
		return "Show as picture"
	}
	return "Show as table"
}
