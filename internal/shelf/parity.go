package shelf

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
	"github.com/whybox/whybox/internal/spec"
)

// Parity compares what a model from a file answers here with what it answered
// in the program that trained it.
type Parity struct {
	Says     string   // what the comparison found, or that there is nothing to compare with
	Note     string   // what was assumed; may be ""
	Expected []string // names of the columns compared with; nil for none
	Caption  string   // of the table
	Columns  []string
	Rows     [][]string // the worst first, or as in the table where nothing is expected
}

// Tolerance is how far a score may be from the expected one, as a share of its
// size where that is over 1. Both programs add float32 numbers, in an order of
// their own.
const Tolerance = 1e-5

// parityRows is how many rows are listed at the most.
const parityRows = 300

// Parity lists scores of rows of t, and compares all rows where the table of d
// has expected scores. t is what a figure with this data and model shows. It is
// nil where the model is not here.
func (s *Shelf) Parity(t *dataset.Table, d spec.Data, f spec.Model) *Parity {
	m := s.models[f.File.Sum]
	if m == nil {
		return nil
	}
	a := answers{m: m, t: t, n: min(t.Rows(), parityRows)}
	if d.Name != spec.Own || t != s.built || s.given == nil || len(s.given.columns) == 0 {
		a.score()
		return a.listed(d)
	}
	a.n = t.Rows()
	a.score()
	return a.compared(s.given)
}

// answers are a model's scores of the first n rows of a table.
type answers struct {
	m       *Model
	t       *dataset.Table
	n       int
	scores  []float32 // n×k
	margins []float32 // n×k; nil where they say the same as the scores
}

func (a *answers) score() {
	_, k := a.m.Dims()
	d := len(a.t.Columns)
	a.scores = make([]float32, a.n*k)
	a.m.Predict(a.scores, a.t.X[:a.n*d], a.n)
	if margin := a.m.margin(); margin != nil {
		a.margins = make([]float32, a.n*k)
		margin.Predict(a.margins, a.t.X[:a.n*d], a.n)
	}
}

// margin is the model before its link, or nil where that makes no difference.
func (m *Model) margin() model.Model {
	if q, ok := m.Model.(quantity); ok {
		if q.trees.Link() == tree.Identity {
			return nil
		}
		return q.trees.Margin()
	}
	if x, ok := m.Model.(model.Marginer); ok {
		return x.Margin()
	}
	return nil
}

// heads names a score of each class in [from, k).
func (a *answers) heads(what string, from int) []string {
	if a.m.Regression {
		return []string{what}
	}
	var out []string
	for _, class := range a.t.Classes()[from:] {
		out = append(out, what+" of "+class)
	}
	return out
}

// what names the scores, and the margins.
func (a *answers) what(margins bool) string {
	switch {
	case margins:
		return "margin"
	case a.m.Regression:
		return "score"
	}
	return "probability"
}

// listed shows the scores, for a person to compare.
func (a *answers) listed(d spec.Data) *Parity {
	const most = 10 // classes side by side
	_, k := a.m.Dims()
	p := &Parity{Caption: "What the model answers", Columns: append([]string{"row"}, a.heads(a.what(false), 0)[:min(k, most)]...)}
	from := 0
	if k == 2 {
		from = 1 // the other margin is its opposite, or nothing of its own
	}
	if a.margins != nil {
		p.Columns = append(p.Columns, a.heads(a.what(true), from)[:min(k-from, most)]...)
	}
	for i := range a.n {
		cells := []string{strconv.Itoa(i)}
		for _, v := range a.scores[i*k : i*k+min(k, most)] {
			cells = append(cells, digits(float64(v)))
		}
		if a.margins != nil {
			for _, v := range a.margins[i*k+from : i*k+min(k, from+most)] {
				cells = append(cells, digits(float64(v)))
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	p.Says = fmt.Sprintf("Compare these scores with what %s gave for the same rows.", a.m.Source)
	if d.Name == spec.Own {
		p.Says += " Give them a column in the table, and it is done here."
	}
	if a.n < a.t.Rows() {
		p.Note = fmt.Sprintf("The first %d of %d rows.", a.n, a.t.Rows())
	}
	return p
}

// gap is how far the scores of a row are from the expected ones.
type gap struct {
	row, column int     // of the table, and of the expected columns the one with the largest share
	off         float64 // the largest difference
	share       float64 // and as a share of the expected score where that is over 1
}

// reading is one way to understand the expected columns.
type reading struct {
	margins bool
	width   int
	here    []float32 // n×width
	gaps    []gap     // the worst first
	differ  int       // rows over the tolerance
}

// compared finds out whether probabilities or margins fit better, and says how
// well.
func (a *answers) compared(e *expected) *Parity {
	best := a.read(e, a.scores, false)
	if a.margins != nil {
		other := a.read(e, a.margins, true)
		if other.differ < best.differ || other.differ == best.differ && len(best.gaps) > 0 && other.gaps[0].share < best.gaps[0].share {
			best = other
		}
	}
	p := &Parity{Says: a.verdict(e, best), Note: a.remarks(e, best), Expected: e.names}
	p.tabulate(a, e, best)
	return p
}

// read sets the model's scores against the expected ones.
func (a *answers) read(e *expected, all []float32, margins bool) *reading {
	_, k := a.m.Dims()
	w := len(e.columns)
	r := &reading{margins: margins, width: w, here: make([]float32, 0, a.n*w)}
	for i := range a.n {
		r.here = append(r.here, all[(i+1)*k-w:(i+1)*k]...) // one column is of the last class
		g := gap{row: i, share: -1}
		for j := range w {
			here, there := float64(r.here[i*w+j]), float64(e.values[i*w+j])
			if there != there {
				g.share = -1
				break
			}
			off := math.Abs(here - there)
			if here != here {
				off = math.Inf(1)
			}
			g.off = max(g.off, off)
			if share := off / max(1, math.Abs(there)); share > g.share {
				g.share, g.column = share, j
			}
		}
		if g.share < 0 {
			continue
		}
		r.gaps = append(r.gaps, g)
		if g.share > Tolerance {
			r.differ++
		}
	}
	slices.SortStableFunc(r.gaps, func(a, b gap) int { return cmp.Compare(b.share, a.share) })
	return r
}
