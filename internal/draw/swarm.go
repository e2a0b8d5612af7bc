package draw

import (
	"cmp"
	"math"
	"slices"
)

// swarm places points at given x so that none lie on each other: in lanes a
// diameter apart, each point in the free lane nearest to the middle.
type swarm struct {
	xs    []float64 // n, px
	order []int     // n, by x, then by index
}

func newSwarm(xs []float64) *swarm {
	s := &swarm{xs: make([]float64, len(xs)), order: make([]int, len(xs))}
	for i, x := range xs {
		s.xs[i], s.order[i] = math.Round(x*100)/100, i
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(s.xs[a], s.xs[b]) })
	return s
}

// place returns how far from the middle each point comes, px, within ±half, and
// whether all found room. The others share the lane that has been empty longest.
func (s *swarm) place(radius, half float64) (off []float64, ok bool) {
	step := 2 * radius
	aside := max(0, int((half-radius)/step)) // lanes to each side of the middle
	last := make([]float64, 2*aside+1)
	for l := range last {
		last[l] = math.Inf(-1)
	}
	off, ok = make([]float64, len(s.xs)), true
	for _, i := range s.order {
		lane, oldest := -1, 0
		for l := range last {
			if s.xs[i]-last[l] >= step-1e-9 {
				lane = l
				break
			}
			if last[l] < last[oldest] {
				oldest = l
			}
		}
		if lane < 0 {
			lane, ok = oldest, false
		}
		last[lane] = s.xs[i]
		off[i] = float64((lane+1)/2) * step
		if lane%2 == 1 {
			off[i] = -off[i]
		}
	}
	return off, ok
}

// speckRadii are the sizes a swarm is tried in, px, largest first.
var speckRadii = [...]float64{3.4, 3, 2.6, 2.2, 1.9, 1.6, 1.35, 1.1, 0.9}

// placeAll places swarms in one size: the largest that has room for half of
// them, so that a crowded few do not make all others too small to see. Few
// points stay large enough to point at.
func placeAll(swarms []*swarm, half float64) (offs [][]float64, radius float64) {
	n := 0
	for _, s := range swarms {
		n = max(n, len(s.xs))
	}
	for _, radius = range speckRadii {
		offs = offs[:0]
		crowded := 0
		for _, s := range swarms {
			off, ok := s.place(radius, half)
			offs = append(offs, off)
			if !ok {
				crowded++
			}
		}
		if 2*crowded <= len(swarms) || radius <= 2 && n <= 300 {
			break
		}
	}
	return offs, radius
}
