//go:build js

// Command roots is the browser program of a page with many figures, each with
// its own root and engine. It offers globalThis.figures: mount(root, spec)
// returns a function that takes the figure away; heap() tells the bytes that
// the program holds.
package main

import (
	"encoding/json"
	"runtime"
	"syscall/js"

	"github.com/whybox/whybox/internal/worker"
	"github.com/whybox/whybox/wasm/dom"
	"github.com/whybox/whybox/wasm/engine"
	"github.com/whybox/whybox/wasm/host"
	"github.com/whybox/whybox/web/ui"
)

func main() {
	if !host.InPage() {
		engine.Run(nil)
	}
	figures := js.Global().Get("Object").New()
	figures.Set("mount", js.FuncOf(func(_ js.Value, args []js.Value) any { return mount(args[0], args[1].String()) }))
	figures.Set("heap", js.FuncOf(func(js.Value, []js.Value) any {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}))
	js.Global().Set("figures", figures)
	select {}
}

// mounted is one figure.
type mounted struct {
	figure *ui.Figure
	root   *dom.Root
	worker *host.Engine
}

func mount(target js.Value, document string) any {
	m := &mounted{figure: &ui.Figure{}}
	m.figure.Ask = func(q worker.Question) {
		text, err := json.Marshal(q)
		if err != nil {
			panic("a question that cannot be written as JSON")
		}
		m.worker.Post(string(text))
	}
	m.figure.Restart = m.start
	m.figure.Start([]byte(document))
	m.start()
	root, err := dom.Mount(target, m.figure)
	if err != nil {
		panic("the figure cannot be mounted")
	}
	m.root = root
	var unmount js.Func
	unmount = js.FuncOf(func(js.Value, []js.Value) any {
		m.worker.Stop()
		m.root.Unmount()
		unmount.Release()
		return nil
	})
	return unmount
}

// start starts an engine, in place of the one there may be.
func (m *mounted) start() {
	if m.worker != nil {
		m.worker.Stop()
	}
	m.worker = host.StartEngine(false, m.receive,
		func() { m.root.Change(m.figure.Ready) },
		func(message string) { m.root.Change(func() { m.figure.Crashed(message) }) })
}

func (m *mounted) receive(message []byte) {
	answers, err := worker.Decode(message)
	if err != nil {
		panic("the engine sent an answer that is not one")
	}
	m.root.Change(func() {
		for _, a := range answers {
			m.figure.Receive(a)
		}
	})
}
