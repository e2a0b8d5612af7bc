// Command bench is whybox's side of the benchmark: it does the tasks in the
// browser, in a Web Worker, as the page's engine would, or computes parts for
// another worker that does.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"syscall/js"
	"time"
	"unsafe"

	"github.com/whybox/whybox/internal/bench/task"
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/pool"
	"github.com/whybox/whybox/wasm/host"
)

// present is the task that was prepared last, and the numbers for it.
var present struct {
	arrays task.Arrays
	work   *task.Work
}

// crew is who shares the work.
var crew struct {
	worker *host.Worker
	pool   *pool.Pool // nil where nobody does
	parts  int        // that helpers computed since the task was prepared
}

func main() {
	crew.worker = host.NewWorker()
	if line := crew.worker.Line(); line != nil {
		h := pool.NewHelper(line.Send, crew.worker.Yield, new(task.Helper).Help)
		line.Listen(h.Receive)
		crew.worker.Listen(func(string, []byte) {}) // says that it is ready
		h.Run()
	}
	offer()
	select {}
}

// offer sets globalThis.whyboxBench: load(parts, bytes), hire(), prepare(task),
// run(times) and output(). Each returns a promise.
func offer() {
	object := js.Global().Get("Object").New()
	for name, f := range map[string]func(args []js.Value) (any, error){
		"load": load, "hire": hire, "prepare": prepare, "run": run, "output": output,
	} {
		object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			return promise(func() (any, error) { return f(args) })
		}))
	}
	js.Global().Set("whyboxBench", object)
}

// promise returns one of what f returns. f may wait for messages.
func promise(f func() (any, error)) js.Value {
	executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
		go func() {
			if v, err := f(); err != nil {
				args[1].Invoke(js.Global().Get("Error").New(err.Error()))
			} else {
				args[0].Invoke(v)
			}
		}()
		return nil
	})
	defer executor.Release()
	return js.Global().Get("Promise").New(executor)
}

// load takes the numbers: where each array is, as JSON, and a Uint8Array.
func load(args []js.Value) (any, error) {
	var parts map[string]task.Part
	if err := json.Unmarshal([]byte(args[0].String()), &parts); err != nil {
		return nil, err
	}
	content := make([]byte, args[1].Get("length").Int())
	js.CopyBytesToGo(content, args[1])
	var err error
	present.arrays, err = task.Decode(content, parts)
	return kernel.SIMD(), err
}

// hire asks for helpers, with which the tasks are done from now on.
func hire([]js.Value) (any, error) {
	crew.pool = pool.New(func() {}, crew.worker.Yield)
	crew.worker.Help(func(line *host.Line) (lost func()) {
		receive, lost := crew.pool.Join(line.Send)
		line.Listen(receive)
		return lost
	})
	return nil, nil
}

// prepare takes a task as JSON and returns how it is gone about.
func prepare(args []js.Value) (any, error) {
	var t task.Task
	err := json.Unmarshal([]byte(args[0].String()), &t)
	if err != nil {
		return nil, err
	}
	if crew.pool == nil {
		present.work, err = task.New(t, present.arrays)
		return nil, err
	}
	crew.parts = 0
	if present.work, err = task.NewShared(t, present.arrays, crew.pool, func() { crew.parts++ }); err != nil {
		return nil, err
	}
	return share()
}

// patience is how long a task is tried until it is taken to be too short for
// helpers.
const patience = 2 * time.Second

// share does the task until helpers take part, and returns how many do.
func share() (string, error) {
	for from := time.Now(); crew.parts == 0; {
		if time.Since(from) > patience {
			return "nothing was shared out", nil
		}
		if err := present.work.Run(); err != nil {
			return "", err
		}
		crew.worker.Yield()
	}
	return fmt.Sprintf("%d workers", crew.pool.Helpers()+1), nil
}

// run does the task so many times.
func run(args []js.Value) (any, error) {
	for range args[0].Int() {
		if err := present.work.Run(); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// output returns what was computed last, as a Float64Array.
func output([]js.Value) (any, error) {
	values := present.work.Output()
	if len(values) == 0 {
		return nil, errors.New("nothing was computed")
	}
	bytes := js.Global().Get("Uint8Array").New(8 * len(values))
	js.CopyBytesToJS(bytes, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(values))), 8*len(values)))
	return js.Global().Get("Float64Array").New(bytes.Get("buffer")), nil
}

// in, out and predict are called from JavaScript for each single row: it writes
// the row where in says, and finds the scores where out says.

//lint:ignore U1000 JavaScript calls it
//go:wasmexport in
func in() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(present.work.In)) }

//lint:ignore U1000 JavaScript calls it
//go:wasmexport out
func out() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(present.work.Out)) }

//lint:ignore U1000 JavaScript calls it
//go:wasmexport predict
func predict() {
	if err := present.work.Run(); err != nil {
		panic(err)
	}
}
