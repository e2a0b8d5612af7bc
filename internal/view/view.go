// Package view holds what a reader is shown, as plain data: numbers, labels, a
// sentence and a table. Nothing here draws; package draw turns a View into a
// picture and web/ui into a panel. One view a file.
package view

import "slices"

// View is one thing to show. The concrete types are *Surface, *Waterfall,
// *Saliency, *Flips, *Loss, *Effect, *Confusion, *Fit, *Importance, *WhatIf,
// *Growth, *Parity, *Brush and, of several rows, *Beeswarm, *Violin, *Decision,
// *Heatmap, *Forces, *Dependence and *Interactions; *Force and *Tree are of one
// row, *Shape of one feature.
type View interface {
	// About returns what every view has.
	About() *Head
}

// Head is what every view has: a title, a sentence made from the present
// values, and the same content as a table.
type Head struct {
	Name    string `json:"name"`           // as in a spec: "waterfall"
	Title   string `json:"title"`          // "Why benign (93 %)?"
	Summary string `json:"summary"`        // one plain sentence with the present values
	Note    string `json:"note,omitempty"` // a caution or a limit, e.g. the completeness gap; may be ""
	Table   Table  `json:"table"`
}

func (h *Head) About() *Head { return h }

// Table is the twin of a picture. Cells are ready to read.
type Table struct {
	Caption string     `json:"caption"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// Axis is a quantity along an axis.
type Axis struct {
	Label string  // name with unit: "mean radius (mm)"
	Min   float64 // data units
	Max   float64 // > Min
}

// Surface is the model's decision over two features, the others held at the
// present row, with data points and the path of a counterfactual.
type Surface struct {
	Head
	X, Y         Axis
	Classes      []string  // nil for regression
	Score        string    // what Grid holds for regression, with unit
	Cols         int       // grid columns, left to right
	Rows         int       // grid rows, top to bottom (Y descending)
	Grid         []float32 // Rows×Cols×max(1,len(Classes)) scores
	Lo, Hi       float64   // regression: range of the colour scale
	Points       []SurfacePoint
	Present      [2]float64     // the asked row; NaN where it lacks a value
	PresentClass int            // predicted class of the asked row
	Paths        [][][2]float64 // one polyline a counterfactual, from Present to its end
	Background   [][2]float64   // baseline or background rows, drawn faintly; may be nil
}

// SurfacePoint is one data row on a surface.
type SurfacePoint struct {
	X, Y  float64 // NaN where the row lacks it
	Class int     // true class; regression: 0
	Value float64 // regression: true value
	Row   int     // index in the table
	Test  bool    // held out
	Wrong bool    // predicted class differs
}

// Waterfall shows how features carry a score from its base to its value, one
// bar a feature, largest first. With Cumulative false the bars stand on zero:
// for attributions that do not add up.
type Waterfall struct {
	Head
	Score      Axis // label of the value axis: "probability of benign"
	Base       float64
	BaseLabel  string // "average over 50 rows"
	Final      float64
	FinalLabel string // "this row"
	Cumulative bool
	Bars       []Bar // largest magnitude first; the last may be "17 other features"
}

// Bar is the part of one feature, or of a group of them.
type Bar struct {
	Feature string  // "mean radius"
	Value   string  // the row's value with unit: "17.99 mm"; "" for a sum of others
	Amount  float64 // score units; > 0 raises
	StdErr  float64 // 0 where exact
	Index   int     // feature 0..d-1, or d and up for a group of features; -1 for a sum of others
	Split   bool    // of a group: those of its features follow, and add up to it
	Within  bool    // of a feature: it is part of the group before it
	Part    int     // of a part of the rows: which, from 1; 0 for all rows
}

// Importance is a bar a feature for the whole model, magnitudes only.
type Importance struct {
	Head
	Axis Axis // "rise of the loss when shuffled (nats)"
	Bars []Bar
}

// Saliency is an image row with an attribution a pixel laid over it.
type Saliency struct {
	Head
	Height, Width      int
	Pixels             []float32 // H×W in PixelMin..PixelMax
	PixelMin, PixelMax float32
	Values             []float64 // H×W attributions; nil shows the image alone
	Limit              float64   // magnitude that gets the full colour; > 0
	Flip               []float32 // H×W counterfactual image shown beside; nil for none
	FlipLabel          string
}

// Flips lists counterfactuals: what to change, from what to what.
type Flips struct {
	Head
	Items []Flip
}

// Flip is one counterfactual.
type Flip struct {
	Outcome string // "benign, 71 %"
	Cost    float64
	Changes []Change
	X       Row // the whole row, for "go there"
}

// Change is one feature of a counterfactual.
type Change struct {
	Feature  string
	Index    int
	From, To string  // ready to read, with unit
	Min, Max float64 // the feature's range
	A, B     float64 // from, to in data units
}

// Loss is the training curve on both splits.
type Loss struct {
	Head
	Loss     Axis         // "cross-entropy (nats)"
	Steps    Axis         // "training step"
	Train    [][2]float64 // step, loss
	Test     [][2]float64
	TrainFit [][2]float64 // step, accuracy 0..1 or R²
	TestFit  [][2]float64
	FitLabel string // "accuracy" or "R²"
	Total    int    // steps when finished
}

// Effect is partial dependence with individual curves.
type Effect struct {
	Head
	X, Y       Axis
	Grid       []float64
	Mean       []float64
	Curves     [][]float64
	Present    [2]float64 // the asked row: feature value (NaN where it is missing), score
	Own        []float64  // the asked row's own curve over Grid; nil if none
	Missing    []float64  // the average where the feature is missing, and the asked row's score then; nil where it never is
	Rug        []float64  // feature values of the training rows (a sample)
	Categories []string   // names of the codes in Grid; nil for a number
}

// Confusion counts true against predicted classes on the test split.
type Confusion struct {
	Head
	Classes []string
	Counts  [][]int // [true][predicted]
}

// Fit is true against predicted values on the test split, for regression.
type Fit struct {
	Head
	X, Y    Axis // true, predicted; same range
	Points  []SurfacePoint
	Present [2]float64
}

// WhatIf is the row itself, every feature with its range: sliders in the page,
// a strip of ranges in print.
type WhatIf struct {
	Head
	Outcome  string // "benign, 93 %"
	Scores   []Score
	Controls []Control
	Sum      string // stands for what of Controls stays while a person moves them; "" where it was not asked for
	Now      []Now  // in place of Controls, for a page that has them but for this
}

// Now is what changes of a control while a person moves it or another.
type Now struct {
	Value  Value
	Text   string
	Amount float64
}

// Complete makes Controls of Now and the controls of before, which may be nil.
// It reports whether that could be done.
func (v *WhatIf) Complete(before *WhatIf) bool {
	if v.Now == nil {
		return true
	}
	if before == nil || before.Sum != v.Sum || len(before.Controls) != len(v.Now) {
		return false
	}
	v.Controls = slices.Clone(before.Controls)
	for i, now := range v.Now {
		k := &v.Controls[i]
		k.Value, k.Text, k.Amount = now.Value, now.Text, now.Amount
	}
	v.Now = nil
	return true
}

// Score is one class, or the predicted value.
type Score struct {
	Label string
	Value float64
	Text  string // ready to read: "93 %"
}

// Control is one feature of the row.
type Control struct {
	Feature        string
	Index          int
	Help           string
	Unit           string
	Kind           string // number, integer, category
	Min, Max, Step float64
	Categories     []string
	Value          Value   // present
	Row            Value   // as in the table
	Text           string  // present, ready to read
	Amount         float64 // its attribution, for the bar beside the slider; 0 where there is none
	Fixed          bool    // a counterfactual may not change it
	Fixable        bool    // a person may pin or free it
	Gaps           bool    // it may be missing
}

// Rows is a page of the data table, for picking a row.
type Rows struct {
	Head
	From, Of int
	Index    []int // table index of each row of Table
	Present  int   // table index of the asked row
}
