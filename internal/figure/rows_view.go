package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/view"
)

// table twins of many rows end here: longer ones nobody reads.
const twinRows = 300

// gathered is a cohort with the asked row in it, as the views show it.
type gathered struct {
	*cohort
	view.Cohort
	x      [][]float32 // a row of features for each of Rows
	values [][]float64 // and its attribution
	n      int         // rows of the cohort; Rows may have the asked one besides
	means  []float64   // d, mean magnitude over the cohort
	order  []int       // features, largest mean first
}

// gather explains the rows and puts the asked one among them.
func (f *Figure) gather(most int) (*gathered, error) {
	c, err := f.cohort()
	if err != nil {
		return nil, err
	}
	g := &gathered{cohort: c, n: len(c.rows), means: make([]float64, f.problem.D)}
	g.Rows, g.Finals, g.values = slices.Clone(c.rows), slices.Clone(c.scores), slices.Clone(c.values)
	g.Score = view.Axis{Label: f.scoreName()}
	for i, row := range c.rows {
		g.x = append(g.x, f.table.Row(row))
		g.Base += c.bases[i] / float64(g.n)
		for j, v := range c.values[i] {
			g.means[j] += math.Abs(v) / float64(g.n)
		}
	}
	g.Present = slices.Index(g.Rows, f.row)
	if g.Present < 0 || !sameRow(f.x, f.origin) {
		a, _, err := f.main()
		if err != nil {
			return nil, err
		}
		g.Present = len(g.Rows)
		g.Rows, g.Finals, g.values, g.x = append(g.Rows, f.row), append(g.Finals, a.Score), append(g.values, a.Values), append(g.x, f.x)
	}
	g.order = byMagnitude(g.means)
	f.strands(g, most)
	return g, nil
}

// strands fills in a strand a feature, and one for what is past the most.
func (f *Figure) strands(g *gathered, most int) {
	shown := g.order
	if len(shown) > most {
		shown = shown[:most-1]
	}
	for _, j := range shown {
		k := view.Strand{Feature: f.table.Columns[j].Name, Index: j, Mean: g.means[j]}
		tone := f.tones(j)
		for i, values := range g.values {
			k.Values, k.Tones = append(k.Values, values[j]), append(k.Tones, tone(g.x[i][j]))
		}
		g.Strands = append(g.Strands, k)
	}
	rest := g.order[len(shown):]
	if len(rest) == 0 || !f.explainer().Complete {
		return
	}
	k := view.Strand{Feature: plural(len(rest), "other feature"), Index: -1}
	for i, values := range g.values {
		sum := 0.0
		for _, j := range rest {
			sum += values[j]
		}
		k.Values = append(k.Values, sum)
		if i < g.n {
			k.Mean += math.Abs(sum) / float64(g.n)
		}
	}
	g.Strands = append(g.Strands, k)
}

// tones returns where a value of feature j lies between low and high: the
// 5th and the 95th of 100 rows of the table, or the codes of a category.
func (f *Figure) tones(j int) func(v float32) float64 {
	lo, hi := f.lowHigh(j)
	return func(v float32) float64 {
		switch {
		case v != v:
			return math.NaN()
		case hi <= lo:
			return 0.5
		}
		return min(1, max(0, (float64(v)-lo)/(hi-lo)))
	}
}

func (f *Figure) lowHigh(j int) (lo, hi float64) {
	if c := &f.table.Columns[j]; c.Kind == dataset.Category {
		return 0, float64(len(c.Categories) - 1)
	}
	ends, _ := remember(f.b, keyOf("low and high", f.b.dataKey, j), func() ([2]float64, error) { return f.ends(j), nil })
	return ends[0], ends[1]
}

// ends sorts all values of a feature.
func (f *Figure) ends(j int) [2]float64 {
	var all []float32
	for i := range f.table.Rows() {
		if v := f.table.Row(i)[j]; v == v {
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		return [2]float64{}
	}
	slices.Sort(all)
	last := len(all) - 1
	lo, hi := all[last*5/100], all[last-last*5/100]
	if lo == hi {
		lo, hi = all[0], all[last]
	}
	return [2]float64{float64(lo), float64(hi)}
}

// ofRows makes a view of many rows.
func (f *Figure) ofRows(name string, most int) (view.View, error) {
	g, err := f.gather(most)
	if err != nil {
		return nil, err
	}
	switch name {
	case "beeswarm":
		return &view.Beeswarm{Head: f.swarmHead(g), Cohort: g.Cohort}, nil
	case "violin":
		return &view.Violin{Head: f.violinHead(g), Cohort: g.Cohort}, nil
	case "mean-attribution":
		return f.meanView(g, most)
	case "decision":
		return &view.Decision{Head: f.decisionHead(g), Cohort: g.Cohort}, nil
	case "dependence":
		return f.dependence(g), nil
	}
	order, by := f.rowOrder(g)
	if name == "heatmap" {
		return &view.Heatmap{Head: f.heatmapHead(g), Cohort: g.Cohort, Order: order, By: by}, nil
	}
	return &view.Forces{Head: f.forcesHead(g), Cohort: g.Cohort, Order: order, By: by}, nil
}

// rowOrder orders the rows as the spec says, lowest score first.
func (f *Figure) rowOrder(g *gathered) (order []int, by string) {
	order = make([]int, len(g.Rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.Finals[a], g.Finals[b]) })
	switch {
	case f.s.View.Order != "similarity":
		return order, "score"
	case len(order) > clusterMost:
		return order, fmt.Sprintf("score (similarity takes %d rows at the most)", clusterMost)
	}
	return clustered(g.values, g.Finals), "similarity"
}

// meanView is a bar a feature, or one a part of the rows: the mean magnitude with
// twice its standard error, over the rows and of the estimates.
func (f *Figure) meanView(g *gathered, most int) (*view.Importance, error) {
	shares, err := f.cohorts(g.cohort.rows)
	if err != nil {
		return nil, err
	}
	v := &view.Importance{Axis: view.Axis{Label: "average size of the change of the " + f.scoreName()}}
	v.Head = view.Head{Name: "mean-attribution", Title: "How far each feature moves the " + f.scoreName(), Note: f.cohortNote(g) + " The thin lines are 95 % intervals.",
		Table: view.Table{Caption: "Average size of a feature's part, " + f.rowsText(g), Columns: []string{"feature", "average size", "standard error"}}}
	if len(shares) > 1 {
		v.Title += ", by " + cmp.Or(f.s.View.By, "brush")
		most = max(1, 2*most/len(shares))
	}
	for at, j := range g.order {
		for k, s := range shares {
			b := view.Bar{Feature: f.table.Columns[j].Name + s.name, Index: j}
			if s.name != "" {
				b.Part = k + 1
			}
			b.Amount, b.StdErr = g.sizeOver(s.rows, j)
			v.Table.Rows = append(v.Table.Rows, []string{b.Feature, number(b.Amount), number(b.StdErr)})
			if at < most && at < len(g.Strands) && g.Strands[at].Index >= 0 {
				v.Bars = append(v.Bars, b)
			}
		}
	}
	first := &g.Strands[0]
	v.Summary = fmt.Sprintf("Over %s, %s moves the %s most, up or down: by %s on average", f.rowsText(g), first.Feature, f.scoreName(), number(first.Mean))
	if len(g.Strands) > 1 && g.Strands[1].Index >= 0 {
		v.Summary += fmt.Sprintf(", then %s by %s", g.Strands[1].Feature, number(g.Strands[1].Mean))
	}
	v.Summary += "."
	return v, nil
}

// sizeOver is the mean size of feature j's values over some of the rows, with its
// standard error.
func (g *gathered) sizeOver(rows []int, j int) (mean, stderr float64) {
	sizes, errors := make([]float64, len(rows)), make([]float64, len(rows))
	for i, row := range rows {
		sizes[i], errors[i] = math.Abs(g.values[row][j]), g.errors[row][j]
	}
	return meanSize(sizes, errors)
}

// meanSize returns the mean of sizes over rows and its standard error: that of a
// mean over rows, widened so that twice of it is a 95 % interval with few of them
// too, and that of the rows' estimates, which share their chance. The error over
// one row is 0.
func meanSize(sizes, errors []float64) (mean, stderr float64) {
	n, square, estimate := float64(len(sizes)), 0.0, 0.0
	for i, v := range sizes {
		mean += v / n
		estimate += errors[i] / n
	}
	if n < 2 {
		return mean, 0
	}
	for _, v := range sizes {
		square += float64((v - mean) * (v - mean))
	}
	wide := explain.Widening(len(sizes))
	return mean, math.Sqrt(float64(wide*wide*square/(n-1)/n) + float64(estimate*estimate))
}

// rowsText is "100 tumours".
func (f *Figure) rowsText(g *gathered) string { return plural(g.n, f.table.Unit) }

// cohortNote says which rows these are, and what they are not.
func (f *Figure) cohortNote(g *gathered) string {
	text := fmt.Sprintf("All %s.", f.rowsText(g))
	if g.n < f.table.Rows() {
		text = fmt.Sprintf("%s of %d, drawn by chance.", f.rowsText(g), f.table.Rows())
	}
	text += " What moves the model's score need not move the world."
	if g.estimated() {
		text += " The values are estimates."
	}
	return text
}
