package counterfactual

import (
	"math"
	"slices"
)

// slant fills in the slope of every walker's margin, in margin units a MAD:
// that of the goal's score, less that of the rival's where there is one.
func (w *walkers) slant() {
	for _, k := range w.walking {
		clear(k.slope)
	}
	if w.g.Band {
		w.addSlopes(w.walking, 0, 1)
		return
	}
	w.addSlopes(w.walking, w.g.Class, 1)
	byRival := slices.Clone(w.walking)
	slices.SortStableFunc(byRival, func(a, b *walker) int { return a.rival - b.rival })
	for len(byRival) > 0 {
		class, n := byRival[0].rival, 0
		for n < len(byRival) && byRival[n].rival == class {
			n++
		}
		if class >= 0 {
			w.addSlopes(byRival[:n], class, -1)
		}
		byRival = byRival[n:]
	}
}

// addSlopes adds the gradient of one class's score, times sign, to the slopes
// of the walkers listed.
func (w *walkers) addSlopes(list []*walker, class int, sign float64) {
	w.batch = w.batch[:0]
	for _, k := range list {
		w.batch = w.place(w.batch, k, asIs)
	}
	if cap(w.grad) < len(w.batch) {
		w.grad = make([]float32, len(w.batch))
	}
	grad := w.grad[:len(w.batch)]
	w.model.Gradient(grad, w.batch, len(list), class)
	w.tried += len(list)
	w.unpaced += len(list)
	for at, k := range list {
		f := float64(sign * k.slant)
		for _, j := range w.slopes {
			k.slope[j] += float64(float64(f*float64(grad[at*w.d+j])) * w.mad[j])
		}
	}
}

// move takes one proximal gradient step.
//
// With r = target - margin and slope g, the smooth part ½λr² has gradient
// -λrg and, on the features that move, a curvature of about λΣg²; the step is
// one over that, shortened so that no feature moves farther than Rate.
func (w *walkers) move(k *walker) {
	if k.stall >= giveUp {
		w.relaunch(k)
		return
	}
	r := k.target - k.margin
	strongest := 0.0 // slope for its price
	for _, j := range w.slopes {
		if !w.stuck(k, j) {
			strongest = max(strongest, math.Abs(k.slope[j])/k.price[j])
		}
	}
	if !(r > 0 && strongest > 0) || math.IsInf(strongest, 0) {
		w.kick(k)
		return
	}
	k.kicks = 0
	if k.stall%stallAfter == stallAfter-1 {
		k.lambda *= w.p.Growth
	}
	k.lambda = max(k.lambda, w.p.Growth/(r*strongest))
	curve, fastest := 0.0, 0.0
	for _, j := range w.slopes {
		push := float64(float64(k.lambda*r) * k.slope[j])
		if k.z[j] == 0 && math.Abs(push) <= k.price[j] || w.stuck(k, j) {
			continue
		}
		curve += float64(k.slope[j] * k.slope[j])
		fastest = max(fastest, math.Abs(push-math.Copysign(k.price[j], direction(k.z[j], push))))
	}
	step := 1 / (k.lambda * curve)
	if fastest*step > w.p.Rate {
		step = w.p.Rate / fastest
	}
	for _, j := range w.slopes {
		push := float64(float64(k.lambda*r) * k.slope[j])
		k.z[j] = w.clamp(j, soft(k.z[j]+float64(step*push), float64(step*k.price[j])))
	}
}

// stuck reports whether feature j is at the end of its range and its slope
// points out of it.
func (w *walkers) stuck(k *walker, j int) bool {
	return w.clamp(j, k.z[j]+math.Copysign(1e-3, k.slope[j])) == k.z[j]
}

// direction is the side on which a change is, or the side it is pushed to.
func direction(z, push float64) float64 {
	if z != 0 {
		return z
	}
	return push
}

// soft moves v towards 0 by t and stops there: the proximal map of t·|v|.
func soft(v, t float64) float64 {
	switch {
	case v > t:
		return v - t
	case v < -t:
		return v + t
	}
	return 0
}

// relaunch sends a walker that is caught on a hill of its own to a random
// place: anywhere in the range of each feature, or, where that has no end,
// farther around the row each time. Every other time half of the features go to
// an end, since what is hard to reach is often in a corner.
func (w *walkers) relaunch(k *walker) {
	k.launches++
	for _, j := range w.slopes {
		lo, hi := w.ends(j)
		reach := spread * float64(1+k.launches)
		lo, hi = max(lo, -reach*scope), min(hi, reach*scope)
		at := k.chance.Float64()
		if k.launches%2 == 0 && k.chance.IntN(2) == 0 {
			at = math.Round(at)
		}
		k.z[j] = w.clamp(j, lo+float64((hi-lo)*at))
	}
	k.lambda, k.stall, k.best, k.path = 0, 0, math.Inf(-1), k.path[:0]
}

// kick moves a walker at random where the model is flat, farther each time.
func (w *walkers) kick(k *walker) {
	k.kicks++
	reach := float64(w.p.Rate * float64(k.kicks))
	for _, j := range w.slopes {
		k.z[j] = w.clamp(j, k.z[j]+float64(reach*(2*float64(k.chance.Float64())-1)))
	}
	k.lambda = 0
}
