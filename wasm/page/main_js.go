// Command page is the browser program in its two roles. Where there is a
// document it is the page: package ui in the element #app. In a Web Worker it is
// the engine, package worker answering the page's questions, or one of its helpers.
// To open files the page starts command files in its place.
//
// It is built with GOOS=js GOARCH=wasm by `whybox build`.
package main

import (
	"runtime/debug"

	"github.com/whybox/whybox/wasm/engine"
	"github.com/whybox/whybox/wasm/host"
)

func main() {
	debug.SetGCPercent(400) // the heap is a few MB, and a collection takes longer than a step of a drag may
	if host.InPage() {
		page()
	} else {
		engine.Run(nil)
	}
}
