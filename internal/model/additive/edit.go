package additive

import (
	"slices"

	"github.com/whybox/whybox/internal/model"
)

// Change is what an Edit does to the steps it reaches.
type Change string

// The changes, as a figure spec writes them.
const (
	Add         Change = "add"         // moves every step by Edit.By
	Flatten     Change = "flatten"     // makes them their mean over the training rows
	Interpolate Change = "interpolate" // puts them on a straight line from the first to the last
	Rising      Change = "rising"      // the nearest curve that never falls
	Falling     Change = "falling"     // the nearest curve that never rises
	Remove      Change = "remove"      // makes the whole curve 0, for every class, missing values too
)

// Edit changes one curve by hand. It reaches the steps from the one that From
// lies in to the one that To lies in, each of them whole; of categories, the
// codes From..To in their order. The step of missing values stays but for
// Remove.
type Edit struct {
	Feature  int
	From, To float32 // data units, From ≤ To; may be infinite
	Class    int     // whose margin the curve adds to, 0 for regression; of two classes the other's mirrors it
	Do       Change
	By       float32 // of Add: margin units
}

// Edited returns the model with its curves changed by the edits, one after
// another. m stays as it is; what they do not change is shared. A score moves
// by what the curves at its row moved: nothing is trained or centred again.
func (m *Model) Edited(edits []Edit) model.Model { return m.edited(edits) }

// Edited returns the classifier of the edited curves; see Model.Edited.
func (c Classifier) Edited(edits []Edit) model.Model { return Classifier{c.Model.edited(edits)} }

func (m *Model) edited(edits []Edit) *Model {
	out := *m
	out.terms = slices.Clone(m.terms)
	for _, e := range edits {
		t := &out.terms[e.Feature]
		t.Value = slices.Clone(t.Value)
		if e.Do == Remove {
			clear(t.Value)
			continue
		}
		first, last := t.reach(e.From, e.To)
		steps := make([]float64, last-first+1)
		for i := range steps {
			steps[i] = float64(t.Value[(first+i)*m.k+e.Class])
		}
		t.change(steps, first, e)
		for i, v := range steps {
			t.Value[(first+i)*m.k+e.Class] = float32(v)
			if m.loss.Outputs() < m.k {
				t.Value[(first+i)*m.k+1-e.Class] = -float32(v)
			}
		}
	}
	return &out
}

// reach returns the first and the last step of from..to.
func (t *Term) reach(from, to float32) (first, last int) {
	b := t.Bins[0]
	first, last = max(1, int(b.Bin(from))), int(b.Bin(to))
	if n := b.Categories; n > 0 && to >= float32(n) {
		last = n
	}
	return first, max(first, last)
}

// change does what an edit says to the values of the steps from first on.
func (t *Term) change(steps []float64, first int, e Edit) {
	rows := make([]float64, len(steps))
	for i := range rows {
		rows[i] = float64(t.Rows[first+i])
	}
	switch e.Do {
	case Add:
		for i := range steps {
			steps[i] += float64(e.By)
		}
	case Flatten:
		flatten(steps, rows)
	case Interpolate:
		t.interpolate(steps, first)
	case Rising:
		isotonic(steps, rows)
	case Falling:
		slices.Reverse(steps)
		slices.Reverse(rows)
		isotonic(steps, rows)
		slices.Reverse(steps)
	}
}

// flatten makes values their weighted mean; without any weight they stay.
func flatten(values, weights []float64) {
	sum, all := 0.0, 0.0
	for i, v := range values {
		sum += float64(v * weights[i])
		all += weights[i]
	}
	if all > 0 {
		for i := range values {
			values[i] = sum / all
		}
	}
}

// interpolate draws a line from the first to the last step. A step stands in
// the middle of its training values, a category at its code.
func (t *Term) interpolate(steps []float64, first int) {
	at := func(i int) float64 {
		if b := t.Bins[0]; b.Categories == 0 && len(b.Low) > first+i {
			return (float64(b.Low[first+i]) + float64(b.High[first+i])) / 2
		}
		return float64(first + i)
	}
	last := len(steps) - 1
	from, width, rise := steps[0], at(last)-at(0), steps[last]-steps[0]
	for i := 1; i < last; i++ {
		steps[i] = from + float64(rise*(at(i)-at(0))/width)
	}
}
