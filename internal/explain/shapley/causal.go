package shapley

import (
	"fmt"
	"math/bits"

	"github.com/whybox/whybox/internal/explain"
)

// CausalParams says how much work to spend.
type CausalParams struct {
	Worlds int // rows to simulate for every coalition, ≥ 2
}

// Causal gives each feature its average contribution over every order in which
// the features can be set to their values by hand:
//
//	φᵢ = Σ over S without i of |S|! (d - |S| - 1)! / d! · (v(S ∪ i) - v(S))
//	v(S) = E f(X | do(X_S = x_S))
//
// The expectation runs over worlds, rows as the causal model says they come
// about: what S causes follows from x_S, what causes S does not. So, unlike in
// Exact, a feature is also given what it does through other features. Base is
// the mean score of the worlds.
//
// Laws: complete, symmetric where features play the same part for the causes
// too, linear in the model. Not dummy: a feature the model ignores gets
// something where it causes one the model reads. Without causes among the
// features it is Exact with the worlds for a background.
//
// The values are means over worlds, each of which takes the same chances
// whatever is set; StdErr is that of these means, as in Permutation.
//
// Cost: 2ᵈ × Worlds predictions and simulated rows; explain.ErrTooMany above 15
// features. Needs: Query.Causes.
//
// Paper: Heskes, Sijben, Bucur, Claassen. Causal Shapley values: exploiting
// causal knowledge to explain individual predictions of complex models. NeurIPS
// 2020, arXiv:2011.01625, equation 3 and the symmetric values. There the causal
// chain graph and a fitted normal distribution stand for the causal model; here
// it is known and simulated.
func Causal(q explain.Query, p CausalParams) (explain.Attribution, error) {
	d, _ := q.Dims()
	return doing(q, p.Worlds, func(s uint, _ int) float64 { return orderShare(bits.OnesCount(s), d) })
}

// doing returns the sum over S and i not in S of share(S, i)·(v(S ∪ i) - v(S)) in
// the game of Causal, feature by feature. Coalitions that no share asks for are
// not valued. It refuses where the causes are missing, the features too many or
// the worlds too few.
func doing(q explain.Query, worlds int, share func(s uint, i int) float64) (explain.Attribution, error) {
	d, _ := q.Dims()
	switch {
	case q.Causes == nil:
		return explain.Attribution{}, explain.ErrNeedsCauses
	case d > MaxExact:
		return explain.Attribution{}, fmt.Errorf("the model, with %d features, %w", d, explain.ErrTooMany)
	case worlds < 2:
		return explain.Attribution{}, explain.Refuse("choose at least 2", "%d worlds do not tell how sure the values are", worlds)
	}
	plan := newPlan(d, share)
	first := q.Rand.Uint64()
	run := explain.NewRowRun(q, worlds*len(plan))
	const each = 8 // worlds a part
	size := func(part int) int { return min(each, worlds-part*each) }
	parts, err := run.Parts((worlds+each-1)/each, func(part int) int { return size(part) * len(plan) }, func(part int) ([]float64, error) {
		var out []float64
		for w := range size(part) {
			values, err := plan.world(run, first+uint64(part*each+w))
			if err != nil {
				return nil, err
			}
			out = append(out, values...)
		}
		return out, nil
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	var draws [][]float64 // by world: the values, the score of nothing known, that of all known
	for _, p := range parts {
		for ; len(p) > 0; p = p[d+2:] {
			draws = append(draws, p[:d+2])
		}
	}
	mean, stderr := meanOf(draws, d+2)
	return explain.Attribution{Values: mean[:d], StdErr: stderr[:d], Base: mean[d], Score: draws[0][d+1]}, nil
}

// step is a coalition that counts, and by how much for every feature.
type step struct {
	known []bool    // d
	gives []float64 // d: +share of S without i where i is in S, -share of S else
}

type plan []step

func newPlan(d int, share func(s uint, i int) float64) plan {
	var out plan
	for s := range uint(1) << d {
		st := step{make([]bool, d), make([]float64, d)}
		counts := s == 0 || s == 1<<d-1
		for i := range d {
			if s>>i&1 == 1 {
				st.known[i] = true
				st.gives[i] = share(s&^(1<<i), i)
			} else {
				st.gives[i] = -share(s, i)
			}
			counts = counts || st.gives[i] != 0
		}
		if counts {
			out = append(out, st)
		}
	}
	return out
}

// world returns the d values within one world, and its scores with nothing and
// with everything known.
func (p plan) world(run *explain.Run, world uint64) ([]float64, error) {
	d := run.D
	x := make([]float32, len(p)*d)
	for c, s := range p {
		run.Causes.Intervene(x[c*d:(c+1)*d], run.X, s.known, world)
	}
	out := make([]float64, d+2)
	err := run.Scores(x, func(c int, scores []float32) error {
		score := scores[run.Class]
		if err := explain.Finite([]float32{score}, ", in a simulated row"); err != nil {
			return err
		}
		for i, by := range p[c].gives {
			out[i] += float64(by * float64(score))
		}
		switch c {
		case 0:
			out[d] = float64(score)
		case len(p) - 1:
			out[d+1] = float64(score)
		}
		return nil
	})
	return out, err
}
