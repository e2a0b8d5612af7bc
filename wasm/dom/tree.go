package dom

import (
	"slices"
	"strings"

	"github.com/vugu/vugu"
)

// A space is an element's namespace.
type space uint32

const (
	spaceHTML space = iota
	spaceSVG
	spaceMath
)

// node is a DOM node as last rendered.
type node struct {
	id       uint32
	from     *vugu.VGNode    // what was rendered
	kind     vugu.VGNodeType // element, text or comment
	space    space
	tag      string
	key      any // nil, the string of data-key, or a place
	data     string
	attrs    []vugu.VGAttribute
	props    []vugu.VGProperty
	html     string
	hasHTML  bool
	listen   string // what listen returned
	handlers []vugu.DOMEventHandlerSpec
	children []*node
}

// place is the key of a node that a component put out.
type place struct {
	component any
	index     int
}

// want is a node to be rendered: never a component nor a template.
type want struct {
	*vugu.VGNode
	key   any
	space space
	tag   string
}

// hook is a handler that gets the DOM element after the batch.
type hook struct {
	id      uint32
	handler vugu.JSValueHandler
}

// tree is what a root shows, and turns the next wish into a batch.
type tree struct {
	*batch
	root     *node // stands for the target, id 1
	lastID   uint32
	freeIDs  []uint32
	handling map[uint32]*node // nodes with handlers, by id
	hooks    []hook           // of this batch, in the order they run
	stack    []want           // wishes for the children of the elements that are being patched
	resultOf func(component any) *vugu.BuildOut
}

func newTree() *tree {
	return &tree{batch: newBatch(), root: &node{id: 1}, lastID: 1, handling: map[uint32]*node{}}
}

// update makes the batch that turns what is shown into the built component.
func (t *tree) update(built *vugu.BuildOut, resultOf func(component any) *vugu.BuildOut) {
	t.reset()
	t.hooks, t.stack = t.hooks[:0], t.stack[:0] // a panic may have left some
	t.resultOf = resultOf
	for _, out := range built.Out {
		t.stack = t.flatten(t.stack, out, spaceHTML, nil)
	}
	t.patchChildren(t.root, t.stack)
	clear(t.stack)
}

// flatten appends the nodes that vg stands for: itself, the output of a
// component, or the children of a template. at counts the nodes of the
// component that puts them out directly; nil within an element.
func (t *tree) flatten(dst []want, vg *vugu.VGNode, in space, at *place) []want {
	if vg.Component != nil {
		built := t.resultOf(vg.Component)
		if built == nil {
			return dst
		}
		at := &place{component: vg.Component}
		for _, out := range built.Out {
			dst = t.flatten(dst, out, in, at)
		}
		return dst
	}
	if vg.IsTemplate() {
		for c := vg.FirstChild; c != nil; c = c.NextSibling {
			dst = t.flatten(dst, c, in, at)
		}
		return dst
	}
	w := want{VGNode: vg, space: in, tag: vg.Data}
	if vg.Type == vugu.ElementNode {
		w.space, w.tag = spaceOf(vg, in)
	}
	if at != nil {
		w.key = *at
		at.index++
	} else if key := attr(vg.Attr, "data-key"); key != "" {
		w.key = key
	}
	return append(dst, w)
}

// lowered are the SVG tags that an HTML parser writes in lower case when it does
// not see the <svg> around them, as in the template of a component.
var lowered = map[string]string{
	"clippath": "clipPath", "foreignobject": "foreignObject", "lineargradient": "linearGradient",
	"radialgradient": "radialGradient", "textpath": "textPath",
}

// spaceOf returns an element's namespace and its tag as that namespace writes it.
func spaceOf(vg *vugu.VGNode, in space) (space, string) {
	switch {
	case vg.Namespace == "svg" || vg.Data == "svg":
		return spaceSVG, vg.Data
	case vg.Namespace == "math" || vg.Data == "math":
		return spaceMath, vg.Data
	}
	if in == spaceSVG {
		if tag, ok := lowered[vg.Data]; ok {
			return in, tag
		}
	}
	return in, vg.Data
}

// attr returns the last value of key, which is the one that is set.
func attr(list []vugu.VGAttribute, key string) string {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Key == key {
			return list[i].Val
		}
	}
	return ""
}

// usable returns the attributes to set, the last of equal keys. It returns list
// itself when nothing is to be left out.
func usable(list []vugu.VGAttribute) []vugu.VGAttribute {
	drop := func(i int) bool {
		k := list[i].Key
		if k == "" || k == "xmlns" || k == "autofocus" || strings.HasPrefix(k, "on") {
			return true
		}
		return slices.ContainsFunc(list[i+1:], func(a vugu.VGAttribute) bool { return a.Key == k })
	}
	for i := range list {
		if drop(i) {
			kept := slices.Clone(list[:i])
			for j := i + 1; j < len(list); j++ {
				if !drop(j) {
					kept = append(kept, list[j])
				}
			}
			return kept
		}
	}
	return list
}

// listen says what the script must watch an element for: the event types, "!"
// before one to be caught on its way down, then data-prevent and whether
// data-capture is there, separated by "|". Empty for nothing.
func listen(vg *vugu.VGNode) string {
	prevent, capture := "", ""
	for _, a := range vg.Attr {
		switch a.Key {
		case "data-prevent":
			prevent = a.Val
		case "data-capture":
			capture = "c"
		}
	}
	var types strings.Builder
	for i, h := range vg.DOMEventHandlerSpecList {
		if i > 0 {
			types.WriteByte(' ')
		}
		if h.Capture {
			types.WriteByte('!')
		}
		types.WriteString(h.EventType)
	}
	if types.Len() == 0 && prevent == "" && capture == "" {
		return ""
	}
	return types.String() + "|" + prevent + "|" + capture
}
