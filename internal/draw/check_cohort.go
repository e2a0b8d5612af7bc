package draw

import (
	"errors"
	"fmt"

	"github.com/whybox/whybox/internal/view"
)

// ofRows checks the views of several rows. It reports whether v is one.
func (c *checker) ofRows(v view.View) bool {
	switch v := v.(type) {
	case *view.Beeswarm:
		c.cohort(&v.Cohort)
	case *view.Violin:
		c.cohort(&v.Cohort)
	case *view.Decision:
		c.cohort(&v.Cohort)
	case *view.Heatmap:
		c.cohort(&v.Cohort)
		c.order(v.Order, len(v.Rows))
	case *view.Forces:
		c.cohort(&v.Cohort)
		c.order(v.Order, len(v.Rows))
	case *view.Force:
		c.numbers("the base", v.Base, v.Final)
		c.bars(v.Bars)
	case *view.Dependence:
		c.dependence(v)
	case *view.Interactions:
		c.interactions(v)
	case *view.Tree:
		c.tree(v)
	case *view.Shape:
		c.shape(v)
	default:
		return false
	}
	return true
}

func (c *checker) cohort(v *view.Cohort) {
	if c.err == nil && len(v.Strands) == 0 {
		c.err = errors.New("cannot draw the rows: there are no features")
	}
	n := len(v.Rows)
	c.length("the scores", len(v.Finals), n)
	c.numbers("the scores", v.Finals...)
	c.numbers("the base", v.Base)
	for _, k := range v.Strands {
		c.length(k.Feature, len(k.Values), n)
		c.numbers(k.Feature, k.Values...)
		c.number(k.Feature, k.Mean)
		if k.Tones != nil {
			c.length(k.Feature, len(k.Tones), n)
		}
	}
	c.among("the asked row", v.Present, n)
}

// among checks an index that is -1 for none.
func (c *checker) among(what string, i, n int) {
	if c.err == nil && (i < -1 || i >= n) {
		c.err = fmt.Errorf("cannot draw %s: it is number %d of %d", what, i, n)
	}
}

// order checks that every row comes once.
func (c *checker) order(order []int, n int) {
	c.length("the order of the rows", len(order), n)
	seen := make([]bool, n)
	for _, i := range order {
		if c.err == nil && (i < 0 || i >= n || seen[i]) {
			c.err = fmt.Errorf("cannot draw the order of the rows: %d of %d is not there or comes twice", i, n)
		}
		if c.err == nil {
			seen[i] = true
		}
	}
}

func (c *checker) dependence(v *view.Dependence) {
	c.axis(v.X)
	c.axis(v.Y)
	n := len(v.Rows)
	c.length("the feature's values", len(v.Values), n)
	c.length("the attributions", len(v.Amounts), n)
	c.numbers("the attributions", v.Amounts...)
	c.known("the feature's values", v.Values...)
	if v.Colour != "" {
		c.length("the colours", len(v.Tones), n)
	}
	c.among("the asked row", v.Present, n)
}

func (c *checker) interactions(v *view.Interactions) {
	if c.err == nil && len(v.Features) == 0 {
		c.err = errors.New("cannot draw the interactions: there are no features")
	}
	c.length("the interactions", len(v.Values), len(v.Features))
	for _, row := range v.Values {
		c.length("the interactions", len(row), len(v.Features))
		c.numbers("the interactions", row...)
	}
}

// tree checks that the nodes are those of an outline.
func (c *checker) tree(v *view.Tree) {
	if c.err == nil && len(v.Nodes) == 0 {
		c.err = errors.New("cannot draw the tree: it has no nodes")
	}
	last := -1
	for i, n := range v.Nodes {
		c.numbers("the tree", n.Amount, n.Share)
		if c.err == nil && (n.Depth < min(i, 1) || n.Depth > last+1) {
			c.err = fmt.Errorf("cannot draw the tree: node %d of the outline is %d deep below one that is %d deep", i, n.Depth, last)
		}
		last = n.Depth
	}
}

func (c *checker) shape(v *view.Shape) {
	c.axis(v.X)
	c.axis(v.Y)
	for _, t := range v.Steps {
		c.numbers("the curve", t.From, t.To, t.Value, t.Was, t.Spread)
	}
	if !v.Absent {
		c.numbers("the row", v.Present[0], v.Present[1])
	}
}
