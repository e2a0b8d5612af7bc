package tree

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
	nodes  []node

	// The same nodes for explaining.
	feature []int32
	right   []int32   // counted from the tree's root
	value   []float32 // weighed
	cover   []float32 // nil where not every tree has covers
	sets    []span    // by node; nil where no split is categorical
	codes   []int32   // of all sets, ascending in each
	closed  bool      // the thresholds were given as x ≤ t
}

// node is what a walk reads.
type node struct {
	split float32 // the threshold; in a leaf its value
	what  uint32  // the feature and the flags below
	right int32   // in nodes
}

// span is a piece of Margins.codes.
type span struct{ from, to int32 }

// What is special about a node, in node.what.
const (
	isLeaf      = 1 << 31
	missingLeft = 1 << 30
	categorical = 1 << 29
	featureMask = 1<<29 - 1
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
	for t, c := range m.class {
		root := m.from[t]
		for i := range n {
			dst[i*m.k+int(c)] += m.leaf(root, x[i*m.d:(i+1)*m.d])
		}
	}
	if m.mean != nil {
		for i := range dst {
			dst[i] = m.base[i%m.k] + dst[i]/m.mean[i%m.k]
		}
	}
}

// addLast adds the leaves of the last so many trees to the sums (n×k) of the
// rows x (n×d).
func (m *Margins) addLast(trees int, sums, x []float32) {
	n := len(sums) / m.k
	for t := len(m.class) - trees; t < len(m.class); t++ {
		root, c := m.from[t], int(m.class[t])
		for i := range n {
			sums[i*m.k+c] += m.leaf(root, x[i*m.d:(i+1)*m.d])
		}
	}
}

// leaf walks from a root to the value of the leaf that a row falls in. What is
// common, a number and a threshold, needs no branch that the processor could
// guess wrong.
func (m *Margins) leaf(at int32, row []float32) float32 {
	for {
		n := m.nodes[at]
		if n.what&isLeaf != 0 {
			return n.split
		}
		v := row[n.what&featureMask]
		next := n.right
		if v < n.split {
			next = at + 1
		}
		if v != v || n.what&categorical != 0 {
			next = n.right
			if m.left(at, n, v) {
				next = at + 1
			}
		}
		at = next
	}
}

// left tells which way the value v goes at a split.
func (m *Margins) left(at int32, n node, v float32) bool {
	switch {
	case v != v:
		return n.what&missingLeft != 0
	case n.what&categorical != 0:
		return m.among(at, v)
	}
	return v < n.split
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

// Turns writes for every node of tree t whether row x (d) would go left there;
// false for leaves.
func (m *Margins) Turns(dst []bool, t int, x []float32) {
	from, to := m.from[t], m.from[t+1]
	for i := from; i < to; i++ {
		n := m.nodes[i]
		dst[i-from] = n.what&isLeaf == 0 && m.left(i, n, x[n.what&featureMask])
	}
}
