package task

import (
	"errors"
	"math"
)

// Reference returns what a peer must compute. It is ours, what whybox computes,
// except where a peer follows the textbook and whybox goes further: then it is
// the textbook's answer, from the same network.
func Reference(t Task, a Arrays, ours []float64) ([]float64, error) {
	switch t.Kind {
	case Shap:
		return weightedLeastSquares(t, a)
	case Path:
		return evenSteps(t, a), nil
	}
	return ours, nil
}

// weightedLeastSquares is KernelSHAP of Lundberg and Lee 2017 over the given
// coalitions: φ minimises Σ weight·(v(S) - v(∅) - Σ_{i∈S} φᵢ)² with Σφ = v(all) -
// v(∅), which takes the place of the last feature.
func weightedLeastSquares(t Task, a Arrays) ([]float64, error) {
	d, m := t.D, t.Rows
	masks, pairs := a[t.Net()+"/masks"], a[t.Net()+"/pairs"]
	worth := worths(t, a)
	total := worth[0] - worth[1]
	n := d - 1
	system := make([][]float64, n)
	for i := range system {
		system[i] = make([]float64, n+1)
	}
	z := make([]float64, n)
	for s := 2; s < len(worth); s++ {
		row := masks[s*d : (s+1)*d]
		last := float64(row[n])
		for i := range z {
			z[i] = float64(row[i]) - last
		}
		y := worth[s] - worth[1] - float64(last*total)
		w := float64(pairs[s/2])
		for i := range n {
			for j := range n {
				system[i][j] += float64(w * z[i] * z[j])
			}
			system[i][n] += float64(w * z[i] * y)
		}
	}
	phi, err := eliminate(system)
	if err != nil {
		return nil, err
	}
	rest := total
	for _, v := range phi {
		rest -= v
	}
	if m == 0 || math.IsNaN(rest) {
		return nil, errors.New("the regression has no finite solution")
	}
	return append(phi, rest), nil
}

// evenSteps is integrated gradients by the trapezoid rule over even steps from
// zeros.
func evenSteps(t Task, a Arrays) []float64 {
	m, x := t.network(a), a[t.Net()+"/rows"][:t.D]
	out, at, g := make([]float64, t.D), make([]float32, t.D), make([]float32, t.D)
	for s := range Steps + 1 {
		for i := range at {
			at[i] = float32(float64(x[i]) * (float64(s) / Steps))
		}
		m.Gradient(g, at, 1, Class)
		w := 1.0 / Steps
		if s == 0 || s == Steps {
			w /= 2
		}
		for i := range out {
			out[i] += float64(w * float64(g[i]) * float64(x[i]))
		}
	}
	return out
}

// worths returns the mean score of each coalition over the background.
func worths(t Task, a Arrays) []float64 {
	d, m := t.D, t.Rows
	model, x := t.network(a), a[t.Net()+"/rows"]
	masks, background := a[t.Net()+"/masks"], a[t.Net()+"/background"]
	out := make([]float64, len(masks)/d)
	mixed, scores := make([]float32, m*d), make([]float32, m*2)
	for s := range out {
		for b := range m {
			for i := range d {
				mixed[b*d+i] = background[b*d+i]
				if masks[s*d+i] == 1 {
					mixed[b*d+i] = x[i]
				}
			}
		}
		model.Predict(scores, mixed, m)
		for b := range m {
			out[s] += float64(scores[2*b+1])
		}
		out[s] /= float64(m)
	}
	return out
}

// eliminate solves n equations of n+1 values each by Gauss's elimination with
// pivots.
func eliminate(a [][]float64) ([]float64, error) {
	n := len(a)
	for c := range n {
		pivot := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[pivot][c]) {
				pivot = r
			}
		}
		if a[pivot][c] == 0 {
			return nil, errors.New("the regression is singular")
		}
		a[c], a[pivot] = a[pivot], a[c]
		for r := range n {
			if r == c {
				continue
			}
			f := a[r][c] / a[c][c]
			for j := c; j <= n; j++ {
				a[r][j] -= float64(f * a[c][j])
			}
		}
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = a[i][n] / a[i][i]
	}
	return out, nil
}
