//go:build !js

package main_test

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// task is one task of the main thread, in ms.
type task struct {
	took float64 // by the clock, as the long task API counts
	cpu  float64 // of the processor: without the time in which the machine ran something else
}

// traced returns the tasks of the page's main thread over 50 ms while do runs.
func (p *tab) traced(do func()) []task {
	p.Helper()
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	data := chromedp.Events(ctx, tracing.DataCollected)
	complete := chromedp.Events(ctx, tracing.TracingComplete)
	all := make(chan []tracing.EventDataCollected)
	go func() {
		var list []tracing.EventDataCollected
		for e, err := range data {
			if err != nil {
				break
			}
			list = append(list, e)
		}
		all <- list
	}()
	if _, err := chromedp.Call(p.ctx, tracing.Start, tracing.StartParams{
		TraceConfig: &tracing.TraceConfig{IncludedCategories: []string{"toplevel", "__metadata"}, ExcludedCategories: []string{"*"}}}); err != nil {
		p.Fatal(err)
	}
	do()
	if _, err := chromedp.Call(p.ctx, tracing.End, cdp.Empty{}); err != nil {
		p.Fatal(err)
	}
	for _, err := range complete {
		if err != nil {
			p.Fatal(err)
		}
		break
	}
	stop()
	return p.longest(<-all)
}

// longest picks the tasks over 50 ms of the threads that run pages.
func (p *tab) longest(parts []tracing.EventDataCollected) []task {
	p.Helper()
	type thread struct{ PID, TID int }
	type event struct {
		thread
		Name, Ph  string
		Dur, TDur float64 // microseconds
		Args      struct{ Name string }
	}
	main := map[thread]bool{}
	var events []event
	for _, part := range parts {
		for _, raw := range part.Value {
			var e event
			if err := json.Unmarshal(raw, &e); err != nil {
				p.Fatal(err)
			}
			if e.Name == "thread_name" && e.Args.Name == "CrRendererMain" {
				main[e.thread] = true
			}
			if strings.HasSuffix(e.Name, "RunTask") && e.Dur >= 50_000 {
				events = append(events, e)
			}
		}
	}
	if len(main) == 0 {
		p.Fatal("the trace names no main thread")
	}
	var out []task
	for _, e := range events {
		if main[e.thread] {
			out = append(out, task{e.Dur / 1e3, e.TDur / 1e3})
		}
	}
	return out
}
