package tree

import (
	"math"
	"math/bits"

	"github.com/whybox/whybox/internal/model/binned"
)

// tally is the rows of a node by bin of one feature.
type tally struct {
	q     int
	sum   []float64 // bins×q
	heap  []heap    // by bin
	order []uint16  // bins with rows, ascending
	seen  []uint64  // by bin, a bit each; 0 but in list
}

func (t *tally) resize(b *binned.Table, q int) {
	most := 0
	for j := range b.Features {
		most = max(most, b.Features[j].Bins())
	}
	t.q, t.sum, t.heap, t.order = q, make([]float64, most*q), make([]heap, most), make([]uint16, 0, most)
	t.seen = make([]uint64, (most+63)/64)
}

// count fills the tally with the rows that weigh has gathered.
func (t *tally) count(p *planter, j int, rows []int32) {
	code := p.bins.Code[j*p.bins.N:][:p.bins.N]
	switch t.q {
	case 1:
		y, h := p.y[:len(rows)], p.h[:len(rows)]
		for at, i := range rows {
			bin := code[i]
			c := &t.heap[bin]
			c.rows++
			c.weight += h[at]
			t.sum[bin] += y[at]
		}
	case 2:
		y, h := p.y[:2*len(rows)], p.h[:len(rows)]
		for at, i := range rows {
			bin := int(code[i])
			c := &t.heap[bin]
			c.rows++
			c.weight += h[at]
			sum := (*[2]float64)(t.sum[2*bin:])
			sum[0] += y[2*at]
			sum[1] += y[2*at+1]
		}
	default:
		for at, i := range rows {
			t.put(p, at, int(code[i]))
		}
	}
	t.list(code, p.bins.Features[j].Bins(), rows)
}

// put adds the row that weigh has gathered at a place to a bin.
func (t *tally) put(p *planter, at, bin int) {
	t.heap[bin].rows++
	t.heap[bin].weight += p.h[at]
	sum := t.sum[bin*t.q:][:t.q]
	for c, v := range p.y[at*t.q:][:t.q] {
		sum[c] += v
	}
}

// list sets order.
func (t *tally) list(code []uint16, bins int, rows []int32) {
	t.order = t.order[:0]
	if len(rows) >= bins {
		for bin := range bins {
			if t.heap[bin].rows > 0 {
				t.order = append(t.order, uint16(bin))
			}
		}
		return
	}
	for _, i := range rows {
		t.seen[code[i]/64] |= 1 << (code[i] % 64)
	}
	for at, set := range t.seen[:(bins+63)/64] {
		for ; set != 0; set &= set - 1 {
			t.order = append(t.order, uint16(64*at+bits.TrailingZeros64(set)))
		}
		t.seen[at] = 0
	}
}

// outline counts only the rows whose value is missing, and lists that bin, the
// first of the others and the last.
func (t *tally) outline(p *planter, j int, rows []int32) {
	code := p.bins.Code[j*p.bins.N:][:p.bins.N]
	low, high := uint16(math.MaxUint16), uint16(0)
	for at, i := range rows {
		bin := code[i]
		if bin == 0 {
			t.put(p, at, 0)
			continue
		}
		low, high = min(low, bin), max(high, bin)
	}
	t.order = t.order[:0]
	if t.heap[0].rows > 0 {
		t.order = append(t.order, 0)
	}
	if high > 0 {
		t.order = append(t.order, low)
	}
	if high > low {
		t.order = append(t.order, high)
	}
}

// clear empties the tally.
func (t *tally) clear() {
	for _, bin := range t.order {
		t.heap[bin] = heap{}
		clear(t.sum[int(bin)*t.q:][:t.q])
	}
	t.order = t.order[:0]
}

// add puts a bin on one side.
func (t *tally) add(sum []float64, h *heap, bin uint16) {
	for c, v := range t.sum[int(bin)*t.q:][:t.q] {
		sum[c] += v
	}
	h.weight += t.heap[bin].weight
	h.rows += t.heap[bin].rows
}

// mean returns the mean of a target in a bin.
func (t *tally) mean(bin uint16, c int) float64 {
	return t.sum[int(bin)*t.q+c] / t.heap[bin].weight
}
