//go:build !js

package pagespeed

import (
	"context"
	"fmt"
	"os"

	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/spec"
)

// dragged is the figure whose slider is moved: 30 features, a neural network
// and Shapley values from 512 coalitions.
const dragged = `{"$schema": "urn:whybox:figure:1", "seed": 5,
	"data": {"name": "breast_cancer"},
	"model": {"name": "mlp"},
	"explain": {"name": "kernel-shap", "knobs": {"samples": 512}},
	"view": {"name": "surface"}}`

// Times are ms over the steps of drags.
type Times struct{ Median, P95 float64 }

// Drag is how soon the page follows a slider, on a screen of 60 Hz. An input
// counts until the frame that shows the attributions of its value, or of a newer
// one, as a page has them that is asked for that value alone.
type Drag struct {
	Every   Times   // from the input event to the end of the paint of that frame, or to when the browser tells of it: 2 ms later in the middle
	Frame   Times   // the same of one drag: of the drags' medians the median, and of their 95th percentiles
	Handle  Times   // of that: until the handlers of the input are done
	Render  Times   // the frame's building, comparing and changing of the page
	Paint   Times   // style, layout and paint of the frame
	Engine  Times   // from a question to its last answer, as it reaches the main thread
	Receive Times   // the main thread takes the answers to a question
	Inputs  int     // input events
	Shown   int     // of these, those whose own value was on the screen
	Next    int     // of these, those whose own value was in the first frame after them
	Asked   int     // questions about an input
	Ahead   int     // questions about inputs that may come
	Bytes   float64 // of the answers to one question
}

// warmups is how many drags come first at the most: the browser still compiles
// what they run.
const warmups = 4

// MeasureDrag drags sliders of the what-if panel by mouse, each once.
func MeasureDrag(ctx context.Context, o Options) (Drag, error) {
	profile, err := os.MkdirTemp("", "whybox-speed")
	if err != nil {
		return Drag{}, err
	}
	defer os.RemoveAll(profile)
	ctx, stop, err := chromium(ctx, profile)
	if err != nil {
		return Drag{}, err
	}
	defer stop()
	if err := watched(ctx); err != nil {
		return Drag{}, err
	}
	hash, err := link()
	if err != nil {
		return Drag{}, err
	}
	visit := func(hash string) error {
		// Through another document: a hash alone would not open the page anew.
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(o.Address+hash)); err != nil {
			return fmt.Errorf("open %s: %w", o.Address, err)
		}
		return settled(ctx)
	}
	if err := visit(hash); err != nil {
		return Drag{}, err
	}
	var runs []trace
	first := min(warmups, o.repeats())
	for i := range first + o.repeats() {
		t, err := drag(ctx, i, o.steps())
		if err != nil {
			return Drag{}, err
		}
		if i >= first {
			runs = append(runs, t)
		}
	}
	for i := range runs {
		if err := visit(runs[i].link); err != nil {
			return Drag{}, err
		}
		if err := runs[i].verify(ctx); err != nil {
			return Drag{}, err
		}
	}
	return summary(runs), nil
}

func link() (string, error) {
	s, err := spec.Parse([]byte(dragged), catalog.Vocabulary())
	if err != nil {
		return "", err
	}
	return spec.Link(s, nil)
}

// settled waits until the page has nothing more to compute.
func settled(ctx context.Context) error {
	state, err := eval[string](ctx, `new Promise((done) => {
		let quiet = 0;
		setTimeout(function look() {
			const page = document.querySelector("#app .whybox");
			const state = page ? page.dataset.state : "starting";
			quiet = state === "busy" || state === "starting" ? 0 : quiet + 1;
			if (quiet > 3) done(state); else setTimeout(look, 50);
		}, 0);
	})`)
	if err == nil && state != "done" {
		err = fmt.Errorf("the page is %q", state)
	}
	return err
}
