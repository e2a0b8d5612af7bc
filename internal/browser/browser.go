//go:build !js

// Package browser starts a real Chromium for tests and reads pages in it. It
// works under the strictest content security policy: nothing is injected.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long one test may use its browser, and Wait may wait.
const (
	patience = 3 * time.Minute
	waiting  = 30 * time.Second
)

// Start returns the chromedp context of a fresh tab in a fresh headless
// Chromium, closed when the test ends. Without Chromium the test fails and says
// how to install it.
func Start(t testing.TB) context.Context {
	t.Helper()
	path := find()
	if path == "" {
		t.Fatal("Chromium is not installed; run: apt-get install -y chromium")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("enable-precise-memory-info", true),
		chromedp.Flag("js-flags", "--expose-gc"),
		chromedp.WindowSize(1280, 900),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// find returns the path of a Chromium, or "".
func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Do runs steps and fails the test with the first error.
func Do(t testing.TB, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// Eval returns the value of a JavaScript expression, of the promise if it is one.
func Eval[T any](t testing.TB, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, await))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func await(p *runtime.EvaluateParams) {
	yes := true
	p.AwaitPromise = &yes
	p.UserGesture = &yes
}

// Wait waits until a JavaScript expression is true. An exception counts as
// false until time is up.
func Wait(t testing.TB, ctx context.Context, expression string) {
	t.Helper()
	end := time.Now().Add(waiting)
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")", await))
		if ok && err == nil {
			return
		}
		if time.Now().After(end) || ctx.Err() != nil {
			t.Fatalf("never true: %s (last error: %v)", expression, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Log collects what a page complains about.
type Log struct {
	mu    sync.Mutex
	lines []string
}

// Listen collects console errors and warnings, uncaught exceptions and
// violations of the content security policy from now on.
func Listen(ctx context.Context) *Log {
	l := &Log{}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			switch m.Type {
			case chromedp.ConsoleError, chromedp.ConsoleWarning, chromedp.ConsoleException:
				l.mu.Lock()
				l.lines = append(l.lines, fmt.Sprintf("%s %s", m, m.URL))
				l.mu.Unlock()
			}
		}
	}()
	return l
}

// Complaints returns what was collected so far. The browser reports a message
// a moment after it was written.
func (l *Log) Complaints() []string {
	time.Sleep(50 * time.Millisecond)
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.lines)
}
