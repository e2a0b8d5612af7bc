//go:build js

package main

import (
	"fmt"
	"strconv"

	"github.com/vugu/vugu"
	vjs "github.com/vugu/vugu/js"

	"github.com/whybox/whybox/wasm/dom"
)

// Panel shows its exported fields; the tests set them as JSON.
type Panel struct {
	Title   string
	HTML    string
	Style   string
	Keys    []string // of a list of inputs
	Value   string   // of #name, a field without a handler
	Held    string   // of #held, a field with one
	Number  string   // of #number
	Checked bool     // of #check
	Choice  string   // of #choice
	Range   string   // of #range
	Boom    string   // "build" or "handler"
	Bad     bool     // an attribute the browser refuses
	Hidden  bool     // hides the button that unmounts
	Focus   bool     // shows an element with data-autofocus
	Bench   string   // "circles" or "tree": shows only that
	Frame   int

	root      *dom.Root
	events    []map[string]any
	errors    []string
	builds    int
	created   int
	populated int
	mark      *Mark
}

// Build implements vugu.Builder.
func (c *Panel) Build(*vugu.BuildIn) *vugu.BuildOut {
	c.builds++
	if c.Boom == "build" {
		panic("the build went wrong")
	}
	switch c.Bench {
	case "circles":
		return &vugu.BuildOut{Out: []*vugu.VGNode{c.circles()}}
	case "tree":
		return &vugu.BuildOut{Out: []*vugu.VGNode{c.tree()}}
	}
	if c.mark == nil {
		c.mark = &Mark{}
	}
	c.mark.Label = c.Title
	root := el("div", []string{"class", "panel", "style", c.Style}, html("h1", []string{"id", "title"}, c.Title), html("div", []string{"id", "html"}, c.HTML),
		el("", nil, c.list(), c.fields()), c.drawing(), c.pad())
	if c.Focus {
		root.AppendChild(el("input", []string{"id", "auto", "data-autofocus", "", "autofocus", ""}))
	}
	if c.Bad {
		root.AppendChild(el("i", []string{"id", "bad", "no good", "1", "title", "good"}))
	}
	return &vugu.BuildOut{Out: []*vugu.VGNode{root}, Components: []vugu.Builder{c.mark}}
}

func (c *Panel) list() *vugu.VGNode {
	ul := el("ul", []string{"id", "list"})
	for _, k := range c.Keys {
		ul.AppendChild(el("li", []string{"data-key", k}, el("input", []string{"type", "text", "id", "in-" + k})))
	}
	return ul
}

func (c *Panel) fields() *vugu.VGNode {
	held := on(el("input", []string{"id", "held", "value", c.Held}), "change", c.note)
	check := on(el("input", []string{"id", "check", "type", "checkbox"}), "change", c.note)
	if c.Checked {
		check.Attr = append(check.Attr, vugu.VGAttribute{Key: "checked", Val: "checked"})
	}
	choice := el("select", []string{"id", "choice", "value", c.Choice})
	for _, v := range []string{"a", "b", "c"} {
		choice.AppendChild(html("option", []string{"value", v}, v))
	}
	canvas := el("canvas", nil)
	canvas.JSCreateHandler = vugu.JSValueFunc(func(v vjs.Value) {
		if v.Get("tagName").String() == "CANVAS" {
			c.created++
		}
	})
	canvas.JSPopulateHandler = vugu.JSValueFunc(func(vjs.Value) { c.populated++ })
	form := on(el("form", []string{"data-prevent", "submit"}), "submit", c.note)
	for _, n := range []*vugu.VGNode{
		el("input", []string{"id", "name", "name", "who", "value", c.Value}), held, check, choice,
		on(el("input", []string{"id", "number", "type", "number", "step", "any", "value", c.Number}), "input", c.note),
		el("input", []string{"id", "range", "type", "range", "value", c.Range, "min", "0", "max", "1000"}),
		html("button", []string{"id", "go"}, "go"), canvas,
	} {
		form.AppendChild(n)
	}
	return form
}

func (c *Panel) drawing() *vugu.VGNode {
	mark := &vugu.VGNode{Component: c.mark}
	dot := el("circle", []string{"id", "dot", "r", "4", "viewBox", "0 0 1 1"})
	dot.Prop = []vugu.VGProperty{{Key: "note", JSONVal: []byte(`{"n":1}`)}}
	use := el("use", nil)
	use.Attr = []vugu.VGAttribute{{Namespace: "xlink", Key: "href", Val: "#dot"}}
	return el("svg", []string{"id", "svg", "xmlns", "x", "width", "200", "height", "100"}, dot, use, mark,
		el("foreignObject", nil, html("p", []string{"id", "inside"}, "text")))
}

func (c *Panel) pad() *vugu.VGNode {
	pad := el("div", []string{"id", "pad", "class", "pad", "tabindex", "0", "data-capture", "", "data-row", "7",
		"data-prevent", "keydown:ArrowUp,Space wheel"}, html("b", []string{"id", "inner"}, "pad"))
	for _, kind := range []string{"pointerdown", "pointermove", "keydown", "wheel", "focus", "blur", "pointerenter"} {
		on(pad, kind, c.note)
	}
	outer := on(el("div", []string{"id", "outer"}, pad,
		on(html("button", []string{"id", "boom"}, "boom"), "click", func(e vugu.DOMEvent) { panic("the handler went wrong") }),
		on(html("button", []string{"id", "stop"}, "stop"), "click", func(e vugu.DOMEvent) { c.note(e); e.StopPropagation() })), "click", c.note)
	outer.DOMEventHandlerSpecList = append(outer.DOMEventHandlerSpecList,
		vugu.DOMEventHandlerSpec{EventType: "click", Capture: true, Func: func(e vugu.DOMEvent) { e.EventSummary()["down"] = true; c.note(e) }})
	if !c.Hidden {
		outer.AppendChild(on(html("button", []string{"id", "leave"}, "leave"), "click", func(vugu.DOMEvent) { c.root.Unmount() }))
	}
	return outer
}

// note keeps what a handler was told.
func (c *Panel) note(e vugu.DOMEvent) {
	s := e.EventSummary()
	s["same"] = e.JSEventCurrentTarget().Get("id").String() == e.PropString("currentTarget", "id") && e.JSEventTarget().Truthy() && e.JSEvent().Truthy()
	c.events = append(c.events, s)
}

// circles are 500 keyed marks, all of which move with each frame.
func (c *Panel) circles() *vugu.VGNode {
	svg := el("svg", []string{"width", "600", "height", "400"})
	for i := range 500 {
		svg.AppendChild(el("circle", []string{"data-key", strconv.Itoa(i), "r", "3",
			"cx", strconv.Itoa((i*37 + c.Frame) % 600), "cy", strconv.Itoa((i*91 + c.Frame) % 400)}))
	}
	return svg
}

// tree has 800 nodes, one of whose texts changes with each frame.
func (c *Panel) tree() *vugu.VGNode {
	root := el("div", nil)
	for i := range 100 {
		row := on(el("div", []string{"class", "row", "data-row", strconv.Itoa(i)}), "click", c.note)
		for j := range 7 {
			label := fmt.Sprint("cell ", j)
			if i == 50 && j == 3 {
				label = strconv.Itoa(c.Frame)
			}
			row.AppendChild(html("span", []string{"class", "cell"}, label))
		}
		root.AppendChild(row)
	}
	return root
}

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

func html(tag string, attrs []string, content string) *vugu.VGNode {
	n := el(tag, attrs)
	n.InnerHTML = &content
	return n
}

func on(n *vugu.VGNode, kind string, f func(vugu.DOMEvent)) *vugu.VGNode {
	n.DOMEventHandlerSpecList = append(n.DOMEventHandlerSpecList, vugu.DOMEventHandlerSpec{EventType: kind, Func: f})
	return n
}
