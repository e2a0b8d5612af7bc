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

// count fills the tally with the rows that weigh has gathered. Where thresholds
// are drawn, it counts only those whose value is missing, and lists that bin, the
// first of the others and the last.
func (t *tally) count(p *planter, j int, rows []int32) {
	f := &p.bins.Features[j]
	code, drawn := p.bins.Code[j*p.bins.N:][:p.bins.N], p.random && f.Categories == 0
	if t.q == 1 && !drawn {
		y, h := p.y[:len(rows)], p.h[:len(rows)]
		for at, i := range rows {
			bin := code[i]
			c := &t.heap[bin]
			c.rows++
			c.weight += h[at]
			t.sum[bin] += y[at]
		}
		t.list(code, f.Bins(), rows)
		return
	}
	low, high := uint16(math.MaxUint16), uint16(0)
	for at, i := range rows {
		bin := code[i]
		if drawn && bin > 0 {
			low, high = min(low, bin), max(high, bin)
			continue
		}
		c := &t.heap[bin]
		c.rows++
		c.weight += p.h[at]
		sum, y := t.sum[int(bin)*t.q:], p.y[at*t.q:]
		sum[0] += y[0]
		for c := 1; c < t.q; c++ {
			sum[c] += y[c]
		}
	}
	if !drawn {
		t.list(code, f.Bins(), rows)
		return
	}
	for _, bin := range []uint16{0, low, high} {
		if bin <= high && (bin > 0 || t.heap[0].rows > 0) && (len(t.order) == 0 || t.order[len(t.order)-1] < bin) {
			t.order = append(t.order, bin)
		}
	}
}

// list sets order.
func (t *tally) list(code []uint16, bins int, rows []int32) {
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
