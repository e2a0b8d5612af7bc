package shapley

import (
	"math"
	"slices"
	"sync"
)

// background is what is kept of the background rows that were asked about last.
type background struct {
	rows  []float32 // m×d
	lock  sync.Mutex
	trees []masks // by tree; empty before it was asked for
	words int     // that they take
}

// masks tell how the background rows go through one tree.
type masks struct {
	left  []uint64 // for each 64 rows, by node: those that go left
	sum   float64  // of the leaves that they come to
	depth int      // how many questions stand in a row at the most
}

// mostWords is how many words of masks are kept at the most.
const mostWords = 1 << 21

// behind returns what is kept of the background rows of f.
func (p *prepared) behind(f *forest) *background {
	p.lock.Lock()
	defer p.lock.Unlock()
	same := func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }
	if p.last == nil || !slices.EqualFunc(p.last.rows, f.Background, same) {
		p.last = &background{rows: slices.Clone(f.Background), trees: make([]masks, f.Trees.Trees())}
	}
	return p.last
}

// masks sends the background rows through tree t, if they have not been there.
func (b *background) masks(f *forest, t int) masks {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.trees[t].left != nil {
		return b.trees[t]
	}
	feature, right, value, _ := f.Nodes(t)
	n, m := len(feature), len(b.rows)/f.d
	out := masks{left: make([]uint64, (m+63)/64*n)}
	turns, deep := make([]bool, n), make([]int, n)
	for r := range m {
		f.Turns(turns, t, b.rows[r*f.d:(r+1)*f.d])
		left := out.left[r/64*n:]
		for i, yes := range turns {
			if yes {
				left[i] |= 1 << (r % 64)
			}
		}
		out.sum += float64(value[leafOf(feature, right, turns)])
	}
	for i, j := range feature {
		if j >= 0 {
			deep[i+1], deep[right[i]] = deep[i]+1, deep[i]+1
		}
		out.depth = max(out.depth, deep[i])
	}
	if b.words+len(out.left) <= mostWords {
		b.trees[t] = out
		b.words += len(out.left)
	}
	return out
}
