//go:build !js

package pagespeed

import (
	"context"
	"fmt"
)

// trace is what watch.js noted during one drag.
type trace struct {
	Inputs []struct {
		At, Begun, Ended float64
		Value            string
	}
	Questions []struct {
		Ahead                 bool
		At, Done, Took, Bytes float64
	}
	Frames  []frame
	Picture string // the waterfall at the end

	slider string            // id of the element
	link   string            // hash of the page after the drag
	truth  map[string]string // value of the slider -> the attributions that explain it
}

type frame struct {
	Begun, Painted, Render float64
	Values                 string // attributions on the screen, "" for none
}

// verify finds out what the page shows for each value of the drag when it is
// asked for that alone, and has time. The error says that the drag did not end
// with the same picture.
func (t *trace) verify(ctx context.Context) error {
	t.truth = map[string]string{}
	last := map[string]string{} // pictures
	if _, err := eval[bool](ctx, `new Promise((done) => { // the page shows the strongest features; the slider may be another
		document.querySelector('.what-if > button[aria-expanded="false"]').click();
		requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
	})`); err != nil {
		return err
	}
	for _, in := range t.Inputs {
		if _, ok := t.truth[in.Value]; ok {
			continue
		}
		shown, err := eval[[2]string](ctx, fmt.Sprintf(`new Promise((done) => {
			const slider = document.getElementById(%q);
			slider.value = %q;
			slider.dispatchEvent(new Event("input", { bubbles: true }));
			slider.dispatchEvent(new Event("change", { bubbles: true }));
			let quiet = 0;
			requestAnimationFrame(function look() {
				quiet = document.querySelector("#app .whybox").dataset.state === "busy" ? 0 : quiet + 1;
				if (quiet > 5) done([document.querySelector("#app .whybox").dataset.values, watch.picture()]);
				else requestAnimationFrame(look);
			});
		})`, t.slider, in.Value))
		if err != nil {
			return err
		}
		t.truth[in.Value], last[in.Value] = shown[0], shown[1]
	}
	if n := len(t.Inputs); n > 0 && last[t.Inputs[n-1].Value] != t.Picture {
		return fmt.Errorf("the drag of %s ended with another picture than its last value has", t.slider)
	}
	return nil
}

// answer returns the first frame after input i that explains its value or a
// newer one, nil where the drag ended before. own says that the value is its
// own, next that the frame is the first after it.
func (t *trace) answer(i int) (f *frame, own, next bool) {
	first := true
	for k := range t.Frames {
		f := &t.Frames[k]
		if f.Begun < t.Inputs[i].Begun {
			continue
		}
		if f.Values != "" {
			for j := i; j < len(t.Inputs) && t.Inputs[j].Begun < f.Painted; j++ {
				if t.truth[t.Inputs[j].Value] == f.Values {
					return f, j == i, first
				}
			}
		}
		first = false
	}
	return nil, false, false
}

// summary joins the drags.
func summary(runs []trace) Drag {
	var d Drag
	var whole, handle, render, paint, engine, receive, bytes []float64
	var medians, p95s []float64 // of each drag
	for _, t := range runs {
		before := len(whole)
		for i, in := range t.Inputs {
			d.Inputs++
			f, own, next := t.answer(i)
			if f == nil {
				continue
			}
			if own {
				d.Shown++
				if next {
					d.Next++
				}
				render, paint = append(render, f.Render), append(paint, f.Painted-f.Begun-f.Render)
			}
			whole, handle = append(whole, f.Painted-in.At), append(handle, in.Ended-in.Begun)
		}
		if mine := whole[before:]; len(mine) > 0 {
			medians, p95s = append(medians, median(mine)), append(p95s, quantile(mine, 0.95))
		}
		for _, q := range t.Questions {
			if q.Ahead {
				d.Ahead++
			} else {
				d.Asked++
			}
			if q.Done > 0 {
				engine, receive, bytes = append(engine, q.Done-q.At), append(receive, q.Took), append(bytes, q.Bytes)
			}
		}
	}
	of := func(v []float64) Times {
		if len(v) == 0 {
			return Times{}
		}
		return Times{median(v), quantile(v, 0.95)}
	}
	d.Frame = Times{of(medians).Median, of(p95s).Median}
	d.Every, d.Handle, d.Render, d.Paint = of(whole), of(handle), of(render), of(paint)
	d.Engine, d.Receive, d.Bytes = of(engine), of(receive), of(bytes).Median
	return d
}
