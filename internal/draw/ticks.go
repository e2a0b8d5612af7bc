package draw

import (
	"math"

	"gonum.org/v1/plot"
)

// ticks marks an axis at round numbers. It implements plot.Ticker.
type ticks struct {
	most  int  // about how many labels fit, ≥ 2
	whole bool // only whole numbers make sense
}

// Ticks returns the multiples of 1, 2 or 5 times a power of ten in lo..hi,
// labelled for reading.
func (t ticks) Ticks(lo, hi float64) []plot.Tick {
	span := hi - lo
	if !(span > 0) {
		return nil
	}
	step := niceStep(span / float64(max(1, t.most)))
	if least := float64(min(t.most, 3)); math.Floor(hi/step+1e-9)-math.Ceil(lo/step-1e-9) < least-1 {
		step = niceStep(step * 0.4)
	}
	if t.whole && step < 1 {
		step = 1
	}
	decimals := 0
	for s := step; s < 0.999 && decimals < 12; decimals++ {
		s *= 10
	}
	out := make([]plot.Tick, 0, t.most+2)
	first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
	if last-first > 1000 { // the range is too far from zero for its width
		return []plot.Tick{{Value: lo, Label: number(lo)}, {Value: hi, Label: number(hi)}}
	}
	for i := first; i <= last; i++ {
		v := i * step
		label := decimal(v, decimals)
		if a := max(math.Abs(lo), math.Abs(hi)); a >= 1e8 || a < 1e-5 {
			label = number(v)
		}
		out = append(out, plot.Tick{Value: v, Label: label})
	}
	return out
}

// spaced returns the ticks of lo..hi laid out from left to right px, without
// the labels that would overlap or begin left of the sheet.
func (t ticks) spaced(lo, hi, left, right float64) plot.ConstantTicks {
	out := t.Ticks(lo, hi)
	free := 0.0
	for i := range out {
		x := left + (out[i].Value-lo)/(hi-lo)*(right-left)
		w := measure(out[i].Label, small, false)
		if x-w/2 < free {
			out[i].Label = ""
			continue
		}
		free = x + w/2 + 8
	}
	return out
}

// niceStep returns the smallest of 1, 2, 5 times a power of ten that is ≥ raw > 0.
func niceStep(raw float64) float64 {
	base := math.Pow10(int(math.Floor(math.Log10(raw))))
	for _, m := range [...]float64{1, 2, 5} {
		if m*base >= raw*(1-1e-9) {
			return m * base
		}
	}
	return 10 * base
}

// nice widens lo..hi to round numbers, for an axis of about n steps. Equal or
// reversed bounds are pulled apart first.
func nice(lo, hi float64, n int) (float64, float64) {
	lo, hi = spread(lo, hi)
	step := niceStep((hi - lo) / float64(n))
	return math.Floor(lo/step+1e-9) * step, math.Ceil(hi/step-1e-9) * step
}

// spread returns a range with lo < hi, wide enough for its own size that
// differences inside it survive rounding.
func spread(lo, hi float64) (float64, float64) {
	if lo > hi {
		lo, hi = hi, lo
	}
	size := max(math.Abs(lo), math.Abs(hi))
	if size < 1e-290 {
		return -1, 1
	}
	if hi-lo <= size*1e-9 {
		return lo - size/2, hi + size/2
	}
	return lo, hi
}
