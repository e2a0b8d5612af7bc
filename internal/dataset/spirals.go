package dataset

import "math"

// Spirals returns n points on two arms that wind 1.5 times around the origin
// and each other, with noise of the given standard deviation.
func Spirals(n int, noise float64, seed uint64) *Table {
	const turns = 1.5
	p := newPoints(n, noise, 1.25, seed, 3)
	for i := range n {
		u := math.Sqrt(p.rng.Float64()) // as many points per length outside as inside
		sin, cos := math.Sincos(2 * math.Pi * turns * u)
		r := 0.1 + float64(1.15*u)
		if i%2 == 0 {
			p.add(float64(r*cos), float64(r*sin), 0)
		} else {
			p.add(-float64(r*cos), -float64(r*sin), 1)
		}
	}
	return p.table(Table{
		Name:  "spirals",
		Title: "Two spirals",
		Help:  "Two arms that wind around each other. Hard for small models: the border has to wind as well.",
	}, "arm A", "arm B")
}
