package dom

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/vugu/vugu"
)

// page is a document in memory that applies batches as dom.js does.
type page struct {
	nodes map[uint32]*thing
	names []string
	moves int // of nodes that were already placed
}

type thing struct {
	serial   int // rises with creation: tells whether a node was kept
	name     string
	text     string
	attrs    map[string]string
	html     string
	listen   string
	parent   *thing
	children []*thing
}

func newPage() *page {
	return &page{nodes: map[uint32]*thing{1: {name: "root"}}}
}

var serial int

func (p *page) apply(t *testing.T, b *batch) {
	t.Helper()
	p.names = append(p.names, b.fresh...)
	text := utf16.Encode([]rune(b.text.String()))[1:]
	var ops []uint32
	for i := 0; i < len(b.ops); i += 4 {
		ops = append(ops, binary.LittleEndian.Uint32(b.ops[i:]))
	}
	take := func() uint32 { v := ops[0]; ops = ops[1:]; return v }
	str := func() string { n := take(); s := text[:n]; text = text[n:]; return string(utf16.Decode(s)) }
	fresh := func(name, text string) *thing {
		serial++
		return &thing{serial: serial, name: name, text: text, attrs: map[string]string{}}
	}
	for len(ops) > 0 {
		op, id := take(), take()
		n := p.nodes[id]
		if created := op == opElement || op == opText || op == opComment; created != (n == nil) {
			t.Fatalf("operation %d of node %d, which exists: %v", op, id, n != nil)
		}
		switch op {
		case opElement:
			p.nodes[id] = fresh(fmt.Sprint(take())+p.names[take()], "")
		case opText:
			p.nodes[id] = fresh("#text", str())
		case opComment:
			p.nodes[id] = fresh("#comment", str())
		case opInsert:
			c := p.nodes[take()]
			if c.parent != nil {
				p.moves++
			}
			c.detach()
			at := len(n.children)
			if before := take(); before != 0 {
				at = slices.Index(n.children, p.nodes[before])
			}
			n.children, c.parent = slices.Insert(n.children, at, c), n
		case opRemove:
			n.detach()
		case opFree:
			delete(p.nodes, id)
		case opData:
			n.text = str()
		case opAttr:
			k := p.names[take()]
			n.attrs[k] = str()
		case opUnset:
			delete(n.attrs, p.names[take()])
		case opHTML:
			n.children, n.html = nil, str()
		case opListen:
			n.listen = str()
		default:
			t.Fatalf("operation %d", op)
		}
	}
	if len(text) != 0 {
		t.Fatalf("%d units of text left over", len(text))
	}
}

func (n *thing) detach() {
	if n.parent != nil {
		i := slices.Index(n.parent.children, n)
		n.parent.children = slices.Delete(n.parent.children, i, i+1)
		n.parent = nil
	}
}

func (n *thing) String() string {
	var b strings.Builder
	keys := make([]string, 0, len(n.attrs))
	for k := range n.attrs {
		keys = append(keys, k+"="+n.attrs[k])
	}
	slices.Sort(keys)
	fmt.Fprintf(&b, "(%s%q%v%q%q", n.name, n.text, keys, n.html, n.listen)
	for _, c := range n.children {
		b.WriteString(c.String())
	}
	return b.String() + ")"
}

func (p *page) count() int {
	var walk func(n *thing) int
	walk = func(n *thing) int {
		k := 1
		for _, c := range n.children {
			k += walk(c)
		}
		return k
	}
	return walk(p.nodes[1])
}

// el is <tag attr...>children</tag>; attrs are key, value, key, value ...
func el(tag string, attrs []string, children ...*vugu.VGNode) *vugu.VGNode {
	n := &vugu.VGNode{Type: vugu.ElementNode, Data: tag}
	for i := 0; i+1 < len(attrs); i += 2 {
		n.Attr = append(n.Attr, vugu.VGAttribute{Key: attrs[i], Val: attrs[i+1]})
	}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

func text(s string) *vugu.VGNode { return &vugu.VGNode{Type: vugu.TextNode, Data: s} }

func show(t *testing.T, tr *tree, p *page, nodes ...*vugu.VGNode) {
	t.Helper()
	tr.update(&vugu.BuildOut{Out: nodes}, func(any) *vugu.BuildOut { return nil })
	p.apply(t, tr.batch)
}

// randomTree makes any tree that a template could.
func randomTree(r *rand.Rand, depth int) *vugu.VGNode {
	switch r.IntN(7) {
	case 0:
		return text([]string{"", "a", "ü", "𝛼𝛽", "\xff\uFEFF"}[r.IntN(5)])
	case 1:
		return &vugu.VGNode{Type: vugu.CommentNode, Data: "c"}
	case 2:
		n := el("", nil)
		for range r.IntN(3) {
			n.AppendChild(randomTree(r, depth-1))
		}
		return n
	}
	n := el([]string{"div", "input", "svg", "g", "foreignObject", "p"}[r.IntN(6)], nil)
	for range r.IntN(4) {
		k := []string{"class", "type", "id", "x", "onclick", "data-key", "class"}[r.IntN(7)]
		n.Attr = append(n.Attr, vugu.VGAttribute{Key: k, Val: fmt.Sprint(r.IntN(3))})
	}
	if r.IntN(3) == 0 {
		n.DOMEventHandlerSpecList = []vugu.DOMEventHandlerSpec{{EventType: []string{"click", "input"}[r.IntN(2)], Capture: r.IntN(2) == 0}}
	}
	if r.IntN(5) == 0 {
		html := []string{"", "<b>x</b>", "y"}[r.IntN(3)]
		n.InnerHTML = &html
	}
	if depth > 0 {
		for range r.IntN(6) {
			n.AppendChild(randomTree(r, depth-1))
		}
	}
	return n
}

// TestUpdateEqualsFresh: turning any tree into any other gives what showing the
// other at once gives, and forgets every node that is gone.
func TestUpdateEqualsFresh(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		tr, p := newTree(), newPage()
		for range 8 {
			s := r.Uint64()
			next := func() []*vugu.VGNode {
				rr := rand.New(rand.NewPCG(s, 3))
				return []*vugu.VGNode{randomTree(rr, 4), randomTree(rr, 4)}
			}
			show(t, tr, p, next()...)
			fresh := newPage()
			show(t, newTree(), fresh, next()...)
			if got, want := p.nodes[1].String(), fresh.nodes[1].String(); got != want {
				t.Fatalf("seed %d:\n got %s\nwant %s", seed, got, want)
			}
			if len(p.nodes) != p.count() {
				t.Fatalf("seed %d: %d nodes known, %d shown", seed, len(p.nodes), p.count())
			}
			for id, n := range tr.handling {
				if p.nodes[id] == nil || p.nodes[id].listen != n.listen {
					t.Fatalf("seed %d: node %d handled but not shown", seed, id)
				}
			}
			show(t, tr, p, next()...)
			if len(tr.ops) != 0 {
				t.Fatalf("seed %d: the same tree again made %d bytes of changes", seed, len(tr.ops))
			}
		}
	}
}

func list(keys string) *vugu.VGNode {
	ul := el("ul", nil)
	for _, k := range keys {
		ul.AppendChild(el("li", []string{"data-key", string(k)}, text(string(k))))
	}
	return ul
}

// TestKeysKeepNodes: a keyed list keeps every node it still has and moves the fewest.
func TestKeysKeepNodes(t *testing.T) {
	for _, c := range []struct {
		from, to string
		moves    int
	}{
		{"abcdef", "fabcde", 1}, {"abcdef", "bcdefa", 1}, {"abcdef", "abxcdef", 0}, {"abcdef", "ace", 0},
		{"abcdef", "fedcba", 5}, {"abcdef", "badcfe", 3}, {"abc", "xyz", 0}, {"", "abc", 0}, {"abcd", "dxbya", 2},
	} {
		tr, p := newTree(), newPage()
		show(t, tr, p, list(c.from))
		before := map[string]int{}
		for _, li := range p.nodes[1].children[0].children {
			before[li.attrs["data-key"]] = li.serial
		}
		show(t, tr, p, list(c.to))
		got := ""
		for _, li := range p.nodes[1].children[0].children {
			k := li.attrs["data-key"]
			got += k
			if s, ok := before[k]; ok && s != li.serial {
				t.Errorf("%s -> %s: %s was built again", c.from, c.to, k)
			}
		}
		if got != c.to || p.moves != c.moves {
			t.Errorf("%s -> %s: got %s with %d moves, want %d", c.from, c.to, got, p.moves, c.moves)
		}
	}
}

// TestSiblingsKeepTheirNodes: a banner that comes and goes does not rebuild what follows.
func TestSiblingsKeepTheirNodes(t *testing.T) {
	tr, p := newTree(), newPage()
	form := func() *vugu.VGNode {
		return el("div", []string{"class", "form"}, el("input", []string{"type", "text"}))
	}
	banner := func() *vugu.VGNode { return el("div", []string{"class", "banner"}, text("hello")) }
	show(t, tr, p, el("main", nil, banner(), form()))
	kept := p.nodes[1].children[0].children[1].children[0].serial
	show(t, tr, p, el("main", nil, form()))
	if got := p.nodes[1].children[0].children[0].children[0].serial; got != kept {
		t.Error("the input was built again when the banner went")
	}
	show(t, tr, p, el("main", nil, banner(), form()))
	if got := p.nodes[1].children[0].children[1].children[0].serial; got != kept {
		t.Error("the input was built again when the banner came")
	}
	show(t, tr, p, el("main", nil, banner(), el("div", []string{"class", "form busy"}, el("input", []string{"type", "text"}))))
	if got := p.nodes[1].children[0].children[1].children[0].serial; got != kept {
		t.Error("the input was built again when a class changed")
	}
}

func TestSpaces(t *testing.T) {
	tr, p := newTree(), newPage()
	show(t, tr, p, el("svg", nil, el("clippath", nil), el("foreignobject", nil, el("p", nil, el("svg", nil, el("g", nil)))), el("g", nil)), el("p", nil))
	want := `(root""[]""""(1svg""[]""""(1clipPath""[]"""")(1foreignObject""[]""""(0p""[]""""(1svg""[]""""(1g""[]""""))))(1g""[]""""))(0p""[]""""))`
	if got := p.nodes[1].String(); got != want {
		t.Errorf("got %s", got)
	}
}
