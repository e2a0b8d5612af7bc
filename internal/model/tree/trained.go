package tree

import "github.com/whybox/whybox/internal/model"

// Forest is a trained random forest or set of extremely randomised trees: class
// frequencies, or the mean target.
type Forest struct{ ensemble *Ensemble }

// Dims returns d and k; k is 1 for regression.
func (f *Forest) Dims() (d, k int) { return f.ensemble.Dims() }

// Predict writes the mean over the trees for the n rows of x (n×d) to dst
// (n×k).
func (f *Forest) Predict(dst, x []float32, n int) { f.ensemble.Predict(dst, x, n) }

// Ensemble returns the trees: one a class for every tree that was grown, alike
// but for the values of their leaves. It changes as training goes on.
func (f *Forest) Ensemble() *Ensemble { return f.ensemble }

// Boosted is a gradient boosted regression.
type Boosted struct{ ensemble *Ensemble }

// Dims returns d and k; k is 1 for regression.
func (b *Boosted) Dims() (d, k int) { return b.ensemble.Dims() }

// Predict writes the scores of the n rows of x (n×d) to dst (n×k).
func (b *Boosted) Predict(dst, x []float32, n int) { b.ensemble.Predict(dst, x, n) }

// Ensemble returns the trees. It changes as training goes on.
func (b *Boosted) Ensemble() *Ensemble { return b.ensemble }

// BoostedClassifier is a gradient boosted classifier.
type BoostedClassifier struct{ Boosted }

// Margin returns the same trees read before the link, as *Margins. For two
// classes the margins are the log-odds of each, -z and z, and every tree stands
// twice, mirrored; for more they are the sums that go into softmax, of which
// only the differences mean something.
func (b *BoostedClassifier) Margin() model.Model { return b.ensemble.Margin() }
