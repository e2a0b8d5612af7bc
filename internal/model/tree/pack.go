package tree

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/kernel"
)

// packer checks trees and appends them to an ensemble.
type packer struct {
	m      *Margins
	closed bool
	order  []place // of the tree at hand, preorder
	reach  []bool  // which of its nodes were met
	first  int     // the first of the trees that are like the last one
}

// place is a node on its way into the ensemble.
type place struct {
	from  int32 // its index in Branches
	right int32 // where its right child went, from the root
}

// reserve makes room for the nodes of all trees, so that none is moved later.
func (p *packer) reserve(trees []Branches) {
	n := 0
	for _, b := range trees {
		n += len(b.Feature)
	}
	m := p.m
	m.nodes, m.feature, m.right = make([]kernel.Branch, 0, n), make([]int32, 0, n), make([]int32, 0, n)
	m.value, m.cover = make([]float32, 0, n), make([]float32, 0, n)
}

// tree appends one tree.
func (p *packer) tree(b Branches) error {
	if err := b.whole(); err != nil {
		return err
	}
	if b.Class < 0 || b.Class >= p.m.k {
		return fmt.Errorf("it adds to score %d of %d", b.Class, p.m.k)
	}
	if b.Weight-b.Weight != 0 {
		return fmt.Errorf("its weight is %v", b.Weight)
	}
	if err := p.arrange(b); err != nil {
		return err
	}
	m := p.m
	root := len(m.nodes)
	if root+len(p.order) > math.MaxInt32 {
		return fmt.Errorf("it takes the ensemble above %d nodes", math.MaxInt32)
	}
	if len(m.from) == 0 {
		m.from = append(m.from, 0)
	}
	for _, at := range p.order {
		if err := p.node(b, at, int32(root)); err != nil {
			return fmt.Errorf("node %d: %w", at.from, err)
		}
	}
	m.from = append(m.from, int32(len(m.nodes)))
	m.class = append(m.class, int32(b.Class))
	if len(b.Codes) > 0 && m.asks == nil {
		m.asks = make([]bool, len(m.copies))
	}
	if m.asks != nil {
		m.asks = append(m.asks, len(b.Codes) > 0)
	}
	m.copies = append(m.copies, 1)
	if t := len(m.copies) - 1; t > 0 && m.alike(t) {
		first := p.first
		m.copies[t], m.copies[first] = 0, m.copies[first]+1
	} else {
		p.first = t
	}
	return nil
}

// lead returns the first of the trees that are like the last one.
func (m *Margins) lead() int {
	t := max(len(m.copies)-1, 0)
	for t > 0 && m.copies[t] == 0 {
		t--
	}
	return t
}

// alike tells whether tree t asks the same questions as the one before, and
// adds to the next class.
func (m *Margins) alike(t int) bool {
	before, from, to := m.from[t-1], m.from[t], m.from[t+1]
	if m.class[t] != m.class[t-1]+1 || from-before != to-from || m.asksSets(t-1) || m.asksSets(t) {
		return false
	}
	for i, b := range m.nodes[from:to] {
		a := m.nodes[before+int32(i)]
		if a.What != b.What || a.Right != b.Right || a.What&kernel.BranchLeaf == 0 && a.Split != b.Split {
			return false
		}
	}
	return true
}

// whole checks the lengths.
func (b Branches) whole() error {
	n := len(b.Feature)
	if n == 0 {
		return fmt.Errorf("it has no nodes")
	}
	for _, a := range []struct {
		name string
		n    int
		may  bool // be absent
	}{
		{"left children", len(b.Left), false}, {"right children", len(b.Right), false},
		{"thresholds", len(b.Threshold), false}, {"values", len(b.Value), false},
		{"directions for missing values", len(b.MissingLeft), b.MissingLeft == nil}, {"covers", len(b.Cover), b.Cover == nil},
	} {
		if a.n != n && !a.may {
			return fmt.Errorf("%d %s for %d nodes", a.n, a.name, n)
		}
	}
	return nil
}

// arrange puts the nodes in preorder and finds that each is met once.
func (p *packer) arrange(b Branches) error {
	n := int32(len(b.Feature))
	p.order = p.order[:0]
	p.reach = slices.Grow(p.reach[:0], int(n))[:n]
	clear(p.reach)
	type visit struct {
		node   int32
		depth  int
		parent int // place whose right child this is; -1 for the root and left children
	}
	stack := []visit{{0, 0, -1}}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch {
		case v.node < 0 || v.node >= n:
			return fmt.Errorf("a node has child %d, where there are nodes 0 to %d", v.node, n-1)
		case p.reach[v.node]:
			return fmt.Errorf("node %d can be reached in two ways", v.node)
		case v.depth > MaxDepth:
			return fmt.Errorf("it is deeper than %d questions", MaxDepth)
		}
		p.reach[v.node] = true
		at := len(p.order)
		if v.parent >= 0 {
			p.order[v.parent].right = int32(at)
		}
		p.order = append(p.order, place{from: v.node})
		if b.Feature[v.node] >= 0 {
			stack = append(stack, visit{b.Right[v.node], v.depth + 1, at}, visit{b.Left[v.node], v.depth + 1, -1})
		}
	}
	if lost := int(n) - len(p.order); lost != b.Deleted {
		return fmt.Errorf("%d of its %d nodes cannot be reached, and %d count as deleted", lost, n, b.Deleted)
	}
	return nil
}

// node appends one node of a tree whose root is at the given index.
func (p *packer) node(b Branches, at place, root int32) error {
	m, i := p.m, at.from
	feature, value, set := b.Feature[i], float32(0), span{}
	var n kernel.Branch
	if feature < 0 {
		feature, value = -1, float32(b.Value[i]*b.Weight)
		if value-value != 0 {
			return fmt.Errorf("the leaf's value is %v", value)
		}
		n = kernel.Branch{Split: float32(math.NaN()), What: kernel.BranchLeaf, Value: value}
	} else {
		if int(feature) >= m.d {
			return fmt.Errorf("it asks about feature %d, where there are features 0 to %d", feature, m.d-1)
		}
		n = kernel.Branch{What: uint32(feature), Right: root + at.right - int32(len(m.nodes))}
		if b.MissingLeft != nil && b.MissingLeft[i] {
			n.What |= kernel.BranchMissingLeft
		}
		codes, isSet := b.Codes[i]
		var err error
		if isSet {
			n.What |= categorical
			set, err = m.addCodes(codes)
		} else {
			n.Split, err = threshold(b.Threshold[i], p.closed)
		}
		if err != nil {
			return err
		}
	}
	cover := float32(0)
	if b.Cover != nil {
		if cover = b.Cover[i]; !(cover >= 0 && cover <= math.MaxFloat32) {
			return fmt.Errorf("its cover is %v", cover)
		}
	}
	if len(b.Codes) > 0 && m.sets == nil {
		m.sets = make([]span, len(m.nodes))
	}
	if m.sets != nil {
		m.sets = append(m.sets, set)
	}
	m.nodes = append(m.nodes, n)
	m.feature, m.right = append(m.feature, feature), append(m.right, at.right)
	m.value, m.cover = append(m.value, value), append(m.cover, cover)
	return nil
}

// threshold returns the t for which x < t asks what the split asks.
func threshold(t float32, closed bool) (float32, error) {
	switch {
	case t != t:
		return 0, fmt.Errorf("its threshold is not a number")
	case !closed:
		return t, nil
	case t-t != 0:
		return 0, fmt.Errorf("its threshold is %v, and x ≤ %v would say nothing", t, t)
	}
	return math.Nextafter32(t, float32(math.Inf(1))), nil
}

// addCodes stores the codes of one split.
func (m *Margins) addCodes(codes []int) (span, error) {
	from := len(m.codes)
	for _, c := range codes {
		if c < 0 || c >= MaxCode {
			return span{}, fmt.Errorf("it has the category %d, where 0 to %d are possible", c, MaxCode-1)
		}
		m.codes = append(m.codes, int32(c))
	}
	slices.Sort(m.codes[from:])
	return span{int32(from), int32(len(m.codes))}, nil
}
