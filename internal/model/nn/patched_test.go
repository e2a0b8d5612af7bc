package nn

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

var (
	_ explain.Patcher = Classifier{}
	_ explain.Patcher = Margin{}
)

// TestPredictPatched compares with Predict on the images as they are, to the
// bit: images of even and odd sides, rectangles anywhere, of no pixel, of all
// and beyond the edge.
func TestPredictPatched(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 1))
	for _, side := range [][2]int{{8, 8}, {7, 9}, {4, 4}, {5, 14}, {13, 6}} {
		h, w := side[0], side[1]
		p := stripes(40, h, w, 9)
		tr := newCNN(t, p, cnn())
		train(t, tr, 20)
		for _, m := range []explain.Patcher{tr.Model().(explain.Patcher), tr.Model().(Classifier).Margin().(explain.Patcher)} {
			if !m.Patches() {
				t.Fatal("a convolutional network scores no patches")
			}
			d, k := m.Dims()
			for range 6 {
				x, other := p.TrainX[r.IntN(20)*d:][:d], p.TrainX[(20+r.IntN(20))*d:][:d]
				at := []image.Rectangle{{}, image.Rect(0, 0, w, h), image.Rect(w-1, h-2, w+3, h+9), image.Rect(-2, -3, 1, 1)}
				for range cnnChunk + 3 {
					left, top := r.IntN(w), r.IntN(h)
					at = append(at, image.Rect(left, top, left+1+r.IntN(w-left), top+1+r.IntN(h-top)))
				}
				got, want := make([]float32, len(at)*k), make([]float32, len(at)*k)
				m.PredictPatched(got, x, other, at)
				var rows []float32
				for _, s := range at {
					for i, v := range x {
						if (image.Point{X: i % w, Y: i / w}).In(s) {
							v = other[i]
						}
						rows = append(rows, v)
					}
				}
				m.Predict(want, rows, len(at))
				for i, v := range got {
					if v != want[i] {
						t.Fatalf("%d×%d, %v: score %d is %g, the whole image gives %g", w, h, at[i/k], i%k, v, want[i])
					}
				}
			}
		}
	}
	if (Classifier{&network{}}).Patches() {
		t.Error("a network without convolutions scores patches")
	}
}
