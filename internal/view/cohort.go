package view

// Cohort is one attribution for each of several rows, on one score.
type Cohort struct {
	Score   Axis      // label of the value axis: "probability of benign"
	Base    float64   // score where nothing is known
	Rows    []int     // n, table index of each row
	Present int       // which of them is the asked row; -1 where none is
	Finals  []float64 // n, score of each row
	Strands []Strand  // largest mean magnitude first; the last may be a sum of others
}

// Strand is one feature's values over the rows of a cohort.
type Strand struct {
	Feature string
	Index   int       // feature 0..d-1; -1 for a sum of others
	Mean    float64   // mean magnitude of Values, score units
	Values  []float64 // n, score units; > 0 raises
	Tones   []float64 // n, the feature's value between its low (0) and high (1); NaN where it is missing; nil for a sum of others
}

// Beeswarm shows every row's value of every feature as a point.
type Beeswarm struct {
	Head
	Cohort
}

// Violin shows how a feature's values are distributed over the rows.
type Violin struct {
	Head
	Cohort
}

// Decision shows each row's way from the base to its score, a feature a step.
type Decision struct {
	Head
	Cohort
}

// Heatmap shows a row a column and a feature a line, coloured by value.
type Heatmap struct {
	Head
	Cohort
	Order []int  // n, indices into Rows from left to right
	By    string // what orders them: "score"
}

// Forces shows, row beside row, how far features raise and lower the score.
type Forces struct {
	Head
	Cohort
	Order []int  // n, indices into Rows from left to right
	By    string // what orders them: "score"
}

// Force shows how features push a score up and down from its base, as two
// trains of arrows that meet at the score.
type Force struct {
	Head
	Score      Axis
	Base       float64
	BaseLabel  string // "average over 50 rows"
	Final      float64
	FinalLabel string // "this row"
	Bars       []Bar  // largest magnitude first; the last may be "17 other features"
}

// Dependence shows one feature's attribution against the feature's value, a
// point a row, coloured by the feature it interacts with.
type Dependence struct {
	Head
	X, Y       Axis
	Rows       []int     // n, table index of each row
	Present    int       // which of them is the asked row; -1 where none is
	Values     []float64 // n, the feature's value, data units; NaN where it is missing
	Amounts    []float64 // n, score units
	Colour     string    // feature that colours the points; "" for none
	Low, High  string    // its values at tone 0 and 1, ready to read
	Tones      []float64 // n, as of Strand; nil without Colour
	Categories []string  // names of the codes in Values; nil for a number
}

// Interactions shows how much pairs of features move the score together,
// beyond what each does alone.
type Interactions struct {
	Head
	Features []string    // m
	Indices  []int       // m, feature 0..d-1
	Values   [][]float64 // m×m symmetric, mean magnitude, score units; the diagonal holds each feature alone
	StdErr   [][]float64 // m×m, standard errors of Values, 0 where exact; nil where all are
	Unit     string      // what a value is: "probability of benign"
}

// Chance reports whether a value is nothing, or within two standard errors of it.
func (v *Interactions) Chance(i, j int) bool {
	return v.StdErr != nil && v.Values[i][j] <= 2*v.StdErr[i][j]
}
