// Command files is the engine that can open files: tables, and models that other
// programs have trained. Their readers weigh as much as all explainers, so the
// page loads it when a person brings a first file.
//
// It is built with GOOS=js GOARCH=wasm by `whybox build`.
package main

import (
	"runtime/debug"

	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/wasm/engine"
)

func main() {
	debug.SetGCPercent(400) // as in command page
	engine.Run(new(shelf.Shelf))
}
