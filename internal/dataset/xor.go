package dataset

// XOR returns n points of the square -1..1: class 0 where x and y have the
// same sign, class 1 where they differ. Noise of the given standard deviation
// moves the points after the class is set.
func XOR(n int, noise float64, seed uint64) *Table {
	p := newPoints(n, noise, 1, seed, 4)
	for range n {
		x, y := 2*p.rng.Float64()-1, 2*p.rng.Float64()-1
		class := 0
		if (x < 0) != (y < 0) {
			class = 1
		}
		p.add(x, y, class)
	}
	return p.table(Table{
		Name:  "xor",
		Title: "Exclusive or",
		Help:  "Four quarters of a square, coloured like a chessboard. Neither x nor y says anything alone; together they say everything.",
	}, "same sign", "opposite signs")
}
