package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress shows on a terminal how far a figure is, and nothing elsewhere.
type progress struct {
	w     io.Writer // nil where nobody watches
	last  time.Time
	shown bool
}

func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); ok && isTerminal(f) {
		return &progress{w: w}
	}
	return &progress{}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// show writes at most ten lines a second, each over the last.
func (p *progress) show(stage string, done, of int) {
	if p.w == nil || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.shown = time.Now(), true
	if of > 0 {
		fmt.Fprintf(p.w, "\r\x1b[K%s %d of %d", stage, done, of)
		return
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s", stage)
}

// clear removes the line.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
