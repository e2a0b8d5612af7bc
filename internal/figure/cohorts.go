package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// mostCohorts is how many parts of the rows stand side by side; what is left is
// one more.
const mostCohorts = 4

// share is a part of the rows.
type share struct {
	name string
	rows []int // places among the cohort's rows
}

// byCohort adds to a view of average sizes those over each part of the rows.
func (f *Figure) byCohort(v *view.Importance, g *gathered) error {
	if f.s.View.By == "" && f.s.View.Brush == "" {
		return nil
	}
	shares, what, err := f.shareOut(g.cohort.rows)
	if err != nil || shares == nil {
		return err
	}
	for _, s := range shares {
		c := view.Share{Name: s.name, Rows: len(s.rows)}
		for _, b := range v.Bars {
			mean, stderr := g.sizeOver(s.rows, b.Index)
			c.Amounts, c.StdErrs = append(c.Amounts, mean), append(c.StdErrs, stderr)
		}
		v.Shares = append(v.Shares, c)
	}
	v.Summary = f.cohortSummary(v, what)
	v.Note += " Rows are parted by " + what + "; a part with one row has no interval."
	v.Table = view.Table{Caption: v.Table.Caption + ", by " + what, Columns: []string{"feature", what, "rows", "average size", "standard error"}}
	for _, j := range g.order {
		for _, s := range shares {
			mean, stderr := g.sizeOver(s.rows, j)
			v.Table.Rows = append(v.Table.Rows, []string{f.table.Columns[j].Name, s.name, fmt.Sprint(len(s.rows)), number(mean), number(stderr)})
		}
	}
	return nil
}

// sizeOver is the mean size of a feature's values over some rows, with its
// standard error.
func (g *gathered) sizeOver(rows []int, feature int) (mean, stderr float64) {
	sizes, errors := make([]float64, len(rows)), make([]float64, len(rows))
	for i, row := range rows {
		sizes[i], errors[i] = math.Abs(g.values[row][feature]), g.errors[row][feature]
	}
	return meanSize(sizes, errors)
}

// cohortSummary says where the parts differ most for their size.
func (f *Figure) cohortSummary(v *view.Importance, what string) string {
	best, low, high, most := -1, 0, 0, 0.0
	for b := range v.Bars {
		for i, x := range v.Shares {
			for j, y := range v.Shares {
				if gap := y.Amounts[b] - x.Amounts[b]; gap > most && gap > 2*math.Hypot(x.StdErrs[b], y.StdErrs[b]) && x.Rows > 1 && y.Rows > 1 {
					best, low, high, most = b, i, j, gap
				}
			}
		}
	}
	if best < 0 {
		return fmt.Sprintf("No feature moves the %s further for one %s than for another by more than chance would.", f.scoreName(), what)
	}
	return fmt.Sprintf("%s makes the largest difference by %s: it moves the %s by %s on average for %s and by %s for %s.", v.Bars[best].Feature, what, f.scoreName(),
		number(v.Shares[high].Amounts[best]), v.Shares[high].Name, number(v.Shares[low].Amounts[best]), v.Shares[low].Name)
}

// shareOut parts rows of the table as the spec says, and names what parts them:
// what the view asks for, else the brush. shares is nil where that leaves one
// part.
func (f *Figure) shareOut(rows []int) (shares []share, what string, err error) {
	by := f.s.View.By
	if by == "" {
		if in, out := f.brushed(rows); len(in) > 0 && len(out) > 0 {
			shares = []share{{"brushed", in}, {"the others", out}}
		}
		return shares, "the brush", nil
	}
	var names []string
	var code func(row int) int // index into names, -1 for one that is missing
	switch j := f.table.Column(by); {
	case slices.Contains(spec.Cohorts(), by) && f.table.Regression():
		return nil, "", f.cannotPart("the target is a quantity, and has no classes")
	case by == "class" && f.table.Unlabelled:
		return nil, "", f.cannotPart("nobody knows the classes of this table")
	case by == "class":
		names, what, code = f.table.Classes(), f.table.Target.Name, func(row int) int { return int(f.table.Y[row]) }
	case by == "predicted":
		names, what, code = f.table.Classes(), "predicted "+f.table.Target.Name, func(row int) int { return model.Best(predict(f.trainer.Model(), f.table.Row(row))) }
	case j < 0:
		return nil, "", &spec.Error{Code: spec.CodeName, Path: "/view/by", What: fmt.Sprintf("no feature called %q", by)}
	default:
		names, code = f.ranges(j)
		what = f.table.Columns[j].Name
	}
	all := make([]share, len(names)+1)
	for i, row := range rows {
		k := code(row)
		if k < 0 {
			k = len(names)
		}
		all[k].rows = append(all[k].rows, i)
	}
	for k, name := range append(slices.Clone(names), "missing") {
		all[k].name = name
	}
	return joinRest(all), what, nil
}

func (f *Figure) cannotPart(why string) error {
	return &spec.Error{Code: spec.CodeUnfit, Path: "/view/by", What: fmt.Sprintf("the rows cannot be parted by %q", f.s.View.By), Why: why, Fix: "part them by a feature, or not at all"}
}

// joinRest drops the parts without rows, and joins all but the largest into one.
func joinRest(all []share) []share {
	all = slices.DeleteFunc(all, func(s share) bool { return len(s.rows) == 0 })
	if len(all) <= mostCohorts+1 {
		return all
	}
	sizes := slices.Clone(all)
	slices.SortStableFunc(sizes, func(a, b share) int { return cmp.Compare(len(b.rows), len(a.rows)) })
	kept := map[string]bool{}
	for _, s := range sizes[:mostCohorts] {
		kept[s.name] = true
	}
	var out []share
	rest := share{name: fmt.Sprintf("%d others", len(all)-mostCohorts)}
	for _, s := range all {
		if kept[s.name] {
			out = append(out, s)
		} else {
			rest.rows = append(rest.rows, s.rows...)
		}
	}
	slices.Sort(rest.rows)
	return append(out, rest)
}

// ranges names parts of a feature's values, and tells which a row is in: its
// categories, its values where there are few, or else the four between its
// quartiles over the table.
func (f *Figure) ranges(j int) (names []string, code func(row int) int) {
	c := &f.table.Columns[j]
	at := func(row int) float32 { return f.table.Row(row)[j] }
	if c.Kind == dataset.Category {
		return c.Categories, func(row int) int {
			if v := at(row); v == v {
				return int(v)
			}
			return -1
		}
	}
	var values []float32
	for row := range f.table.Rows() {
		if v := at(row); v == v {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	ends := slices.Compact(slices.Clone(values))
	few := len(ends) <= mostCohorts
	if n := len(values); !few {
		ends = slices.Compact([]float32{values[(n-1)/4], values[(n-1)/2], values[(n-1)*3/4], values[n-1]})
	}
	for i, end := range ends {
		text := valueText(c, float64(end))
		switch {
		case few:
			names = append(names, text)
		case i == 0:
			names = append(names, "up to "+text)
		default:
			names = append(names, valueText(c, float64(ends[i-1]))+" to "+text)
		}
	}
	return names, func(row int) int {
		v := at(row)
		if v != v {
			return -1
		}
		k, _ := slices.BinarySearch(ends, v)
		return k
	}
}
