// Package dataset holds the data a person can load: embedded tables with
// source and licence, and seeded generators with known ground truth. One table
// or generator a file.
package dataset

// Kind says which values a column holds.
type Kind string

const (
	Number   Kind = "number"
	Integer  Kind = "integer"
	Category Kind = "category" // values are indices into Column.Categories
)

// Column describes one feature, or the target.
type Column struct {
	Name       string // as in the source, lower case: "mean radius"
	Unit       string // "" means none; "cm", "years", "USD"
	Help       string // one plain phrase
	Kind       Kind
	Min, Max   float64  // the range a person may set it to; covers every row
	Step       float64  // slider step, > 0
	Categories []string // Kind Category: names by code
	Actionable bool     // a person in that row could change it
	Gaps       bool     // some rows lack it: NaN
	Group      string   // what it measures together with other columns of the same group: "radius"; "" for nothing
	OneHot     string   // the category of whose columns it is one, 1 where a row is of its kind and else 0; "" for none
}

// Table is one data set: n rows of d features and a target.
type Table struct {
	Name        string // as in a spec
	Title       string // for people
	Help        string // one or two plain sentences
	Source      string // authors, year, doi; "" for a generator
	Licence     string
	Columns     []Column  // d
	Target      Column    // Kind Category for classification: Categories are the classes
	X           []float32 // n×d, row major, data units
	Y           []float32 // n, class index or value
	Height      int       // pixels; 0 where rows are not images
	Width       int       // pixels
	Plane       [2]int    // the two columns to draw first
	Truth       *Truth    // what is known of how the data came about; nil for measured data
	Unit        string    // what one row is: "tumour", "flower", "applicant"
	Interesting int       // the row to show first
	Unlabelled  bool      // nobody knows the target: Y is what a model says
}

// Truth is the documented structural causal model behind a generator.
type Truth struct {
	Equations []string           // one a variable, plain text, in causal order
	Edges     [][2]string        // cause, effect; the target included
	Causes    *Causes            // the model behind the columns, to simulate rows
	Effects   map[string]float64 // column name -> true total effect of one unit on the target's log-odds
}

// Rows returns n.
func (t *Table) Rows() int { return len(t.Y) }

// Row returns row i, d values. The slice aliases the table.
func (t *Table) Row(i int) []float32 {
	d := len(t.Columns)
	return t.X[i*d : (i+1)*d : (i+1)*d]
}

// Regression reports whether the target is a quantity rather than a class.
func (t *Table) Regression() bool { return t.Target.Kind != Category }

// Classes returns the names of the classes, nil for regression.
func (t *Table) Classes() []string { return t.Target.Categories }

// Column returns the index of the column called name, or -1.
func (t *Table) Column(name string) int {
	for j := range t.Columns {
		if t.Columns[j].Name == name {
			return j
		}
	}
	return -1
}
