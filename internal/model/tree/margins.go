package tree

import (
	"sync"

	"github.com/whybox/whybox/internal/kernel"
)

// Margins is an ensemble before its link: base + Σ leaves, where values of
// trees add up. It is the form that explainers of trees read.
//
// Its trees lie one after another, each in preorder: the left child of a split
// follows it at once.
type Margins struct {
	d, k   int
	base   []float32 // k
	weight []float64 // k: what the sum of a class's leaves is multiplied with
	mean   []float32 // k: what it is divided by; nil for sums
	class  []int32   // by tree
	from   []int32   // by tree, and one more: its nodes are from[t]..from[t+1]
	copies []int32   // by tree: how many trees from here on are it, but for the values of leaves, for one class after another; 0 in all but the first of them
	nodes  []kernel.Branch

	// The same nodes for explaining.
	feature []int32
	right   []int32   // counted from the tree's root
	value   []float32 // weighed
	cover   []float32 // nil where not every tree has covers
	sets    []span    // by node; nil where no split is categorical
	asks    []bool    // by tree: whether a split is; nil where none is
	codes   []int32   // of all sets, ascending in each
	closed  bool      // the thresholds were given as x ≤ t

	keeping sync.Mutex
	kept    any // see Keep
}

// span is a piece of Margins.codes.
type span struct{ from, to int32 }

// categorical is a flag of kernel.Branch.What that the kernel does not know: the
// split asks about a set. Trees with such nodes are walked here.
const (
	categorical = 1 << 29
	column      = categorical - 1
)

// Dims returns d and k.
func (m *Margins) Dims() (d, k int) { return m.d, m.k }

// Predict writes the margins of the n rows of x (n×d) to dst (n×k). Every sum
// starts at the base and takes the trees in order, in float32; a mean divides
// the sum of its trees and then adds the base.
func (m *Margins) Predict(dst, x []float32, n int) {
	const block = 64 // rows that meet a tree while it is in the cache
	for from := 0; from < n; from += block {
		rows := min(block, n-from)
		m.block(dst[from*m.k:(from+rows)*m.k], x[from*m.d:(from+rows)*m.d], rows)
	}
}

func (m *Margins) block(dst, x []float32, n int) {
	clear(dst)
	if m.mean == nil {
		for i := range n {
			copy(dst[i*m.k:], m.base)
		}
	}
	m.sum(0, dst, x, n)
	if m.mean != nil {
		for i := range dst {
			dst[i] = m.base[i%m.k] + dst[i]/m.mean[i%m.k]
		}
	}
}

// sum adds the leaves of the trees from the given one on to the sums (n×k) of
// the rows x (n×d).
func (m *Margins) sum(first int, sums, x []float32, n int) {
	if n == 0 {
		return
	}
	missing := !kernel.Finite(x[:n*m.d])
	for t := first; t < len(m.class); t++ {
		copies := int(m.copies[t])
		if copies == 0 {
			continue
		}
		c, from := int(m.class[t]), m.from[t]
		size := int(m.from[t+1] - from)
		if nodes := m.nodes[from:m.from[t+copies]]; !m.asksSets(t) {
			kernel.Descend(sums[c:], m.k, copies, size, nodes, x, n, m.d, missing)
			continue
		}
		for i := range n {
			at := m.leaf(from, x[i*m.d:(i+1)*m.d])
			for j := range copies {
				sums[i*m.k+c+j] += m.nodes[int(at)+j*size].Value
			}
		}
	}
}

// asksSets tells whether a split of tree t is categorical.
func (m *Margins) asksSets(t int) bool { return m.asks != nil && m.asks[t] }

// leaf walks from a root to the leaf that a row falls in.
func (m *Margins) leaf(at int32, row []float32) int32 {
	for {
		n := m.nodes[at]
		if n.What&kernel.BranchLeaf != 0 {
			return at
		}
		if m.left(at, n, row[n.What&column]) {
			at++
		} else {
			at += n.Right
		}
	}
}

// left tells which way the value v goes at a split.
func (m *Margins) left(at int32, n kernel.Branch, v float32) bool {
	switch {
	case v != v:
		return n.What&kernel.BranchMissingLeft != 0
	case n.What&categorical != 0:
		return m.among(at, v)
	}
	return v < n.Split
}

// among tells whether v is one of the codes that go left.
func (m *Margins) among(at int32, v float32) bool {
	if v < 0 || v >= MaxCode {
		return false
	}
	code := int32(v)
	low, high := m.sets[at].from, m.sets[at].to
	for low < high {
		middle := (low + high) / 2
		if m.codes[middle] < code {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low < m.sets[at].to && m.codes[low] == code
}

// average makes means of the sums, or leaves them.
func (m *Margins) average(yes bool) {
	for c := range m.weight {
		m.weight[c] = 1
	}
	if !yes {
		return
	}
	m.mean = make([]float32, m.k)
	for _, c := range m.class {
		m.mean[c]++
	}
	for c := range m.mean {
		m.mean[c] = max(m.mean[c], 1)
		m.weight[c] = 1 / float64(m.mean[c])
	}
}

// Trees returns how many trees there are.
func (m *Margins) Trees() int { return len(m.class) }

// Base returns the margin of a class before any tree.
func (m *Margins) Base(class int) float64 { return float64(m.base[class]) }

// Adds returns the class that tree t adds to, and what its leaves are
// multiplied with.
func (m *Margins) Adds(t int) (class int, weight float64) {
	return int(m.class[t]), m.weight[m.class[t]]
}

// Nodes returns tree t in preorder: the feature of a split and -1 for a leaf,
// the right child (the left one is the next node), the value of a leaf, and
// the covers, nil where nobody counted. They belong to the ensemble; do not
// change them.
func (m *Margins) Nodes(t int) (feature, right []int32, value, cover []float32) {
	from, to := m.from[t], m.from[t+1]
	if m.cover != nil {
		cover = m.cover[from:to]
	}
	return m.feature[from:to], m.right[from:to], m.value[from:to], cover
}

// Keep returns what make gave when it was first asked for, or first since trees
// came or went, so that who reads the trees for row after row can prepare them
// once. It is safe for concurrent use, though not while the ensemble is trained.
func (m *Margins) Keep(make func() any) any {
	m.keeping.Lock()
	defer m.keeping.Unlock()
	if m.kept == nil {
		m.kept = make()
	}
	return m.kept
}

// Turns writes for every node of tree t whether row x (d) would go left there;
// false for leaves.
func (m *Margins) Turns(dst []bool, t int, x []float32) {
	from := m.from[t]
	nodes := m.nodes[from:m.from[t+1]]
	dst = dst[:len(nodes)]
	if m.asksSets(t) {
		for i, n := range nodes {
			dst[i] = n.What&kernel.BranchLeaf == 0 && m.left(from+int32(i), n, x[n.What&column])
		}
		return
	}
	for i := range nodes {
		n := &nodes[i]
		v := x[n.What&column]
		left := v < n.Split // never in a leaf
		if v != v {
			left = n.What&kernel.BranchMissingLeft != 0
		}
		dst[i] = left
	}
}
