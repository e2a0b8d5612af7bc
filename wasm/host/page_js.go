package host

import "syscall/js"

// InPage reports whether this is the page's instance of the program, not a worker's.
func InPage() bool { return js.Global().Get("document").Truthy() }

// Engine is a Web Worker that runs this same program.
type Engine struct {
	handle js.Value
	funcs  []js.Func
	gone   bool
}

// StartEngine starts a worker, one that opens files if opens is true. receive gets what the
// worker sends. ready is called once the worker takes questions; crashed at
// most once, when it ended by itself, with what it said last. All run as browser
// callbacks and must not block. Questions may be posted at once.
func StartEngine(opens bool, receive func(answers []byte), ready func(), crashed func(message string)) *Engine {
	e := &Engine{}
	callback := func(f func(args []js.Value)) js.Func {
		fn := js.FuncOf(func(_ js.Value, args []js.Value) any {
			if !e.gone {
				f(args)
			}
			return nil
		})
		e.funcs = append(e.funcs, fn)
		return fn
	}
	e.handle = js.Global().Get("whyboxHost").Call("engine",
		callback(func(args []js.Value) {
			receive(toGo(args[0]))
		}),
		callback(func([]js.Value) { ready() }),
		callback(func(args []js.Value) { crashed(args[0].String()) }), opens)
	return e
}

// Post sends a question. A worker that is gone ignores it.
func (e *Engine) Post(json string) {
	if !e.gone {
		e.handle.Call("post", json)
	}
}

// PostFile sends a question with the bytes of a file beside it.
func (e *Engine) PostFile(json string, file js.Value) {
	if !e.gone {
		e.handle.Call("post", json, file)
	}
}

// Stop ends the worker at once, whatever it does, and frees it.
func (e *Engine) Stop() {
	if e.gone {
		return
	}
	e.gone = true
	e.handle.Call("stop")
	for _, f := range e.funcs {
		f.Release()
	}
}

// Hash returns the hash of the page's address, "#" included, or "".
func Hash() string { return js.Global().Get("location").Get("hash").String() }

// SetHash changes the hash of the address: a new entry of the browser's
// history, or the present one.
func SetHash(hash string, replace bool) {
	js.Global().Get("whyboxHost").Call("setHash", hash, replace)
}

// Copy puts the link of a hash on the clipboard.
func Copy(hash string) { js.Global().Get("whyboxHost").Call("copy", hash) }

// Files calls opened for each file that a person drops, pastes or picks, as
// long as the page is there. The function it returns reads one: done gets its
// bytes, to be given to PostFile once, failed why they cannot be read.
func Files(opened func(number int, name string, bytes int64)) (read func(number int, done func(file js.Value), failed func(why string))) {
	reader := js.Global().Get("whyboxHost").Call("files", js.FuncOf(func(_ js.Value, args []js.Value) any {
		opened(args[0].Int(), args[1].String(), int64(args[2].Float()))
		return nil
	}))
	return func(number int, done func(js.Value), failed func(string)) {
		var good, bad js.Func
		release := func() { good.Release(); bad.Release() }
		good = js.FuncOf(func(_ js.Value, args []js.Value) any { release(); done(args[0]); return nil })
		bad = js.FuncOf(func(_ js.Value, args []js.Value) any { release(); failed(args[0].String()); return nil })
		reader.Invoke(number, good, bad)
	}
}

// queries keeps what tells whether a media query holds, by query. The page asks
// many times a frame, and each name that goes to the browser is a string that it
// has to make and sweep up.
var queries = map[string]js.Value{}

// Media reports whether a CSS media query holds.
func Media(query string) bool {
	holds, ok := queries[query]
	if !ok {
		holds = js.Global().Get("whyboxHost").Call("media", query)
		queries[query] = holds
	}
	return holds.Invoke().Bool()
}

// OnWindow calls f for each event of that type on the window, for ever.
func OnWindow(event string, f func(event js.Value)) {
	js.Global().Call("addEventListener", event, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	}))
}

// Fail shows a message in place of the page.
func Fail(what, why, fix string) { js.Global().Get("whyboxHost").Call("fail", what, why, fix) }
