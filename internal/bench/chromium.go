package bench

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"slices"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/bench/task"
)

// names under which Chromium is installed.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell"}

// startChromium returns the context of a tab in a fresh headless Chromium. The
// function it returns ends it.
func startChromium(ctx context.Context) (context.Context, func(), error) {
	path := ""
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, nil, errors.New("there is no Chromium; run: apt-get install -y chromium")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, end := chromedp.NewExecAllocator(ctx, options...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		end()
		return nil, nil, fmt.Errorf("start %s: %w", path, err)
	}
	return ctx, end, nil
}

// tab is a page of the benchmark.
type tab struct{ ctx context.Context }

// openTab opens the page in a tab of its own.
func openTab(ctx context.Context, url string) (*tab, error) {
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		return nil, fmt.Errorf("open %s: %w", url, err)
	}
	return &tab{ctx}, nil
}

// eval returns the value of a JavaScript expression that is a promise.
func eval[T any](t *tab, format string, args ...any) (T, error) {
	return chromedp.Run(t.ctx, chromedp.Evaluate[T](fmt.Sprintf(format, args...), func(p *runtime.EvaluateParams) {
		yes := true
		p.AwaitPromise = &yes
	}))
}

// prepare makes a contender ready for a task. It returns false where the
// contender has no such work, and how the contender goes about it, or "".
func (t *tab) prepare(name string, work task.Task) (able bool, how string, err error) {
	text, err := json.Marshal(work)
	if err != nil {
		return false, "", err
	}
	said, err := eval[any](t, "ask(%q, {op: 'prepare', task: %s})", name, text)
	if err != nil {
		return false, "", err
	}
	if how, ok := said.(string); ok {
		return true, how, nil
	}
	return said == true, "", nil
}

// sample returns how long inner runs took, in ms.
func (t *tab) sample(name string, inner int) (float64, error) {
	return eval[float64](t, "ask(%q, {op: 'sample', inner: %d})", name, inner)
}

// output returns what the last run computed; with check, what a run computes
// whose chances are everyone's.
func (t *tab) output(name string, check bool) ([]float64, error) {
	text, err := eval[string](t, "output(%q, %t)", name, check)
	if err != nil {
		return nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(raw)/8)
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
	}
	return out, nil
}
