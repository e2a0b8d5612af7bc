//go:build !js

// Package pagespeed measures the built page in a headless Chromium: how soon
// the first explanation is there, and how soon the picture follows a slider
// that a person drags. It reads the page from outside, as it is served, and
// judges nothing.
package pagespeed

import (
	"fmt"
	"io"
	"math"
	"slices"
)

// Options says what to measure and how often. Zero values mean the defaults.
type Options struct {
	Address string // of the page, as `whybox serve` serves it: "http://localhost:8080/"
	Repeats int    // how often each start is measured, and how many drags are; 0 means 11
	Steps   int    // steps of a drag; 0 means 120
}

func (o Options) repeats() int {
	if o.Repeats <= 0 {
		return 11
	}
	return o.Repeats
}

func (o Options) steps() int {
	if o.Steps <= 0 {
		return 120
	}
	return o.Steps
}

// median returns the middle of values, NaN of none.
func median(values []float64) float64 { return quantile(values, 0.5) }

// quantile returns the smallest of values that at least the share q does not
// exceed, NaN of none.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	at := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[max(0, min(at, len(sorted)-1))]
}

// Write prints a start, a line a quantity.
func (s Start) Write(w io.Writer) error {
	for _, v := range []struct {
		name string
		Visit
	}{{"cold", s.Cold}, {"cached", s.Cached}} {
		if _, err := fmt.Fprintf(w, "start, %s: %.0f ms to the first explanation (first paint %.0f, program running %.0f, page shown %.0f, engine ready %.0f, its first answer shown %.0f), %.0f kB transferred\n",
			v.name, v.Explained, v.FirstPaint, v.Running, v.Shown, v.Ready, v.Live, float64(v.Bytes)/1e3); err != nil {
			return err
		}
	}
	return nil
}

// Write prints a drag, a line a quantity.
func (d Drag) Write(w io.Writer) error {
	for _, v := range []struct {
		name string
		Times
	}{
		{"from the input to the frame that shows its explanation", d.Frame},
		{"the same of all drags as one", d.Every},
		{"  the main thread handles the input", d.Handle},
		{"  the page is built, compared and changed", d.Render},
		{"  style, layout and paint", d.Paint},
		{"the engine computes and draws an answer", d.Engine},
		{"the main thread takes an answer", d.Receive},
	} {
		if _, err := fmt.Fprintf(w, "drag, %s: %.1f ms (p95 %.1f)\n", v.name, v.Median, v.P95); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "drag: %d inputs, the values of %d explained, %d of them in the next frame; %d questions about inputs and %d ahead of them, answers of %.1f kB\n",
		d.Inputs, d.Shown, d.Next, d.Asked, d.Ahead, d.Bytes/1e3)
	return err
}
