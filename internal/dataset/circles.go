package dataset

import "math"

// Circles returns n points on a circle of radius 0.5 and on one of radius 1
// around it, with noise of the given standard deviation.
func Circles(n int, noise float64, seed uint64) *Table {
	p := newPoints(n, noise, 1, seed, 2)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * p.rng.Float64())
		if i%2 == 0 {
			p.add(cos/2, sin/2, 0)
		} else {
			p.add(cos, sin, 1)
		}
	}
	return p.table(Table{
		Name:  "circles",
		Title: "Two circles",
		Help:  "A ring inside a ring. Only the distance from the middle tells them apart.",
	}, "inner ring", "outer ring")
}
