// Command bench is whybox's side of the benchmark: it does the tasks in the
// browser, in a Web Worker, as the page's engine would.
package main

import (
	"encoding/json"
	"fmt"
	"syscall/js"
	"unsafe"

	"github.com/whybox/whybox/internal/bench/task"
	"github.com/whybox/whybox/internal/kernel"
)

// present is the task that was prepared last, and the numbers for it.
var present struct {
	arrays task.Arrays
	work   *task.Work
}

// main offers globalThis.whyboxBench: load(parts, bytes), prepare(task),
// run(times) and output(). Each returns an object with either error or what it
// was asked for.
func main() {
	offer := js.Global().Get("Object").New()
	for name, f := range map[string]func(args []js.Value) (any, error){
		"load": load, "prepare": prepare, "run": run, "output": output,
	} {
		offer.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			v, err := f(args)
			if err != nil {
				return map[string]any{"error": err.Error()}
			}
			return map[string]any{"value": v}
		}))
	}
	js.Global().Set("whyboxBench", offer)
	select {}
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

// prepare takes a task as JSON.
func prepare(args []js.Value) (any, error) {
	var t task.Task
	if err := json.Unmarshal([]byte(args[0].String()), &t); err != nil {
		return nil, err
	}
	var err error
	present.work, err = task.New(t, present.arrays)
	return nil, err
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
		return nil, fmt.Errorf("nothing was computed")
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
