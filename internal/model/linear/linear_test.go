package linear_test

import (
	"math"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/linear"
)

// The ordinary least squares coefficients of the diabetes data that
// scikit-learn's LinearRegression prints for its load_diabetes(scaled=True):
// columns centred and divided by the root of their sum of squares. They are
// published to six decimals. Our columns are float32, which moves a value by
// up to 6e-8 of itself; the correlated blood values magnify that to about 1e-4
// in a coefficient.
func TestDiabetesCoefficients(t *testing.T) {
	table := dataset.Diabetes()
	trainer, err := linear.NewLinear(whole(table), linear.LinearParams{})
	m := train(t, trainer, err).Model().(*linear.Regression)
	w, b := m.Weights()
	sd := deviations(table)
	mean := b[0]
	for j, want := range []float64{-10.009866, -239.815644, 519.845920, 324.384646, -792.175639, 476.739021, 101.043268, 177.063238, 751.273700, 67.626692} {
		var sum, squares float64
		for i := range table.Rows() {
			sum += float64(table.Row(i)[j]) / 442
		}
		for i := range table.Rows() {
			squares += (float64(table.Row(i)[j]) - sum) * (float64(table.Row(i)[j]) - sum)
		}
		mean += w[j] * sum
		if got := w[j] * math.Sqrt(squares); math.Abs(got-want) > 5e-4 {
			t.Errorf("%s: %v, want %v", table.Columns[j].Name, got, want)
		}
	}
	if math.Abs(mean-152.13348416) > 1e-6 {
		t.Errorf("score at the mean %v, want 152.13348416", mean)
	}
	checkGradient(t, m, table.X[:50], sd, 100)
}

// At the minimum every slope of the documented objective is 0, whatever the
// penalty.
func TestRidgeIsStationary(t *testing.T) {
	table := dataset.Diabetes()
	sd := deviations(table)
	for _, l2 := range []float64{0, 1e-3, 0.1, 10} {
		trainer, err := linear.NewLinear(whole(table), linear.LinearParams{L2: l2})
		w, b := train(t, trainer, err).Model().(*linear.Regression).Weights()
		slope, bias, n := make([]float64, len(w)), 0.0, float64(table.Rows())
		for i, y := range table.Y {
			gap := b[0] - float64(y)
			for j, v := range table.Row(i) {
				gap += w[j] * float64(v)
			}
			bias += gap / n
			for j, v := range table.Row(i) {
				slope[j] += gap * float64(v) / float64(sd[j]) / n
			}
		}
		for j := range slope {
			// Targets spread by 77; float32 deviations are good to 1e-7.
			if got := slope[j] + l2*w[j]*float64(sd[j]); math.Abs(got) > 1e-4 {
				t.Errorf("L2 %v: slope %v in feature %d", l2, got, j)
			}
		}
		if math.Abs(bias) > 1e-9 {
			t.Errorf("L2 %v: slope %v in the intercept", l2, bias)
		}
	}
}

// y = 3 - 2a + 0.5b without noise, beside a constant column and a copy: the
// fit is exact, the constant gets no weight, and nothing blows up.
func TestDegenerateColumns(t *testing.T) {
	p := model.Problem{D: 4, K: 1, Regression: true}
	for i := range 20 {
		a, b := float32(i%5), float32(i*i%7)
		p.TrainX = append(p.TrainX, a, b, 9, a)
		p.TrainY = append(p.TrainY, 3-2*a+b/2)
	}
	for _, l2 := range []float64{0, 1e-9} {
		trainer, err := linear.NewLinear(p, linear.LinearParams{L2: l2})
		m := train(t, trainer, err).Model().(*linear.Regression)
		w, b := m.Weights()
		if math.Abs(w[0]+w[3]+2) > 1e-6 || math.Abs(w[1]-0.5) > 1e-6 || w[2] != 0 || math.Abs(b[0]-3) > 1e-6 {
			t.Errorf("L2 %v: weights %v and intercept %v", l2, w, b)
		}
		for i, got := range predict(m, p.TrainX) {
			if math.Abs(float64(got-p.TrainY[i])) > 1e-5 {
				t.Errorf("L2 %v: row %d is %v, want %v", l2, i, got, p.TrainY[i])
			}
		}
	}
}

func TestUntrainedRegressionGivesTheMean(t *testing.T) {
	table := dataset.Diabetes()
	trainer, err := linear.NewLinear(whole(table), linear.LinearParams{})
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range predict(trainer.Model(), table.X[:30]) {
		if math.Abs(float64(got)-152.13348416) > 1e-5 {
			t.Errorf("%v, want 152.13348416", got)
		}
	}
}

func TestLinearRefuses(t *testing.T) {
	good := model.Problem{TrainX: []float32{1, 2, 3}, TrainY: []float32{0, 1, 2}, D: 1, K: 1, Regression: true}
	classes := model.Problem{TrainX: []float32{1, 2, 3}, TrainY: []float32{0, 1, 0}, D: 1, K: 2}
	one := model.Problem{TrainX: []float32{1}, TrainY: []float32{1}, D: 1, K: 1, Regression: true}
	infinite := model.Problem{TrainX: []float32{1, float32(math.Inf(1))}, TrainY: []float32{1, 2}, D: 1, K: 1, Regression: true}
	for name, f := range map[string]func() (model.Trainer, error){
		"classes":          func() (model.Trainer, error) { return linear.NewLinear(classes, linear.LinearParams{}) },
		"one row":          func() (model.Trainer, error) { return linear.NewLinear(one, linear.LinearParams{}) },
		"infinite value":   func() (model.Trainer, error) { return linear.NewLinear(infinite, linear.LinearParams{}) },
		"negative penalty": func() (model.Trainer, error) { return linear.NewLinear(good, linear.LinearParams{L2: -1}) },
		"penalty NaN":      func() (model.Trainer, error) { return linear.NewLinear(good, linear.LinearParams{L2: math.NaN()}) },
		"quantity": func() (model.Trainer, error) {
			return linear.NewLogistic(good, linear.LogisticParams{Steps: 9})
		},
		"no steps": func() (model.Trainer, error) { return linear.NewLogistic(classes, linear.LogisticParams{}) },
	} {
		if _, err := f(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
