// Package model holds the words the model families share: the problem to
// learn, and a trainer that learns it a step at a time so that a person can
// watch, pause and rewind.
package model

import "fmt"

// Problem is what there is to learn. Rows are row major in data units; the
// models standardise inside, so that a saved row, a slider and a gradient all
// speak data units.
type Problem struct {
	TrainX, TestX []float32 // n×d
	TrainY, TestY []float32 // n class indices 0..K-1, or targets
	D             int       // features
	K             int       // scores: classes, or 1 for regression
	Regression    bool
	Categories    []int  // d: how many codes 0, 1, 2 ... a categorical feature has, 0 for a number; nil where all are numbers
	Height, Width int    // pixels; 0 where rows are not images. D = Height*Width
	Seed          uint64 // every chance in training comes from it
}

// Model is what training yields; explain.Model has the same methods.
type Model interface {
	Dims() (d, k int)
	Predict(dst, x []float32, n int)
}

// Marginer is a classifier that can also be read before its link function, in
// log-odds, where values add up without saturating.
type Marginer interface {
	// Margin returns the same weights, read before the link: Predict and (where
	// the model has it) Gradient give margins.
	Margin() Model
}

// Stateful is a model whose weights can be carried to another program, which
// has made the same model for the same problem and need not train it.
type Stateful interface {
	State() []float32               // a copy of all weights
	SetState(state []float32) error // an error, and no change, where they do not fit
}

// Trainer learns a Problem a step at a time. The same problem, parameters and
// number of steps give the same weights, bit for bit, on every machine.
type Trainer interface {
	// Step does one unit of work: a minibatch, a Newton step, a leaf split. It
	// returns *DivergedError where the loss is no longer finite; the model then
	// stays as it was before the step. Not to be called once Done.
	Step() error
	// Done reports whether there is nothing left to do.
	Done() bool
	// Progress returns how many steps are done and how many there are at the
	// most, and how many make one point of the loss curve (≥ 1).
	Progress() (done, total, perPoint int)
	// Model returns the model as it stands. It is the same value throughout and
	// changes as Step runs.
	Model() Model
}

// Scored is a Trainer that keeps the scores of the problem's rows up to date
// as it goes, so that a point of the loss curve costs no prediction.
type Scored interface {
	// Scores returns what the model predicts for the training and the test rows
	// (n×k), bit for bit. The caller owns them.
	Scores() (train, test []float32)
}

// DivergedError says that training left the finite numbers.
type DivergedError struct {
	Step int     // the step whose loss was not finite, counted from 1
	Loss float32 // infinity or NaN
}

func (e *DivergedError) Error() string {
	what := "infinite"
	if e.Loss != e.Loss {
		what = "not a number"
	}
	return fmt.Sprintf("learning rate too high: loss became %s at step %d", what, e.Step)
}

// Point is one point of a loss curve.
type Point struct {
	Step      int     `json:"step"`
	TrainLoss float64 `json:"trainLoss"` // mean cross-entropy in nats, or mean squared error in squared target units
	TestLoss  float64 `json:"testLoss"`
	TrainFit  float64 `json:"trainFit"` // accuracy 0..1, or R² (at most 1)
	TestFit   float64 `json:"testFit"`
}
