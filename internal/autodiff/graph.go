// Package autodiff differentiates in reverse mode over float32 arrays, batch
// first. A Graph is built once, for at most so many rows; its buffers are then
// used again by every Forward and Backward, which allocate nothing after the
// first call. Operations are grouped by family, one file each.
package autodiff

import "github.com/whybox/whybox/internal/tensor"

// Graph is a sequence of operations, each on the results of earlier ones. It
// is not safe for concurrent use.
type Graph struct {
	capacity int // most rows
	rows     int // rows of the last Forward
	nodes    []*Node
	plans    []*plan // those asked for so far
	backward *plan   // of the last Backward; what it calls live is marked
}

// Node is one array in a graph: an input, a parameter, or a result. A batched
// node has one value of its shape for each row; a fixed node (a parameter, a
// loss) has one in all.
type Node struct {
	graph   *Graph
	batched bool
	shape   []int // of one row; of the whole where fixed
	size    int   // values a row
	in      []*Node
	value   []float32 // capacity·size, or size
	grad    []float32 // as value; nil until a Backward first wants it

	forward  func()
	backward func() // adds to the gradients of in, where they are live

	live bool // the present Backward wants this gradient
	held bool // grad holds a part of the present gradient
}

// New returns an empty graph for batches of up to capacity rows, ≥ 1.
func New(capacity int) *Graph {
	if capacity < 1 {
		panic("autodiff: a graph needs a capacity of at least one row")
	}
	return &Graph{capacity: capacity, rows: capacity}
}

// Input adds a batched node that the caller fills through Value before
// Forward. shape is that of one row.
func (g *Graph) Input(shape ...int) *Node {
	return g.add(true, shape, nil)
}

// Parameter adds a fixed node over t, whose data it shares: a change in t shows
// in the next Forward. Backward writes the gradient to grad, as long as
// t.Data, or to a slice of its own where grad is nil.
func (g *Graph) Parameter(t tensor.Tensor, grad []float32) *Node {
	if grad != nil && len(grad) != len(t.Data) {
		panic("autodiff: gradient and parameter differ in length")
	}
	n := &Node{graph: g, shape: t.Shape, size: len(t.Data), value: t.Data, grad: grad}
	g.nodes = append(g.nodes, n)
	return n
}

// add appends a node with its own buffer.
func (g *Graph) add(batched bool, shape []int, in []*Node) *Node {
	for _, x := range in {
		if x.graph != g {
			panic("autodiff: a node of another graph")
		}
	}
	n := &Node{graph: g, batched: batched, shape: append([]int(nil), shape...), size: tensor.Size(shape...), in: in}
	n.value = make([]float32, n.length(g.capacity))
	g.nodes = append(g.nodes, n)
	return n
}

// length returns how many values n has for so many rows.
func (n *Node) length(rows int) int {
	if n.batched {
		return rows * n.size
	}
	return n.size
}

// Shape returns the shape of one row; of the whole where the node is fixed.
// The slice belongs to the node.
func (n *Node) Shape() []int { return n.shape }

// Value returns the values for the rows of the last Forward (before the first:
// for the capacity). The slice belongs to the graph and changes with it.
func (n *Node) Value() []float32 { return n.value[:n.length(n.graph.rows)] }

// Grad returns the gradient that the last Backward with n among its wrt wrote,
// for its rows. The slice belongs to the graph and changes with it.
func (n *Node) Grad() []float32 { return n.grad[:n.length(n.graph.rows)] }

// SetRows says how many rows the batch has from now on, 1..capacity, so that
// Value of an input has the right length to be filled.
func (g *Graph) SetRows(rows int) {
	if rows < 1 || rows > g.capacity {
		panic("autodiff: rows outside 1..capacity")
	}
	g.rows = rows
}

// Forward computes the nodes of out for the present rows, and what they depend
// on, nothing else.
func (g *Graph) Forward(out ...*Node) { g.ForwardFrom(nil, out...) }

// ForwardFrom is Forward where the caller has filled the Value of given, a
// result inside the graph: neither it nor what only it depends on is computed.
func (g *Graph) ForwardFrom(given *Node, out ...*Node) {
	for _, n := range g.plan(forward, given, out).nodes {
		n.forward()
	}
}

// Backward writes the gradient of Σ seed·out to Grad of each node of wrt. seed
// has the length of out.Value(); nil means ones. It uses the values of the
// last Forward, which must have computed out.
func (g *Graph) Backward(out *Node, seed []float32, wrt ...*Node) {
	p := g.plan(backward, out, wrt)
	p.mark()
	if out.live {
		out.seed(seed)
	}
	for _, n := range p.nodes {
		if n.held {
			n.backward()
		}
	}
	for _, n := range wrt {
		if !n.held {
			clear(n.Grad())
		}
	}
}

// seed starts the backward pass at n.
func (n *Node) seed(seed []float32) {
	grad, _ := n.into()
	if seed == nil {
		for i := range grad {
			grad[i] = 1
		}
		return
	}
	if len(seed) != len(grad) {
		panic("autodiff: seed and output differ in length")
	}
	copy(grad, seed)
}

// into returns the gradient of n to write to; add says that it holds a part
// already, which must stay.
func (n *Node) into() (grad []float32, add bool) {
	add = n.held
	n.held = true
	return n.Grad(), add
}

// onto returns the gradient of n to add to, cleared where it held nothing.
func (n *Node) onto() []float32 {
	grad, add := n.into()
	if !add {
		clear(grad)
	}
	return grad
}
