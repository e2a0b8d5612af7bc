// Package shapley shares a score out among the features the way Shapley shares
// the worth of a coalition among its players: exactly, or from a sample of the
// coalitions. One explainer a file.
package shapley

import (
	"fmt"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/kernel"
)

// batch is how many rows go to the model at a time: enough for its inner
// loops, few enough that a stop takes effect at once.
const batch = 512

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
	explain.Query
	d, k, m int       // features, scores, background rows
	done    int       // model rows so far
	of      int       // model rows in all
	x       []float32 // batch×d
	scores  []float32 // batch×k
}

// newGame starts a game in which the given number of coalitions will be
// valued. It panics where the query does not fit the model.
func newGame(q explain.Query, coalitions int) *game {
	d, k := q.Dims()
	m := len(q.Background) / d
	if len(q.X) != d || q.Class < 0 || q.Class >= k || m == 0 || m*d != len(q.Background) {
		panic("shapley: the query does not fit the model")
	}
	return &game{Query: q, d: d, k: k, m: m, of: coalitions * m,
		x: make([]float32, batch*d), scores: make([]float32, batch*k)}
}

// values writes the worth of coalition 0, 1, ... to v; member tells by setting
// in, d values that are all false at first, which features coalition s has.
func (g *game) values(v []float64, member func(in []bool, s int)) error {
	clear(v)
	in, take := make([]bool, g.d), make([]int32, g.d)
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
			n := min(g.m-b, batch-rows)
			kernel.Mix(g.x[rows*g.d:], g.X, g.Background[b*g.d:], take, n, g.d)
			b += n
			rows += n
			if rows == batch || s == len(v)-1 && b == g.m {
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
	if err := g.Step(g.done, g.of); err != nil {
		return err
	}
	g.Predict(g.scores[:rows*g.k], g.x[:rows*g.d], rows)
	for i := range rows {
		s := g.scores[i*g.k+g.Class]
		if s-s != 0 {
			return fmt.Errorf("the model's score is %v where a finite number is needed, with some features taken from background row %d; its training diverged, or the row lies far outside the data; rewind the training or change the row", s, (first+i)%g.m)
		}
		v[(first+i)/g.m] += float64(s)
	}
	g.done += rows
	return nil
}
