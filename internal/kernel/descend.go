package kernel

import "math"

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
	i := 0
	var at [4]int32 // rows side by side: each step waits for the last one's loads
	for ; i+len(at) <= n; i += len(at) {
		descend4(&at, nodes, x[i*d:(i+len(at))*d], d)
		for r, leaf := range at {
			for j := range copies {
				dst[(i+r)*stride+j] += nodes[int(leaf)+j*size].Value
			}
		}
	}
	for ; i < n; i++ {
		leaf := int32(0)
		for row := x[i*d : (i+1)*d]; nodes[leaf].What&BranchLeaf == 0; {
			leaf += nodes[leaf].step(row)
		}
		for j := range copies {
			dst[i*stride+j] += nodes[int(leaf)+j*size].Value
		}
	}
}

// descend4 sets at to the leaves of four rows. A row that has come to its leaf
// stays there until the others have.
func descend4(at *[4]int32, nodes []Branch, x []float32, d int) {
	var a, b, c, e int32
	ra, rb, rc, re := x[:d], x[d:2*d], x[2*d:3*d], x[3*d:4*d]
	for nodes[a].What&nodes[b].What&nodes[c].What&nodes[e].What&BranchLeaf == 0 {
		a += nodes[a].step(ra)
		b += nodes[b].step(rb)
		c += nodes[c].step(rc)
		e += nodes[e].step(re)
	}
	*at = [4]int32{a, b, c, e}
}

// step returns how many nodes further a row goes on. What the split is above a
// number is positive, as an integer too, and that moves without a branch that
// the processor could guess wrong.
func (b *Branch) step(row []float32) int32 {
	v := row[b.What&BranchColumn]
	above := b.Split - v
	if above != above {
		return b.rare(v)
	}
	bits := int32(math.Float32bits(above))
	return b.Right ^ (b.Right^1)&((-bits&^bits)>>31)
}

// rare is step where a value is missing, or infinite like the split, or the node
// is a leaf.
func (b *Branch) rare(v float32) int32 {
	if v < b.Split || v != v && b.What&BranchMissingLeft != 0 {
		return 1
	}
	return b.Right
}
