package dom

import (
	"bytes"

	"github.com/vugu/vugu"
)

// create makes the node and all below it, not yet put anywhere.
func (t *tree) create(w want) *node {
	n := &node{id: t.newID(), from: w.VGNode, kind: w.Type, space: w.space, tag: w.tag, key: w.key}
	switch w.Type {
	case vugu.TextNode:
		n.data = w.Data
		t.op(opText, n.id, t.str(n.data))
		return n
	case vugu.ElementNode:
		t.op(opElement, n.id, uint32(n.space), t.name(n.tag))
	default:
		n.data = w.Data
		t.op(opComment, n.id, t.str(n.data))
		return n
	}
	t.patchElement(n, w)
	if w.JSCreateHandler != nil {
		t.hooks = append(t.hooks, hook{n.id, w.JSCreateHandler})
	}
	for _, a := range w.Attr {
		if a.Key == "data-autofocus" {
			t.op(opFocus, n.id)
		}
	}
	return n
}

func (t *tree) newID() uint32 {
	if k := len(t.freeIDs); k > 0 {
		id := t.freeIDs[k-1]
		t.freeIDs = t.freeIDs[:k-1]
		return id
	}
	t.lastID++
	return t.lastID
}

// free forgets the node and all below it.
func (t *tree) free(n *node) {
	t.op(opFree, n.id)
	t.freeIDs = append(t.freeIDs, n.id)
	delete(t.handling, n.id)
	for _, c := range n.children {
		t.free(c)
	}
}

// patch turns the node into the wanted one, which is of the same kind and tag.
// One that comes from the same node as before was put out by a component that
// was not built again.
func (t *tree) patch(n *node, w want) {
	n.key = w.key
	if n.from == w.VGNode {
		return
	}
	n.from = w.VGNode
	if n.kind == vugu.ElementNode {
		t.patchElement(n, w)
		return
	}
	if n.data != w.Data {
		n.data = w.Data
		t.op(opData, n.id, t.str(n.data))
	}
}

func (t *tree) patchElement(n *node, w want) {
	t.patchAttrs(n, usable(w.Attr))
	n.handlers = w.DOMEventHandlerSpecList
	if l := listen(w.VGNode); l != n.listen {
		n.listen = l
		t.op(opListen, n.id, t.str(l))
	}
	if len(n.handlers) > 0 {
		t.handling[n.id] = n
	} else {
		delete(t.handling, n.id)
	}
	t.patchContent(n, w)
	t.patchProps(n, w.Prop)
	if w.JSPopulateHandler != nil {
		t.hooks = append(t.hooks, hook{n.id, w.JSPopulateHandler})
	}
}

func (t *tree) patchContent(n *node, w want) {
	if w.InnerHTML != nil {
		html := *w.InnerHTML
		for _, c := range n.children {
			t.free(c)
		}
		if len(n.children) > 0 || html != n.html {
			t.op(opHTML, n.id, t.str(html))
		}
		n.children, n.html, n.hasHTML = nil, html, true
		return
	}
	if n.hasHTML {
		if n.html != "" {
			t.op(opHTML, n.id, 0)
		}
		n.html, n.hasHTML = "", false
	}
	in := n.space
	if n.tag == "foreignObject" {
		in = spaceHTML
	}
	before := len(t.stack)
	for c := w.FirstChild; c != nil; c = c.NextSibling {
		t.stack = t.flatten(t.stack, c, in, nil)
	}
	t.patchChildren(n, t.stack[before:])
	clear(t.stack[before:])
	t.stack = t.stack[:before]
}

func (t *tree) patchAttrs(n *node, list []vugu.VGAttribute) {
	old := n.attrs
	n.attrs = list
	if len(old) == len(list) {
		i := 0
		for i < len(list) && old[i].Key == list[i].Key {
			if old[i].Val != list[i].Val {
				t.setAttr(n, list[i])
			}
			i++
		}
		if i == len(list) {
			return
		}
		old, list = old[i:], list[i:]
	}
	find := func(in []vugu.VGAttribute, key string) int {
		for i := range in {
			if in[i].Key == key {
				return i
			}
		}
		return -1
	}
	for _, a := range old {
		if find(list, a.Key) < 0 {
			t.op(opUnset, n.id, t.name(a.Key))
		}
	}
	for _, a := range list {
		if i := find(old, a.Key); i < 0 || old[i].Val != a.Val {
			t.setAttr(n, a)
		}
	}
}

func (t *tree) setAttr(n *node, a vugu.VGAttribute) {
	if a.Namespace != "" {
		t.op(opAttrNS, n.id, t.name(a.Namespace), t.name(a.Key), t.str(a.Val))
		return
	}
	t.op(opAttr, n.id, t.name(a.Key), t.str(a.Val))
}

// patchProps sets the properties that changed. One that is gone keeps its value.
func (t *tree) patchProps(n *node, list []vugu.VGProperty) {
	for _, p := range list {
		same := false
		for _, q := range n.props {
			same = same || q.Key == p.Key && bytes.Equal(q.JSONVal, p.JSONVal)
		}
		if !same {
			t.op(opProp, n.id, t.name(p.Key), t.str(string(p.JSONVal)))
		}
	}
	n.props = list
}
