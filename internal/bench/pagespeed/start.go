//go:build !js

package pagespeed

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/chromedp/chromedp"
)

// Visit is one opening of the page: times in ms since the navigation began.
type Visit struct {
	FirstPaint float64 `json:"firstPaint"`
	Running    float64 `json:"running"`   // the program is compiled and starts
	Shown      float64 `json:"shown"`     // the page has drawn itself
	Ready      float64 `json:"ready"`     // the engine takes questions
	Explained  float64 `json:"explained"` // the first explanation is on the screen
	Live       float64 `json:"live"`      // the frame with the engine's first answer is painted: what a person drags is followed
	Bytes      int64   `json:"bytes"`     // transferred, headers included; 0 for what a cache holds
}

// Start is how soon the page explains, each number the median over the visits.
type Start struct {
	Cold   Visit // a fresh profile: nothing is cached
	Cached Visit // a profile that has seen the page before, in a browser just started
}

// warmings is how many visits fill the caches of a profile: the browser keeps
// a program's machine code only once parts of it ran hot.
const warmings = 2

// launching is how long a browser takes for its own start at the most, which the
// navigation comes after: it kept two cores busy for 0.7 s.
const launching = 1500 * time.Millisecond

// MeasureStart opens the page in fresh profiles and again in one that knows it.
func MeasureStart(ctx context.Context, o Options) (Start, error) {
	var cold, cached []Visit
	for range o.repeats() {
		profile, err := os.MkdirTemp("", "whybox-speed")
		if err != nil {
			return Start{}, err
		}
		defer os.RemoveAll(profile)
		v, err := visit(ctx, o.Address, profile, 0)
		if err != nil {
			return Start{}, err
		}
		cold = append(cold, v)
	}
	profile, err := os.MkdirTemp("", "whybox-speed")
	if err != nil {
		return Start{}, err
	}
	defer os.RemoveAll(profile)
	for i := range warmings + o.repeats() {
		v, err := visit(ctx, o.Address, profile, 4*time.Second)
		if err != nil {
			return Start{}, err
		}
		if i >= warmings {
			cached = append(cached, v)
		}
	}
	return Start{Cold: middle(cold), Cached: middle(cached)}, nil
}

// visit opens the page once in a browser of its own and stays a while.
func visit(ctx context.Context, address, profile string, stay time.Duration) (Visit, error) {
	ctx, stop, err := chromium(ctx, profile)
	if err != nil {
		return Visit{}, err
	}
	defer stop()
	if err := watched(ctx); err != nil {
		return Visit{}, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Sleep(launching), chromedp.Navigate(address)); err != nil {
		return Visit{}, fmt.Errorf("open %s: %w", address, err)
	}
	v, err := eval[Visit](ctx, `new Promise((done) => {
		const mark = (name) => performance.getEntriesByName(name)[0]?.startTime ?? 0;
		setTimeout(function look() {
			if (!watch.seen.explained || !watch.seen.live) { setTimeout(look, 20); return; }
			const loads = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
			done({ firstPaint: mark("first-contentful-paint"), running: mark("whybox-running"), shown: mark("whybox-shown"),
				ready: watch.seen.ready, explained: watch.seen.explained, live: watch.seen.live,
				bytes: loads.reduce((sum, l) => sum + l.transferSize, 0) });
		}, 0);
	})`)
	if err != nil {
		return v, err
	}
	time.Sleep(stay)
	return v, chromedp.Cancel(ctx)
}

// middle returns the median of each quantity.
func middle(visits []Visit) Visit {
	of := func(get func(Visit) float64) float64 {
		var all []float64
		for _, v := range visits {
			all = append(all, get(v))
		}
		return median(all)
	}
	return Visit{
		FirstPaint: of(func(v Visit) float64 { return v.FirstPaint }),
		Running:    of(func(v Visit) float64 { return v.Running }),
		Shown:      of(func(v Visit) float64 { return v.Shown }),
		Ready:      of(func(v Visit) float64 { return v.Ready }),
		Explained:  of(func(v Visit) float64 { return v.Explained }),
		Live:       of(func(v Visit) float64 { return v.Live }),
		Bytes:      int64(of(func(v Visit) float64 { return float64(v.Bytes) })),
	}
}
