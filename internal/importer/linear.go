package importer

import (
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

// Linear is a weighted sum of the features a class, read through a link. A
// missing feature (NaN) adds nothing.
type Linear struct {
	margin linearMargin
	link   tree.Link
}

// linearMargin is a Linear before its link.
type linearMargin struct {
	d, k    int
	weights []float32 // d×k, margin per data unit
	height  []float32 // k, where every feature is 0
}

// Dims returns d and k.
func (l *Linear) Dims() (d, k int) { return l.margin.Dims() }

// Predict writes the scores of the n rows of x (n×d) to dst (n×k).
func (l *Linear) Predict(dst, x []float32, n int) {
	l.margin.Predict(dst, x, n)
	l.link.Apply(dst[:n*l.margin.k], n, l.margin.k)
}

// Margin returns the weighted sums, before the link.
func (l *Linear) Margin() model.Model { return &l.margin }

func (l *linearMargin) Dims() (d, k int) { return l.d, l.k }

func (l *linearMargin) Predict(dst, x []float32, n int) {
	for i := range n {
		out := dst[i*l.k : (i+1)*l.k]
		copy(out, l.height)
		for j, v := range x[i*l.d : (i+1)*l.d] {
			if v != v {
				continue
			}
			for c, w := range l.weights[j*l.k : (j+1)*l.k] {
				out[c] += float32(v * w)
			}
		}
	}
}

// Gradient writes the weights of a class to each of the n rows of dst (n×d).
func (l *linearMargin) Gradient(dst, x []float32, n, class int) {
	for i := range n * l.d {
		dst[i] = l.weights[i%l.d*l.k+class]
	}
}
