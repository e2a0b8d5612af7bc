package saliency

import (
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
)

// SmoothGradParams says how many noisy copies to average and how noisy they are.
type SmoothGradParams struct {
	Samples int     // copies, ≥ 2
	Noise   float64 // standard deviation, ≥ 0, as a share of each feature's range; images: of the range of all pixels
}

// SmoothGrad averages the gradient over noisy copies of the row, in score per
// data unit:
//
//	φᵢ = 1/n Σ ∂f/∂xᵢ (x + ε),  εᵢ ~ N(0, (Noise · rangeᵢ)²)
//
// Laws: dummy, linear in the model, implementation-invariant; the gradient
// itself for a linear model or Noise 0. Not complete: Partial is set and Base
// is 0. StdErr is the spread over the copies divided by √Samples and falls so.
//
// Cost: Samples gradients, 1 prediction. Needs: a model with gradients.
//
// Paper: Smilkov, Thorat, Kim, Viégas, Wattenberg. SmoothGrad: removing noise by
// adding noise. 2017, arXiv:1706.03825, section 2. There the range is that of
// the explained image; here it is the range of the data, so that the noise does
// not depend on the row. The normal deviates are sums of twelve uniform ones,
// the same on every machine: mean 0, variance 1, never beyond 6.
func SmoothGrad(q explain.Query, p SmoothGradParams) (explain.Attribution, error) {
	if p.Samples < 2 || !(p.Noise >= 0) || math.IsInf(p.Noise, 1) {
		return explain.Attribution{}, explain.Refuse("choose at least 2 copies and a noise of 0 or more", "SmoothGrad with %d copies and noise %v has nothing to average", p.Samples, p.Noise)
	}
	r, err := newGradientRun(q, "SmoothGrad", p.Samples+1)
	if err != nil {
		return explain.Attribution{}, err
	}
	score, err := r.scores(q.X)
	if err != nil {
		return explain.Attribution{}, err
	}
	sigma := noiseScale(q, p.Noise)
	chance := explain.Streams(q.Rand)
	size := func(part int) int { return min(together, p.Samples-part*together) }
	x := make([]float32, together*r.D)
	g := make([]float32, together*r.D)
	slopes, err := r.Parts((p.Samples+together-1)/together, size, func(part int) ([]float64, error) {
		n := size(part)
		for i := range n {
			noise := chance(part*together + i)
			for j, v := range q.X {
				x[i*r.D+j] = float32(float64(v) + float64(sigma[j]*normal(noise)))
			}
		}
		if err := r.gradients(g, x[:n*r.D]); err != nil {
			return nil, err
		}
		out := make([]float64, n*r.D)
		for i := range out {
			out[i] = float64(g[i])
		}
		return out, nil
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	mean := make([]float64, r.D)
	spread := make([]float64, r.D) // Σ(g - mean)², kept as the copies come (Welford)
	for i := range p.Samples {
		g := slopes[i/together][i%together*r.D:]
		for j := range r.D {
			off := g[j] - mean[j]
			mean[j] += off / float64(i+1)
			spread[j] += float64(off * (g[j] - mean[j]))
		}
	}
	n := float64(p.Samples)
	for j, v := range spread {
		spread[j] = math.Sqrt(v / (n - 1) / n)
	}
	return explain.Attribution{Values: mean, StdErr: spread, Score: score[0], Partial: true}, nil
}

// noiseScale returns the standard deviation of each feature's noise, in data
// units.
func noiseScale(q explain.Query, share float64) []float64 {
	if len(q.Features) != len(q.X) {
		panic("saliency: the query does not describe every feature")
	}
	sigma := make([]float64, len(q.X))
	lo, hi := math.Inf(1), math.Inf(-1)
	for j, f := range q.Features {
		sigma[j] = share * (float64(f.Max) - float64(f.Min))
		lo, hi = min(lo, float64(f.Min)), max(hi, float64(f.Max))
	}
	if q.Height > 0 {
		for j := range sigma {
			sigma[j] = share * (hi - lo)
		}
	}
	return sigma
}

// normal returns a nearly normal deviate of mean 0 and variance 1.
func normal(r *rand.Rand) float64 {
	sum := -6.0
	for range 12 {
		sum += r.Float64()
	}
	return sum
}
