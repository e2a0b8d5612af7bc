package tree

import (
	"math"

	"github.com/whybox/whybox/internal/model"
)

// NewExtraTrees returns a trainer of extremely randomised trees. It differs
// from NewRandomForest in two things: every tree learns from all rows, and the
// threshold for each feature that is looked at is drawn uniformly between the
// least and the greatest value in the node; the best of these draws is taken.
// So borders are smoother, and no split is ever searched for.
//
// Of the categories in a node a random part goes left: its size is drawn, then
// its members. Rows with a missing value go to the side where they do better.
//
// Paper: P. Geurts, D. Ernst, L. Wehenkel. Extremely randomized trees. Machine
// Learning 63, 2006, algorithm of table 1.
func NewExtraTrees(p model.Problem, params ForestParams) (model.Trainer, error) {
	return newForest(p, params, true)
}

// draw returns a random split by feature j, and what its sides are worth.
func (p *planter) draw(j int, rows []int32) (cut, float64) {
	t := &p.tally
	missing := t.order[0] == 0
	present := t.order
	if missing {
		present = present[1:]
	}
	f := &p.bins.Features[j]
	c := cut{feature: j, threshold: math.MaxFloat32}
	switch {
	case f.Categories > 0 && len(present) > 1:
		drawn := append([]uint16(nil), present...)
		p.chance.Shuffle(len(drawn), func(a, b int) { drawn[a], drawn[b] = drawn[b], drawn[a] })
		c = among(j, drawn[:1+p.chance.IntN(len(drawn)-1)])
	case f.Categories > 0:
		c = among(j, present)
	case len(present) > 1:
		c.threshold = p.drawThreshold(j, rows)
	}
	clear(p.left)
	var h heap
	column := p.bins.Column[j*p.bins.N:][:p.bins.N]
	for at, i := range rows {
		if v := column[i]; v == v && c.left(v) {
			for k, y := range p.y[at*p.q:][:p.q] {
				p.left[k] += y
			}
			h.weight += p.h[at]
			h.rows++
		}
	}
	worth, ok := p.both(h, len(rows))
	if !missing {
		c.missingLeft = 2*h.rows >= len(rows)
	} else {
		t.add(p.left, &h, 0)
		if other, fits := p.both(h, len(rows)); fits && (!ok || other > worth) {
			c.missingLeft, worth, ok = true, other, true
		}
	}
	if !ok {
		c.feature = -1
	}
	return c, worth
}

// drawThreshold returns a number above the least and not above the greatest
// value of the rows.
func (p *planter) drawThreshold(j int, rows []int32) float32 {
	column := p.bins.Column[j*p.bins.N:][:p.bins.N]
	low, high := float32(math.Inf(1)), float32(math.Inf(-1))
	for _, i := range rows {
		if v := column[i]; v == v {
			low, high = min(low, v), max(high, v)
		}
	}
	u := float64(p.chance.Float64())
	at := float32(float64(low) + float64(u*(float64(high)-float64(low))))
	return min(max(at, math.Nextafter32(low, math.MaxFloat32)), high)
}
