package nn

import (
	"math"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/tensor"
)

// stage is one layer of a reference network in float64, written from the
// definition.
type stage func(x []float64) []float64

func dense64(w, b tensor.Tensor) stage {
	return func(x []float64) []float64 {
		y := make([]float64, w.Shape[1])
		for j := range y {
			y[j] = float64(b.At(j))
			for i, v := range x {
				y[j] += v * float64(w.At(i, j))
			}
		}
		return y
	}
}

func relu64(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = max(v, 0)
	}
	return y
}

// conv64 is a convolution of h×w pixels with zeros around them.
func conv64(f, b tensor.Tensor, h, w int) stage {
	size, in, out := f.Shape[0], f.Shape[2], f.Shape[3]
	return func(x []float64) []float64 {
		y := make([]float64, h*w*out)
		for at := range y {
			py, px, o := at/(w*out), at/out%w, at%out
			y[at] = float64(b.At(o))
			for fy := range size {
				for fx := range size {
					iy, ix := py+fy-size/2, px+fx-size/2
					for c := 0; c < in && iy >= 0 && iy < h && ix >= 0 && ix < w; c++ {
						y[at] += x[(iy*w+ix)*in+c] * float64(f.At(fy, fx, c, o))
					}
				}
			}
		}
		return y
	}
}

// pool64 takes the maximum of 2×2 of h×w pixels of c channels.
func pool64(h, w, c int) stage {
	return func(x []float64) []float64 {
		y := make([]float64, (h/2)*(w/2)*c)
		for at := range y {
			py, px, j := at/(w/2*c), at/c%(w/2), at%c
			y[at] = math.Inf(-1)
			for i := range 4 {
				y[at] = max(y[at], x[((2*py+i/2)*w+2*px+i%2)*c+j])
			}
		}
		return y
	}
}

// logits64 runs one row of data units through the stages.
func logits64(in scale, stages []stage, row []float64) []float64 {
	x := make([]float64, len(row))
	for j, v := range row {
		x[j] = (v - float64(in.mean[j])) * float64(in.scale[j])
	}
	for _, s := range stages {
		x = s(x)
	}
	return x
}

// TestGradientReLU compares the scores and gradients of networks with kinks
// with a float64 network of the same weights and its central differences, whose
// step of 1e-6 leaves no room for kinks and whose rounding is 1e-9. What
// remains is the float32 rounding of sums of up to 72 terms of size about 1
// over three layers, around 1e-5.
func TestGradientReLU(t *testing.T) {
	const tolerance = 3e-5
	params := mlp()
	params.Activation = "relu"
	tabular, images := rings(60, 10), stripes(60, 8, 8, 10)
	for _, c := range []struct {
		name   string
		p      model.Problem
		tr     *trainer
		stages func(w, b []tensor.Tensor) []stage
	}{
		{"mlp", tabular, newMLP(t, tabular, params), func(w, b []tensor.Tensor) []stage {
			return []stage{dense64(w[0], b[0]), relu64, dense64(w[1], b[1]), relu64, dense64(w[2], b[2])}
		}},
		{"cnn", images, newCNN(t, images, cnn()), func(w, b []tensor.Tensor) []stage {
			return []stage{conv64(w[0], b[0], 8, 8), relu64, pool64(8, 8, 4),
				conv64(w[1], b[1], 4, 4), relu64, pool64(4, 4, 8), dense64(w[2], b[2])}
		}},
	} {
		train(t, c.tr, 20)
		m := c.tr.Model().(Classifier)
		stages := c.stages(m.weights.w, m.weights.b)
		margin := m.Margin().(explain.Differentiable)
		d, k := m.Dims()
		z, grad := make([]float32, k), make([]float32, d)
		for i := range 10 {
			x := c.p.TrainX[i*d : (i+1)*d]
			row := make([]float64, d)
			for j, v := range x {
				row[j] = float64(v)
			}
			margin.Predict(z, x, 1)
			for class, want := range logits64(m.in, stages, row) {
				if math.Abs(float64(z[class])-want) > tolerance {
					t.Errorf("%s row %d: logit %g, float64 %g", c.name, i, z[class], want)
				}
				margin.Gradient(grad, x, 1, class)
				for j, at := range row {
					unit := 1 / float64(m.in.scale[j])
					h := 1e-6 * unit
					row[j] = at + h
					up := logits64(m.in, stages, row)[class]
					row[j] = at - h
					down := logits64(m.in, stages, row)[class]
					row[j] = at
					got, want := float64(grad[j])*unit, (up-down)/2e-6
					if math.Abs(got-want) > tolerance*max(1, math.Abs(want)) {
						t.Errorf("%s row %d feature %d class %d: gradient %g, float64 %g", c.name, i, j, class, got, want)
					}
				}
			}
		}
	}
}
