package tree

import (
	"cmp"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/model/binned"
)

// cut is a question of a tree in an ensemble and what it gains.
type cut struct {
	feature     int     // -1 where no split is allowed
	threshold   float32 // numbers go left below it
	codes       []int   // categories that go left; nil for numbers
	missingLeft bool
	gain        float64
}

// left tells whether a value goes left.
func (c *cut) left(v float32) bool {
	switch {
	case v != v:
		return c.missingLeft
	case c.codes != nil:
		return slices.Contains(c.codes, int(v))
	}
	return v < c.threshold
}

// heap is one side of a split but for its sums.
type heap struct {
	weight float64
	rows   int
}

// search returns the best split of the rows that weigh has summed. Of splits
// that are worth the same, to 1e-12, the first that was looked at wins.
func (p *planter) search(rows []int32) cut {
	best := cut{feature: -1}
	none := p.worth(p.sum, p.total)
	top := none + p.minGain
	order, most := p.columns, len(p.columns)
	if p.features > 0 {
		order, most = slices.Clone(order), p.features
	}
	for at, looked := 0, 0; at < len(order) && looked < most; at++ {
		if p.features > 0 {
			other := at + p.chance.IntN(len(order)-at)
			order[at], order[other] = order[other], order[at]
		}
		c, worth, constant := p.best(int(order[at]), rows)
		if !constant {
			looked++
		}
		if c.feature >= 0 && worth > top+float64(1e-12*worth) {
			best, top = c, worth
		}
	}
	best.gain = top - none
	return best
}

// best returns the best split by feature j, what both sides are worth together,
// and whether the rows all have the same value.
func (p *planter) best(j int, rows []int32) (c cut, worth float64, constant bool) {
	t := &p.tally
	if p.bins.Features[j].Bins() == 2 && !p.bins.Features[j].Missing {
		return cut{feature: -1}, 0, true
	}
	t.count(p, j, rows)
	defer t.clear()
	if len(t.order) < 2 {
		return cut{feature: -1}, 0, true
	}
	switch f := &p.bins.Features[j]; {
	case p.random:
		c, worth = p.draw(j, rows)
	case f.Categories > 0:
		c, worth = p.bestCategories(j, len(rows))
	default:
		c, worth = p.bestThreshold(f, j, len(rows))
	}
	return c, worth, false
}

// worth returns Σ Y²/(H+λ).
func (p *planter) worth(sum []float64, weight float64) float64 {
	out := 0.0
	for _, s := range sum {
		out += s * s / (weight + p.l2)
	}
	return out
}

// both returns what the two sides are worth if the left one has p.left and h,
// or false where that is too little for one of them.
func (p *planter) both(h heap, n int) (float64, bool) {
	rest := p.total - h.weight
	if h.rows < p.minLeaf || n-h.rows < p.minLeaf || h.weight < p.minWeight || rest < p.minWeight {
		return 0, false
	}
	out := 0.0
	for c, s := range p.left {
		out += s * s / (h.weight + p.l2)
		r := p.sum[c] - s
		out += r * r / (rest + p.l2)
	}
	return out, true
}

// bestThreshold tries every gap between bins that rows lie in, with the rows
// whose value is missing on the right and on the left. Where none is missing,
// missing values will go where more rows went.
func (p *planter) bestThreshold(f *binned.Feature, j, n int) (cut, float64) {
	best, top := cut{feature: -1}, math.Inf(-1)
	t := &p.tally
	order := t.order
	missing := order[0] == 0
	if missing {
		order = order[1:]
	}
	for _, missingLeft := range []bool{false, true} {
		if missingLeft && !missing {
			break
		}
		clear(p.left)
		var h heap
		if missingLeft {
			t.add(p.left, &h, 0)
		}
		for i, bin := range order {
			t.add(p.left, &h, bin)
			threshold := float32(math.MaxFloat32)
			if i+1 < len(order) {
				threshold = binned.Between(f.High[bin], f.Low[order[i+1]])
			} else if missingLeft || !missing {
				break
			}
			if worth, ok := p.both(h, n); ok && worth > top+float64(1e-12*top) {
				top = worth
				best = cut{feature: j, threshold: threshold, missingLeft: missingLeft || !missing && 2*h.rows >= n}
			}
		}
	}
	return best, top
}

// bestCategories puts the categories, missing values among them, in the order
// of a target's mean and tries every place to part the list. For one target,
// or two classes, the best of all sets is among these (Fisher. On grouping for
// maximum homogeneity. JASA 1958; Breiman et al. 1984, theorem 4.5); for more
// classes each takes its turn to set the order. A category that no row of the
// node has goes right.
func (p *planter) bestCategories(j, n int) (cut, float64) {
	best, top := cut{feature: -1}, math.Inf(-1)
	t := &p.tally
	missing := t.order[0] == 0
	order := slices.Clone(t.order)
	for c := range p.q {
		if p.q == 2 && c == 1 {
			break
		}
		slices.SortFunc(order, func(a, b uint16) int {
			return cmp.Or(cmp.Compare(t.mean(a, c), t.mean(b, c)), cmp.Compare(a, b))
		})
		clear(p.left)
		var h heap
		for i, bin := range order[:len(order)-1] {
			t.add(p.left, &h, bin)
			if worth, ok := p.both(h, n); ok && worth > top+float64(1e-12*top) {
				top = worth
				best = among(j, order[:i+1])
				best.missingLeft = best.missingLeft || !missing && 2*h.rows >= n
			}
		}
	}
	return best, top
}

// among returns the question whether a category is in one of the bins.
func among(j int, bins []uint16) cut {
	c := cut{feature: j, codes: []int{}}
	for _, bin := range bins {
		if bin == 0 {
			c.missingLeft = true
			continue
		}
		c.codes = append(c.codes, int(bin)-1)
	}
	slices.Sort(c.codes)
	return c
}
