package shapley

import (
	"math"
	"slices"
)

// background is what is kept of the background rows that were asked about last.
type background struct {
	rows  []float32 // m×d
	trees []masks   // by tree; empty before its class was asked about
}

// masks tell how the background rows go through one tree.
type masks struct {
	left []uint64 // for each 64 rows, by node: those that go left
	sum  float64  // of the leaves that they come to
}

// mostMasks is how many words are kept at the most, for all trees.
const mostMasks = 1 << 21

// masksOf sends the background rows through tree t.
func (f *forest) masksOf(t int) masks {
	m := len(f.Background) / f.d
	nodes, _, _, _ := f.Nodes(t)
	out := masks{left: make([]uint64, (m+63)/64*len(nodes))}
	var turns []bool
	for r := range m {
		turns = f.turnsOf(turns, t, f.Background[r*f.d:(r+1)*f.d])
		left := out.left[r/64*len(nodes):][:len(nodes)]
		for i, yes := range turns {
			if yes {
				left[i] |= 1 << (r % 64)
			}
		}
		out.sum += f.leaf(t, turns)
	}
	return out
}

// behind returns what is kept of the background rows of f, for f to add to.
func (p *prepared) behind(f *forest) *background {
	p.lock.Lock()
	defer p.lock.Unlock()
	same := func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }
	if p.last != nil && slices.EqualFunc(p.last.rows, f.Background, same) {
		return &background{p.last.rows, slices.Clone(p.last.trees)}
	}
	return &background{slices.Clone(f.Background), make([]masks, f.Trees.Trees())}
}

// put keeps what f found out, unless that is too much.
func (p *prepared) put(b *background) {
	words := 0
	for _, m := range b.trees {
		words += len(m.left)
	}
	if words > mostMasks {
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	p.last = b
}
