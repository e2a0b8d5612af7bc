package kernel

// Branch is a node of a binary tree whose nodes lie in preorder, so that the
// left child of a node follows it at once.
type Branch struct {
	Split float32 // the left child where x < Split; NaN in a leaf
	What  uint32  // the column of x that is asked, and the flags below; the column is 0 in a leaf
	Right int32   // how many nodes further the right child stands; 0 in a leaf
	Value float32 // of a leaf
}

// Flags of Branch.What.
const (
	BranchLeaf        = 1 << 31
	BranchMissingLeft = 1 << 30 // the left child where x is NaN, which else goes right
	BranchColumn      = 1<<29 - 1
)

// Descend walks the n rows of x (n×d) from the root, the first of the nodes,
// and adds the value of each row's leaf to dst[i·stride]. Where the same tree
// stands several times in the nodes, with other values in its leaves, size nodes
// apart, copy j of it goes to dst[i·stride+j]. missing says whether x may hold
// NaN. d ≥ 1, copies ≥ 1.
func Descend(dst []float32, stride, copies, size int, nodes []Branch, x []float32, n, d int, missing bool) {
	if n == 0 {
		return
	}
	need(dst, (n-1)*stride+copies)
	need(x, n*d)
	if len(nodes) < copies*size {
		panic("kernel: slice shorter than its sizes")
	}
	if simdDescend(dst, stride, copies, size, nodes, x, n, d, missing) {
		return
	}
	for i := range n {
		at := int(descend(nodes, x[i*d:(i+1)*d]))
		for j := range copies {
			dst[i*stride+j] += nodes[at+j*size].Value
		}
	}
}

// descend returns the leaf of one row. What is common, a number and a
// threshold, needs no branch that the processor could guess wrong.
func descend(nodes []Branch, row []float32) int32 {
	at := int32(0)
	for {
		b := &nodes[at]
		if b.What&BranchLeaf != 0 {
			return at
		}
		v := row[b.What&BranchColumn]
		step := b.Right
		if v < b.Split {
			step = 1
		}
		if v != v {
			step = b.Right
			if b.What&BranchMissingLeft != 0 {
				step = 1
			}
		}
		at += step
	}
}
