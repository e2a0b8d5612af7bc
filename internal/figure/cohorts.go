package figure

import (
	"fmt"
	"slices"

	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// mostShares is how many parts of the rows stand side by side; what is left is
// one more.
const mostShares = 4

// share is a part of the rows.
type share struct {
	name string // ", benign (31)"; "" for all
	rows []int  // places among the cohort's rows
}

// cohorts parts rows of the table as the spec says: those of a class, of a
// predicted class, or of a range of a feature; without that, the brushed ones
// and the others. Of many parts the largest stand alone.
func (f *Figure) cohorts(rows []int) ([]share, error) {
	names, code, err := f.parts(f.s.View.By)
	if err != nil {
		return nil, err
	}
	all, sizes := make([]share, len(names)), make([]float64, len(names))
	for i, row := range rows {
		k := code(row)
		all[k].rows = append(all[k].rows, i)
		sizes[k]++
	}
	most := byMagnitude(sizes)[:min(mostShares, len(names))]
	var out []share
	var rest share
	for k, s := range all {
		switch {
		case len(s.rows) == 0:
		case slices.Contains(most, k):
			out = append(out, s.called(names[k]))
		default:
			rest.rows = append(rest.rows, s.rows...)
		}
	}
	if len(rest.rows) > 0 {
		out = append(out, rest.called("others"))
	}
	return out, nil
}

func (s share) called(name string) share {
	if name != "" {
		s.name = fmt.Sprintf(", %s (%d)", name, len(s.rows))
	}
	return s
}

// parts names the parts of the rows, and tells which a row of the table is in.
func (f *Figure) parts(by string) (names []string, code func(row int) int, err error) {
	classes := f.table.Classes()
	switch {
	case by == "" && f.s.View.Brush == "":
		return []string{""}, func(int) int { return 0 }, nil
	case by == "":
		brushed := f.brushed()
		return []string{"brushed", "not brushed"}, func(row int) int {
			if brushed(row) {
				return 0
			}
			return 1
		}, nil
	case by == "predicted" && classes != nil:
		predicted, err := f.predictions()
		k := f.problem.K
		return classes, func(row int) int { return model.Best(predicted[row*k : (row+1)*k]) }, err
	case by == "class" && classes != nil && !f.table.Unlabelled:
		return classes, func(row int) int { return int(f.table.Y[row]) }, nil
	}
	if j := f.table.Column(by); j >= 0 {
		names, code = f.ranges(j)
		return names, code, nil
	}
	return nil, nil, &spec.Error{Code: spec.CodeUnfit, Path: "/view/by", What: fmt.Sprintf("the rows cannot be parted by %q", by),
		Why: "it is no feature, and nobody knows such classes", Fix: "name a feature, or leave the field out"}
}

// ranges names parts of a feature's values, and tells which a row is in: its
// categories, or the four between the quartiles over the table. The last is of
// missing values.
func (f *Figure) ranges(j int) (names []string, code func(row int) int) {
	c := &f.table.Columns[j]
	var ends []float32
	for k := range c.Categories {
		ends = append(ends, float32(k))
	}
	names = slices.Clone(c.Categories)
	if ends == nil {
		var values []float32
		for row := range f.table.Rows() {
			if v := f.table.Row(row)[j]; v == v {
				values = append(values, v)
			}
		}
		slices.Sort(values)
		from := "up to "
		for quarter := 1; quarter <= 4 && len(values) > 0; quarter++ {
			end := values[(len(values)-1)*quarter/4]
			if len(ends) > 0 && end == ends[len(ends)-1] {
				continue
			}
			text := valueText(c, float64(end))
			ends, names = append(ends, end), append(names, from+text)
			from = text + " to "
		}
	}
	return append(names, "missing"), func(row int) int {
		k := 0
		for v := f.table.Row(row)[j]; k < len(ends) && !(v <= ends[k]); k++ {
		}
		return k
	}
}
