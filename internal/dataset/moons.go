package dataset

import "math"

// Moons returns n points on two half circles that reach into each other, with
// noise of the given standard deviation.
func Moons(n int, noise float64, seed uint64) *Table {
	p := newPoints(n, noise, 1.5, seed, 1)
	for i := range n {
		sin, cos := math.Sincos(math.Pi * p.rng.Float64())
		if i%2 == 0 {
			p.add(cos-0.5, sin-0.25, 0)
		} else {
			p.add(0.5-cos, 0.25-sin, 1)
		}
	}
	return p.table(Table{
		Name:  "moons",
		Title: "Two moons",
		Help:  "Two half circles that reach into each other. A straight line cannot tell them apart.",
	}, "upper moon", "lower moon")
}
