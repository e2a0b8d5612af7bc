package figure

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// herd is the rows that a brush was drawn over: the cohort where the large
// picture shows one, else the whole table.
type herd struct {
	rows   []int       // n, table index
	scores []float64   // n, of what is explained
	parts  [][]float64 // n×d, attributions; nil where none are shown
	in     []int       // places in rows that are brushed
	out    []int       // and those that are not
}

// ofManyRows lists the views of a cohort.
var ofManyRows = []string{"beeswarm", "mean-attribution", "dependence", "heatmap", "forces", "decision", "violin"}

// herd sorts the rows into brushed ones and others.
func (f *Figure) herd() (*herd, error) {
	h := &herd{}
	if name := f.s.View.Name; slices.Contains(ofManyRows, name) && f.refuseView(name) == "" {
		c, err := f.cohort()
		if err != nil {
			return nil, err
		}
		h.rows, h.scores, h.parts = c.rows, c.scores, c.values
	} else if err := f.scoreAll(h); err != nil {
		return nil, err
	}
	brushed := f.brushed()
	for i, row := range h.rows {
		if brushed(row) {
			h.in = append(h.in, i)
		} else {
			h.out = append(h.out, i)
		}
	}
	return h, nil
}

// brushed tells which rows of the table are brushed.
func (f *Figure) brushed() func(row int) bool {
	brushed, _ := spec.BrushRows(f.s.View.Brush) // checked with the spec
	return func(row int) bool { return row < len(brushed) && brushed[row] }
}

// scoreAll makes a herd of all rows of the table.
func (f *Figure) scoreAll(h *herd) error {
	n := f.table.Rows()
	scores, err := remember(f.b, keyOf("all scores", f.modelKey()), func() ([]float32, error) {
		return model.PredictAll(f.explained, f.table.X, n, func() error { return f.pace("drawing", 0, n) })
	})
	for i := range len(scores) / f.problem.K {
		h.rows, h.scores = append(h.rows, i), append(h.scores, float64(scores[i*f.problem.K+f.class]))
	}
	return err
}

// meanAt is the mean of the values at some places, those that are missing left
// out; NaN where none is known.
func meanAt(places []int, value func(i int) float64) float64 {
	sum, n := 0.0, 0
	for _, i := range places {
		if v := value(i); v == v {
			sum, n = sum+v, n+1
		}
	}
	return sum / float64(n)
}

// contrast is how far the brushed rows are from the others in one feature.
type contrast struct {
	feature int
	by      float64 // what orders the features; > 0
	in, out float64 // mean part of the score; without parts mean value, or share of a category
	code    int     // of that category: the most common one among the brushed
}

// contrasts lists the features that set the brushed rows apart most, at most so
// many, by the difference of their mean part of the score; without parts by
// that of their mean value, in standard deviations.
func (f *Figure) contrasts(h *herd, most int) []contrast {
	var out []contrast
	for j := range f.table.Columns {
		a := contrast{feature: j}
		of := func(i int) float64 { return f.valueAt(h, i, j) }
		if h.parts != nil {
			of = func(i int) float64 { return h.parts[i][j] }
		} else if c := &f.table.Columns[j]; c.Kind == dataset.Category {
			a.code, _ = mostOften(c, h.in, of)
			of = isCode(of, a.code)
		}
		a.in, a.out = meanAt(h.in, of), meanAt(h.out, of)
		if a.by = math.Abs(a.in - a.out); h.parts == nil {
			a.by /= spreadOf(append(h.in[:len(h.in):len(h.in)], h.out...), of)
		}
		if !(a.by > 0) {
			continue
		}
		out = append(out, a)
		for at := len(out) - 1; at > 0 && out[at-1].by < a.by; at-- {
			out[at-1], out[at] = out[at], out[at-1]
		}
		out = out[:min(most, len(out))]
	}
	return out
}

// valueAt is a feature of a row of the herd.
func (f *Figure) valueAt(h *herd, i, j int) float64 { return float64(f.table.Row(h.rows[i])[j]) }

// spreadOf is the standard deviation of the values at some places.
func spreadOf(places []int, value func(i int) float64) float64 {
	mean := meanAt(places, value)
	return math.Sqrt(meanAt(places, func(i int) float64 {
		off := value(i) - mean
		return float64(off * off)
	}))
}

// mostOften is the category that most rows have, the first of several, and its
// share of those that have one.
func mostOften(c *dataset.Column, places []int, value func(i int) float64) (code int, share float64) {
	for k := range c.Categories {
		if its := meanAt(places, isCode(value, k)); its > share {
			code, share = k, its
		}
	}
	return code, share
}

// isCode is 1 where a value is the code, 0 where it is another, NaN where it is
// missing.
func isCode(value func(i int) float64, code int) func(i int) float64 {
	return func(i int) float64 {
		switch v := value(i); {
		case v != v:
			return v
		case v == float64(code):
			return 1
		}
		return 0
	}
}
