package dom

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"syscall/js"

	"github.com/vugu/vugu"
	vjs "github.com/vugu/vugu/js"
)

// Root shows one component in one element or shadow root.
type Root struct {
	// OnError gets what a handler or a build panicked with, and what the browser
	// refused. Whatever it says, the last good picture stays. May be nil.
	OnError func(error)

	builder vugu.Builder
	owners  *owners
	build   *vugu.BuildEnv
	tree    *tree
	lock    sync.RWMutex

	view    js.Value // of dom.js
	apply   js.Value
	buffer  js.Value // Uint8Array that carries the operations
	size    int      // of buffer, in bytes
	event   js.Func
	frame   js.Func
	pending js.Value // the frame asked for; undefined for none
	gone    bool
}

// Hydrater is a component that can show at once what a page held of it when it
// was built. The page's scripts hand that over through whyboxDOM.saved; Mount
// calls Hydrate before the first build.
type Hydrater interface{ Hydrate(saved string) bool }

// Mount shows b in target, an element or a shadow root, whose present content it
// replaces, and returns after the first picture is there. The error says that
// dom.js is missing or what the first build panicked with; the target is then
// left as it was.
func Mount(target js.Value, b vugu.Builder) (*Root, error) {
	script := js.Global().Get("whyboxDOM")
	if script.IsUndefined() {
		return nil, errors.New("the script dom.js is not loaded")
	}
	r := &Root{builder: b, tree: newTree()}
	r.owners = newOwners(r.EventEnv())
	build, err := vugu.NewBuildEnv(r.EventEnv())
	if err != nil {
		return nil, err
	}
	r.build = build
	r.event = js.FuncOf(func(_ js.Value, args []js.Value) any {
		r.dispatch(uint32(args[0].Int()), args[1].Bool(), args[2].String())
		return nil
	})
	r.frame = js.FuncOf(func(js.Value, []js.Value) any {
		r.pending = js.Undefined()
		r.show()
		return nil
	})
	if h, ok := b.(Hydrater); ok && script.Get("saved").Truthy() {
		h.Hydrate(script.Call("saved", target).String())
	}
	r.view = script.Call("open", target, r.event)
	r.apply = r.view.Get("apply")
	if err := r.render(); err != nil {
		r.Unmount()
		return nil, err
	}
	return r, nil
}

// EventEnv returns the lock that handlers run under. Take it to change the
// component from anywhere else, hold it briefly and never across anything that
// waits for the browser; UnlockRender then asks for a new picture.
func (r *Root) EventEnv() vugu.EventEnv { return (*eventEnv)(r) }

// Change runs f under the lock and asks for a new picture. A panic of f is
// reported as a handler's is.
func (r *Root) Change(f func()) {
	r.ChangeIf(func() bool { f(); return true })
}

// ChangeIf is Change for what may leave the picture as it is: f reports whether
// it asks for a new one.
func (r *Root) ChangeIf(f func() bool) {
	if r.gone {
		return
	}
	changed := true
	func() {
		r.lock.Lock()
		defer r.lock.Unlock()
		defer r.catch("change")
		changed = f()
	}()
	if changed {
		r.changed()
	}
}

// Render asks for a new picture with the next frame. Many requests make one.
func (r *Root) Render() {
	if !r.gone {
		r.owners.change++
		r.request()
	}
}

// RenderNow builds and shows the component at once. The caller does not hold the lock.
func (r *Root) RenderNow() {
	if !r.gone {
		r.owners.change++
		r.show()
	}
}

// changed is Render after a change that the component may know to be quiet.
func (r *Root) changed() {
	if r.gone {
		return
	}
	if q, ok := r.builder.(Quieter); !ok || !q.Quiet() {
		r.owners.change++
	}
	r.request()
}

func (r *Root) request() {
	if !r.pending.Truthy() {
		r.pending = js.Global().Call("requestAnimationFrame", r.frame)
	}
}

func (r *Root) show() {
	if r.gone {
		return
	}
	if err := r.render(); err != nil {
		r.report(err)
	}
}

// Unmount empties the target, destroys the components and frees everything. It
// may be called from a handler, and more than once.
func (r *Root) Unmount() {
	if r.gone {
		return
	}
	r.gone = true
	if r.pending.Truthy() {
		js.Global().Call("cancelAnimationFrame", r.pending)
	}
	r.view.Call("close")
	r.event.Release()
	r.frame.Release()
	r.view, r.apply, r.buffer, r.pending = js.Undefined(), js.Undefined(), js.Undefined(), js.Undefined()
	if r.lock.TryLock() {
		r.destroy()
	} else { // a handler of this root unmounts it
		go func() {
			r.lock.Lock()
			r.destroy()
		}()
	}
}

// destroy lets vugu call Destroy on every component, under the lock, and gives it back.
func (r *Root) destroy() {
	defer r.lock.Unlock()
	defer r.catch("destroy")
	r.build.RunBuild(nothing)
	r.tree, r.builder, r.owners, r.build = nil, nil, nil, nil
}

// render builds, compares and applies, under the lock.
func (r *Root) render() (err error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	defer func() {
		if p := recover(); p != nil {
			err = panicked("render", p)
		}
	}()
	start := js.Global().Get("performance").Call("now")
	result := r.build.RunBuild(r.owners.owner(r.builder))
	t := r.tree
	t.update(result.Out, func(c any) *vugu.BuildOut { return r.owners.result(c.(vugu.Builder)) })
	fresh := ""
	if len(t.fresh) > 0 {
		list, err := json.Marshal(t.fresh)
		if err != nil {
			return err
		}
		fresh = string(list)
	}
	if len(t.ops) > r.size {
		r.size = 2 * len(t.ops)
		r.buffer = js.Global().Get("Uint8Array").New(r.size)
	}
	if len(t.ops) > 0 {
		js.CopyBytesToJS(r.buffer, t.ops)
	}
	refused := r.apply.Invoke(r.buffer, len(t.ops), t.text.String(), fresh, start)
	for _, h := range t.hooks {
		h.handler.JSValueHandle(vjs.Value(r.view.Call("node", h.id)))
	}
	if refused.Type() == js.TypeString {
		return errors.New("the browser refused a change: " + refused.String())
	}
	return nil
}

// dispatch runs the handlers of node id for the event summarised as JSON.
func (r *Root) dispatch(id uint32, capture bool, summary string) {
	if r.gone {
		return
	}
	fields := map[string]any{}
	if err := json.Unmarshal([]byte(summary), &fields); err != nil {
		r.report(fmt.Errorf("event summary: %w", err))
		return
	}
	r.handle(id, capture, fields)
	r.changed()
}

func (r *Root) handle(id uint32, capture bool, fields map[string]any) {
	r.lock.Lock()
	defer r.lock.Unlock()
	n := r.tree.handling[id]
	if n == nil {
		return
	}
	kind, _ := fields["type"].(string)
	for _, h := range n.handlers {
		if h.EventType == kind && h.Capture == capture {
			func() {
				defer r.catch(kind + " handler")
				h.Func(vugu.NewDOMEvent(r.EventEnv(), fields))
			}()
			if r.gone {
				return
			}
		}
	}
}

// catch reports a panic of what and goes on.
func (r *Root) catch(what string) {
	if p := recover(); p != nil {
		r.report(panicked(what, p))
	}
}

func panicked(what string, p any) error {
	js.Global().Get("console").Call("error", string(debug.Stack()))
	return fmt.Errorf("%s: %v", what, p)
}

func (r *Root) report(err error) {
	js.Global().Get("console").Call("error", "whybox: "+err.Error())
	if r.OnError != nil {
		r.OnError(err)
	}
}

// eventEnv is a Root as vugu sees it.
type eventEnv Root

func (e *eventEnv) Lock()       { e.lock.Lock() }
func (e *eventEnv) UnlockOnly() { e.lock.Unlock() }
func (e *eventEnv) RLock()      { e.lock.RLock() }
func (e *eventEnv) RUnlock()    { e.lock.RUnlock() }
func (e *eventEnv) UnlockRender() {
	e.lock.Unlock()
	(*Root)(e).Render()
}
