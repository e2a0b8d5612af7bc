package ui

import (
	"math"
	"strconv"

	"github.com/vugu/vugu"
)

// slider is where a feature can go.
type slider struct {
	feature        string // "" for no slider
	min, max, step float64
}

// places is how many values the slider can have.
func (r slider) places() int {
	if r.step <= 0 || !(r.max > r.min) {
		return 0
	}
	return int(math.Floor((r.max-r.min)/r.step+1e-6)) + 1
}

// value returns that of a place as a browser's slider gives it: a decimal
// number, read.
func (r slider) value(place int) float64 {
	v, err := strconv.ParseFloat(plain(r.min+float64(place)*r.step, r.step), 64)
	if err != nil {
		panic("ui: a number just written cannot be read")
	}
	return v
}

// place returns the nearest to a value; the middle where it is missing.
func (r slider) place(v float64) int {
	if math.IsNaN(v) {
		v = (r.min + r.max) / 2
	}
	return max(0, min(int(math.Round((v-r.min)/r.step)), r.places()-1))
}

// Track is where a slider lies under a mouse, in px from the left of the
// window. The zero value is for fingers and keys, which take it anywhere.
type Track struct {
	Left, Width float64
	Scale       float64 // dots of the screen a px
}

// track is that of the slider a pointer came to: at x of its window, and at a
// share of the width of the slider.
func track(event vugu.DOMEvent) Track {
	if event.PropString("pointerType") != "mouse" {
		return Track{}
	}
	width := event.PropFloat64("currentTarget", "width")
	return Track{Left: event.PropFloat64("clientX") - event.PropFloat64("x")*width, Width: width, Scale: event.PropFloat64("scale")}
}

// thumb is how wide the thumb of a browser's slider is, px.
const thumb = 16

// places lists which places of a slider a mouse can take it to, which moves by
// whole dots; nil for all.
func (t Track) places(r slider) []bool {
	if t.Width <= thumb || t.Scale <= 0 || r.places() < 2 {
		return nil
	}
	out := make([]bool, r.places())
	for dot := math.Ceil(t.Left * t.Scale); dot <= (t.Left+t.Width)*t.Scale; dot++ {
		px := dot / t.Scale
		share := math.Max(0, math.Min(1, (px-t.Left-thumb/2)/(t.Width-thumb)))
		out[r.place(r.min+share*(r.max-r.min))] = true
	}
	return out
}
