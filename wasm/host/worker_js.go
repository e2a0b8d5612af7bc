package host

import "syscall/js"

// Worker is the worker's side of an Engine.
type Worker struct {
	engine js.Value
	ping   js.Value
	back   chan struct{}

	joined, left js.Func
	lost         map[int]func() // by the number of a helper
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

// Listen calls receive for every question, with the file beside it, nil for
// none; those that came before are included. It runs as a browser callback and
// must not block.
func (w *Worker) Listen(receive func(json string, file []byte)) {
	w.engine.Call("listen", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var file []byte
		if buffer := args[1]; buffer.Truthy() {
			file = toGo(js.Global().Get("Uint8Array").New(buffer))
		}
		receive(args[0].String(), file)
		return nil
	}))
}

// Send posts answers. The browser gives the bytes to the page instead of
// copying them.
func (w *Worker) Send(answers []byte) { w.engine.Call("post", toJS(answers)) }

// toJS copies bytes into an array of their own.
func toJS(message []byte) js.Value {
	bytes := js.Global().Get("Uint8Array").New(len(message))
	js.CopyBytesToJS(bytes, message)
	return bytes
}

// toGo copies the bytes of an array.
func toGo(bytes js.Value) []byte {
	message := make([]byte, bytes.Get("length").Int())
	js.CopyBytesToGo(message, bytes)
	return message
}

// Yield returns once the messages that wait have been received. One goroutine
// at a time may yield.
func (w *Worker) Yield() {
	w.ping.Invoke()
	<-w.back
}

// Line returns the way to the engine that this worker helps, or nil where it is
// an engine itself.
func (w *Worker) Line() *Line {
	if port := w.engine.Get("line"); port.Truthy() {
		return &Line{port}
	}
	return nil
}

// Help asks for workers that help this one. join is called for each that comes,
// and what it returns when that one is gone. They run as browser callbacks and
// must not block.
func (w *Worker) Help(join func(*Line) (lost func())) {
	if w.lost == nil {
		w.lost = map[int]func(){}
		w.joined = js.FuncOf(func(_ js.Value, args []js.Value) any {
			w.lost[args[0].Int()] = join(&Line{args[1]})
			return nil
		})
		w.left = js.FuncOf(func(_ js.Value, args []js.Value) any {
			if lost := w.lost[args[0].Int()]; lost != nil {
				delete(w.lost, args[0].Int())
				lost()
			}
			return nil
		})
	}
	w.engine.Call("help", w.joined, w.left)
}

// Line carries bytes between an engine and a helper.
type Line struct{ port js.Value }

// Send posts a message. It never blocks.
func (l *Line) Send(message []byte) {
	js.Global().Get("whyboxEngine").Call("send", l.port, toJS(message))
}

// Listen calls receive for every message, those that came before included. It
// runs as a browser callback and must not block.
func (l *Line) Listen(receive func(message []byte)) {
	l.port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		receive(toGo(args[0].Get("data")))
		return nil
	}))
}
