//go:build !js

package pagespeed

import (
	"context"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/chromedp/cdproto/input"
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

// Times are ms over the steps of a drag.
type Times struct{ Median, P95 float64 }

// Drag is how soon the page follows a slider, on a screen of 60 Hz. An input that came while an
// older one was being explained counts until the frame that shows the
// explanation of a newer value.
type Drag struct {
	Frame   Times   // from the input event to the end of the paint of the frame that shows its explanation
	Work    Times   // the same without the wait for the screen: as if the frame began when the answer was taken
	Handle  Times   // of that: until the handlers of the input are done
	Engine  Times   // from the question to its last answer, as it reaches the main thread
	Receive Times   // the main thread takes the answers
	Render  Times   // the frame's building, comparing and changing of the page
	Paint   Times   // style, layout and paint of the frame
	Inputs  int     // input events
	Shown   int     // of these, those whose own value was explained
	Bytes   float64 // of the answers to one question, characters
}

// period is how far apart the steps of a drag are: as often as most screens
// show a picture.
const period = time.Second / 60

// MeasureDrag drags the first slider of the what-if panel by mouse.
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
	if err := chromedp.Do(ctx, chromedp.Navigate(o.Address+hash)); err != nil {
		return Drag{}, fmt.Errorf("open %s: %w", o.Address, err)
	}
	if err := settled(ctx); err != nil {
		return Drag{}, err
	}
	var runs []trace
	for i := range 1 + o.repeats() { // the first warms the program up
		t, err := drag(ctx, o.steps())
		if err != nil {
			return Drag{}, err
		}
		if i > 0 {
			runs = append(runs, t)
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

// drag moves the slider there and back, at most a step each period.
func drag(ctx context.Context, steps int) (trace, error) {
	box, err := eval[[]float64](ctx, `(() => {
		const slider = document.querySelector(".features input[type=range]");
		slider.scrollIntoView({ block: "center", behavior: "instant" });
		const box = slider.getBoundingClientRect(), thumb = 16;
		const at = (slider.valueAsNumber - slider.min) / (slider.max - slider.min);
		watch.inputs.length = watch.frames.length = watch.questions.length = 0;
		return [box.left + thumb / 2, box.right - thumb / 2, box.top + box.height / 2, at];
	})()`)
	if err != nil {
		return trace{}, err
	}
	left, right, y := box[0], box[1], box[2]
	at := func(i int) float64 { // a wave through the place where the thumb is
		phase := math.Asin(2*box[3]-1) + 2*math.Pi*float64(i)/120
		return left + (right-left)*(0.5+0.45*math.Sin(phase))
	}
	move := func(kind input.DispatchMouseEventType, x float64) error {
		return chromedp.Do(ctx, chromedp.MouseEvent(kind, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	}
	if err := move(chromedp.MousePressed, left+(right-left)*box[3]); err != nil {
		return trace{}, err
	}
	clock := time.NewTicker(period)
	defer clock.Stop()
	for i := range steps {
		<-clock.C
		if err := move(chromedp.MouseMoved, at(i+1)); err != nil {
			return trace{}, err
		}
	}
	time.Sleep(100 * time.Millisecond)
	t, err := eval[trace](ctx, `({ inputs: watch.inputs, frames: watch.frames, questions: watch.questions })`)
	if err != nil {
		return trace{}, err
	}
	if err := move(chromedp.MouseReleased, at(steps)); err != nil {
		return trace{}, err
	}
	return t, settled(ctx)
}

// trace is what watch.js noted during one drag.
type trace struct {
	Inputs    []struct{ At, Begun, Ended float64 }
	Questions []question
	Frames    []frame
}

type question struct {
	ID                           int
	At, Done, Taken, Took, Bytes float64
}

type frame struct {
	Begun, Painted, Render float64
	Done                   int // id of the newest question answered before it began
}

// summary joins the drags and takes median and p95 over all their steps.
func summary(runs []trace) Drag {
	var d Drag
	var whole, work, handle, engine, receive, render, paint, bytes []float64
	for _, t := range runs {
		asked := map[int]bool{}
		for _, in := range t.Inputs {
			d.Inputs++
			q, f := t.answer(in.Begun)
			if q == nil || f == nil {
				continue
			}
			if !asked[q.ID] {
				d.Shown++
				asked[q.ID] = true
				engine, receive, bytes = append(engine, q.Done-q.At), append(receive, q.Took), append(bytes, q.Bytes)
				render, paint = append(render, f.Render), append(paint, f.Painted-f.Begun-f.Render)
			}
			whole, work = append(whole, f.Painted-in.At), append(work, q.Taken-in.At+f.Painted-f.Begun)
			handle = append(handle, in.Ended-in.Begun)
		}
	}
	of := func(v []float64) Times { return Times{median(v), quantile(v, 0.95)} }
	d.Frame, d.Work = of(whole), of(work)
	d.Handle, d.Engine, d.Receive, d.Render, d.Paint = of(handle), of(engine), of(receive), of(render), of(paint)
	d.Bytes = median(bytes)
	return d
}

// answer finds the question that was asked at or after a time, and the frame
// that shows its answer; nil where the drag ended before.
func (t *trace) answer(from float64) (*question, *frame) {
	for i := range t.Questions {
		q := &t.Questions[i]
		if q.At < from || q.Done == 0 {
			continue
		}
		for k := range t.Frames {
			if f := &t.Frames[k]; f.Done >= q.ID {
				return q, f
			}
		}
	}
	return nil, nil
}
