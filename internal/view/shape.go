package view

// Shape is one curve of a model that is a sum of curves: what a feature adds to
// the score, step by step, and where the training rows lie.
type Shape struct {
	Head
	X, Y       Axis
	Categories []string // names of the codes; nil for a number
	Steps      []Step   // ascending, without a gap
	Counts     []Count  // training rows over the same axis
	Edited     bool     // some step is not as it was trained
	Present    [2]float64
	Absent     bool  // the asked row lacks the feature, so that Present means nothing
	Curve      Curve // what a page needs to edit it
}

// Step is a part of a curve.
type Step struct {
	Label      string  // the values in it, with unit: "40 to 43 years"
	From, To   float64 // data units; of a category half a step around its code
	Value, Was float64 // score units, now and as trained
	Spread     float64 // score units, the standard deviation of Was between models that learnt from other rows; 0 where there is one
	Rows       int     // training rows
}

// Count is how many training rows have values in From..To.
type Count struct {
	From, To float64
	Rows     int
}

// Curve is a curve for a page that edits it.
type Curve struct {
	Feature    string   `json:"feature"`
	Class      string   `json:"class,omitempty"` // whose margin it adds to; "" for a quantity
	Categories []string `json:"categories,omitempty"`
	Min        float64  `json:"min"` // values that an edit may name
	Max        float64  `json:"max"`
	Grain      float64  `json:"grain,omitempty"` // they are multiples of it from Min on; 0 for any
	Steps      []Step   `json:"steps"`
	Says       string   `json:"says"` // how well the model does on rows that training has not seen, now and before the edits
}
