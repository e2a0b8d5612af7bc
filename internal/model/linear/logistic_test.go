package linear_test

import (
	_ "embed"
	"encoding/json"
	"math"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/linear"
)

//go:embed testdata/sklearn_logistic.json
var sklearnLogistic []byte

// oracle is a logistic regression that scikit-learn fitted with C = 1.
type oracle struct {
	Rows      []int
	Proba     [][]float64
	Coef      [][]float64 // per standard deviation
	Intercept []float64
	Mean      []float64
	Scale     []float64
}

func loadOracle(t *testing.T, name string) oracle {
	t.Helper()
	var all map[string]json.RawMessage
	var o oracle
	if err := json.Unmarshal(sklearnLogistic, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[name], &o); err != nil {
		t.Fatal(err)
	}
	if len(o.Rows) != 20 {
		t.Fatalf("%d reference rows", len(o.Rows))
	}
	return o
}

// gradientNorm returns the norm of the gradient of the documented objective at
// the weights (per standard deviation), written out from its formula.
func (o oracle) gradientNorm(table *dataset.Table, coef [][]float64, intercept []float64, l2 float64) float64 {
	n, q, d := float64(table.Rows()), len(coef), len(o.Mean)
	grad := make([]float64, q*(d+1))
	for i, y := range table.Y {
		p, sum := make([]float64, q), 0.0
		for c := range coef {
			z := intercept[c]
			for j, v := range table.Row(i) {
				z += coef[c][j] * (float64(v) - o.Mean[j]) / o.Scale[j]
			}
			p[c] = math.Exp(z)
			sum += p[c]
		}
		if q == 1 {
			sum++
		}
		for c := range coef {
			r := p[c] / sum
			if (q == 1 && y == 1) || (q > 1 && int(y) == c) {
				r--
			}
			for j, v := range table.Row(i) {
				grad[c*(d+1)+j] += r * (float64(v) - o.Mean[j]) / o.Scale[j] / n
			}
			grad[c*(d+1)+d] += r / n
		}
	}
	norm := 0.0
	for c := range coef {
		for j, w := range coef[c] {
			grad[c*(d+1)+j] += l2 * w
		}
	}
	for _, g := range grad {
		norm += g * g
	}
	return math.Sqrt(norm)
}

// The optimum is unique, so both programs must find it. How near it they are
// follows from the slope that is left: f curves by at least L2 in every
// weight, so the distance from the optimum is at most ‖slope‖/L2.
// scikit-learn stops earlier than we do, so its distance is the tolerance.
func TestSameOptimumAsScikitLearn(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Digits()} {
		t.Run(table.Name, func(t *testing.T) {
			o := loadOracle(t, table.Name)
			l2 := 1 / float64(table.Rows())
			trainer, err := linear.NewLogistic(whole(table), linear.LogisticParams{L2: l2, Steps: 100})
			m := train(t, trainer, err).Model().(*linear.Logistic)
			steps, _, _ := trainer.Progress()
			w, b := m.Weights()
			d := len(o.Mean)
			coef, intercept := make([][]float64, len(o.Coef)), make([]float64, len(o.Coef))
			for c := range coef {
				intercept[c] = b[c]
				for j := range d {
					coef[c] = append(coef[c], w[c*d+j]*o.Scale[j])
					intercept[c] += w[c*d+j] * o.Mean[j]
				}
			}
			ours := o.gradientNorm(table, coef, intercept, l2)
			theirs := o.gradientNorm(table, o.Coef, o.Intercept, l2)
			tolerance := (ours + theirs) / l2
			t.Logf("%d steps; slope left %.2g here, %.2g in scikit-learn; weights may differ by %.2g", steps, ours, theirs, tolerance)
			if ours > 1e-8 {
				t.Errorf("slope left: %v", ours)
			}
			if tolerance > 0.05 {
				t.Fatalf("a tolerance of %v says nothing", tolerance)
			}
			distance := 0.0
			for c := range coef {
				for j := range d {
					distance += (coef[c][j] - o.Coef[c][j]) * (coef[c][j] - o.Coef[c][j])
				}
			}
			if distance = math.Sqrt(distance); distance > tolerance {
				t.Errorf("weights differ by %v, may differ by %v", distance, tolerance)
			}
			_, k := m.Dims()
			for i, row := range o.Rows {
				got := predict(m, table.Row(row))
				for c := range k {
					// A probability moves by at most a quarter (two classes) or
					// half of what its log-odds move by; those by at most
					// distance·‖z‖ and the intercepts' difference.
					reach := 1.0
					for j, v := range table.Row(row) {
						z := (float64(v) - o.Mean[j]) / o.Scale[j]
						reach += z * z
					}
					if diff := math.Abs(float64(got[c]) - o.Proba[i][c]); diff > tolerance*math.Sqrt(reach)/2+1e-6 {
						t.Errorf("row %d class %d: %v, want %v", row, c, got[c], o.Proba[i][c])
					}
				}
			}
		})
	}
}

func TestLogisticGradients(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Iris(), dataset.Blobs(200, 4, 0.4, 1)} {
		trainer, err := linear.NewLogistic(whole(table), linear.LogisticParams{L2: 0.01, Steps: 50})
		m := train(t, trainer, err).Model().(*linear.Logistic)
		x := table.X[:20*len(table.Columns)]
		sd := deviations(table)
		checkGradient(t, m, x, sd, 1)
		checkGradient(t, m.Margin().(gradienter), x, sd, 10)
	}
}

// Margins and probabilities are the same model: softmax of the margins, or of
// half of them where they are ±z, gives the probabilities.
func TestMarginsAreLogOdds(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Wine()} {
		trainer, err := linear.NewLogistic(whole(table), linear.LogisticParams{L2: 0.1, Steps: 50})
		m := train(t, trainer, err).Model().(model.Marginer)
		p, z := predict(trainer.Model(), table.X), predict(m.Margin(), table.X)
		k := len(table.Classes())
		for i := range table.Rows() {
			for c := range k {
				want := math.Log(float64(p[i*k+c])) - math.Log(float64(p[i*k+(c+1)%k]))
				got := float64(z[i*k+c] - z[i*k+(c+1)%k])
				if k == 2 {
					got /= 2
				}
				if math.Abs(got-want) > 1e-5 {
					t.Fatalf("%s row %d class %d: log-odds %v from margins, %v from probabilities", table.Name, i, c, got, want)
				}
			}
		}
	}
}

// Classes that a line parts have no best weights without a penalty. The loss
// must fall in every step and the weights stay finite; also for three classes,
// a constant column and a copied column.
func TestSeparable(t *testing.T) {
	for k := 2; k <= 3; k++ {
		p := model.Problem{D: 4, K: k}
		for i := range 30 {
			class := float32(i % k)
			a := class*3 + float32(i)/100
			p.TrainX = append(p.TrainX, a, float32(i*i%11), 5, a)
			p.TrainY = append(p.TrainY, class)
		}
		trainer, err := linear.NewLogistic(p, linear.LogisticParams{Steps: 100})
		if err != nil {
			t.Fatal(err)
		}
		last := math.Inf(1)
		for !trainer.Done() {
			if err := trainer.Step(); err != nil {
				t.Fatal(err)
			}
			loss := 0.0
			for i, v := range predict(trainer.Model(), p.TrainX) {
				if float32(i%k) == p.TrainY[i/k] {
					loss -= math.Log(float64(v))
				}
			}
			if !(loss <= last+1e-5) {
				t.Fatalf("%d classes: loss rose from %v to %v", k, last, loss)
			}
			last = loss
		}
		w, b := trainer.Model().(*linear.Logistic).Weights()
		for _, v := range append(w, b...) {
			if math.IsNaN(v) || math.Abs(v) > 1e4 {
				t.Errorf("%d classes: weight %v", k, v)
			}
		}
		if w[2] != 0 {
			t.Errorf("%d classes: the constant column weighs %v", k, w[2])
		}
		if last > 1e-3 {
			t.Errorf("%d classes: loss %v left", k, last)
		}
	}
}

// The same weights on every machine, after any number of steps.
func TestSameBitsEverywhere(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *dataset.Table
		steps int
		want  uint64
	}{
		{"breast_cancer after 3 steps", dataset.BreastCancer(), 3, 0x5594b45c2410bcf6},
		{"breast_cancer", dataset.BreastCancer(), 50, 0xdde2d11bd1a1d2f9},
		{"digits after 4 steps", dataset.Digits(), 4, 0x42c74c45b0dcd6c0},
		{"loans", dataset.Loans(500, 1), 50, 0x40935400394e333c},
		{"diabetes", dataset.Diabetes(), 1, 0x72d72ffbd719a8dd},
	} {
		var trainer model.Trainer
		var err error
		if c.table.Regression() {
			trainer, err = linear.NewLinear(whole(c.table), linear.LinearParams{L2: 1e-3})
		} else {
			trainer, err = linear.NewLogistic(whole(c.table), linear.LogisticParams{L2: 1e-3, Steps: c.steps})
		}
		if got := hash(predict(train(t, trainer, err).Model(), c.table.X)); got != c.want {
			t.Errorf("%s: %#x, want %#x", c.name, got, c.want)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Digits()} {
		b.Run(table.Name, func(b *testing.B) {
			steps := 0
			for b.Loop() {
				trainer, err := linear.NewLogistic(whole(table), linear.LogisticParams{L2: 1e-2, Steps: 100})
				train(b, trainer, err)
				n, _, _ := trainer.Progress()
				steps += n
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(steps), "ms/step")
			b.ReportMetric(float64(steps)/float64(b.N), "steps")
		})
	}
}
