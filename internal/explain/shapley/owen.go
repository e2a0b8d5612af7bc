package shapley

import (
	"math/bits"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// OwenParams says which features belong together and how much work to spend.
type OwenParams struct {
	Groups [][]int // features that belong together, each at most once; those left out stand alone. nil means as the features say, see Owen
	Pairs  int     // orders to draw, each with its reverse, ≥ 2, where trying every coalition takes more work
}

// Owen gives each feature its average contribution over those orders in which
// the features of a group become known one right after the other:
//
//	φᵢ = Σ over sets H of other groups, Σ over S ⊆ own group without i of
//	     w(|H|, m) · w(|S|, b) · (v(H ∪ S ∪ i) - v(H ∪ S)),   w(s, n) = s! (n-s-1)! / n!
//
// with m groups, b features in i's own, and v(S) the mean score over the
// background rows when only S is known. So the groups share the score as if each
// were one feature, and then each group shares its part among its own.
//
// Without Groups, features of one explain.Feature.Group belong together, and the
// columns of one explain.Feature.OneHot within a group are one feature: they
// become known together, and what they get stands at the column that is 1 in the
// row, or at the first where none is.
//
// Laws: complete, dummy, linear; symmetric within a group; the sum over a group,
// in Attribution.Groups with an error of its own, is the Shapley value of the
// group in the game that groups play. With groups of
// one, or one group of all, it equals Exact.
//
// All coalitions that count are tried where they are no more than the orders
// would need, and StdErr is nil; else it is as in Permutation.
//
// Cost: at most 2·Pairs·(features) × background rows predictions. Needs:
// nothing.
//
// Paper: Owen. Values of games with a priori unions. In: Essays in mathematical
// economics and game theory, Springer 1977.
func Owen(q explain.Query, p OwenParams) (explain.Attribution, error) {
	if p.Pairs < 2 {
		return explain.Attribution{}, explain.Refuse("choose at least 2", "%d pairs of orders do not tell how sure the values are", p.Pairs)
	}
	u, err := newUnions(q, p.Groups)
	if err != nil {
		return explain.Attribution{}, err
	}
	n := len(u.players)
	var a explain.Attribution
	if u.coalitions() <= float64(2+2*p.Pairs*(n-1)) {
		a, err = u.exact(q)
	} else {
		a, err = along(q, u.orders(q, p.Pairs), n, u.groups, u.member)
	}
	if err != nil {
		return explain.Attribution{}, err
	}
	a.Groups = u.shares(a)
	a.Values = u.spread(a.Values[:n])
	if a.StdErr != nil {
		a.StdErr = u.spread(a.StdErr[:n])
	}
	return a, nil
}

// shares returns what each group gets. Where a has errors, those of the groups
// stand after the players'.
func (u *unions) shares(a explain.Attribution) []explain.Group {
	out := make([]explain.Group, len(u.groups))
	for g, own := range u.groups {
		out[g].Name = u.names[g]
		for _, p := range own {
			out[g].Members = append(out[g].Members, u.players[p])
			out[g].Value += a.Values[p]
		}
		if a.StdErr != nil {
			out[g].StdErr = a.StdErr[len(u.players)+g]
		}
	}
	return out
}

// orders draws orders in which groups stay together; so do their reverses.
func (u *unions) orders(q explain.Query, pairs int) []int {
	n := len(u.players)
	outer, inner := make([]int, len(u.groups)), make([][]int, len(u.groups))
	for i, g := range u.groups {
		outer[i], inner[i] = i, slices.Clone(g)
	}
	orders := make([]int, 0, pairs*n)
	for range pairs {
		shuffle(outer, q.Rand)
		for _, g := range outer {
			shuffle(inner[g], q.Rand)
			orders = append(orders, inner[g]...)
		}
	}
	return orders
}

// coalitions returns how many there are that hold some groups whole and part of
// one more: 2^m of whole groups, and 2^(m-1)·(2^b - 2) for each of b players.
func (u *unions) coalitions() float64 {
	whole := power(len(u.groups))
	all := whole
	for _, g := range u.groups {
		all += float64(whole / 2 * (power(len(g)) - 2))
	}
	return all
}

// power returns 2ⁿ.
func power(n int) float64 {
	p := 1.0
	for range n {
		p *= 2
	}
	return p
}

// exact values every coalition that counts: first those of whole groups, by the
// bits of the groups; then for each group those with a part of it, by the bits
// of the part and of the others.
func (u *unions) exact(q explain.Query) (explain.Attribution, error) {
	m := len(u.groups)
	start := make([]int, m+1)
	start[0] = 1 << m
	for g, own := range u.groups {
		start[g+1] = start[g] + (1<<len(own)-2)<<(m-1)
	}
	worth := make([]float64, start[m])
	players := make([]bool, len(u.players))
	err := newGame(q, len(worth)).values(worth, func(in []bool, s int) {
		clear(players)
		u.tried(players, start, s)
		u.member(in, players)
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	a := explain.Attribution{Values: make([]float64, len(u.players)), Base: worth[0], Score: worth[1<<m-1]}
	for g, own := range u.groups {
		b := len(own)
		v := func(others, part int) float64 { // others by bit without the one of g
			h := others>>g<<(g+1) | others&(1<<g-1)
			switch part {
			case 0:
				return worth[h]
			case 1<<b - 1:
				return worth[h|1<<g]
			}
			return worth[start[g]+(part-1)<<(m-1)+others]
		}
		for others := range 1 << (m - 1) {
			outer := orderShare(bits.OnesCount(uint(others)), m)
			for part := range 1<<b - 1 {
				inner := outer * orderShare(bits.OnesCount(uint(part)), b)
				for i, player := range own {
					if part>>i&1 == 0 {
						a.Values[player] += float64(inner * (v(others, part|1<<i) - v(others, part)))
					}
				}
			}
		}
	}
	return a, nil
}

// tried sets the players of the coalition at s of exact.
func (u *unions) tried(players []bool, start []int, s int) {
	m := len(u.groups)
	whole := s
	if s >= start[0] {
		g := 0
		for s >= start[g+1] {
			g++
		}
		at := s - start[g]
		part, others := at>>(m-1)+1, at&(1<<(m-1)-1)
		whole = others>>g<<(g+1) | others&(1<<g-1)
		for i, player := range u.groups[g] {
			players[player] = part>>i&1 == 1
		}
	}
	for g, own := range u.groups {
		if whole>>g&1 == 1 {
			for _, player := range own {
				players[player] = true
			}
		}
	}
}

// member sets the features of players.
func (u *unions) member(in, players []bool) {
	for p, features := range u.players {
		for _, i := range features {
			in[i] = players[p]
		}
	}
}

// spread turns a number a player into one a feature.
func (u *unions) spread(of []float64) []float64 {
	out := make([]float64, u.d)
	for p, features := range u.players {
		out[features[0]] = of[p]
	}
	return out
}
