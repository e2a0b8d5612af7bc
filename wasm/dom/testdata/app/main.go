//go:build js

// Command app is the browser program that the tests of package dom drive: it
// offers globalThis.app, whose functions mount panels and change their fields.
package main

import (
	"encoding/json"
	"runtime"
	"syscall/js"

	"github.com/vugu/vugu"

	"github.com/whybox/whybox/wasm/dom"
)

// mounted is a root and its panel.
type mounted struct {
	root  *dom.Root
	panel *Panel
}

func main() {
	roots := map[int]*mounted{}
	last := 0
	app := js.Global().Get("Object").New()
	app.Set("mount", js.FuncOf(func(_ js.Value, args []js.Value) any {
		m := &mounted{panel: &Panel{}}
		read(args[1].String(), m.panel)
		root, err := dom.Mount(args[0], m.panel)
		if err != nil {
			return err.Error()
		}
		root.OnError = func(err error) { m.panel.errors = append(m.panel.errors, err.Error()) }
		m.root = root
		m.panel.root = root
		last++
		roots[last] = m
		return last
	}))
	set := func(args []js.Value) *mounted {
		m := roots[args[0].Int()]
		m.root.EventEnv().Lock()
		read(args[1].String(), m.panel)
		return m
	}
	app.Set("set", js.FuncOf(func(_ js.Value, args []js.Value) any { // renders at once
		m := set(args)
		m.root.EventEnv().UnlockOnly()
		m.root.RenderNow()
		return nil
	}))
	app.Set("later", js.FuncOf(func(_ js.Value, args []js.Value) any {
		set(args).root.EventEnv().UnlockRender()
		return nil
	}))
	app.Set("get", js.FuncOf(func(_ js.Value, args []js.Value) any {
		p := roots[args[0].Int()].panel
		out, err := json.Marshal(map[string]any{"panel": p, "events": p.events, "errors": p.errors,
			"builds": p.builds, "created": p.created, "populated": p.populated})
		if err != nil {
			panic(err)
		}
		return string(out)
	}))
	app.Set("unmount", js.FuncOf(func(_ js.Value, args []js.Value) any {
		m := roots[args[0].Int()]
		m.root.Unmount()
		m.root.Unmount()
		delete(roots, args[0].Int())
		return destroyed
	}))
	app.Set("collect", js.FuncOf(func(js.Value, []js.Value) any { // lets go of references to JavaScript
		runtime.GC()
		return nil
	}))
	app.Set("frames", js.FuncOf(func(_ js.Value, args []js.Value) any { // n renders; returns ms each
		m, n := roots[args[0].Int()], args[1].Int()
		times := make([]any, n)
		clock := js.Global().Get("performance")
		for i := range n {
			m.panel.Frame++
			start := clock.Call("now").Float()
			m.root.RenderNow()
			times[i] = clock.Call("now").Float() - start
		}
		return times
	}))
	js.Global().Set("app", app)
	select {}
}

func read(text string, p *Panel) {
	if err := json.Unmarshal([]byte(text), p); err != nil {
		panic(err)
	}
}

// destroyed counts Destroy calls of Mark.
var destroyed int

// Mark is a component whose template starts inside an SVG.
type Mark struct{ Label string }

func (c *Mark) Build(*vugu.BuildIn) *vugu.BuildOut {
	return &vugu.BuildOut{Out: []*vugu.VGNode{el("g", []string{"id", "mark"}, el("lineargradient", nil), html("text", nil, c.Label))}}
}

func (c *Mark) Destroy() { destroyed++ }
