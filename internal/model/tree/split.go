package tree

import "math"

// split is a question and what it gains: the fall of the summed impurity.
type split struct {
	feature   int // -1 where no split is allowed
	threshold float32
	gain      float64
}

// search returns the best split of the rows from..to.
//
// For both kinds of target the summed impurity of a set is a constant minus
// T = (sum of squares of sums)/rows: of class counts, or of centred targets.
// So a split gains T(left) + T(right) - T(all), and moving one row from right
// to left changes the sums by that row alone. Gains closer than 1e-12 of the
// impurity count as equal, so that rounding does not decide between them.
func (g *grower) search(from, to int) split {
	s := newSums(g, from, to)
	best := split{feature: -1, gain: math.Inf(-1)}
	all, slack := s.term(), float64(1e-12*s.impurity)
	for j := range g.p.D {
		s.reset()
		column, rows := g.column[j*g.n:(j+1)*g.n], g.order[j*g.n+from:j*g.n+to]
		for at := 1; at < len(rows); at++ {
			s.move(rows[at-1])
			low, high := column[rows[at-1]], column[rows[at]]
			if low == high || at < g.params.MinLeaf || len(rows)-at < g.params.MinLeaf {
				continue
			}
			if gain := s.term() - all; gain > best.gain+slack {
				best = split{j, between(low, high), max(gain, 0)}
			}
		}
	}
	return best
}

// between returns the float32 halfway between low < high, and low where the
// middle rounds up to high; so low goes left and high goes right.
func between(low, high float32) float32 {
	middle := float32((float64(low) + float64(high)) / 2)
	if middle >= high {
		return low
	}
	return middle
}

// sums holds the targets of a node's rows in two heaps, left and right.
type sums struct {
	g           *grower
	all         []int   // classification: rows by class in the node
	left, right []int   // the same in each heap
	leftSquare  int     // Σ left²
	rightSquare int     // Σ right²
	nodeSquare  int     // Σ all²
	leftSum     float64 // regression: Σ of centred targets on the left
	nodeSum     float64 // and in the node
	leftRows    int
	rows        int
	impurity    float64 // of the node, summed over its rows
}

func newSums(g *grower, from, to int) *sums {
	s := &sums{g: g, rows: to - from}
	if !g.p.Regression {
		s.all, s.left, s.right = make([]int, g.p.K), make([]int, g.p.K), make([]int, g.p.K)
	}
	for _, i := range g.order[from:to] {
		if g.p.Regression {
			y := float64(g.p.TrainY[i]) - g.centre
			s.nodeSum += y
			s.impurity += float64(y * y)
		} else {
			s.all[int(g.p.TrainY[i])]++
			s.impurity++
		}
	}
	for _, c := range s.all {
		s.nodeSquare += c * c
	}
	s.reset()
	s.impurity -= s.term()
	return s
}

// reset puts every row on the right.
func (s *sums) reset() {
	clear(s.left)
	copy(s.right, s.all)
	s.leftSquare, s.rightSquare = 0, s.nodeSquare
	s.leftSum, s.leftRows = 0, 0
}

// move takes row i from right to left.
func (s *sums) move(i int32) {
	s.leftRows++
	y := s.g.p.TrainY[i]
	if s.g.p.Regression {
		s.leftSum += float64(y) - s.g.centre
		return
	}
	c := int(y)
	s.leftSquare += 2*s.left[c] + 1
	s.rightSquare -= 2*s.right[c] - 1
	s.left[c]++
	s.right[c]--
}

// term returns T(left) + T(right), an empty heap counting 0.
func (s *sums) term() float64 {
	left, right := float64(s.leftSquare), float64(s.rightSquare)
	if s.g.p.Regression {
		rest := s.nodeSum - s.leftSum
		left, right = s.leftSum*s.leftSum, rest*rest
	}
	total := right / float64(s.rows-s.leftRows)
	if s.leftRows > 0 {
		total += left / float64(s.leftRows)
	}
	return total
}
