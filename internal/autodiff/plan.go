package autodiff

import "slices"

// direction says what a plan is for.
type direction int

const (
	forward direction = iota
	backward
)

// plan is the way through the graph of one kind of Forward or Backward, found
// when it is first asked for.
type plan struct {
	direction
	from  *Node   // forward: what is given, or nil; backward: the output
	to    []*Node // forward: the outputs; backward: what the gradient is taken by
	nodes []*Node // in the order in which their functions run
	live  []*Node // backward: those that get a gradient
	graph *Graph
}

// plan returns the plan for a call. There are few of them a graph.
func (g *Graph) plan(d direction, from *Node, to []*Node) *plan {
	for _, p := range g.plans {
		if p.direction == d && p.from == from && slices.Equal(p.to, to) {
			return p
		}
	}
	p := &plan{direction: d, from: from, to: slices.Clone(to), graph: g}
	if d == forward {
		p.findForward()
	} else {
		p.findBackward()
	}
	g.plans = append(g.plans, p)
	return p
}

// ancestors returns the nodes that out depends on, and out, without those that
// only `given` needs.
func (g *Graph) ancestors(given *Node, out []*Node) map[*Node]bool {
	needed := map[*Node]bool{}
	for _, n := range out {
		needed[n] = true
	}
	for _, n := range slices.Backward(g.nodes) {
		if needed[n] && n != given {
			for _, x := range n.in {
				needed[x] = true
			}
		}
	}
	return needed
}

func (p *plan) findForward() {
	needed := p.graph.ancestors(p.from, p.to)
	for _, n := range p.graph.nodes {
		if needed[n] && n != p.from && n.forward != nil {
			p.nodes = append(p.nodes, n)
		}
	}
}

func (p *plan) findBackward() {
	needed := p.graph.ancestors(nil, []*Node{p.from})
	live := map[*Node]bool{}
	for _, n := range p.to {
		live[n] = true
	}
	for _, n := range p.graph.nodes {
		for _, x := range n.in {
			live[n] = live[n] || needed[n] && live[x]
		}
		if !live[n] {
			continue
		}
		p.live = append(p.live, n)
		if n.grad == nil {
			n.grad = make([]float32, len(n.value))
		}
		if needed[n] && n.backward != nil {
			p.nodes = append(p.nodes, n)
		}
	}
	slices.Reverse(p.nodes)
}

// mark sets the marks of the nodes for this plan's Backward.
func (p *plan) mark() {
	if last := p.graph.backward; last != p {
		if last != nil {
			for _, n := range last.live {
				n.live = false
			}
		}
		for _, n := range p.live {
			n.live = true
		}
		p.graph.backward = p
	}
	for _, n := range p.live {
		n.held = false
	}
}
