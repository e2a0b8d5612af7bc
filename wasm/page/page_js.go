package main

import (
	"encoding/json"
	"syscall/js"
	"time"

	"github.com/whybox/whybox/internal/worker"
	"github.com/whybox/whybox/wasm/dom"
	"github.com/whybox/whybox/wasm/host"
	"github.com/whybox/whybox/web/ui"
)

// shell joins the user interface to the browser.
type shell struct {
	app    *ui.App
	root   *dom.Root // nil until the first picture
	engine *host.Engine
	silent int  // ticks of watch since the engine was last heard
	opens  bool // the engine is one that opens files
	read   func(number int, done func(file js.Value), failed func(why string))
}

// page shows the user interface for ever.
func page() {
	s := &shell{app: &ui.App{SetHash: host.SetHash, Copy: host.Copy, Media: host.Media}}
	s.app.Ask = s.ask
	s.app.AskFile = s.askFile
	s.app.Opener = s.opener
	s.read = host.Files(func(number int, name string, bytes int64) {
		if s.root != nil {
			s.root.Change(func() { s.app.OpenFile(number, name, bytes) })
		}
	})
	s.app.Restart = s.start
	s.start() // its callbacks come only when this function waits
	s.app.Start(host.Hash())
	root, err := dom.Mount(js.Global().Get("document").Call("getElementById", "app"), s.app)
	if err != nil {
		host.Fail("whybox could not draw its page", err.Error(), "Reload without the part of the address after #.")
		select {}
	}
	s.root = root
	host.OnWindow("hashchange", func(js.Value) {
		root.Change(func() { s.app.HashChanged(host.Hash()) })
	})
	body := js.Global().Get("document").Get("body")
	host.OnWindow("keydown", func(e js.Value) { // with nothing focused, the component does not hear of keys
		if e.Get("target").Equal(body) {
			control := e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool()
			root.Change(func() { s.app.Key(e.Get("key").String(), control, e.Get("shiftKey").Bool(), false) })
		}
	})
	host.OnWindow("resize", func(js.Value) { root.Render() })
	js.Global().Get("performance").Call("mark", "whybox-shown")
	s.watch()
}

// watch reports, for ever, an engine that owes an answer and says nothing: a
// computing engine is heard every few milliseconds. Ticks are counted rather
// than time, since a tab may have slept.
func (s *shell) watch() {
	const tick, patience = 2 * time.Second, 6
	for {
		time.Sleep(tick) // a ticker would bring along all that writes and reads dates
		if !s.app.Busy() {
			s.silent = 0
			continue
		}
		if s.silent++; s.silent > patience {
			s.engine.Stop()
			s.root.Change(func() { s.app.Crashed("It has not answered for " + (tick * patience).String() + ".") })
		}
	}
}

// start starts an engine, in place of the one there may be.
func (s *shell) start() {
	if s.engine != nil {
		s.engine.Stop()
	}
	s.engine = host.StartEngine(s.opens, s.receive,
		func() { s.root.Change(s.app.Ready) },
		func(message string) { s.root.Change(func() { s.app.Crashed(message) }) })
}

func (s *shell) ask(q worker.Question) { s.engine.Post(written(q)) }

func written(q worker.Question) string {
	text, err := json.Marshal(q)
	if err != nil {
		panic("a question that cannot be written as JSON")
	}
	return string(text)
}

// opener starts an engine that opens files, where there is none yet.
func (s *shell) opener() {
	if !s.opens {
		s.opens = true
		s.app.Await()
		s.start()
	}
}

// askFile asks about a file that the page holds.
func (s *shell) askFile(q worker.Question, number int) {
	engine := s.engine
	s.read(number, func(file js.Value) { engine.PostFile(written(q), file) }, func(why string) {
		s.root.Change(func() { s.app.Unread(q, why) })
	})
}

func (s *shell) receive(message []byte) {
	s.silent = 0
	answers, err := worker.Decode(message)
	if err != nil {
		panic("the engine sent an answer that is not one")
	}
	s.root.ChangeIf(func() (changed bool) {
		for _, a := range answers {
			changed = s.app.Receive(a) || changed
		}
		return changed
	})
}
