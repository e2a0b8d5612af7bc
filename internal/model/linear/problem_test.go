package linear_test

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
)

// whole poses a table as a problem with every row for training.
func whole(t *dataset.Table) model.Problem {
	p := model.Problem{
		TrainX: t.X, TrainY: t.Y, TestX: t.X, TestY: t.Y, D: len(t.Columns), K: max(1, len(t.Classes())),
		Regression: t.Regression(), Height: t.Height, Width: t.Width,
	}
	return p
}

// train runs a trainer to its end.
func train(t testing.TB, trainer model.Trainer, err error) model.Trainer {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		before, _, _ := trainer.Progress()
		if err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		if after, total, perPoint := trainer.Progress(); after != before+1 || after > total || perPoint != 1 {
			t.Fatalf("progress %d of %d after %d", after, total, before)
		}
	}
	return trainer
}

// predict returns the scores of rows.
func predict(m model.Model, x []float32) []float32 {
	d, k := m.Dims()
	n := len(x) / d
	dst := make([]float32, n*k)
	m.Predict(dst, x, n)
	return dst
}

func hash(v []float32) uint64 {
	h := fnv.New64a()
	for _, f := range v {
		binary.Write(h, binary.LittleEndian, math.Float32bits(f))
	}
	return h.Sum64()
}

// gradienter is a model with gradients.
type gradienter interface {
	model.Model
	Gradient(dst, x []float32, n, class int)
}

// checkGradient holds m's gradients against central differences of its scores
// at the rows, in standardised units so that the columns compare: steps of
// 1/50 standard deviation. Scores are of size span; their float32 rounding
// gives the difference an error of about 1e-5·span, the step itself one of
// about 1e-4 of the steepest slope.
func checkGradient(t *testing.T, m gradienter, x, sd []float32, span float64) {
	t.Helper()
	d, k := m.Dims()
	n := len(x) / d
	grad := make([]float32, n*d)
	for class := range k {
		m.Gradient(grad, x, n, class)
		for j := range d {
			if sd[j] == 0 {
				continue
			}
			up, down := append([]float32{}, x...), append([]float32{}, x...)
			for i := range n {
				up[i*d+j] += sd[j] / 50
				down[i*d+j] -= sd[j] / 50
			}
			high, low := predict(m, up), predict(m, down)
			for i := range n {
				step := float64(up[i*d+j]) - float64(down[i*d+j])
				want := (float64(high[i*k+class]) - float64(low[i*k+class])) / step * float64(sd[j])
				got := float64(grad[i*d+j]) * float64(sd[j])
				if math.Abs(got-want) > 3e-4*span {
					t.Errorf("row %d class %d feature %d: gradient %v, difference %v per standard deviation", i, class, j, got, want)
				}
			}
		}
	}
}

// deviations returns each column's standard deviation.
func deviations(t *dataset.Table) []float32 {
	d, n := len(t.Columns), float64(t.Rows())
	out := make([]float32, d)
	for j := range d {
		var sum, squares float64
		for i := range t.Rows() {
			v := float64(t.Row(i)[j])
			sum += v
			squares += v * v
		}
		out[j] = float32(math.Sqrt(max(0, squares/n-sum/n*sum/n)))
	}
	return out
}
