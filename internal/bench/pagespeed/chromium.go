//go:build !js

package pagespeed

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// waiting is how long one step of a measurement may take.
const waiting = 30 * time.Second

// watch notes what the page does and when. The debugger puts it into each new
// document before the page's own scripts; the policy of the page does not bind
// it.
//
//go:embed watch.js
var watch string

// chromium starts a headless Chromium on a profile and returns the context of
// its first tab and what ends it.
func chromium(ctx context.Context, profile string) (context.Context, func(), error) {
	path, err := find()
	if err != nil {
		return nil, nil, err
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.UserDataDir(profile), chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, end := chromedp.NewExecAllocator(ctx, options...)
	ctx, closed := chromedp.NewContext(ctx)
	stop := func() { closed(); end() }
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start %s: %w", path, err)
	}
	return ctx, stop, nil
}

// find returns the path of a Chromium.
func find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("chromium is not installed; run: apt-get install -y chromium")
}

// watched makes every new document of the tab note what it does, and ends the
// reports that chromedp has the browser send: a page that no debugger looks at
// does not tell of each picture it draws.
func watched(ctx context.Context) error {
	for _, domain := range []string{"Network", "CSS", "DOM", "Log"} {
		if err := chromedp.FromContext(ctx).Target.Call(ctx, domain+".disable", nil, nil); err != nil {
			return err
		}
	}
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
	return err
}

// eval returns the value of a JavaScript expression, of the promise if it is
// one.
func eval[T any](ctx context.Context, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, waiting)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, func(p *runtime.EvaluateParams) {
		yes := true
		p.AwaitPromise = &yes
	}))
	if err != nil {
		return v, fmt.Errorf("%s: %w", expression, err)
	}
	return v, nil
}
