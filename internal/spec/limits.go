package spec

// Ranges that hold whatever the vocabulary; all inclusive.
const (
	MaxWhole = 1 << 53 // the largest whole number that every JSON reader keeps exactly; of a seed too

	MinTest, MaxTest = 0.1, 0.5   // share of rows held out
	MaxStop          = 10_000_000 // training steps, more than any training has

	MinWidth, MaxWidth   = 240, 1600 // of a view, CSS px
	MinHeight, MaxHeight = 180, 1200
	MinRows, MaxRows     = 10, 10_000 // that a view of many rows explains

	MaxBrush = 58 << 10 // bytes of a list of brushed rows: a link has to hold it
	maxRow   = 999_999  // the number of a brushed row

	MaxTree = 1_000_000 // the number of a tree
	MaxNode = 1 << 24   // the number of a node in a tree
	MaxOpen = 200       // nodes opened or closed by hand

	MaxGroupName = 60 // bytes of the name of a group of features

	MaxEdits = 100 // of the curves of a model
	MaxBy    = 1e9 // that an edit adds

	MaxParams = 24 // sliders of a figure
	MaxSizes  = 8  // numbers in a knob of sizes
)

// Limits on a document. They keep a hostile one from costing more than a
// moment; no honest figure comes near them.
const (
	maxDocument = 1 << 20 // bytes
	maxDepth    = 32      // objects and lists within one another
	maxText     = 4096    // bytes of one text or field name; a list of rows has MaxBrush
	maxItems    = 1024    // fields of an object, items of a list
)

// Cohorts lists what may part the rows beside the features.
func Cohorts() []string { return []string{"class", "predicted"} }

// Orders lists what may order the rows of a view.
func Orders() []string { return []string{"score", "similarity"} }

// Changes lists what an edit may do to a curve.
func Changes() []string {
	return []string{"add", "flatten", "interpolate", "rising", "falling", "remove"}
}

// Outputs lists what may be explained of a classifier's score.
func Outputs() []string { return []string{"probability", "margin"} }
