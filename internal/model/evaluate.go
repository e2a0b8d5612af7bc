package model

import "github.com/whybox/whybox/internal/kernel"

// Evaluate measures m on both splits of p: the mean cross-entropy in nats and
// the accuracy, or the mean squared error and R². Step is left 0. A
// probability below 1e-7 counts as 1e-7, so that one sure mistake does not
// make the loss infinite. rest is called every few rows; its error ends the
// measuring and is returned. It may be nil.
func Evaluate(m Model, p *Problem, rest func() error) (Point, error) {
	var out Point
	var err error
	if out.TrainLoss, out.TrainFit, err = measure(m, p, p.TrainX, p.TrainY, rest); err != nil {
		return out, err
	}
	out.TestLoss, out.TestFit, err = measure(m, p, p.TestX, p.TestY, rest)
	return out, err
}

// EvaluateTrainer measures the model of t as Evaluate does, by the scores it
// keeps where it keeps them.
func EvaluateTrainer(t Trainer, p *Problem, rest func() error) (Point, error) {
	s, ok := t.(Scored)
	if !ok {
		return Evaluate(t.Model(), p, rest)
	}
	var out Point
	train, test := s.Scores()
	out.TrainLoss, out.TrainFit = Fit(train, p, p.TrainY)
	out.TestLoss, out.TestFit = Fit(test, p, p.TestY)
	if rest != nil {
		return out, rest()
	}
	return out, nil
}

func measure(m Model, p *Problem, x, y []float32, rest func() error) (mean, fit float64, err error) {
	scores, err := PredictAll(m, x, len(y), rest)
	if err != nil {
		return 0, 0, err
	}
	mean, fit = Fit(scores, p, y)
	return mean, fit, nil
}

// Fit returns the mean loss of scores (n×k) for the truth y and how well they
// fit, as Evaluate does; zeros where there are no rows.
func Fit(scores []float32, p *Problem, y []float32) (mean, fit float64) {
	n := len(y)
	if n == 0 {
		return 0, 0
	}
	if p.Regression {
		return squares(scores, y)
	}
	hits := 0
	for i, class := range y {
		row := scores[i*p.K : (i+1)*p.K]
		mean -= float64(kernel.Log(max(row[int(class)], 1e-7)))
		if Best(row) == int(class) {
			hits++
		}
	}
	return mean / float64(n), float64(hits) / float64(n)
}

// PredictAll returns the n×k scores of the n rows of x (n×d). rest is called
// every few rows; its error ends the work and is returned. It may be nil.
func PredictAll(m Model, x []float32, n int, rest func() error) ([]float32, error) {
	const batch = 64
	d, k := m.Dims()
	scores := make([]float32, n*k)
	for i := 0; i < n; i += batch {
		end := min(n, i+batch)
		m.Predict(scores[i*k:end*k], x[i*d:end*d], end-i)
		if rest != nil {
			if err := rest(); err != nil {
				return nil, err
			}
		}
	}
	return scores, nil
}

func squares(scores, y []float32) (mse, r2 float64) {
	n := float64(len(y))
	mean := 0.0
	for _, v := range y {
		mean += float64(v)
	}
	mean /= n
	var left, all float64
	for i, v := range y {
		e, a := float64(scores[i])-float64(v), float64(v)-mean
		left += float64(e * e)
		all += float64(a * a)
	}
	if all == 0 {
		return left / n, 0
	}
	return left / n, 1 - left/all
}

// Best returns the index of the highest score, the lowest index on a tie.
func Best(scores []float32) int {
	best := 0
	for j, s := range scores {
		if s > scores[best] {
			best = j
		}
	}
	return best
}
