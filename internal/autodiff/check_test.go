package autodiff

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// step is the step of the central differences. A power of two, so that x±step
// is exact for the inputs used here (multiples of 2⁻¹⁰ below 4).
const step = 0x1p-4

// tolerance is the allowed difference from a central difference, for functions
// with values and derivatives of size about 1. D(h) = (f(x+h)-f(x-h))/2h is
// taken at h = step and step/2; (4·D(h/2)-D(h))/3 cancels the h² error and
// leaves h⁴·f⁽⁵⁾/480 < 4e-7 for |f⁽⁵⁾| ≤ 10. Rounding of an output of size 1,
// computed with some 10 roundings of 2⁻²⁵ on average, is 3e-7, divided by h/2
// and weighted by 4/3: 1.3e-5, and four times that for a few outputs together.
const tolerance = 6e-5

// checked is a piece of graph under test.
type checked struct {
	out *Node
	wrt []*Node
}

// project returns Σ seed·out after a Forward, in float64.
func (c checked) project(seed []float32) float64 {
	c.out.graph.Forward(c.out)
	s := 0.0
	for i, v := range c.out.Value() {
		s += float64(v) * float64(seed[i])
	}
	return s
}

// check compares Backward with central differences for every element of every
// node of wrt. It returns the first disagreement.
func (c checked) check(r *rand.Rand) error {
	g := c.out.graph
	g.Forward(c.out)
	seed := make([]float32, len(c.out.Value()))
	for i := range seed {
		seed[i] = float32(r.IntN(3) - 1)
	}
	seed[r.IntN(len(seed))] = 1
	g.Backward(c.out, seed, c.wrt...)
	var grads [][]float32
	for _, n := range c.wrt {
		grads = append(grads, append([]float32(nil), n.Grad()...))
	}
	for k, n := range c.wrt {
		x := n.Value()
		for i, at := range x {
			difference := func(h float32) float64 {
				x[i] = at + h
				up := c.project(seed)
				x[i] = at - h
				down := c.project(seed)
				x[i] = at
				return (up - down) / (2 * float64(h))
			}
			want := (4*difference(step/2) - difference(step)) / 3
			got := float64(grads[k][i])
			if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
				return fmt.Errorf("input %d element %d: gradient %g, central difference %g", k, i, got, want)
			}
		}
	}
	return nil
}

// coarse returns n multiples of 2⁻¹⁰ in lo..hi.
func coarse(r *rand.Rand, n int, lo, hi float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(math.Round((lo+(hi-lo)*r.Float64())*1024) / 1024)
	}
	return x
}

// apart returns n numbers around 0, in random order, at least 3 steps from each
// other and 1.5 from 0, so that no kink of ReLU or MaxPool lies within a step.
func apart(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i, p := range r.Perm(n) {
		x[i] = 3 * step * (float32(p-n/2) + 0.5)
	}
	return x
}
