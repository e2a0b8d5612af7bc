package additive

import (
	"cmp"
	"slices"

	"github.com/whybox/whybox/internal/model/binned"
)

// cells is where the training rows lie in the bins of one or two features.
type cells struct {
	features []int
	bins     []*binned.Feature
	n        int      // how many cells there are
	at       []uint32 // by training row
	rows     []int    // by cell
}

func newCells(table *binned.Table, j int) *cells {
	f := &table.Features[j]
	c := &cells{features: []int{j}, bins: []*binned.Feature{f}, n: f.Bins(), at: make([]uint32, table.N)}
	for i := range c.at {
		c.at[i] = uint32(table.Code[j*table.N+i])
	}
	return c.count()
}

func newPair(table *binned.Table, j, l int) *cells {
	first, second := &table.Features[j], &table.Features[l]
	c := &cells{features: []int{j, l}, bins: []*binned.Feature{first, second}, n: first.Bins() * second.Bins(), at: make([]uint32, table.N)}
	for i := range c.at {
		c.at[i] = uint32(table.Code[j*table.N+i])*uint32(second.Bins()) + uint32(table.Code[l*table.N+i])
	}
	return c.count()
}

func (c *cells) count() *cells {
	c.rows = make([]int, c.n)
	for _, at := range c.at {
		c.rows[at]++
	}
	return c
}

// sums are the slopes of the loss in a set of rows: Y and H of each output.
type sums struct {
	y, h []float64 // q
	rows int
}

// ridge is added to every H: where a class is as good as certain its second
// derivatives vanish, and rounding must not decide.
const ridge = 1e-3

func newSums(q int) sums { return manySums(1, q)[0] }

func manySums(n, q int) []sums {
	values := make([]float64, 2*q*n)
	out := make([]sums, n)
	for i := range out {
		out[i] = sums{y: values[2*q*i : 2*q*i+q], h: values[2*q*i+q : 2*q*(i+1)]}
	}
	return out
}

// room is sums to use again, cleared.
type room []sums

// of returns n of them.
func (r *room) of(n, q int) []sums {
	if len(*r) < n {
		*r = manySums(2*n, q)
	}
	for i := range n {
		(*r)[i].clear()
	}
	return (*r)[:n]
}

func (s *sums) add(o sums, sign int) {
	for c := range s.y {
		s.y[c] += float64(float64(sign) * o.y[c])
		s.h[c] += float64(float64(sign) * o.h[c])
	}
	s.rows += sign * o.rows
}

func (s *sums) clear() {
	clear(s.y)
	clear(s.h)
	s.rows = 0
}

// worth returns Σ Y²/(H+ridge) over the outputs, twice what a Newton step gains; 0
// without rows.
func (s *sums) worth() float64 {
	out := 0.0
	if s.rows > 0 {
		for c, y := range s.y {
			out += y * y / (s.h[c] + ridge)
		}
	}
	return out
}

// step writes the Newton step Y/(H+ridge) of each output.
func (s *sums) step(dst []float64) {
	if s.rows > 0 {
		for c, y := range s.y {
			dst[c] = y / (s.h[c] + ridge)
		}
	}
}

// mean is what categories are ordered by.
func (s *sums) mean() float64 { return s.y[0] / (s.h[0] + ridge) }

// tally sums the slopes (n values an output) of the rows by cell. The sums are
// good until the room is used again.
func (c *cells) tally(in *room, rows []int32, target, weight []float64, q int) []sums {
	n := len(c.at)
	out := in.of(c.n, q)
	for _, i := range rows {
		s := &out[c.at[i]]
		s.rows++
		for k := range q {
			s.y[k] += target[k*n+int(i)]
			s.h[k] += weight[k*n+int(i)]
		}
	}
	return out
}

// segments writes to update (cells×q) the Newton steps of a tree with so many
// leaves over the bins of one feature. Missing numbers have a leaf of their
// own beside; categories, and missing ones, stand in the order of their steps.
func segments(update []float64, c *cells, bins []sums, leaves, minLeaf int) {
	q := len(update) / c.n
	var order []int
	for bin := range bins {
		if bins[bin].rows > 0 && (bin > 0 || c.bins[0].Categories > 0) {
			order = append(order, bin)
		}
	}
	if c.bins[0].Categories > 0 {
		slices.SortFunc(order, func(a, b int) int {
			return cmp.Or(cmp.Compare(bins[a].mean(), bins[b].mean()), cmp.Compare(a, b))
		})
	} else if bins[0].rows >= minLeaf {
		bins[0].step(update[:q])
	}
	if len(order) == 0 {
		return
	}
	parts := []segment{bestCut(order, bins, q, minLeaf)}
	for len(parts) < leaves {
		at := 0
		for i := range parts {
			if parts[i].gain > parts[at].gain {
				at = i
			}
		}
		p := parts[at]
		if p.cut == 0 {
			break
		}
		parts[at] = bestCut(p.order[:p.cut], bins, q, minLeaf)
		parts = append(parts, bestCut(p.order[p.cut:], bins, q, minLeaf))
	}
	for _, p := range parts {
		for _, bin := range p.order {
			p.all.step(update[bin*q : (bin+1)*q])
		}
	}
}

// segment is a leaf over neighbouring bins, with its best cut.
type segment struct {
	order []int
	all   sums
	cut   int // how many bins lie before it; 0 where none gains
	gain  float64
}

func bestCut(order []int, bins []sums, q, minLeaf int) segment {
	s := segment{order: order, all: newSums(q)}
	for _, bin := range order {
		s.all.add(bins[bin], 1)
	}
	whole := s.all.worth()
	left, right := newSums(q), newSums(q)
	right.add(s.all, 1)
	for i, bin := range order[:len(order)-1] {
		left.add(bins[bin], 1)
		right.add(bins[bin], -1)
		if left.rows < minLeaf || right.rows < minLeaf {
			continue
		}
		if gain := left.worth() + right.worth() - whole; gain > s.gain+float64(1e-12*whole) {
			s.cut, s.gain = i+1, gain
		}
	}
	return s
}
