// Package shapley shares a score out among the features the way Shapley shares
// the worth of a coalition among its players: exactly, or from a sample of the
// coalitions. One explainer a file.
package shapley

import (
	"fmt"

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

// values writes the worth of coalition 0, 1, ... to v; member tells by setting
// in, d values that are all false at first, which features coalition s has.
func (g *game) values(v []float64, member func(in []bool, s int)) error {
	size := func(part int) int { return min(together, len(v)-part*together) }
	worths, err := g.Parts((len(v)+together-1)/together, func(part int) int { return size(part) * g.m }, func(part int) ([]float64, error) {
		return g.part(size(part), 0, g.m, func(in []bool, s int) { member(in, part*together+s) })
	})
	if err != nil {
		return err
	}
	for part, w := range worths {
		copy(v[part*together:], w)
	}
	return nil
}

// part returns the worth of n ≤ together coalitions over the background rows from
// one on up to another; member is as in values.
func (g *game) part(n, from, to int, member func(in []bool, s int)) ([]float64, error) {
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
