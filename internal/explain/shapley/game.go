// Package shapley shares a score out among the features the way Shapley shares
// the worth of a coalition among its players: exactly, or from a sample of the
// coalitions. One explainer a file.
package shapley

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/kernel"
)

// game is the interventional game that the features of one row play. A
// coalition S of features is worth the mean score over the background rows b
// when S comes from the row x and the rest from b:
//
//	v(S) = mean over b of f(x_S, b_rest)
//
// Janzing, Minorics, Blöbaum. Feature relevance quantification in explainable
// AI: a causal problem. AISTATS 2020, arXiv:1910.13413, argue for this v rather
// than one conditioned on S: a feature the model does not read gets nothing.
type game struct {
	*explain.Run
	model explain.Mixer
	m     int       // background rows
	v     []float32 // Batch×k
	in    []bool    // d
	take  []int32   // together×d, as a Mixer has it
}

// together is how many coalitions are valued side by side: a Mixer prepares
// each background row once for all of them.
const together = 128

// newGame starts a game in which the given number of coalitions will be
// valued. It panics where the query does not fit the model.
func newGame(q explain.Query, coalitions int) *game {
	d, k := q.Dims()
	m := len(q.Background) / d
	if m == 0 || m*d != len(q.Background) {
		panic("shapley: the background rows do not fit the model")
	}
	g := &game{Run: explain.NewRowRun(q, coalitions*m), m: m, v: make([]float32, explain.Batch*k), in: make([]bool, d), take: make([]int32, together*d)}
	mixer, ok := q.Model.(explain.Mixer)
	if !ok {
		mixer = newMixed(q.Model)
	}
	g.model = mixer
	return g
}

// valued is what is known of the coalitions of an earlier row.
type valued struct {
	x []float32 // d, the row
	v []float64 // the worth of coalition 0, 1, ...
}

// values writes the worth of coalition 0, 1, ... to v; member tells by setting
// in, d values that are all false at first, which features coalition s has. A
// coalition without a feature in which the row differs from the last one that
// g.Memory has seen is worth as much as then.
func (g *game) values(v []float64, member func(in []bool, s int)) error {
	last, _ := explain.Recall(g.Memory, "coalitions", func() (*valued, error) { return new(valued), nil })
	edited := g.edited(last, len(v))
	size := func(part int) int { return min(together, len(v)-part*together) }
	var anew []int
	worths, err := g.Parts((len(v)+together-1)/together, func(part int) int { return size(part) * g.m }, func(part int) ([]float64, error) {
		first, n := part*together, size(part)
		worth := make([]float64, n)
		anew = anew[:0]
		for s := first; s < first+n; s++ {
			clear(g.in)
			member(g.in, s)
			if edited == nil || slices.ContainsFunc(edited, func(j int) bool { return g.in[j] }) {
				anew = append(anew, s)
			} else {
				worth[s-first] = last.v[s]
			}
		}
		g.Done += (n - len(anew)) * g.m
		w, err := g.part(len(anew), 0, g.m, func(in []bool, s int) { member(in, anew[s]) })
		if err != nil {
			return nil, err
		}
		for i, s := range anew {
			worth[s-first] = w[i]
		}
		return worth, nil
	})
	if err != nil {
		return err
	}
	for part, w := range worths {
		copy(v[part*together:], w)
	}
	last.x, last.v = slices.Clone(g.X), slices.Clone(v)
	return nil
}

// edited returns the features in which the row differs from the last, nil where
// nothing is known of that row's n coalitions.
func (g *game) edited(last *valued, n int) []int {
	if len(last.v) != n {
		return nil
	}
	edited := make([]int, 0, g.D)
	for j, x := range g.X {
		if math.Float32bits(x) != math.Float32bits(last.x[j]) {
			edited = append(edited, j)
		}
	}
	return edited
}

// part returns the worth of n ≤ together coalitions over the background rows from
// one on up to another; member is as in values.
func (g *game) part(n, from, to int, member func(in []bool, s int)) ([]float64, error) {
	if n == 0 {
		return nil, nil
	}
	clear(g.take)
	for s := range n {
		clear(g.in)
		member(g.in, s)
		for i, known := range g.in {
			if known {
				g.take[s*g.D+i] = -1
			}
		}
	}
	worth := make([]float64, n)
	each := explain.Batch / n // background rows at a time
	for b := from; b < to; b += each {
		if err := g.Step(g.Done, g.Of); err != nil {
			return nil, err
		}
		m := min(each, to-b)
		g.model.PredictMixed(g.v, g.X, g.Background[b*g.D:(b+m)*g.D], g.take, m, n)
		for i := range m * n {
			s := g.v[i*g.K+g.Class]
			if s-s != 0 {
				return nil, explain.Finite([]float32{s}, fmt.Sprintf(", with some features taken from background row %d", b+i/n))
			}
			worth[i%n] += float64(s)
		}
		g.Done += m * n
	}
	for s := range worth {
		worth[s] /= float64(to - from)
	}
	return worth, nil
}

// mixed scores the mixtures of any model row by row.
type mixed struct {
	explain.Model
	x, v []float32 // Batch×d, Batch×k
}

func newMixed(model explain.Model) *mixed {
	d, k := model.Dims()
	return &mixed{model, make([]float32, explain.Batch*d), make([]float32, explain.Batch*k)}
}

// PredictMixed builds the rows of one coalition after the other; m·s is at most
// Batch.
func (g *mixed) PredictMixed(dst, x, background []float32, take []int32, m, s int) {
	d, k := g.Dims()
	for i := range s {
		kernel.Mix(g.x[i*m*d:], x, background, take[i*d:], m, d)
	}
	g.Predict(g.v, g.x, m*s)
	for i := range s {
		for b := range m {
			copy(dst[(b*s+i)*k:(b*s+i+1)*k], g.v[(i*m+b)*k:])
		}
	}
}
