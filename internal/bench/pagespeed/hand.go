//go:build !js

package pagespeed

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

const (
	// period is how far apart the steps of a drag are: as often as most screens
	// show a picture.
	period = time.Second / 60

	// reaching is how long the hand takes from the picture to the thumb of the
	// slider: pointing with a mouse in the keystroke-level model (Card, Moran,
	// Newell. The keystroke-level model for user performance time with
	// interactive systems. CACM 1980).
	reaching = 1100 * time.Millisecond

	// pressing is how long a button of the mouse takes: down or up, in the same
	// model (Kieras. Using the keystroke-level model to estimate execution times.
	// University of Michigan 1993).
	pressing = 100 * time.Millisecond
)

// place is where a slider is in the window, in px.
type place struct {
	ID          string
	X, Y        float64 // where the hand comes from: the middle of the window
	Left, Right float64 // the ends of the thumb's way
	Height      float64 // of that way, from the top
	At          float64 // the share of it where the thumb stands
}

// locate finds where a slider of the what-if panel is.
func (p *place) locate(ctx context.Context, slider int) (err error) {
	*p, err = eval[place](ctx, fmt.Sprintf(`(() => {
		const all = document.querySelectorAll(".features input[type=range]"), slider = all[%d %% all.length];
		slider.scrollIntoView({ block: "center", behavior: "instant" });
		watch.inputs.length = watch.frames.length = watch.questions.length = 0;
		const box = slider.getBoundingClientRect(), thumb = 16;
		return { ID: slider.id, X: innerWidth / 2, Y: innerHeight / 2,
			Left: box.left + thumb / 2, Right: box.right - thumb / 2, Height: box.top + box.height / 2,
			At: (slider.valueAsNumber - slider.min) / (slider.max - slider.min) };
	})()`, slider))
	return err
}

// drag reaches for a slider, and moves it there and back, at most a step each
// period.
func drag(ctx context.Context, slider, steps int) (trace, error) {
	var p place
	if err := p.locate(ctx, slider); err != nil {
		return trace{}, err
	}
	button := chromedp.ButtonNone
	mouse := func(kind input.DispatchMouseEventType, x, y float64) error {
		return chromedp.Do(ctx, chromedp.MouseEvent(kind, x, y, button, chromedp.ClickCount(1)))
	}
	clock := time.NewTicker(period)
	defer clock.Stop()
	thumb := math.Round(p.Left + (p.Right-p.Left)*p.At)
	for i, n := 0, int(reaching/period); i <= n; i++ {
		<-clock.C
		u := float64(i) / float64(n)
		s := u * u * u * (10 - 15*u + 6*u*u) // the path of least jerk
		if err := mouse(chromedp.MouseMoved, p.X+s*(thumb-p.X), p.Y+s*(p.Height-p.Y)); err != nil {
			return trace{}, err
		}
	}
	time.Sleep(pressing)
	button = chromedp.ButtonLeft
	if err := mouse(chromedp.MousePressed, thumb, p.Height); err != nil {
		return trace{}, err
	}
	at := func(i int) float64 { // a wave through the place where the thumb is, in whole px as of a mouse
		phase := math.Asin(2*p.At-1) + 2*math.Pi*float64(i)/120
		return math.Round(p.Left + (p.Right-p.Left)*(0.5+0.45*math.Sin(phase)))
	}
	for i := range steps {
		<-clock.C
		if err := mouse(chromedp.MouseMoved, at(i+1), p.Height); err != nil {
			return trace{}, err
		}
	}
	time.Sleep(100 * time.Millisecond)
	t, err := eval[trace](ctx, `({ inputs: watch.inputs, frames: watch.frames, questions: watch.questions,
		picture: watch.picture() })`)
	if err != nil {
		return trace{}, err
	}
	if err := mouse(chromedp.MouseReleased, at(steps), p.Height); err != nil {
		return trace{}, err
	}
	if err := settled(ctx); err != nil {
		return trace{}, err
	}
	t.slider = p.ID
	t.link, err = eval[string](ctx, `location.hash`)
	return t, err
}
