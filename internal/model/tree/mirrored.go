package tree

// Mirrored returns a model of one logistic score as one of two classes, with
// the margins -z and z: the same trees, each twice, once with its leaves
// negated. It is nil for an ensemble of another kind.
func (e *Ensemble) Mirrored() *Ensemble {
	m := &e.margins
	if m.k != 1 || e.link != Logistic {
		return nil
	}
	n := int32(len(m.nodes))
	out := Margins{d: m.d, k: 2, base: []float32{-m.base[0], m.base[0]}, weight: []float64{m.weight[0], m.weight[0]}, codes: m.codes, closed: m.closed}
	if m.mean != nil {
		out.mean = []float32{m.mean[0], m.mean[0]}
	}
	for class, sign := range []float32{-1, 1} {
		for i, v := range m.nodes {
			if v.what&isLeaf != 0 {
				v.split *= sign
			} else {
				v.right += int32(class) * n
			}
			out.nodes = append(out.nodes, v)
			out.value = append(out.value, sign*m.value[i])
		}
		out.feature, out.right = append(out.feature, m.feature...), append(out.right, m.right...)
		out.cover, out.sets = append(out.cover, m.cover...), append(out.sets, m.sets...)
		for t := range m.class {
			out.class = append(out.class, int32(class))
			out.from = append(out.from, m.from[t]+int32(class)*n)
		}
	}
	out.from = append(out.from, 2*n)
	return &Ensemble{margins: out, link: Logistic}
}
