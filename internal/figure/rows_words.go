package figure

import (
	"fmt"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/view"
)

func (f *Figure) swarmHead(g *gathered) view.Head {
	top := g.order[0]
	name, unit := f.table.Columns[top].Name, f.table.Unit
	text := fmt.Sprintf("Over %s, %s moves the %s most, by %s on average", f.rowsText(g), name, f.scoreName(), number(g.means[top]))
	switch lean := g.lean(0); {
	case lean > 0.5:
		text += ": high values raise it, low ones lower it."
	case lean < -0.5:
		text += ": high values lower it, low ones raise it."
	default:
		text += ", but not simply up or down with its value."
	}
	return view.Head{Name: "beeswarm", Title: "What moves the " + f.scoreName() + ", " + unit + " by " + unit, Summary: text, Note: f.cohortNote(g), Table: f.spreadTable(g)}
}

func (f *Figure) violinHead(g *gathered) view.Head {
	k := &g.Strands[0]
	sorted := slices.Sorted(slices.Values(k.Values[:g.n]))
	last := len(sorted) - 1
	text := fmt.Sprintf("For half of %s, %s changes the %s by between %s and %s; at the extremes by %s and %s.",
		f.rowsText(g), k.Feature, f.scoreName(), signed(sorted[last/4]), signed(sorted[last*3/4]), signed(sorted[0]), signed(sorted[last]))
	return view.Head{Name: "violin", Title: "How widely each feature moves the " + f.scoreName(), Summary: text,
		Note: "The thicker, the more rows. The line spans the middle half of them, its dot is the median. " + f.cohortNote(g), Table: f.spreadTable(g)}
}

func (f *Figure) decisionHead(g *gathered) view.Head {
	text := fmt.Sprintf("Every line starts at the average, %s, and ends at the score of its %s, between %s and %s. What parts them most is %s.",
		f.scoreText(g.Base), f.table.Unit, f.scoreText(slices.Min(g.Finals)), f.scoreText(slices.Max(g.Finals)), g.Strands[0].Feature)
	return view.Head{Name: "decision", Title: "From the average to each score", Summary: text, Note: f.cohortNote(g), Table: f.rowTable(g)}
}

func (f *Figure) heatmapHead(g *gathered) view.Head {
	k := &g.Strands[0]
	up := 0
	for _, v := range k.Values[:g.n] {
		if v > 0 {
			up++
		}
	}
	text := fmt.Sprintf("What moves the %s most is %s: it raises it for %d of %s and lowers it for the others.", f.scoreName(), k.Feature, up, f.rowsText(g))
	return view.Head{Name: "heatmap", Title: "What raises and lowers each score", Summary: text, Note: f.cohortNote(g), Table: f.rowTable(g)}
}

func (f *Figure) forcesHead(g *gathered) view.Head {
	above := 0
	for _, v := range g.Finals[:g.n] {
		if v > g.Base {
			above++
		}
	}
	text := fmt.Sprintf("%d of %s end above the average of %s. Orange below the line is what raised a score, blue above it what lowered it.", above, f.rowsText(g), f.scoreText(g.Base))
	return view.Head{Name: "forces", Title: "Forces on every " + f.table.Unit, Summary: text, Note: f.cohortNote(g), Table: f.rowTable(g)}
}

// lean is the correlation between a strand's values and its feature's, -1..1;
// 0 where either stays the same.
func (g *gathered) lean(i int) float64 {
	k := &g.Strands[i]
	return correlation(k.Tones, k.Values, nil)
}

// correlation is Pearson's, over the places in some, or over all; those that
// lack a value are left out.
func correlation(x, y []float64, some []int) float64 {
	if some == nil {
		for i := range x {
			some = append(some, i)
		}
	}
	n, mx, my := 0.0, 0.0, 0.0
	for _, i := range some {
		if x[i] == x[i] {
			n++
			mx, my = mx+x[i], my+y[i]
		}
	}
	if n < 2 {
		return 0
	}
	mx, my = mx/n, my/n
	var xx, yy, xy float64
	for _, i := range some {
		if x[i] == x[i] {
			xx += float64((x[i] - mx) * (x[i] - mx))
			yy += float64((y[i] - my) * (y[i] - my))
			xy += float64((x[i] - mx) * (y[i] - my))
		}
	}
	if !(xx*yy > 0) {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}

// spreadTable says of each feature how its values are spread.
func (f *Figure) spreadTable(g *gathered) view.Table {
	t := view.Table{Caption: "Parts of the " + f.scoreName() + ", " + f.rowsText(g), Columns: []string{"feature", "average size", "lowest", "median", "highest"}}
	for _, k := range g.Strands {
		sorted := slices.Sorted(slices.Values(k.Values[:g.n]))
		last := len(sorted) - 1
		t.Rows = append(t.Rows, []string{k.Feature, number(k.Mean), signed(sorted[0]), signed(sorted[last/2]), signed(sorted[last])})
	}
	return t
}

// rowTable lists rows with their scores and the parts of the features.
func (f *Figure) rowTable(g *gathered) view.Table {
	t := view.Table{Caption: "Rows and the parts of their scores", Columns: []string{"row", f.scoreName()}}
	for _, k := range g.Strands {
		t.Columns = append(t.Columns, k.Feature)
	}
	if len(g.Rows) > twinRows {
		t.Caption += fmt.Sprintf(", the first %d of %d", twinRows, len(g.Rows))
	}
	for i := range g.Rows[:min(twinRows, len(g.Rows))] {
		line := []string{fmt.Sprint(g.Rows[i]), number(g.Finals[i])}
		for _, k := range g.Strands {
			line = append(line, signed(k.Values[i]))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}
