package shapley

import (
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
)

// MaxPaired is the most features InteractionSampled takes: 1,770 pairs.
const MaxPaired = 60

// InteractionSampledParams says how much work to spend.
type InteractionSampledParams struct {
	Rounds int // sets of orders in which each pair stands side by side, ≥ 2, where trying every coalition takes more work
}

// InteractionSampled estimates the values of Interaction by letting the features
// become known in random orders. Where i and j follow each other in one,
//
//	Δ = v(S∪{i,j}) - v(S∪i) - v(S∪j) + v(S)   with S those before them
//
// has the mean 2Φᵢⱼ: two neighbours make one player of d-1, which comes after
// any S with the weight of the Shapley interaction index. What i adds on arrival
// has the mean φᵢ, and Φᵢᵢ = φᵢ - Σ_{j≠i} Φᵢⱼ.
//
// In random orders most pairs would seldom meet. A round therefore is a set of
// orders in which each pair stands side by side equally often, its features
// renamed at random; see neighbours. As the index is linear in the game, that of
// the mean over the background rows is the mean of those of single rows: a round
// has one such set for each, with names of its own, which tells more than the
// same for all.
//
// Laws: the rows sum to estimates of the Shapley values, the whole to Score -
// Base; symmetric; exact where the score has terms of one feature and of two
// only. StdErr is that of a mean over independent rounds, as in Permutation: over
// 200 seeds ±1.96 of it held the exact value of a network's pairs in 95 % of the
// cases with 20 rounds. A pair that only a rare order brings together is often
// missed, and so is its error: of the maximum of 12 features it was 79 %.
//
// All coalitions are tried, as in Interaction, where they are no more than the
// rounds would need; StdErr is nil then.
//
// Cost: Rounds · d(d-1) × background rows predictions, twice that for odd d; it
// refuses more than 60 features. Needs: nothing.
//
// Paper: Grabisch, Roubens 1999, as of Interaction; its axioms: Fujimoto,
// Kojadinovic, Marichal. Axiomatic characterizations of probabilistic and
// cardinal-probabilistic interaction indices. Games and Economic Behavior 55,
// 2006. Sampling it: Fumagalli, Muschalik, Kolpaczki,
// Hüllermeier, Hammer. SHAP-IQ: unified approximation of any-order Shapley
// interactions. NeurIPS 2023, arXiv:2303.01179, of which this differs in the
// orders. These: Williams. Experimental designs balanced for the estimation of
// residual effects of treatments. Australian Journal of Scientific Research A 2,
// 1949.
func InteractionSampled(q explain.Query, p InteractionSampledParams) (Interactions, error) {
	d, _ := q.Dims()
	if p.Rounds < 2 {
		return Interactions{}, explain.Refuse("choose at least 2", "%d rounds do not tell how sure the interactions are", p.Rounds)
	}
	if d > MaxPaired {
		return Interactions{}, explain.Refuse("choose data with fewer", "%d features have too many pairs (%d features at most)", d, MaxPaired)
	}
	plan := neighbours(d)
	each := 2 + len(plan)/d*(2*d-2) // coalitions of a background row in a round
	if d < 3 || power(d) <= float64(p.Rounds*each) {
		return Interaction(q, InteractionParams{})
	}
	g := newGame(q, p.Rounds*each)
	stream := explain.Streams(q.Rand)
	draws, err := g.Parts(p.Rounds, func(int) int { return each * g.m }, func(round int) ([]float64, error) {
		return g.round(plan, each, stream(round))
	})
	if err != nil {
		return Interactions{}, err
	}
	var out Interactions
	out.Values, out.StdErr = meanOf(draws, d*d)
	for _, draw := range draws {
		out.Base += draw[d*d] / float64(len(draws))
		out.Score += draw[d*d+1] / float64(len(draws))
	}
	return out, nil
}

// round returns one estimate of the d×d values, the mean over the background
// rows, each with orders of its own, and after them base and score.
func (g *game) round(plan []int, each int, r *rand.Rand) ([]float64, error) {
	table := make([]float64, g.D*g.D+2)
	names, orders, worth := make([]int, g.D), make([]int, len(plan)), make([]float64, 0, each)
	for i := range names {
		names[i] = i
	}
	for b := range g.m {
		shuffle(names, r)
		for at, i := range plan {
			orders[at] = names[i]
		}
		worth = worth[:0]
		for len(worth) < each {
			from := len(worth)
			some, err := g.part(min(together, each-from), b, b+1, func(in []bool, s int) { meeting(in, orders, from+s) })
			if err != nil {
				return nil, err
			}
			worth = append(worth, some...)
		}
		for at := 0; at < len(plan); at += g.D {
			meet(table, orders[at:at+g.D], worth[2+at/g.D*(2*g.D-2):], worth[0], worth[1])
		}
		table[g.D*g.D] += worth[0]
		table[g.D*g.D+1] += worth[1]
	}
	for i := range table {
		table[i] /= float64(g.m)
	}
	share(table, g.D, float64(len(plan)/g.D))
	return table, nil
}

// neighbours returns orders of d (one after the other) in which every two stand
// side by side equally often: d/2 orders, and once, where d is even; else d
// orders, and twice. Each is the walk 0, 1, -1, 2, -2, ... from another start,
// modulo d: its steps are 1, -2, 3, -4, ..., so that over all starts each pair is
// met by its distance.
func neighbours(d int) []int {
	starts := d
	if d%2 == 0 {
		starts = d / 2
	}
	out := make([]int, 0, starts*d)
	for start := range starts {
		for i := range d {
			step := (i + 1) / 2
			if i%2 == 0 {
				step = d - step
			}
			out = append(out, (start+step)%d)
		}
	}
	return out
}

// meeting sets the members of coalition s: 0 is nobody and 1 everybody; then come
// for each order its first 1..d-1 features, and after these its first 0..d-2 and
// the one after the next.
func meeting(in []bool, orders []int, s int) {
	d := len(in)
	if s < 2 {
		for i := range in {
			in[i] = s == 1
		}
		return
	}
	order := orders[(s-2)/(2*d-2)*d:][:d]
	first := (s-2)%(2*d-2) + 1
	if first >= d {
		first -= d
		in[order[first+1]] = true
	}
	for _, i := range order[:first] {
		in[i] = true
	}
}

// meet adds what one order says to a d×d table: below the diagonal Δ of each pair
// of neighbours, on it what each feature adds. worth is of the order's
// coalitions; see meeting.
func meet(table []float64, order []int, worth []float64, nobody, everybody float64) {
	d := len(order)
	first := func(n int) float64 {
		switch n {
		case 0:
			return nobody
		case d:
			return everybody
		}
		return worth[n-1]
	}
	for at, i := range order {
		table[i*d+i] += first(at+1) - first(at)
		if at+1 == d {
			continue
		}
		j := order[at+1]
		skipped := worth[d-1+at] // the first at and j
		table[max(i, j)*d+min(i, j)] += first(at+2) - first(at+1) - skipped + first(at)
	}
}

// share turns sums over the orders of a round into Φ.
func share(table []float64, d int, orders float64) {
	meetings := orders * float64(d-1) / float64(d*(d-1)/2) // of each pair
	for i := range d {
		table[i*d+i] /= orders
	}
	for i := range d {
		for j := range i {
			half := table[i*d+j] / (2 * meetings)
			table[i*d+j], table[j*d+i] = half, half
			table[i*d+i] -= half
			table[j*d+j] -= half
		}
	}
}
