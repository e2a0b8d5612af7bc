package figure

import (
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/view"
)

// tellingMost is how many features a brush is told by.
const tellingMost = 3

// brush says what sets the brushed rows apart from the others.
func (f *Figure) brush() (*view.Brush, error) {
	h, err := f.herd()
	if err != nil {
		return nil, err
	}
	v := &view.Brush{Head: view.Head{Name: "brush", Title: "What sets the brushed rows apart"}}
	n := len(h.rows)
	if len(h.in) == 0 {
		v.Summary = fmt.Sprintf("None of the %s shown is brushed.", plural(n, f.table.Unit))
		return v, nil
	}
	score := func(i int) float64 { return h.scores[i] }
	v.Summary = fmt.Sprintf("%d of %s %s brushed. ", len(h.in), plural(n, f.table.Unit), isAre(len(h.in)))
	if len(h.out) == 0 {
		v.Summary += fmt.Sprintf("That is all of them: their mean %s is %s.", f.scoreName(), f.scoreText(meanAt(h.in, score)))
	} else {
		all := meanAt(append(h.in[:len(h.in):len(h.in)], h.out...), score)
		v.Summary += fmt.Sprintf("Their mean %s is %s, that of all %s. ", f.scoreName(), f.scoreText(meanAt(h.in, score)), f.scoreText(all))
	}
	telling := f.contrasts(h)
	telling = telling[:min(tellingMost, len(telling))]
	if len(h.out) > 0 {
		v.Summary += f.tell(h, telling)
		v.Note = "These are differences of averages: what sets rows apart need not be why they are apart."
	}
	v.Table, err = f.brushTable(h, telling)
	return v, err
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// tell names the features that set the brushed rows apart most.
func (f *Figure) tell(h *herd, telling []apart) string {
	if len(telling) == 0 {
		return "No feature sets them apart from the others."
	}
	first := telling[0]
	c := &f.table.Columns[first.feature]
	text := "What sets them apart most is " + c.Name
	switch {
	case h.parts != nil:
		text += fmt.Sprintf(": it changes the %s by %s on average, for the others by %s.", f.scoreName(), signed(first.in), signed(first.out))
	case c.Kind == dataset.Category:
		text += fmt.Sprintf(": %s of them have %s, %s of the others.", percent(first.in), c.Categories[first.code], percent(first.out))
	default:
		text += fmt.Sprintf(": %s on average, against %s.", valueText(c, first.in), valueText(c, first.out))
	}
	var more []string
	for _, a := range telling[1:] {
		more = append(more, f.table.Columns[a.feature].Name)
	}
	switch len(more) {
	case 0:
		return text
	case 1:
		return text + " Then comes " + more[0] + "."
	}
	return text + " Then come " + list(more) + "."
}

// brushTable puts the brushed rows and the others side by side.
func (f *Figure) brushTable(h *herd, telling []apart) (view.Table, error) {
	t := view.Table{Caption: "Brushed rows and the others", Columns: []string{"", "brushed", "the others"}}
	add := func(name string, cell func(places []int) string) {
		t.Rows = append(t.Rows, []string{name, cell(h.in), cell(h.out)})
	}
	add("rows", func(places []int) string { return fmt.Sprint(len(places)) })
	add("mean "+f.scoreName(), func(places []int) string {
		return known(meanAt(places, func(i int) float64 { return h.scores[i] }), f.scoreText)
	})
	predicted, err := f.predictions()
	if err != nil {
		return t, err
	}
	if f.table.Regression() {
		f.addTruth(h, add)
	} else {
		f.addClasses(h, predicted, add)
	}
	for _, a := range telling {
		c := &f.table.Columns[a.feature]
		if h.parts != nil {
			add(c.Name+": mean part", func(places []int) string {
				return known(meanAt(places, func(i int) float64 { return h.parts[i][a.feature] }), signed)
			})
		}
		value := func(i int) float64 { return float64(f.table.Row(h.rows[i])[a.feature]) }
		if c.Kind == dataset.Category {
			add(c.Name+": most often", func(places []int) string { return mostOften(c, places, value) })
			continue
		}
		add(c.Name+": mean value", func(places []int) string {
			return known(meanAt(places, value), func(v float64) string { return valueText(c, v) })
		})
	}
	return t, nil
}

// known writes a number, a dash where there is none.
func known(v float64, write func(float64) string) string {
	if math.IsNaN(v) {
		return "–"
	}
	return write(v)
}

// addTruth adds the mean of what is true.
func (f *Figure) addTruth(h *herd, add func(string, func([]int) string)) {
	if f.table.Unlabelled {
		return
	}
	add("mean true "+f.table.Target.Name, func(places []int) string {
		return known(meanAt(places, func(i int) float64 { return float64(f.table.Y[h.rows[i]]) }), f.scoreText)
	})
}

// addClasses counts the predicted classes, and those predicted right. Classes
// that no row has are left out.
func (f *Figure) addClasses(h *herd, predicted []float32, add func(string, func([]int) string)) {
	k := f.problem.K
	said := func(i int) int { return model.Best(predicted[h.rows[i]*k : (h.rows[i]+1)*k]) }
	count := func(places []int, is func(i int) bool) string {
		n := 0
		for _, i := range places {
			if is(i) {
				n++
			}
		}
		if len(places) == 0 {
			return "–"
		}
		return fmt.Sprintf("%d (%s)", n, percent(float64(n)/float64(len(places))))
	}
	present := make([]bool, len(f.table.Classes()))
	for i := range h.rows {
		present[said(i)] = true
	}
	for class, name := range f.table.Classes() {
		if present[class] {
			add("predicted "+name, func(places []int) string { return count(places, func(i int) bool { return said(i) == class }) })
		}
	}
	if !f.table.Unlabelled {
		add("predicted right", func(places []int) string {
			return count(places, func(i int) bool { return said(i) == int(f.table.Y[h.rows[i]]) })
		})
	}
}

// mostOften names the category that most rows have.
func mostOften(c *dataset.Column, places []int, value func(i int) float64) string {
	counts := make([]int, len(c.Categories))
	best := -1
	for _, i := range places {
		if v := value(i); v == v && int(v) < len(counts) {
			counts[int(v)]++
			if best < 0 || counts[int(v)] > counts[best] {
				best = int(v)
			}
		}
	}
	if best < 0 {
		return "–"
	}
	return fmt.Sprintf("%s (%s)", c.Categories[best], percent(float64(counts[best])/float64(len(places))))
}
