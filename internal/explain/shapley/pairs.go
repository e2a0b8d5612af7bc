package shapley

import (
	"fmt"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
)

// pair is a coalition with its complement.
type pair struct {
	in     []bool  // d members; in[0] is always true, so that a pair has one form
	weight float64 // π of both, or the share of the drawn sizes that falls to this pair
	count  int     // how often it was drawn; 0 where its size is taken whole
}

// choice is the pairs that are valued, first of all that of everything and
// nothing.
type choice struct {
	pairs []pair
	drawn int // draws with repetition among them, 0 where every coalition is in
}

// choosePairs picks at most samples/2 pairs of d features, besides that of
// everything and nothing.
func choosePairs(d, samples int, r *rand.Rand) (choice, error) {
	all := make([]bool, d)
	for i := range all {
		all[i] = true
	}
	pairs := []pair{{in: all, weight: 1}}
	sizes, mass := sizeMasses(d)
	budget := samples / 2
	if need := min(4*float64(d), sum(sizes)); float64(budget) < need {
		return choice{}, explain.Refuse(fmt.Sprintf("choose at least %d", int(2*need)), "KernelSHAP with %d subsets cannot tell %d features apart", samples, d)
	}
	taken := 0
	for s := 1; s <= len(sizes); s++ {
		left := float64(budget - len(pairs) + 1)
		share := left * mass[s-1] / sum(mass[s-1:])
		if s > 1 && sizes[s-1] > share && sum(sizes[s-1:]) > left {
			break
		}
		pairs = wholeSize(pairs, d, s, mass[s-1]/sizes[s-1])
		taken = s
	}
	if taken == len(sizes) {
		return choice{pairs, 0}, nil
	}
	drawn := budget - len(pairs) + 1
	return choice{drawPairs(pairs, d, taken, mass, drawn, r), drawn}, nil
}

// sizeMasses returns, for the smaller size s = 1.. of a pair at index s-1, how
// many pairs there are and their part of the whole weight π, in all 1.
func sizeMasses(d int) (sizes, mass []float64) {
	for s := 1; s <= d/2; s++ {
		n, m := choose(d, s), 2/float64(s*(d-s))
		if 2*s == d {
			n, m = n/2, m/2
		}
		sizes, mass = append(sizes, n), append(mass, m)
	}
	all := sum(mass)
	for i := range mass {
		mass[i] /= all
	}
	return sizes, mass
}

// wholeSize appends every pair whose smaller coalition has s features.
func wholeSize(pairs []pair, d, s int, weight float64) []pair {
	at := make([]int, s) // members, ascending
	for i := range at {
		at[i] = i
	}
	for {
		if 2*s < d || at[0] == 0 {
			in := make([]bool, d)
			for _, i := range at {
				in[i] = true
			}
			canonical(in)
			pairs = append(pairs, pair{in: in, weight: weight})
		}
		i := s - 1
		for i >= 0 && at[i] == d-s+i {
			i--
		}
		if i < 0 {
			return pairs
		}
		at[i]++
		for j := i + 1; j < s; j++ {
			at[j] = at[j-1] + 1
		}
	}
}

// drawPairs draws n times among the sizes above taken, a size by its mass and
// then any coalition of that size alike, and appends each pair once with how
// often it came.
func drawPairs(pairs []pair, d, taken int, mass []float64, n int, r *rand.Rand) []pair {
	rest := sum(mass[taken:])
	seen := make(map[string]int, n)
	key := make([]byte, d)
	in, slab := make([]bool, d), make([]bool, n*d)
	order := make([]int, d)
	for i := range order {
		order[i] = i
	}
	for range n {
		s, u := taken, r.Float64()*rest
		for s < len(mass)-1 && u >= mass[s] {
			u -= mass[s]
			s++
		}
		clear(in)
		for i := range s + 1 { // index s holds size s+1
			j := i + r.IntN(d-i)
			order[i], order[j] = order[j], order[i]
			in[order[i]] = true
		}
		canonical(in)
		for i, member := range in {
			key[i] = '0'
			if member {
				key[i] = '1'
			}
		}
		k, ok := seen[string(key)]
		if !ok {
			k = len(pairs)
			seen[string(key)] = k
			pairs = append(pairs, pair{in: slab[:d:d]})
			copy(slab, in)
			slab = slab[d:]
		}
		pairs[k].count++
		pairs[k].weight += rest / float64(n)
	}
	return pairs
}

// canonical turns a coalition without feature 0 into its complement.
func canonical(in []bool) {
	if in[0] {
		return
	}
	for i := range in {
		in[i] = !in[i]
	}
}

func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}
