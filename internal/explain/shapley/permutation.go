package shapley

import (
	"math/rand/v2"

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
	orders := make([]int, 0, pairs*d)
	order := make([]int, d)
	for i := range order {
		order[i] = i
	}
	for range pairs {
		shuffle(order, q.Rand)
		orders = append(orders, order...)
	}
	return along(q, orders, d, nil, func(in, players []bool) { copy(in, players) })
}

func shuffle(order []int, r *rand.Rand) {
	for i := range len(order) - 1 {
		j := i + r.IntN(len(order)-i)
		order[i], order[j] = order[j], order[i]
	}
}

// along gives n players their mean contribution along the orders (pairs×n) and
// their reverses. member tells by setting in which features some players are.
// Values and StdErr are those of the players, and after them of the groups.
func along(q explain.Query, orders []int, n int, groups [][]int, member func(in, players []bool)) (explain.Attribution, error) {
	pairs := len(orders) / n
	worth := make([]float64, 2+2*pairs*(n-1))
	players := make([]bool, n)
	err := newGame(q, len(worth)).values(worth, func(in []bool, s int) {
		clear(players)
		known(players, orders, s)
		member(in, players)
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	a := explain.Attribution{Base: worth[0], Score: worth[1]}
	a.Values, a.StdErr = arrivals(worth, orders, n, pairs, groups)
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

// arrivals returns the mean of what each player adds on arrival, and each group
// together, and the standard error over the pairs, nil for one pair.
func arrivals(worth []float64, orders []int, n, pairs int, groups [][]int) (mean, err []float64) {
	gains := make([][]float64, pairs)
	for k := range gains {
		order, own := orders[k*n:(k+1)*n], make([]float64, n)
		for way := range 2 {
			walk, before := worth[2+(2*k+way)*(n-1):][:n-1], worth[0]
			for at := range n {
				after := worth[1]
				if at < n-1 {
					after = walk[at]
				}
				i := order[at]
				if way == 1 {
					i = order[n-1-at]
				}
				own[i] += float64((after - before) / 2)
				before = after
			}
		}
		for _, members := range groups {
			all := 0.0
			for _, i := range members {
				all += own[i]
			}
			own = append(own, all)
		}
		gains[k] = own
	}
	if pairs == 1 {
		return gains[0], nil
	}
	return meanOf(gains, n+len(groups))
}
