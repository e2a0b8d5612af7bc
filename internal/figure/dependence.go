package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/view"
)

// depended is the feature of the dependence view: the spec's, else the one that
// moves the score most.
func (f *Figure) depended(c *cohort) int {
	if j := f.table.Column(f.s.View.Feature); j >= 0 {
		return j
	}
	sums := make([]float64, f.problem.D)
	for _, values := range c.values {
		for j, v := range values {
			sums[j] += math.Abs(v)
		}
	}
	return byMagnitude(sums)[0]
}

// dependence shows a feature's part of the score against its value.
func (f *Figure) dependence(g *gathered) *view.Dependence {
	j := f.depended(g.cohort)
	c := &f.table.Columns[j]
	v := &view.Dependence{X: axisOf(c), Y: view.Axis{Label: "change of the " + f.scoreName()}, Rows: g.Rows, Present: g.Present, Categories: c.Categories}
	table := view.Table{Caption: c.Name + " and its part of the score", Columns: []string{"row", labelOf(c), v.Y.Label}}
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, values := range g.values {
		x := float64(g.x[i][j])
		v.Values, v.Amounts = append(v.Values, x), append(v.Amounts, values[j])
		if x == x {
			lo, hi = min(lo, x), max(hi, x)
		}
		if i < twinRows {
			table.Rows = append(table.Rows, []string{fmt.Sprint(g.Rows[i]), valueText(c, x), signed(values[j])})
		}
	}
	if c.Categories != nil {
		lo, hi = 0, float64(len(c.Categories)-1)
		v.X.Min, v.X.Max = lo-0.5, hi+0.5
	} else if lo < hi {
		pad := 0.03 * (hi - lo)
		v.X.Min, v.X.Max = lo-pad, hi+pad
	}
	v.Y.Min, v.Y.Max = spanOf([][]float64{v.Amounts, {0}})
	pad := 0.06 * (v.Y.Max - v.Y.Min)
	v.Y.Min, v.Y.Max = v.Y.Min-pad, v.Y.Max+pad
	f.colourBy(v, g, j)
	v.Head = view.Head{Name: "dependence", Title: fmt.Sprintf("How %s moves the %s", c.Name, f.scoreName()), Summary: f.dependenceSummary(v, j), Note: f.cohortNote(g), Table: table}
	return v
}

// dependenceSummary compares rows with low values with those with high ones.
func (f *Figure) dependenceSummary(v *view.Dependence, j int) string {
	c := &f.table.Columns[j]
	var known, unknown []int
	for i, x := range v.Values {
		if x == x {
			known = append(known, i)
		} else {
			unknown = append(unknown, i)
		}
	}
	slices.SortStableFunc(known, func(a, b int) int { return cmp.Compare(v.Values[a], v.Values[b]) })
	third := max(1, len(known)/3)
	if len(known) < 2 || v.Values[known[0]] == v.Values[known[len(known)-1]] {
		return fmt.Sprintf("All rows have the same %s, so it cannot tell them apart.", c.Name)
	}
	mean := func(rows []int) float64 {
		sum := 0.0
		for _, i := range rows {
			sum += v.Amounts[i]
		}
		return sum / float64(len(rows))
	}
	low, high := known[:third], known[len(known)-third:]
	text := fmt.Sprintf("Where %s is low (up to %s) it changes the %s by %s on average, where it is high (from %s) by %s.", c.Name,
		valueText(c, v.Values[low[third-1]]), f.scoreName(), signed(mean(low)), valueText(c, v.Values[high[0]]), signed(mean(high)))
	if c.Categories != nil {
		text = fmt.Sprintf("For %s it changes the %s by %s on average, for %s by %s.", valueText(c, v.Values[low[0]]), f.scoreName(), signed(mean(low)),
			valueText(c, v.Values[high[third-1]]), signed(mean(high)))
	}
	if len(unknown) > 0 {
		text += fmt.Sprintf(" Where it is missing, by %s.", signed(mean(unknown)))
	}
	if v.Colour != "" {
		text += fmt.Sprintf(" Rows alike in it differ most with %s, which colours them.", v.Colour)
	}
	return text
}

// alikeBins is in how many parts of like value the rows are cut to find what
// else matters.
const alikeBins = 10

// colourBy chooses the feature that goes best with what is left among rows of
// like value: the one with the largest mean square of the correlation within
// the parts.
func (f *Figure) colourBy(v *view.Dependence, g *gathered, j int) {
	order := make([]int, len(v.Values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(v.Values[a], v.Values[b]) })
	best, most := -1, 0.0
	var tones []float64
	for k := range f.table.Columns {
		if k == j {
			continue
		}
		tone := f.tones(k)
		its := make([]float64, len(g.x))
		for i, x := range g.x {
			its[i] = tone(x[k])
		}
		sum := 0.0
		for b := range alikeBins {
			part := order[b*len(order)/alikeBins : (b+1)*len(order)/alikeBins]
			if len(part) > 3 {
				r := correlation(its, v.Amounts, part)
				sum += float64(r * r)
			}
		}
		if sum > most+1e-9 {
			best, most, tones = k, sum, its
		}
	}
	if best < 0 {
		return
	}
	c := &f.table.Columns[best]
	lo, hi := f.lowHigh(best)
	v.Colour, v.Tones, v.Low, v.High = c.Name, tones, valueText(c, lo), valueText(c, hi)
}

// force shows the attribution of the present row as arrows.
func (f *Figure) force(most int) (*view.Force, error) {
	w, err := f.waterfall(false, most)
	if err != nil {
		return nil, err
	}
	v := &view.Force{Head: w.Head, Score: w.Score, Base: w.Base, BaseLabel: w.BaseLabel, Final: w.Final, FinalLabel: w.FinalLabel}
	for _, b := range w.Bars {
		if b.Split = false; !b.Within {
			v.Bars = append(v.Bars, b)
		}
	}
	v.Head.Name, v.Head.Title = "force", "Forces on this "+f.table.Unit
	v.Head.Summary = fmt.Sprintf("They start at %s (%s); orange pushes up, blue down, and they balance at %s.", f.scoreText(w.Base), w.BaseLabel, f.scoreText(w.Final))
	return v, nil
}
