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
	m int       // background rows
	x []float32 // Batch×d
}

// newGame starts a game in which the given number of coalitions will be
// valued. It panics where the query does not fit the model.
func newGame(q explain.Query, coalitions int) *game {
	d, _ := q.Dims()
	m := len(q.Background) / d
	if m == 0 || m*d != len(q.Background) {
		panic("shapley: the background rows do not fit the model")
	}
	return &game{Run: explain.NewRowRun(q, coalitions*m), m: m, x: make([]float32, explain.Batch*d)}
}

// values writes the worth of coalition 0, 1, ... to v; member tells by setting
// in, d values that are all false at first, which features coalition s has.
func (g *game) values(v []float64, member func(in []bool, s int)) error {
	clear(v)
	in, take := make([]bool, g.D), make([]int32, g.D)
	rows := 0
	for s := range v {
		clear(in)
		member(in, s)
		for i, known := range in {
			take[i] = 0
			if known {
				take[i] = -1
			}
		}
		for b := 0; b < g.m; {
			n := min(g.m-b, explain.Batch-rows)
			kernel.Mix(g.x[rows*g.D:], g.X, g.Background[b*g.D:], take, n, g.D)
			b += n
			rows += n
			if rows == explain.Batch || s == len(v)-1 && b == g.m {
				if err := g.add(v, s*g.m+b-rows, rows); err != nil {
					return err
				}
				rows = 0
			}
		}
	}
	for s := range v {
		v[s] /= float64(g.m)
	}
	return nil
}

// add sends the first rows of g.x to the model and adds each score to the
// coalition it belongs to; first is the number of the first row in the game,
// m rows a coalition.
func (g *game) add(v []float64, first, rows int) error {
	return g.Scores(g.x[:rows*g.D], func(i int, scores []float32) error {
		s := scores[g.Class]
		if s-s != 0 {
			return explain.Finite(scores[g.Class:g.Class+1], fmt.Sprintf(", with some features taken from background row %d", (first+i)%g.m))
		}
		v[(first+i)/g.m] += float64(s)
		return nil
	})
}
