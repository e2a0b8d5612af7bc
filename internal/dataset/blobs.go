package dataset

import (
	"math"
	"strconv"
)

// Blobs returns n points in 2 to 5 round heaps, whose centres lie evenly on
// the unit circle, with noise of the given standard deviation around them.
func Blobs(n, classes int, noise float64, seed uint64) *Table {
	if classes < 2 || classes > 5 {
		panic("dataset: blobs needs 2 to 5 classes")
	}
	p := newPoints(n, noise, 1, seed, 5)
	names := make([]string, classes)
	centres := make([][2]float64, classes)
	for c := range names {
		names[c] = "blob " + strconv.Itoa(c+1)
		sin, cos := math.Sincos(2 * math.Pi * float64(c) / float64(classes))
		centres[c] = [2]float64{rounded(sin, 1e4), rounded(cos, 1e4)} // the first on top
	}
	for i := range n {
		c := i % classes
		p.add(centres[c][0], centres[c][1], c)
	}
	return p.table(Table{
		Name:  "blobs",
		Title: "Blobs",
		Help:  "Round heaps of points, one for each class. The easiest case: straight borders do.",
	}, names...)
}
