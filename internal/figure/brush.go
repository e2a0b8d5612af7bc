package figure

import (
	"cmp"
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

// ofManyRows reports whether a view shows attributions of a cohort.
func ofManyRows(view string) bool {
	return slices.Contains([]string{"beeswarm", "mean-attribution", "dependence", "heatmap", "forces", "decision", "violin"}, view)
}

// brushed returns which rows of the table the spec says are brushed, n long.
func (f *Figure) brushed() []bool {
	out := make([]bool, f.table.Rows())
	spans, _ := spec.BrushSpans(f.s.View.Brush) // checked with the spec
	for _, s := range spans {
		for row := s.From; row <= s.To && row < len(out); row++ {
			out[row] = true
		}
	}
	return out
}

// herd sorts the rows into brushed ones and others.
func (f *Figure) herd() (*herd, error) {
	h := &herd{}
	if ofManyRows(f.s.View.Name) && f.refuseView(f.s.View.Name) == "" {
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
		if brushed[row] {
			h.in = append(h.in, i)
		} else {
			h.out = append(h.out, i)
		}
	}
	return h, nil
}

// scoreAll makes a herd of all rows of the table.
func (f *Figure) scoreAll(h *herd) error {
	n := f.table.Rows()
	scores, err := remember(f.b, keyOf("all scores", f.modelKey()), func() ([]float32, error) {
		return model.PredictAll(f.explained, f.table.X, n, func() error { return f.pace("drawing", 0, n) })
	})
	if err != nil {
		return err
	}
	for i := range n {
		h.rows, h.scores = append(h.rows, i), append(h.scores, float64(scores[i*f.problem.K+f.class]))
	}
	return nil
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

// apart is how far the brushed rows are from the others in one feature.
type apart struct {
	feature int
	by      float64 // what orders the features; >= 0
	in, out float64 // mean part of the score, or mean value
	code    int     // of a category without parts: the one whose shares differ most; in and out are the shares
}

// contrasts orders the features by how far they set the brushed rows apart: in
// their mean part of the score where there is one, else in their mean value,
// counted in standard deviations.
func (f *Figure) contrasts(h *herd) []apart {
	var out []apart
	for j := range f.table.Columns {
		var a apart
		if h.parts != nil {
			part := func(i int) float64 { return h.parts[i][j] }
			a.in, a.out = meanAt(h.in, part), meanAt(h.out, part)
			a.by = math.Abs(a.in - a.out)
		} else {
			a = f.contrast(h, j)
		}
		a.feature = j
		if a.by > 0 {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b apart) int { return cmp.Compare(b.by, a.by) })
	return out
}

// contrast compares the values of a feature; by is NaN where none is known.
func (f *Figure) contrast(h *herd, j int) apart {
	value := func(i int) float64 { return float64(f.table.Row(h.rows[i])[j]) }
	c := &f.table.Columns[j]
	if c.Kind != dataset.Category {
		return contrastOf(h, value)
	}
	var best apart
	for code := range c.Categories {
		a := contrastOf(h, func(i int) float64 {
			switch v := value(i); {
			case v != v:
				return v
			case v == float64(code):
				return 1
			}
			return 0
		})
		if a.by > best.by {
			best, best.code = a, code
		}
	}
	return best
}

func contrastOf(h *herd, value func(i int) float64) apart {
	a := apart{in: meanAt(h.in, value), out: meanAt(h.out, value)}
	places := append(slices.Clone(h.in), h.out...)
	mean := meanAt(places, value)
	square := meanAt(places, func(i int) float64 {
		off := value(i) - mean
		return float64(off * off)
	})
	a.by = math.Abs(a.in-a.out) / math.Sqrt(square)
	return a
}
