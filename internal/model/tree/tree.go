// Package tree holds decision trees: questions of the form "is this feature at
// most that value?", asked one after another until a leaf gives the answer.
package tree

// Node is one question, or a leaf.
type Node struct {
	Feature     int       // which feature is asked about; -1 for a leaf
	Threshold   float32   // left where the feature is ≤ Threshold, in data units
	Left, Right int       // indices into Nodes; 0 for a leaf
	Value       []float32 // k: class frequencies, or the mean target, of the training rows that come here
	Cover       int       // how many training rows come here
	Depth       int       // questions asked before; 0 at the root
}

// Tree is a decision tree for classification or regression. Before training it
// is a single leaf. It has no gradient: scores are flat between thresholds.
type Tree struct {
	d, k  int
	nodes []Node
}

// Dims returns d and k; k is 1 for regression.
func (t *Tree) Dims() (d, k int) { return t.d, t.k }

// Nodes returns the nodes, the root first and every node before its children.
// They belong to the tree; do not change them.
func (t *Tree) Nodes() []Node { return t.nodes }

// Predict writes class frequencies of the leaf, or its mean target, for the n
// rows of x (n×d) to dst (n×k). NaN goes right.
func (t *Tree) Predict(dst, x []float32, n int) {
	for i := range n {
		row := x[i*t.d : (i+1)*t.d]
		node := &t.nodes[0]
		for node.Feature >= 0 {
			if row[node.Feature] <= node.Threshold {
				node = &t.nodes[node.Left]
			} else {
				node = &t.nodes[node.Right]
			}
		}
		copy(dst[i*t.k:(i+1)*t.k], node.Value)
	}
}
