package effect

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// PartialDependenceParams says which feature to move, and over how much.
type PartialDependenceParams struct {
	Feature int // column, 0..d-1
	Grid    int // values of the feature, ≥ 2; fewer where it has fewer
	Rows    int // curves, ≥ 1; drawn from the labelled rows, all where there are fewer
}

// PartialDependence moves one feature through its range in each of a sample of
// rows and leaves the others as they are:
//
//	ICE_r(z) = f(row r with xⱼ = z)        PD(z) = mean over r of ICE_r(z)
//
// A number gets an even grid from its 5 % to its 95 % quantile over the labelled
// rows (its whole range where these are equal), a count the whole numbers there
// (all it has, where these fit the grid), a category its codes. Grid values are
// what float32 holds, so that the model sees exactly these.
//
// Of a feature that some rows lack, the mean is also taken where all lack it.
//
// Laws: flat for a feature the model does not read; where the score is a sum of
// functions of one feature each, every curve is that feature's function but for
// a constant; linear in the model. Rows that never occur count like others.
//
// Cost: Grid × Rows predictions. Needs: labelled rows (the labels are not used).
//
// Paper: Friedman. Greedy function approximation: a gradient boosting machine.
// Annals of Statistics 29, 2001, section 8.2. Curves: Goldstein, Kapelner,
// Bleich, Pitkin. Peeking inside the black box. Journal of Computational and
// Graphical Statistics 24, 2015, arXiv:1309.6392, not centred.
func PartialDependence(q explain.Query, p PartialDependenceParams) (explain.Effect, error) {
	r := newRun(q)
	if p.Feature < 0 || p.Feature >= r.D || len(q.Features) != r.D || q.Class < 0 || q.Class >= r.K {
		panic("effect: the query does not fit the model")
	}
	if p.Grid < 2 || p.Rows < 1 {
		return explain.Effect{}, explain.Refuse("choose at least 2 values and 1 row", "partial dependence over %d values and %d rows shows nothing", p.Grid, p.Rows)
	}
	grid := r.grid(p.Feature, p.Grid)
	rows := make([]int, r.n)
	for i := range rows {
		rows[i] = i
	}
	if p.Rows < r.n {
		rows = q.Rand.Perm(r.n)[:p.Rows]
		slices.Sort(rows)
	}
	tried := slices.Clone(grid)
	if q.Features[p.Feature].Gaps {
		tried = append(tried, math.NaN())
	}
	r.Of = len(rows) * len(tried)
	e := explain.Effect{Feature: p.Feature, Grid: grid, Mean: make([]float64, len(grid)), Rows: rows}
	x := make([]float32, len(tried)*r.D)
	curves, err := r.Parts(len(rows), func(int) int { return len(tried) }, func(n int) ([]float64, error) {
		for g, z := range tried {
			at := x[g*r.D : (g+1)*r.D]
			copy(at, q.EvalX[rows[n]*r.D:])
			at[p.Feature] = float32(z)
		}
		curve := make([]float64, len(tried))
		err := r.predict(x, func(g int, scores []float32) { curve[g] = float64(scores[q.Class]) })
		return curve, err
	})
	if err != nil {
		return explain.Effect{}, err
	}
	for _, curve := range curves {
		e.Curves = append(e.Curves, curve[:len(grid)])
		e.Missing += curve[len(tried)-1] / float64(len(rows))
	}
	if len(tried) == len(grid) {
		e.Missing = math.NaN()
	}
	for g := range grid {
		for _, curve := range e.Curves {
			e.Mean[g] += curve[g]
		}
		e.Mean[g] /= float64(len(rows))
	}
	return e, nil
}

// grid returns at most n ascending values of feature j.
func (r *run) grid(j, n int) []float64 {
	seen := make([]float64, 0, r.n)
	for i := range r.n {
		if v := float64(r.EvalX[i*r.D+j]); v == v {
			seen = append(seen, v)
		}
	}
	if len(seen) == 0 {
		return []float64{float64(r.Features[j].Min)}
	}
	slices.Sort(seen)
	f := r.Features[j]
	if f.Category {
		return slices.Compact(seen)
	}
	lo, hi := quantile(seen, 0.05), quantile(seen, 0.95)
	least, most := seen[0], seen[len(seen)-1]
	if lo == hi || f.Integer && most-least < float64(n) {
		lo, hi = least, most
	}
	if f.Integer {
		lo, hi = math.Floor(lo), math.Ceil(hi)
		n = int(min(float64(n), hi-lo+1))
	}
	if lo == hi {
		return []float64{lo}
	}
	out := make([]float64, n)
	for i := range out {
		t := float64(i) / float64(n-1)
		v := float64(lo*(1-t)) + float64(hi*t)
		if f.Integer {
			v = math.Round(v)
		}
		out[i] = float64(float32(v))
	}
	return slices.Compact(out)
}

// quantile returns the q-quantile of ascending values, 0 ≤ q ≤ 1, between two
// of them in proportion.
func quantile(sorted []float64, q float64) float64 {
	at := float64(q * float64(len(sorted)-1))
	i := min(int(at), len(sorted)-2)
	if i < 0 {
		return sorted[0]
	}
	t := at - float64(i)
	return float64(sorted[i]*(1-t)) + float64(sorted[i+1]*t)
}
