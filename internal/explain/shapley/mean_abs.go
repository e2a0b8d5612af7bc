package shapley

import (
	"math"

	"github.com/whybox/whybox/internal/explain"
)

// MeanAbsParams says how much work to spend.
type MeanAbsParams struct {
	Rows    int // rows of EvalX to explain at the most, ≥ 2
	Samples int // coalitions a row, as in KernelParams
}

// MeanAbs ranks the features over a cohort, the rows of EvalX, by how far each
// moves the score of a row on average, up or down:
//
//	Iᵢ = mean over the rows of |φᵢ|
//
// with φ the values of Kernel. Where there are more rows than Rows, that many are
// drawn; StdErr is over rows, widened as in Permutation, so ±1.96 of it is a 95 %
// interval for the mean over rows like these. Base is the mean score.
//
// An error eᵢ in φᵢ makes |φᵢ| larger in the mean, by up to its StdErr where φᵢ
// is about 0; so with few Samples features that do nothing seem to do a little.
// Where Samples cover all coalitions φ is exact.
//
// Cost: Rows × that of Kernel. Needs: nothing.
//
// Paper: Lundberg et al. From local explanations to global understanding with
// explainable AI for trees. Nature Machine Intelligence 2, 2020,
// arXiv:1905.04610, figure 4.
func MeanAbs(q explain.Query, p MeanAbsParams) (explain.Importance, error) {
	d, _ := q.Dims()
	rows := len(q.EvalX) / d
	if p.Rows < 2 || rows < 2 {
		return explain.Importance{}, explain.Refuse("choose at least 2", "%d rows do not tell how sure the mean is", min(p.Rows, rows))
	}
	n := min(rows, p.Rows)
	which := q.Rand.Perm(rows)[:n]
	stream := explain.Streams(q.Rand)
	cost := min(p.Samples, int(min(power(d), 1<<30))) * len(q.Background) / d
	done := 0
	parts, err := q.Parts(n, func(int) { done += cost }, func(i int) ([]float64, error) {
		one := q
		one.Share, one.Rand = nil, stream(i)
		one.X = q.EvalX[which[i]*d : (which[i]+1)*d]
		one.Pace = func(at, _ int) error { return q.Step(done+min(at, cost), n*cost) }
		a, err := Kernel(one, KernelParams{Samples: p.Samples})
		done += cost
		return append(a.Values, a.Score), err
	})
	if err != nil {
		return explain.Importance{}, err
	}
	out := explain.Importance{}
	for _, v := range parts {
		out.Base += v[d] / float64(n)
		for i := range d {
			v[i] = math.Abs(v[i])
		}
	}
	out.Values, out.StdErr = meanOf(parts, d)
	return out, nil
}
