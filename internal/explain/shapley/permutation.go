package shapley

import (
	"math"

	"github.com/whybox/whybox/internal/explain"
)

// PermutationParams says how much work to spend.
type PermutationParams struct {
	Pairs int // orders to draw, each with its reverse, ≥ 2
}

// Permutation estimates the Shapley values by letting the features become known
// in random orders:
//
//	φᵢ = mean over the orders of v(those before i, and i) - v(those before i)
//
// with v(S) the mean score over the background rows when only S is known. Base
// is v(∅), Score is v(all). Every order is followed by its reverse, in which a
// feature that came late comes early: what the two give a feature varies less
// together than apart, and not at all where the model is additive or has pairs
// only.
//
// Laws: complete at any budget, dummy exactly, linear in the model for a given
// seed; symmetric in the mean. StdErr is that of a mean over independent pairs
// of orders, widened by Student's t so that ±1.96 StdErr is a 95 % interval with
// few of them too; it falls as 1/√Pairs. Over 200 seeds it held the exact value
// in 93 to 95 % of the cases from 40 pairs on. From 5 on it does so for values
// that most orders add to; one that only a rare order adds to is often missed,
// and so is its error. Up to two features the values are exact.
//
// Cost: (2·Pairs·(d-1) + 2) × background rows predictions. Needs: nothing.
//
// Paper: Castro, Gómez, Tejada. Polynomial calculation of the Shapley value
// based on sampling. Computers & Operations Research 36, 2009. Reversed orders:
// Mitchell, Cooper, Frank, Holmes. Sampling permutations for Shapley value
// estimation. JMLR 23, 2022, arXiv:2104.12199, section 2.2.
func Permutation(q explain.Query, p PermutationParams) (explain.Attribution, error) {
	if p.Pairs < 2 {
		return explain.Attribution{}, explain.Refuse("choose at least 2", "%d pairs of orders do not tell how sure the values are", p.Pairs)
	}
	d, _ := q.Dims()
	pairs := p.Pairs
	if d <= 2 {
		pairs = 1 // and its reverse are all orders
	}
	orders := make([]int, pairs*d)
	order := make([]int, d)
	for i := range order {
		order[i] = i
	}
	for k := range pairs {
		for i := range d - 1 {
			j := i + q.Rand.IntN(d-i)
			order[i], order[j] = order[j], order[i]
		}
		copy(orders[k*d:], order)
	}
	worth := make([]float64, 2+2*pairs*(d-1))
	err := newGame(q, len(worth)).values(worth, func(in []bool, s int) {
		known(in, orders, s)
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	a := explain.Attribution{Base: worth[0], Score: worth[1]}
	a.Values, a.StdErr = arrivals(worth, orders, d, pairs)
	if d <= 2 {
		a.StdErr = nil
	}
	return a, nil
}

// known sets the members of coalition s: 0 is nobody and 1 everybody; then come
// for each order its first 1..d-1 features, and after these its last 1..d-1.
func known(in []bool, orders []int, s int) {
	d := len(in)
	if s < 2 {
		for i := range in {
			in[i] = s == 1
		}
		return
	}
	walk, size := (s-2)/(d-1), (s-2)%(d-1)+1
	members := orders[walk/2*d:][:d]
	if walk%2 == 0 {
		members = members[:size]
	} else {
		members = members[d-size:]
	}
	for _, i := range members {
		in[i] = true
	}
}

// arrivals returns the mean of what each feature adds on arrival, and the
// standard error over the pairs.
func arrivals(worth []float64, orders []int, d, pairs int) (mean, err []float64) {
	mean, err = make([]float64, d), make([]float64, d)
	gain := make([]float64, pairs*d)
	for k := range pairs {
		order, own := orders[k*d:(k+1)*d], gain[k*d:(k+1)*d]
		for way := range 2 {
			walk, before := worth[2+(2*k+way)*(d-1):][:d-1], worth[0]
			for at := range d {
				after := worth[1]
				if at < d-1 {
					after = walk[at]
				}
				i := order[at]
				if way == 1 {
					i = order[d-1-at]
				}
				own[i] += float64((after - before) / 2)
				before = after
			}
		}
		for i, v := range own {
			mean[i] += v / float64(pairs)
		}
	}
	for k := range pairs {
		for i, v := range gain[k*d : (k+1)*d] {
			off := v - mean[i]
			err[i] += float64(off * off)
		}
	}
	wider := widening(max(2, pairs))
	for i, v := range err {
		err[i] = math.Sqrt(v/float64(max(1, pairs-1))/float64(pairs)) * wider
	}
	return mean, err
}
