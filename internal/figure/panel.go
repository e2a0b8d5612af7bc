// Package figure turns a spec into everything a figure shows: it looks names
// up in the catalog, trains, explains, searches counterfactuals, and makes the
// views. Stages whose part of the spec did not change are kept.
package figure

import (
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/view"
)

// Panel is one view, drawn, as the page gets it. Beside the picture it carries
// the view itself where the page builds controls from it.
type Panel struct {
	Head    view.Head     `json:"head"`
	Twin    string        `json:"twin,omitempty"`    // stands for Head.Table, which is left out where the page has it
	Drawing *draw.Drawing `json:"drawing,omitempty"` // nil for what-if and rows
	Axes    []int         `json:"axes,omitempty"`    // features a drag over the picture changes: horizontal and vertical of a surface, horizontal of an effect or a shape
	WhatIf  *view.WhatIf  `json:"whatIf,omitempty"`
	Flips   *view.Flips   `json:"flips,omitempty"`
	Rows    *view.Rows    `json:"rows,omitempty"`
	Curve   *view.Curve   `json:"curve,omitempty"`
}

// Want asks for one panel.
type Want struct {
	View  string    `json:"view"` // as in the catalog: "surface", "waterfall", "waterfall-compare" ...
	Size  draw.Size `json:"size"`
	From  int       `json:"from,omitempty"`  // rows: first row of the page
	Count int       `json:"count,omitempty"` // rows: how many; 0 means 12
	Bars  int       `json:"bars,omitempty"`  // attribution and importance: how many at the most; 0 means 10
	Shut  bool      `json:"shut,omitempty"`  // the page does not show the table: its caption is enough
	Has   string    `json:"has,omitempty"`   // what Panel.Sums lists of the panel that the page shows now; it need not come again
}

// Sums lists what a page with this panel holds, for Want.Has.
func (p *Panel) Sums() string {
	var all []string
	if p.Twin != "" {
		all = append(all, p.Twin)
	}
	if p.Drawing != nil {
		all = append(all, p.Drawing.Sums()...)
	}
	if p.WhatIf != nil && p.WhatIf.Sum != "" {
		all = append(all, p.WhatIf.Sum)
	}
	return strings.Join(all, " ")
}

// has returns what the page says it has.
func (w Want) has() draw.Has {
	held := strings.Fields(w.Has)
	return func(sum string) bool { return slices.Contains(held, sum) }
}

// Complete fills in what the panel leaves out from the one that its Want.Has
// was made of, nil for none. It reports whether all of it was there.
func (p *Panel) Complete(before *Panel) bool {
	if before == nil {
		before = &Panel{}
	}
	all := true
	if p.Twin != "" && p.Head.Table.Caption == "" {
		p.Head.Table, all = before.Head.Table, before.Twin == p.Twin
	}
	if p.WhatIf != nil {
		all = p.WhatIf.Complete(before.WhatIf) && all
	}
	if p.Drawing != nil {
		all = p.Drawing.Complete(before.Drawing) && all
	}
	return all
}

// Status says where a figure stands, for the parts of the page around the panels.
type Status struct {
	Setting `json:"setting,omitzero"`

	Sum       string    `json:"sum"`      // stands for Setting, which is left out where the page has it
	Steps     int       `json:"steps"`    // training steps done
	Total     int       `json:"total"`    // training steps in all
	PerPoint  int       `json:"perPoint"` // steps in an epoch
	Trained   bool      `json:"trained"`  // nothing left to do
	Row       int       `json:"row"`
	Class     string    `json:"class"`           // class explained; "" for regression
	Predicted string    `json:"predicted"`       // "benign" or "152"
	Scores    []float32 `json:"scores"`          // of the present row, bit for bit
	X         view.Row  `json:"x"`               // the present row
	Values    []float64 `json:"values"`          // the attribution shown, where there is one
	Target    string    `json:"target"`          // class the counterfactual aims at
	Trees     int       `json:"trees,omitempty"` // of the model, that add to the explained score
	Check     *Check    `json:"check,omitempty"` // of a model from a file
}

// Setting is what of a Status stays while a row is moved.
type Setting struct {
	Data    DataStatus        `json:"data"`
	Refused map[string]string `json:"refused,omitempty"` // explainer, model or view name -> why it cannot be chosen here
	Views   []string          `json:"views"`             // views that make sense here, best first
	Groups  []string          `json:"groups,omitempty"`  // of each feature, "" for none; nil where none is in one
}

// Without returns the status without the setting, if the page has it by its sum.
func (s Status) Without(has string) Status {
	if s.Sum == has {
		s.Setting = Setting{}
	}
	return s
}

// Complete fills in what the status leaves out from the one of before, nil for
// none. It reports whether all of it was there.
func (s *Status) Complete(before *Status) bool {
	if s.Data.Name != "" { // every data set has one
		return true
	}
	if before == nil || before.Sum != s.Sum {
		return false
	}
	s.Setting = before.Setting
	return true
}

// DataStatus describes the loaded data set for choosing rows, axes and classes.
type DataStatus struct {
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Help     string   `json:"help"`
	Source   string   `json:"source"`
	Licence  string   `json:"licence"`
	Unit     string   `json:"unit"`
	Features []string `json:"features"`
	Classes  []string `json:"classes,omitempty"`
	Rows     int      `json:"rows"`
	Train    int      `json:"train"`
	Test     int      `json:"test"`
	Target   string   `json:"target,omitempty"` // the column that is predicted; "" where nobody knows it
	Height   int      `json:"height,omitempty"`
	Width    int      `json:"width,omitempty"`
	Ink      float64  `json:"ink,omitempty"`   // an image's largest pixel value; its smallest is 0
	Truth    []string `json:"truth,omitempty"` // the equations of a generator whose effects are known

	TakesGaps bool          `json:"takesGaps,omitempty"` // the model takes missing values
	Reading   *shelf.Opened `json:"reading,omitempty"`   // of a table from a file: how it was read, where a person said something of that
}
