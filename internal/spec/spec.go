// Package spec is the figure spec: the one JSON document that says which data,
// model, explanation and view a figure shows. It is the whole state of a
// figure; everything else is derived from it.
package spec

import "github.com/whybox/whybox/internal/knob"

//go:generate go run ./schemagen -types spec.go -o ../../web/static/figure.schema.json

// Version is the only value of "$schema" this program reads.
const Version = "urn:whybox:figure:1"

// Spec is one figure.
type Spec struct {
	Schema      string  `json:"$schema"`
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	Seed        uint64  `json:"seed,omitempty"` // every chance in the figure comes from it; 0..2^53
	Data        Data    `json:"data"`
	Model       Model   `json:"model"`
	Explain     Explain `json:"explain"`
	View        View    `json:"view"`
	Params      []Param `json:"params,omitempty"`
}

// Own is the name of data and of a model that a person brings as a file.
const Own = "file"

// Data names a data set and how it is split.
type Data struct {
	Name  string      `json:"name"`
	Knobs knob.Values `json:"knobs,omitempty"`
	Test  *float64    `json:"test,omitempty"` // share held out for testing, 0.1..0.5; nil means 0.25
	File  *File       `json:"file,omitempty"` // of "file": a table
	Read  *Reading    `json:"read,omitempty"` // of "file": how the table is read, where it was not understood rightly
}

// Model names a model family and how it is trained.
type Model struct {
	Name  string      `json:"name"`
	Knobs knob.Values `json:"knobs,omitempty"`
	Stop  *int        `json:"stop,omitempty"`  // training steps to do; nil means all, 0 means untrained
	File  *File       `json:"file,omitempty"`  // of "file": a model that another program has trained
	Edits []Edit      `json:"edits,omitempty"` // of a model that is a sum of curves: what a person changed after training, in order
}

// Edit changes the curve of one feature by hand. It reaches every step of the
// curve that the feature's values from..to lie in.
type Edit struct {
	Feature string   `json:"feature"`
	From    *float64 `json:"from,omitempty"`  // a value of the feature, of a category its code; nil means the least
	To      *float64 `json:"to,omitempty"`    // at least from; nil means the greatest
	Class   string   `json:"class,omitempty"` // the class whose margin the curve adds to, by name; "" means the last, or the predicted quantity
	Do      string   `json:"do"`              // "add", "flatten", "interpolate", "rising" or "falling" in from..to; "remove" makes the whole curve 0 for every class
	By      float64  `json:"by,omitempty"`    // of "add": how much higher, or lower if negative, in units of the margin or of the quantity; -1e9..1e9
}

// File tells a file that a person opened from others. Its content stays with
// that person.
type File struct {
	Title string `json:"title"` // what it is called: "rows.csv"
	Sum   string `json:"sum"`   // stands for the content: 16 hexadecimal digits
}

// Reading says how a table is read.
type Reading struct {
	Target string            `json:"target,omitempty"` // the column to predict; "" means the one that seems to be it
	Kinds  map[string]string `json:"kinds,omitempty"`  // column -> "number", "integer", "category" or "skip"
	Gaps   string            `json:"gaps,omitempty"`   // what becomes of missing cells: "fill", "keep" or "refuse"; "" means "keep" for a model that takes them, else "fill"
	// Delimiter stands between cells: ",", ";", "tab", "|" or "space"; "" means the
	// one that was found.
	Delimiter string `json:"delimiter,omitempty"`
	Decimal   string `json:"decimal,omitempty"` // the decimal sign: "." or ","; "" means the one that was found
	Header    *bool  `json:"header,omitempty"`  // whether the first line names the columns; left out, what was found
	// Missing lists the words that stand for a missing cell, besides the empty
	// cell; left out, the usual ones.
	Missing []string `json:"missing,omitzero"`
	// Expected names the columns with the scores that the program which trained
	// the model gave: one, of a quantity or of the last of two classes, or one a
	// class. Left out, the columns whose names say so; empty for none.
	Expected []string `json:"expected,omitzero"`
}

// Explain says what is asked: of which row, which score, by which method.
type Explain struct {
	Name   string      `json:"name"`
	Knobs  knob.Values `json:"knobs,omitempty"`
	Row    *int        `json:"row,omitempty"`    // index in the table; nil means the one the data set shows first
	Edit   Edits       `json:"edit,omitempty"`   // feature name -> value set by hand; "missing" for none, where the model takes that
	Class  string      `json:"class,omitempty"`  // class explained, by name; "" means the predicted class of the unedited row
	Output string      `json:"output,omitempty"` // "probability" (or "") or "margin"
	// Groups names the features that belong together, each in one group at most, for
	// methods that share among groups first. Left out, those that the data
	// suggests; empty for none.
	Groups         map[string][]string `json:"groups,omitzero"`
	Compare        *Choice             `json:"compare,omitempty"`
	Counterfactual *Counterfactual     `json:"counterfactual,omitempty"`
}

// Choice names a method and its knobs.
type Choice struct {
	Name  string      `json:"name"`
	Knobs knob.Values `json:"knobs,omitempty"`
}

// Counterfactual asks what would flip the decision.
type Counterfactual struct {
	Name   string      `json:"name"`
	Knobs  knob.Values `json:"knobs,omitempty"`
	Target string      `json:"target,omitempty"` // class to reach, by name; "" means the runner-up
	Rise   float64     `json:"rise,omitempty"`   // regression: reach a score this much higher (or lower, if negative)
	Fixed  []string    `json:"fixed,omitempty"`  // features that must not change, besides those that are not actionable
	Free   []string    `json:"free,omitempty"`   // features that may change although the data set says not actionable
}

// View says what is drawn.
type View struct {
	Name    string   `json:"name"`
	X       string   `json:"x,omitempty"`       // feature on the horizontal axis of a surface
	Y       string   `json:"y,omitempty"`       // feature on the vertical axis
	Feature string   `json:"feature,omitempty"` // feature of an effect or a dependence plot
	Rows    int      `json:"rows,omitempty"`    // how many rows a view of many rows explains, 10..10000; 0 means 100, or 30 of interactions
	Order   string   `json:"order,omitempty"`   // of the rows in a heatmap or in forces: "score" (or "") or "similarity"
	Brush   string   `json:"brush,omitempty"`   // brushed rows of the table, as numbers and ranges in order: "3-7,12"; "" means none
	Tree    int      `json:"tree,omitempty"`    // which tree of the model, 1..1000000, of those that add to the explained score; 0 means the first
	Open    []int    `json:"open,omitempty"`    // nodes of the tree that are not as at first, when the row's way is open and all else closed; counted from 0 at the root, each question before what follows yes, and that before what follows no
	Split   []string `json:"split,omitempty"`   // groups of features that are shown feature by feature
	By      string   `json:"by,omitempty"`      // what parts the rows of average sizes: "class", "predicted" or a feature; "" for nothing
	Width   int      `json:"width,omitempty"`   // px, 240..1600; 0 means 640
	Height  int      `json:"height,omitempty"`  // px, 180..1200; 0 means what suits the view
}

// Param is a slider that an author puts under a figure, bound to one number in
// the spec.
type Param struct {
	Path  string  `json:"path"` // JSON Pointer into the spec: "/explain/edit/age", "/data/knobs/noise"
	Label string  `json:"label,omitempty"`
	Min   float64 `json:"min"`
	Max   float64 `json:"max"`
	Step  float64 `json:"step,omitempty"`
}

// Vocabulary is what a spec may name. The catalog supplies it.
type Vocabulary struct {
	Data, Models, Explainers, Counterfactuals, Views []Term
	// Own describes the table of a file, as the model reads it; nil where none is
	// open. The answer is nil where the file is not there: that is found when the
	// figure is built.
	Own func(d Data, m Model) *Table
}

// Term is one name with its knobs.
type Term struct {
	Name  string
	Help  string
	Knobs []knob.Knob
	// Curves says of a model that it is a sum of curves, which can be edited.
	Curves bool
	// Table describes a data set; nil for other terms. It is called only for
	// the data set a spec names, since it may have to read the data.
	Table func(knobs knob.Values) Table
}

// Table is what spec checking must know of a data set.
type Table struct {
	Rows    int
	Columns []Column
	Classes []string // nil for regression
	Image   bool
}

// Column is one feature.
type Column struct {
	Name     string
	Min, Max float64
	Whole    bool // integers and category codes
}
