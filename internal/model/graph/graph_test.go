package graph

import (
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/tensor"
)

// build returns a network of two features and three classes that takes two rows
// at once.
func build() *Classifier {
	g := autodiff.New(2)
	x := g.Input(2)
	z := g.Affine(x, tensor.Of([]float32{1, 2, 3, -4, 5, 6}, 2, 3), []float32{0.5, 0, -0.5})
	return NewClassifier(g, 2, x, g.Activate(z, kernel.ActSigmoid), z)
}

// A row has the same scores and slopes in any company, however many rows there
// are.
func TestRows(t *testing.T) {
	m := build()
	x := []float32{0.1, 0.2, -0.3, 0.1, 0, 0, 0.5, -0.5, 0.25, 0.125}
	d, k := m.Dims()
	if d != 2 || k != 3 {
		t.Fatal(d, k)
	}
	all, slopes := make([]float32, 5*k), make([]float32, 5*d)
	m.Predict(all, x, 5)
	m.Gradient(slopes, x, 5, 1)
	for i := range 5 {
		one, slope := make([]float32, k), make([]float32, d)
		m.Predict(one, x[i*d:(i+1)*d], 1)
		m.Gradient(slope, x[i*d:(i+1)*d], 1, 1)
		if !slices.Equal(one, all[i*k:(i+1)*k]) || !slices.Equal(slope, slopes[i*d:(i+1)*d]) {
			t.Errorf("row %d: %v and %v alone, %v and %v among others", i, one, slope, all[i*k:(i+1)*k], slopes[i*d:(i+1)*d])
		}
	}
}

// The margin is affine: its slopes are the weights.
func TestMargin(t *testing.T) {
	m := build().Margin().(*Network)
	z, slope := make([]float32, 3), make([]float32, 2)
	m.Predict(z, []float32{2, 1}, 1)
	m.Gradient(slope, []float32{2, 1}, 1, 2)
	if !slices.Equal(z, []float32{-1.5, 9, 11.5}) || !slices.Equal(slope, []float32{3, 6}) {
		t.Error(z, slope)
	}
}
