package tree

import "github.com/whybox/whybox/internal/kernel"

// Mirrored returns a model of one logistic score as one of two classes, with
// the margins -z and z: each tree stands twice, once with its leaves negated. It
// is nil for an ensemble of another kind.
func (e *Ensemble) Mirrored() *Ensemble {
	m := &e.margins
	if m.k != 1 || e.link != Logistic {
		return nil
	}
	two := &Ensemble{link: Logistic, margins: Margins{d: m.d, k: 2, base: []float32{-m.base[0], m.base[0]}, weight: []float64{m.weight[0], m.weight[0]}, codes: m.codes, closed: m.closed}}
	out := &two.margins
	if m.mean != nil {
		out.mean = []float32{m.mean[0], m.mean[0]}
	}
	for t := range m.class {
		for class, sign := range []float32{-1, 1} {
			out.double(m, t, sign)
			out.class = append(out.class, int32(class))
			out.copies = append(out.copies, int32(2-2*class))
		}
	}
	out.from = append(out.from, int32(len(out.nodes)))
	return two
}

// double appends tree t of other, its leaves multiplied with sign.
func (m *Margins) double(other *Margins, t int, sign float32) {
	m.from = append(m.from, int32(len(m.nodes)))
	from, to := other.from[t], other.from[t+1]
	for i := from; i < to; i++ {
		n := other.nodes[i]
		if n.What&kernel.BranchLeaf != 0 {
			n.Value *= sign
		}
		m.nodes = append(m.nodes, n)
		m.value = append(m.value, sign*other.value[i])
	}
	m.feature, m.right = append(m.feature, other.feature[from:to]...), append(m.right, other.right[from:to]...)
	if other.cover != nil {
		m.cover = append(m.cover, other.cover[from:to]...)
	}
	if other.sets != nil {
		m.sets = append(m.sets, other.sets[from:to]...)
	}
	if other.asks != nil {
		m.asks = append(m.asks, other.asks[t])
	}
}
