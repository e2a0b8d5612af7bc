package dom

import "github.com/vugu/vugu"

// alike is what nodes without a key are paired by.
type alike struct {
	kind      vugu.VGNodeType
	space     space
	tag       string
	inputType string // an <input> never changes its type
	class, id string // empty for the weaker likeness
}

func likeness(kind vugu.VGNodeType, s space, tag string, attrs []vugu.VGAttribute, strong bool) alike {
	a := alike{kind: kind, space: s}
	if kind != vugu.ElementNode {
		return a
	}
	a.tag = tag
	if tag == "input" {
		a.inputType = attr(attrs, "type")
	}
	if strong {
		a.class, a.id = attr(attrs, "class"), attr(attrs, "id")
	}
	return a
}

// same reports whether the node shows the wanted one without looking further:
// the same key, or without keys the same tag, class and id.
func same(n *node, w *want) bool {
	if n.key != w.key || n.kind != w.Type || n.space != w.space {
		return false
	}
	if n.kind != vugu.ElementNode {
		return true
	}
	if n.tag != w.tag || n.tag == "input" && attr(n.attrs, "type") != attr(w.Attr, "type") {
		return false
	}
	return n.key != nil || attr(n.attrs, "class") == attr(w.Attr, "class") && attr(n.attrs, "id") == attr(w.Attr, "id")
}

// patchChildren makes the children of parent the wanted ones with few moves:
// equal ends are patched in place, the middle is paired by key or likeness.
func (t *tree) patchChildren(parent *node, wants []want) {
	old := parent.children
	lo := 0
	for lo < len(old) && lo < len(wants) && same(old[lo], &wants[lo]) {
		t.patch(old[lo], wants[lo])
		lo++
	}
	if lo == len(old) && lo == len(wants) {
		return
	}
	next := make([]*node, len(wants))
	copy(next, old[:lo])
	oldHi, hi := len(old), len(wants)
	for oldHi > lo && hi > lo && same(old[oldHi-1], &wants[hi-1]) {
		oldHi--
		hi--
		next[hi] = old[oldHi]
		t.patch(old[oldHi], wants[hi])
	}
	if lo < oldHi || lo < hi {
		t.patchMiddle(parent, old[lo:oldHi], wants[lo:hi], next, lo)
	}
	parent.children = next
}

// patchMiddle fills next[lo:lo+len(wants)]; the nodes after it are in place.
func (t *tree) patchMiddle(parent *node, old []*node, wants []want, next []*node, lo int) {
	from := pair(old, wants)
	used := make([]bool, len(old))
	for _, i := range from {
		if i >= 0 {
			used[i] = true
		}
	}
	for i, n := range old {
		if !used[i] {
			t.op(opRemove, n.id)
			t.free(n)
		}
	}
	stay := rising(from)
	before := uint32(0)
	if lo+len(wants) < len(next) {
		before = next[lo+len(wants)].id
	}
	for j := len(wants) - 1; j >= 0; j-- {
		var n *node
		if from[j] < 0 {
			n = t.create(wants[j])
			t.op(opInsert, parent.id, n.id, before)
		} else {
			n = old[from[j]]
			if !stay[j] {
				t.op(opInsert, parent.id, n.id, before)
			}
			t.patch(n, wants[j])
		}
		next[lo+j] = n
		before = n.id
	}
}

// pair returns for each wanted node the index of the old one it comes from, or
// -1: by key, then by tag, class and id, then by tag alone.
func pair(old []*node, wants []want) []int {
	from := make([]int, len(wants))
	for j := range from {
		from[j] = -1
	}
	if len(old) == 0 {
		return from
	}
	keyed := map[any]int{}
	for i, n := range old {
		if n.key != nil {
			keyed[n.key] = i
		}
	}
	taken := make([]bool, len(old))
	for j := range wants {
		w := &wants[j]
		if w.key == nil {
			continue
		}
		if i, ok := keyed[w.key]; ok && !taken[i] && same(old[i], w) {
			from[j], taken[i] = i, true
		}
	}
	for _, strong := range []bool{true, false} {
		free := map[alike][]int{}
		for i, n := range old {
			if n.key == nil && !taken[i] {
				a := likeness(n.kind, n.space, n.tag, n.attrs, strong)
				free[a] = append(free[a], i)
			}
		}
		for j := range wants {
			w := &wants[j]
			if w.key != nil || from[j] >= 0 {
				continue
			}
			a := likeness(w.Type, w.space, w.tag, w.Attr, strong)
			if list := free[a]; len(list) > 0 {
				from[j], taken[list[0]], free[a] = list[0], true, list[1:]
			}
		}
	}
	return from
}

// rising marks a longest rising subsequence of from, -1 left out: the nodes that
// need not move.
func rising(from []int) []bool {
	stay := make([]bool, len(from))
	tails := make([]int, 0, len(from)) // tails[k]: index in from of the smallest end of a run of k+1
	prev := make([]int, len(from))
	for j, v := range from {
		if v < 0 {
			continue
		}
		lo, hi := 0, len(tails)
		for lo < hi {
			if mid := (lo + hi) / 2; from[tails[mid]] < v {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		prev[j] = -1
		if lo > 0 {
			prev[j] = tails[lo-1]
		}
		if lo == len(tails) {
			tails = append(tails, j)
		} else {
			tails[lo] = j
		}
	}
	if len(tails) == 0 {
		return stay
	}
	for j := tails[len(tails)-1]; j >= 0; j = prev[j] {
		stay[j] = true
	}
	return stay
}
