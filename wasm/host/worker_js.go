package host

import "syscall/js"

// Worker is the worker's side of an Engine.
type Worker struct {
	engine js.Value
	ping   js.Value
	back   chan struct{}
}

// NewWorker returns the worker this program runs in.
func NewWorker() *Worker {
	w := &Worker{engine: js.Global().Get("whyboxEngine"), back: make(chan struct{}, 1)}
	w.ping = w.engine.Call("pinger", js.FuncOf(func(js.Value, []js.Value) any {
		w.back <- struct{}{}
		return nil
	}))
	return w
}

// Listen calls receive for every question, those that came before included. It
// runs as a browser callback and must not block.
func (w *Worker) Listen(receive func(json string)) {
	w.engine.Call("listen", js.FuncOf(func(_ js.Value, args []js.Value) any {
		receive(args[0].String())
		return nil
	}))
}

// Send posts an answer and the picture beside it, "" for none.
func (w *Worker) Send(json, svg string) { w.engine.Call("post", json, svg) }

// Yield returns once the messages that wait have been received. One goroutine
// at a time may yield.
func (w *Worker) Yield() {
	w.ping.Invoke()
	<-w.back
}
