package model

import "github.com/whybox/whybox/internal/kernel"

// Evaluate measures m on both splits of p: the mean cross-entropy in nats and
// the accuracy, or the mean squared error and R². Step is left 0. A
// probability below 1e-7 counts as 1e-7, so that one sure mistake does not
// make the loss infinite.
func Evaluate(m Model, p *Problem) Point {
	var out Point
	out.TrainLoss, out.TrainFit = measure(m, p, p.TrainX, p.TrainY)
	out.TestLoss, out.TestFit = measure(m, p, p.TestX, p.TestY)
	return out
}

func measure(m Model, p *Problem, x, y []float32) (loss, fit float64) {
	n := len(y)
	if n == 0 {
		return 0, 0
	}
	scores := make([]float32, n*p.K)
	m.Predict(scores, x, n)
	if p.Regression {
		return squares(scores, y)
	}
	hits := 0
	for i, class := range y {
		row := scores[i*p.K : (i+1)*p.K]
		loss -= float64(kernel.Log(max(row[int(class)], 1e-7)))
		if Best(row) == int(class) {
			hits++
		}
	}
	return loss / float64(n), float64(hits) / float64(n)
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
