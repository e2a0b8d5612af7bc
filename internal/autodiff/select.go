package autodiff

import "github.com/whybox/whybox/internal/tensor"

// Reshape returns the values of x under another shape of the same size.
func (g *Graph) Reshape(x *Node, shape ...int) *Node {
	if tensor.Size(shape...) != x.size {
		panic("autodiff: a shape of another size")
	}
	y := &Node{graph: g, batched: x.batched, shape: append([]int(nil), shape...), size: x.size, in: []*Node{x}, value: x.value}
	g.nodes = append(g.nodes, y)
	y.backward = func() { y.pass(x, 1) }
	return y
}

// Select returns, for each row, the values of x at index under shape, which
// index fills: a slice, a transposition, a repetition, in one. A fixed x may be
// repeated for every row of a batch; a batched x has a batched result.
func (g *Graph) Select(x *Node, batched bool, index []int32, shape ...int) *Node {
	if tensor.Size(shape...) != len(index) || x.batched && !batched {
		panic("autodiff: a selection that does not fill its shape")
	}
	for _, i := range index {
		if i < 0 || int(i) >= x.size {
			panic("autodiff: a selection outside its operand")
		}
	}
	y := g.add(batched, shape, []*Node{x})
	y.forward = func() {
		for r := range y.rows() {
			out, in := y.row(y.value, r), x.row(x.value, r)
			for i, from := range index {
				out[i] = in[from]
			}
		}
	}
	y.backward = func() {
		if !x.live {
			return
		}
		grad := x.onto()
		for r := range y.rows() {
			to, dy := x.row(grad, r), y.row(y.grad, r)
			for i, from := range index {
				to[from] += dy[i]
			}
		}
	}
	return y
}

// Concat returns parts joined along an axis of their rows, which they may
// differ in. It is batched where one of them is.
func (g *Graph) Concat(parts []*Node, axis int) *Node {
	first := parts[0].shape
	shape := append([]int(nil), first...)
	shape[axis] = 0
	batched := false
	for _, p := range parts {
		for i, side := range p.shape {
			if len(p.shape) != len(first) || i != axis && side != first[i] {
				panic("autodiff: joined arrays differ in shape")
			}
		}
		shape[axis] += p.shape[axis]
		batched = batched || p.batched
	}
	inner := tensor.Size(first[axis+1:]...)
	outer := tensor.Size(first[:axis]...)
	y := g.add(batched, shape, parts)
	// each calls f with the runs of values that a part and the result share.
	each := func(values []float32, part *Node, partValues []float32, at int, f func(whole, part []float32)) {
		run, step := part.shape[axis]*inner, shape[axis]*inner
		for r := range y.rows() {
			whole, piece := y.row(values, r), part.row(partValues, r)
			for o := range outer {
				f(whole[o*step+at:][:run], piece[o*run:][:run])
			}
		}
	}
	y.forward = func() {
		at := 0
		for _, p := range parts {
			each(y.value, p, p.value, at, func(whole, part []float32) { copy(whole, part) })
			at += p.shape[axis] * inner
		}
	}
	y.backward = func() {
		at := 0
		for _, p := range parts {
			if p.live {
				each(y.grad, p, p.onto(), at, func(whole, part []float32) {
					for i, v := range whole {
						part[i] += v
					}
				})
			}
			at += p.shape[axis] * inner
		}
	}
	return y
}

// Map returns f of each row, under shape: f writes n rows to dst from n rows of
// x. It has no gradient, which is 0: for steps, lookups, walks through trees.
func (g *Graph) Map(x *Node, f func(dst, x []float32, n int), shape ...int) *Node {
	y := g.add(x.batched, shape, []*Node{x})
	y.forward = func() { f(y.Value(), x.Value(), y.rows()) }
	return y
}

// rows returns how many rows n has at present; 1 where it is fixed.
func (n *Node) rows() int {
	if n.batched {
		return n.graph.rows
	}
	return 1
}

// row returns what row r has of the values or gradients of n.
func (n *Node) row(values []float32, r int) []float32 {
	if !n.batched {
		return values[:n.size]
	}
	return values[r*n.size : (r+1)*n.size]
}
