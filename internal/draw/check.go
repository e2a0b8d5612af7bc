package draw

import (
	"errors"
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/view"
)

// largest is the largest magnitude that can be drawn: differences of it must
// still be finite.
const largest = 1e150

// checker remembers the first thing wrong with a view's numbers.
type checker struct{ err error }

func (c *checker) number(what string, v float64) {
	if c.err == nil && !(math.Abs(v) <= largest) {
		c.err = fmt.Errorf("cannot draw %s: %v is not a number that fits on an axis", what, v)
	}
}

func (c *checker) numbers(what string, vs ...float64) {
	for _, v := range vs {
		c.number(what, v)
	}
}

func (c *checker) pairs(what string, ps [][2]float64) {
	for _, p := range ps {
		c.numbers(what, p[0], p[1])
	}
}

func (c *checker) floats(what string, vs []float32) {
	for _, v := range vs {
		c.number(what, float64(v))
	}
}

func (c *checker) length(what string, got, want int) {
	if c.err == nil && got != want {
		c.err = fmt.Errorf("cannot draw %s: %d values where %d belong", what, got, want)
	}
}

func (c *checker) axis(a view.Axis) {
	c.numbers("axis "+a.Label, a.Min, a.Max)
	if c.err == nil && !(a.Max > a.Min) {
		c.err = fmt.Errorf("cannot draw axis %s: it runs from %v to %v", a.Label, a.Min, a.Max)
	}
}

func (c *checker) bars(bars []view.Bar) {
	if c.err == nil && len(bars) == 0 {
		c.err = errors.New("cannot draw bars: there are none")
	}
	for _, b := range bars {
		c.numbers(b.Feature, b.Amount, b.StdErr)
	}
}

// check returns an error for a view that has no picture or whose numbers
// cannot be drawn.
func check(v view.View) error {
	var c checker
	switch v := v.(type) {
	case *view.Surface:
		c.surface(v)
	case *view.Waterfall:
		c.numbers("the base", v.Base, v.Final)
		c.bars(v.Bars)
	case *view.Importance:
		c.bars(v.Bars)
	case *view.Saliency:
		c.saliency(v)
	case *view.Flips:
		for _, item := range v.Items {
			for _, ch := range item.Changes {
				c.numbers(ch.Feature, ch.Min, ch.Max, ch.A, ch.B)
			}
		}
	case *view.Loss:
		for _, curve := range [][][2]float64{v.Train, v.Test, v.TrainFit, v.TestFit} {
			c.pairs("the training curve", curve)
		}
	case *view.Effect:
		c.effect(v)
	case *view.Confusion:
		c.confusion(v)
	case *view.Fit:
		c.axis(v.X)
		c.axis(v.Y)
		c.points(v.Points)
		c.numbers("the row", v.Present[0], v.Present[1])
	default:
		if c.ofRows(v) || c.onPaper(v) {
			return c.err
		}
		return fmt.Errorf("the view %q has no picture, only a table", v.About().Name)
	}
	return c.err
}

// known checks values that may be missing.
func (c *checker) known(what string, vs ...float64) {
	for _, v := range vs {
		if !math.IsNaN(v) {
			c.number(what, v)
		}
	}
}

func (c *checker) points(ps []view.SurfacePoint) {
	for _, p := range ps {
		c.numbers("a row", p.X, p.Y, p.Value)
	}
}

func (c *checker) surface(v *view.Surface) {
	c.axis(v.X)
	c.axis(v.Y)
	if c.err == nil && (v.Cols < 2 || v.Rows < 2) {
		c.err = errors.New("cannot draw the surface: the grid has fewer than two rows or columns")
	}
	c.length("the surface", len(v.Grid), v.Rows*v.Cols*max(1, len(v.Classes)))
	c.floats("the surface", v.Grid)
	for _, p := range v.Points {
		c.known("a row", p.X, p.Y)
		c.number("a row", p.Value)
	}
	c.known("the row", v.Present[0], v.Present[1])
	c.numbers("the row", v.Lo, v.Hi)
	for _, path := range v.Paths {
		for _, p := range path {
			c.known("a path", p[0], p[1])
		}
	}
	c.pairs("the background rows", v.Background)
}

func (c *checker) saliency(v *view.Saliency) {
	if c.err == nil && (v.Height < 1 || v.Width < 1) {
		c.err = errors.New("cannot draw the image: it has no pixels")
	}
	n := v.Height * v.Width
	c.length("the image", len(v.Pixels), n)
	c.floats("the image", v.Pixels)
	c.numbers("the image", float64(v.PixelMin), float64(v.PixelMax))
	if v.Values != nil {
		c.length("the attributions", len(v.Values), n)
		c.numbers("the attributions", v.Values...)
		c.number("the attributions", v.Limit)
	}
	if v.Flip != nil {
		c.length("the changed image", len(v.Flip), n)
		c.floats("the changed image", v.Flip)
	}
}

func (c *checker) effect(v *view.Effect) {
	c.axis(v.X)
	c.axis(v.Y)
	if c.err == nil && len(v.Grid) == 0 {
		c.err = errors.New("cannot draw the effect: the grid is empty")
	}
	c.numbers("the grid", v.Grid...)
	c.length("the mean curve", len(v.Mean), len(v.Grid))
	c.numbers("the mean curve", v.Mean...)
	for _, curve := range v.Curves {
		c.length("a curve", len(curve), len(v.Grid))
		c.numbers("a curve", curve...)
	}
	if v.Own != nil {
		c.length("the row's own curve", len(v.Own), len(v.Grid))
		c.numbers("the row's own curve", v.Own...)
	}
	c.known("the row", v.Present[0])
	c.number("the row", v.Present[1])
	c.numbers("the scores without a value", v.Missing...)
	c.numbers("the rug", v.Rug...)
}

func (c *checker) confusion(v *view.Confusion) {
	if c.err == nil && len(v.Classes) == 0 {
		c.err = errors.New("cannot draw the counts: there are no classes")
	}
	c.length("the counts", len(v.Counts), len(v.Classes))
	for _, row := range v.Counts {
		c.length("the counts", len(row), len(v.Classes))
		for _, n := range row {
			if c.err == nil && n < 0 {
				c.err = errors.New("cannot draw the counts: one is negative")
			}
		}
	}
}
