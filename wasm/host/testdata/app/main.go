//go:build js

// Command app is the browser program that the tests of package host drive. As a
// page it offers globalThis.app; as an engine it obeys one-word questions.
package main

import (
	"strings"
	"syscall/js"
	"time"

	"github.com/whybox/whybox/wasm/host"
)

func main() {
	if host.InPage() {
		page()
	} else {
		engine()
	}
}

// page keeps everything it hears in app.heard, as "kind text".
func page() {
	heard := js.Global().Get("Array").New()
	var e *host.Engine
	start := func() {
		e = host.StartEngine(false,
			func(answers []byte) { heard.Call("push", "answer "+string(answers)) },
			func() { heard.Call("push", "ready") },
			func(message string) { heard.Call("push", "crashed "+message) })
	}
	start()
	e.Post("early")
	app := js.Global().Get("Object").New()
	app.Set("heard", heard)
	app.Set("post", js.FuncOf(func(_ js.Value, args []js.Value) any { e.Post(args[0].String()); return nil }))
	app.Set("restart", js.FuncOf(func(js.Value, []js.Value) any { e.Stop(); start(); return nil }))
	app.Set("hash", js.FuncOf(func(_ js.Value, args []js.Value) any {
		host.SetHash(args[0].String(), args[1].Bool())
		return host.Hash()
	}))
	app.Set("media", js.FuncOf(func(_ js.Value, args []js.Value) any { return host.Media(args[0].String()) }))
	app.Set("die", js.FuncOf(func(js.Value, []js.Value) any { panic("the page went wrong") }))
	js.Global().Set("app", app)
	select {}
}

// engine answers "early" and "echo ..." at once, and computes for two seconds
// at "work", resting every 12 ms; at "hog" it never rests.
func engine() {
	w := host.NewWorker()
	questions := make(chan string, 100)
	w.Listen(func(json string, _ []byte) {
		if rest, ok := strings.CutPrefix(json, "echo "); ok {
			w.Send([]byte("echo " + rest + "<svg/>"))
			return
		}
		questions <- json
	})
	for q := range questions {
		switch q {
		case "early":
			w.Send([]byte("early"))
		case "work":
			work(w)
		case "hog":
			for !time.Now().IsZero() {
			}
		case "panic":
			var none []int
			_ = none[len(q)]
		case "end":
			return
		}
	}
}

func work(w *host.Worker) {
	end := time.Now().Add(2 * time.Second)
	rests, resting := 0, time.Duration(0)
	for time.Now().Before(end) {
		until := time.Now().Add(12 * time.Millisecond)
		for time.Now().Before(until) {
		}
		start := time.Now()
		w.Yield()
		resting += time.Since(start)
		rests++
	}
	w.Send([]byte("worked " + (resting / time.Duration(rests)).String()))
}
