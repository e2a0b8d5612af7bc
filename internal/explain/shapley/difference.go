package shapley

import "github.com/whybox/whybox/internal/explain"

// DifferenceParams says how much work to spend.
type DifferenceParams struct {
	Samples int // as in KernelParams
}

// Difference says why the row's score differs from that of Query.Other: each
// feature's average contribution as the features of the other row turn, in every
// order, into those of this one:
//
//	φᵢ = mean over orders of f(x on those before i, and i; other on the rest) - f(x on those before i; other on the rest)
//
// Base is the score of the other row. A feature that is the same in both gets
// nothing.
//
// Laws: those of Kernel, whose game this is with the other row for a background;
// antisymmetric: the other way round every value changes its sign. Exact, with
// StdErr nil, where Samples cover all coalitions.
//
// Cost: Samples+2 predictions. Needs: Query.Other.
//
// Paper: Sundararajan, Najmi. The many Shapley values for model explanation.
// ICML 2020, arXiv:1908.08474, the baseline Shapley value.
func Difference(q explain.Query, p DifferenceParams) (explain.Attribution, error) {
	if len(q.Other) != len(q.X) {
		panic("shapley: the other row does not fit the model")
	}
	q.Background = q.Other
	return Kernel(q, KernelParams(p))
}
