package view

// Growth shows how one quantity grows with another, a curve for each of several
// contenders.
type Growth struct {
	Head
	X, Y   Axis
	Names  []string
	Curves [][][2]float64 // one a name: X ascending, Y
}
