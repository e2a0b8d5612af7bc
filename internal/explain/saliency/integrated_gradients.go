package saliency

import (
	"cmp"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// IntegratedGradientsParams says how finely and from where to walk.
type IntegratedGradientsParams struct {
	Steps    int    // stretches of the path, ≥ 1; the gradient is taken at Steps+1 points
	Baseline string // "mean" or "median" of the background rows, or "zero"
}

// IntegratedGradients adds up the gradients on the straight way from a neutral
// row x′ to the row x, in score units:
//
//	φᵢ = (xᵢ - x′ᵢ) · ∫₀¹ ∂f/∂xᵢ (x′ + t(x - x′)) dt
//
// Laws: complete (what the gap shows is the error of the integral, never
// rescaled away), dummy, symmetric where the baseline is, linear in the model and
// implementation-invariant up to that error; the Aumann–Shapley value of f.
//
// The stretches of the path are of unequal length. An eighth of them are laid
// out evenly; then, a round at a time, those in doubt are halved. With G the
// gradient times (x - x′), a stretch of length h from a to b, half of one with
// midpoint m, is in doubt by
//
//	h · (min(Σ|G(b) - G(a)|, Σ|G(m) - mean of G at its ends|) + Σ|G(b) - G(a)|/64)
//
// which is large at a kink and small where G runs straight. Even steps leave a
// gap of order 1/Steps at every kink of a ReLU network: with 256 of them, three
// rows of four of a trained one have a gap above 1e-3 of Score - Base; with
// these, none (TestIntegratedGradientsComplete).
//
// Cost: Steps+1 gradients, 2 predictions. Needs: a model with gradients.
//
// Paper: Sundararajan, Taly, Yan. Axiomatic attribution for deep networks. ICML
// 2017, arXiv:1703.01365, equation 1. We differ from its equation 3 in the
// steps, and in Simpson's and the trapezoid rule over them.
func IntegratedGradients(q explain.Query, p IntegratedGradientsParams) (explain.Attribution, error) {
	if p.Steps < 1 {
		return explain.Attribution{}, explain.Refuse("choose at least 1", "integrated gradients with %d steps cannot walk", p.Steps)
	}
	r, err := newGradientRun(q, "integrated gradients", p.Steps+3)
	if err != nil {
		return explain.Attribution{}, err
	}
	from, err := r.baseline(p.Baseline)
	if err != nil {
		return explain.Attribution{}, err
	}
	ends, err := r.scores(slices.Concat(from, q.X))
	if err != nil {
		return explain.Attribution{}, err
	}
	stretches, err := walk(r, from, p.Steps)
	if err != nil {
		return explain.Attribution{}, err
	}
	return explain.Attribution{Values: integrate(stretches, r.D), Base: ends[0], Score: ends[1]}, nil
}

// stretch is the part a..b of the path, 0 ≤ a < b ≤ 1.
type stretch struct {
	a, b        float64
	left, right []float64 // d, G at a and at b
	doubt       float64
	level       int // how often it was halved
}

// integrate returns ∫G, d values. Two neighbours of one length are taken
// together by Simpson's rule, which is exact where G is a cubic; a stretch left
// alone by the trapezoid rule.
func integrate(path []stretch, d int) []float64 {
	slices.SortFunc(path, func(s, t stretch) int { return cmp.Compare(s.a, t.a) })
	sum := make([]float64, d)
	for i := 0; i < len(path); i++ {
		s := path[i]
		h := s.b - s.a
		if i+1 < len(path) && path[i+1].level == s.level {
			i++
			t := path[i]
			for j := range sum {
				sum[j] += float64(h / 3 * (s.left[j] + 4*s.right[j] + t.right[j]))
			}
			continue
		}
		for j := range sum {
			sum[j] += float64(h / 2 * (s.left[j] + s.right[j]))
		}
	}
	return sum
}

// walk cuts the path from x′ to the row into the given number of stretches.
func walk(r *run, from []float32, steps int) ([]stretch, error) {
	even := max(1, steps/8)
	ts := make([]float64, even+1)
	for i := range ts {
		ts[i] = float64(i) / float64(even)
	}
	g, err := slopes(r, from, ts)
	if err != nil {
		return nil, err
	}
	out := make([]stretch, 0, steps)
	for i := range even {
		s := stretch{a: ts[i], b: ts[i+1], left: g[i], right: g[i+1]}
		s.doubt = (s.b - s.a) * apart(s.left, s.right)
		out = append(out, s)
	}
	for len(out) < steps {
		slices.SortStableFunc(out, func(s, t stretch) int { return cmp.Compare(t.doubt, s.doubt) })
		round := min(max(1, steps/16), steps-len(out), len(out))
		ts = ts[:0]
		for _, s := range out[:round] {
			ts = append(ts, (s.a+s.b)/2)
		}
		if g, err = slopes(r, from, ts); err != nil {
			return nil, err
		}
		for i, s := range out[:round] {
			var rest stretch
			out[i], rest = s.halve(ts[i], g[i])
			out = append(out, rest)
		}
	}
	return out, nil
}

// slopes returns G at each of the points ts of the path.
func slopes(r *run, from []float32, ts []float64) ([][]float64, error) {
	x := make([]float32, len(ts)*r.D)
	g := make([]float32, len(ts)*r.D)
	for i, t := range ts {
		for j := range r.D {
			lo := float64(from[j])
			x[i*r.D+j] = float32(lo + float64(t*(float64(r.X[j])-lo)))
		}
	}
	if err := r.gradients(g, x); err != nil {
		return nil, err
	}
	out := make([][]float64, len(ts))
	for i := range out {
		out[i] = make([]float64, r.D)
		for j := range r.D {
			out[i][j] = float64(g[i*r.D+j]) * (float64(r.X[j]) - float64(from[j]))
		}
	}
	return out, nil
}

// halve splits s at its midpoint t, where G is g.
func (s stretch) halve(t float64, g []float64) (left, right stretch) {
	bend := 0.0
	for i := range g {
		bend += math.Abs(g[i] - (s.left[i]+s.right[i])/2)
	}
	half := func(a, b float64, ga, gb []float64) stretch {
		v := apart(ga, gb)
		return stretch{a, b, ga, gb, (b - a) * (min(v, bend) + v/64), s.level + 1}
	}
	return half(s.a, t, s.left, g), half(t, s.b, g, s.right)
}

// apart returns Σ|bᵢ - aᵢ|.
func apart(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += math.Abs(b[i] - a[i])
	}
	return sum
}
