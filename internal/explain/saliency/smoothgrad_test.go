package saliency

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// A linear model has one gradient everywhere; without noise so has any model at
// one row.
func TestSmoothGradIsTheGradient(t *testing.T) {
	line := about(linear([]float32{3, -2}, 0), 1, 2)
	curve := about(cube(), 1.5)
	for _, a := range []struct {
		got  explain.Attribution
		want []float64
	}{
		{must(SmoothGrad(line, SmoothGradParams{Samples: 50, Noise: 0.3})), []float64{3, -2}},
		{must(SmoothGrad(curve, SmoothGradParams{Samples: 2, Noise: 0})), []float64{6.75}},
	} {
		equal(t, "SmoothGrad", a.got.Values, a.want, 0)
		equal(t, "its standard error", a.got.StdErr, make([]float64, len(a.want)), 0)
		if !a.got.Partial {
			t.Error("not partial")
		}
	}
}

// cube is x³.
func cube() function {
	return function{1, func(x []float32) float64 { return float64(x[0] * x[0] * x[0]) },
		func(dst, x []float32) { dst[0] = 3 * x[0] * x[0] }}
}

// The gradient 3x² of x³ averages to 3(x² + σ²) under noise of deviation σ. Over
// many seeds the mean is right and StdErr is the spread.
func TestSmoothGradNoise(t *testing.T) {
	const x, noise, samples, seeds = 1.5, 0.2, 40, 500
	for _, c := range []struct {
		name     string
		min, max float32
	}{{"table", -1, 3}, {"narrow", 0, 0.5}} {
		q := about(cube(), x)
		q.Features[0].Min, q.Features[0].Max = c.min, c.max
		sigma := noise * float64(c.max-c.min)
		var mean, square, claimed float64
		for seed := range uint64(seeds) {
			q.Rand = rand.New(rand.NewPCG(seed, 1))
			a := must(SmoothGrad(q, SmoothGradParams{Samples: samples, Noise: noise}))
			mean += a.Values[0] / seeds
			square += a.Values[0] * a.Values[0] / seeds
			claimed += a.StdErr[0] * a.StdErr[0] / seeds
		}
		spread := math.Sqrt(square - mean*mean)
		want := 3 * (x*x + sigma*sigma)
		if z := (mean - want) / spread * math.Sqrt(seeds); math.Abs(z) > 3 {
			t.Errorf("%s: mean %g, want %g, %.1f standard errors off", c.name, mean, want, z)
		}
		if ratio := math.Sqrt(claimed) / spread; ratio < 0.9 || ratio > 1.1 {
			t.Errorf("%s: claims %.2f of its spread", c.name, ratio)
		}
	}
}

// On images every pixel gets the noise of the whole range, a constant one too;
// in tables each column its own.
func TestSmoothGradRange(t *testing.T) {
	q := about(linear([]float32{1, 1, 1, 1}, 0), 0, 0, 0, 0)
	for j := range q.Features {
		q.Features[j].Min, q.Features[j].Max = 0, float32(j)
	}
	for name, c := range map[string]struct {
		height int
		want   [4]float64
	}{"table": {0, [4]float64{0, 0.5, 1, 1.5}}, "image": {2, [4]float64{1.5, 1.5, 1.5, 1.5}}} {
		q.Height, q.Width = c.height, c.height
		equal(t, name, noiseScale(q, 0.5), c.want[:], 0)
	}
}

func TestNormal(t *testing.T) {
	const n = 200000
	r := rand.New(rand.NewPCG(1, 1))
	var m1, m2, m3, inside float64
	for range n {
		z := normal(r)
		m1 += z / n
		m2 += z * z / n
		m3 += z * z * z / n
		if math.Abs(z) < 1.96 {
			inside += 1.0 / n
		}
	}
	if math.Abs(m1) > 0.01 || math.Abs(m2-1) > 0.02 || math.Abs(m3) > 0.03 || math.Abs(inside-0.95) > 0.003 {
		t.Errorf("mean %g, variance %g, third moment %g, %g within 1.96", m1, m2, m3, inside)
	}
}

func TestSmoothGradErrors(t *testing.T) {
	q := about(cube(), 1)
	for _, p := range []SmoothGradParams{{1, 0.1}, {10, -0.1}, {10, math.NaN()}, {10, math.Inf(1)}} {
		if _, err := SmoothGrad(q, p); err == nil {
			t.Errorf("%s: no error", fmt.Sprint(p))
		}
	}
}
