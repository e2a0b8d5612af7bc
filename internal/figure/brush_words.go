package figure

import (
	"fmt"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/view"
)

// brush says what sets the brushed rows apart from the others.
func (f *Figure) brush() (*view.Brush, error) {
	h, err := f.herd()
	if err != nil {
		return nil, err
	}
	predicted, err := f.predictions()
	if err != nil {
		return nil, err
	}
	v := &view.Brush{Head: view.Head{Name: "brush", Title: "What sets the brushed rows apart"}}
	v.Summary = fmt.Sprintf("%d of %s brushed.", len(h.in), plural(len(h.rows), f.table.Unit))
	if len(h.in) == 0 {
		return v, nil
	}
	telling := f.contrasts(h, 3)
	v.Summary += fmt.Sprintf(" Their mean %s is %s", f.scoreName(), f.meanScore(h, h.in))
	if len(h.out) > 0 {
		v.Summary += fmt.Sprintf(", that of all %s. ", f.meanScore(h, append(h.in[:len(h.in):len(h.in)], h.out...))) + f.tell(h, telling)
		v.Note = "These are differences of averages: what sets rows apart need not be why they are apart."
	} else {
		v.Summary += "."
	}
	v.Table = view.Table{Caption: "Brushed rows and the others", Columns: []string{"", "brushed", "the others"}}
	names, in := f.herdCells(h, h.in, telling, predicted)
	_, out := f.herdCells(h, h.out, telling, predicted)
	for i, name := range names {
		v.Table.Rows = append(v.Table.Rows, []string{name, in[i], out[i]})
	}
	return v, nil
}

func (f *Figure) meanScore(h *herd, places []int) string {
	return f.scoreText(meanAt(places, func(i int) float64 { return h.scores[i] }))
}

// tell names the features that set the brushed rows apart most.
func (f *Figure) tell(h *herd, telling []contrast) string {
	if len(telling) == 0 {
		return "No feature sets them apart."
	}
	first := telling[0]
	c := &f.table.Columns[first.feature]
	text := "What sets them apart most is " + c.Name
	switch {
	case h.parts != nil:
		text += fmt.Sprintf(": on average it changes the %s by %s, for the others by %s.", f.scoreName(), signed(first.in), signed(first.out))
	case c.Kind == dataset.Category:
		text += fmt.Sprintf(": %s for %s of them and %s of the others.", c.Categories[first.code], percent(first.in), percent(first.out))
	default:
		text += fmt.Sprintf(": %s on average, for the others %s.", meanText(c, first.in), meanText(c, first.out))
	}
	var more []string
	for _, a := range telling[1:] {
		more = append(more, f.table.Columns[a.feature].Name)
	}
	if len(more) > 0 {
		text += " Next: " + list(more) + "."
	}
	return text
}

// meanText writes a mean of a column: of small whole numbers with one decimal.
func meanText(c *dataset.Column, v float64) string {
	if c.Kind == dataset.Integer && c.Max-c.Min < 200 {
		return finer(c, v, 1)
	}
	return valueText(c, v)
}

// herdCells names what there is to say of some rows, and says it. Where there
// are none it says a dash.
func (f *Figure) herdCells(h *herd, places []int, telling []contrast, predicted []float32) (names, cells []string) {
	add := func(name, cell string) {
		if len(places) == 0 && len(cells) > 0 {
			cell = "–"
		}
		names, cells = append(names, name), append(cells, cell)
	}
	add("rows", fmt.Sprint(len(places)))
	add("mean "+f.scoreName(), f.meanScore(h, places))
	k := f.problem.K
	counts, right := make([]int, k), 0
	for _, i := range places {
		if row := h.rows[i]; !f.table.Regression() {
			best := model.Best(predicted[row*k : (row+1)*k])
			counts[best]++
			if !f.table.Unlabelled && best == int(f.table.Y[row]) {
				right++
			}
		}
	}
	share := func(n int) string { return fmt.Sprintf("%d (%s)", n, percent(float64(n)/float64(len(places)))) }
	for class, name := range f.table.Classes() {
		add("predicted "+name, share(counts[class]))
	}
	if !f.table.Unlabelled && !f.table.Regression() {
		add("predicted right", share(right))
	}
	for _, a := range telling {
		c, of := &f.table.Columns[a.feature], func(i int) float64 { return f.valueAt(h, i, a.feature) }
		if h.parts != nil {
			add(c.Name+": mean part", signed(meanAt(places, func(i int) float64 { return h.parts[i][a.feature] })))
		}
		if c.Kind == dataset.Category {
			code, its := mostOften(c, places, of)
			add(c.Name+": most often", fmt.Sprintf("%s (%s)", c.Categories[code], percent(its)))
		} else {
			add(c.Name+": mean", meanText(c, meanAt(places, of)))
		}
	}
	return names, cells
}
