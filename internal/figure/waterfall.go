package figure

import (
	"fmt"
	"math"
	"sort"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/view"
)

// most is how many bars to draw: what a person takes in at a glance, unless
// the panel asks for fewer.
func (w Want) most() int {
	if w.Bars > 1 {
		return w.Bars
	}
	return 10
}

// waterfall shows the attribution of the present row, by the spec's method or
// by the one it is compared with.
func (f *Figure) waterfall(second bool, most int) (*view.Waterfall, error) {
	e, a, err := f.chosen(second)
	if err != nil {
		return nil, err
	}
	v := &view.Waterfall{Score: view.Axis{Label: f.scoreName()}, Base: a.Base, Final: a.Score, Cumulative: !a.Partial,
		BaseLabel: e.Base, FinalLabel: "this " + f.table.Unit}
	if joined(a.Groups) {
		f.grouped(v, e, a, most)
		return v, nil
	}
	order := byMagnitude(a.Values)
	shown := order
	if len(order) > most {
		shown = order[:most-1]
	}
	for _, j := range shown {
		v.Bars = append(v.Bars, f.bar(a, j))
	}
	if rest := order[len(shown):]; len(rest) > 0 && v.Cumulative {
		v.Bars = append(v.Bars, f.others(a, rest))
	}
	v.Head = view.Head{Name: "waterfall", Title: f.whyTitle(e), Summary: f.attributionSummary(e, a, order), Note: f.note(e, a, len(order)-len(shown)),
		Table: f.attributionTable(e, a, order)}
	return v, nil
}

// chosen runs the spec's own explainer, or the second.
func (f *Figure) chosen(second bool) (*catalog.Explainer, explain.Attribution, error) {
	name, set, path := f.s.Explain.Name, f.s.Explain.Knobs, "/explain/name"
	if second {
		c := f.s.Explain.Compare
		if c == nil {
			return nil, explain.Attribution{}, f.needs("/explain/compare", "a comparison", "the spec names no second explainer")
		}
		name, set, path = c.Name, c.Knobs, "/explain/compare/name"
	}
	a, err := f.attribution(path, name, set)
	return catalog.ExplainerOf(name), a, err
}

func (f *Figure) bar(a explain.Attribution, j int) view.Bar {
	b := view.Bar{Feature: f.table.Columns[j].Name, Value: valueText(&f.table.Columns[j], float64(f.x[j])), Amount: a.Values[j], Index: j}
	if a.StdErr != nil {
		b.StdErr = a.StdErr[j]
	}
	return b
}

func (f *Figure) others(a explain.Attribution, rest []int) view.Bar {
	b := view.Bar{Feature: plural(len(rest), "other feature"), Index: -1}
	for _, j := range rest {
		b.Amount += a.Values[j]
	}
	return b
}

// whyTitle asks the question that the picture answers.
func (f *Figure) whyTitle(e *catalog.Explainer) string {
	if f.table.Regression() {
		return fmt.Sprintf("Why %s? %s", f.outcome(f.scores), e.Title)
	}
	return fmt.Sprintf("Why %s (%s)? %s", f.className(), percent(float64(f.scores[f.class])), e.Title)
}

// attributionSummary says in one sentence what the values say.
func (f *Figure) attributionSummary(e *catalog.Explainer, a explain.Attribution, order []int) string {
	var start string
	if !a.Partial {
		start = fmt.Sprintf("The model gives this %s %s, starting from %s (%s). ", f.table.Unit, f.scoreText(a.Score), f.scoreText(a.Base), e.Base)
	}
	rises, falls, unit := "raised most by", "lowered most by", ""
	if e.Name == "gradient" || e.Name == "smoothgrad" {
		rises, falls, unit = "rises fastest with", "falls fastest with", " a unit"
	}
	say := func(verb string, j int) string {
		c := &f.table.Columns[j]
		return fmt.Sprintf("%s %s (%s), %s%s", verb, c.Name, valueText(c, float64(f.x[j])), signed(a.Values[j]), unit)
	}
	up, down := strongest(a.Values, order)
	switch {
	case up >= 0 && down >= 0:
		return start + capital(say(rises, up)) + "; " + say(falls, down) + "."
	case up >= 0:
		return start + capital(say(rises, up)) + "; nothing lowers it."
	case down >= 0:
		return start + capital(say(falls, down)) + "; nothing raises it."
	}
	return start + "No feature moves it."
}

// note states how far a complete method is from complete, and what a partial
// one does not claim.
func (f *Figure) note(e *catalog.Explainer, a explain.Attribution, hidden int) string {
	text := ""
	if f.s.Explain.Output == "margin" {
		text = "A margin is the score before it is made a probability: the higher, the likelier. "
	}
	if a.Partial && hidden > 0 {
		text += fmt.Sprintf("%s are not drawn. ", plural(hidden, "smaller value"))
	}
	switch {
	case !e.Complete:
		return text + "These values do not add up to the score, and are not meant to."
	case a.StdErr != nil:
		return text + "Estimated from samples: the thin lines are 95 % intervals."
	}
	gap, whole := math.Abs(a.Gap()), math.Abs(a.Score-a.Base)
	if gap <= 1e-6*math.Abs(a.Score) {
		return text + "The values add up to the whole difference."
	}
	return text + fmt.Sprintf("Left unexplained: %s of %s.", number(gap), number(whole))
}

func (f *Figure) attributionTable(e *catalog.Explainer, a explain.Attribution, order []int) view.Table {
	t := view.Table{Caption: e.Title + ", " + f.scoreName(), Columns: []string{"feature", "value", "contribution"}}
	if a.StdErr != nil {
		t.Columns = append(t.Columns, "standard error")
	}
	for _, j := range order {
		row := []string{f.table.Columns[j].Name, valueText(&f.table.Columns[j], float64(f.x[j])), signed(a.Values[j])}
		if a.StdErr != nil {
			row = append(row, number(a.StdErr[j]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// byMagnitude orders features by the size of their value, ties by index.
func byMagnitude(values []float64) []int {
	order := make([]int, len(values))
	for j := range order {
		order[j] = j
	}
	sort.SliceStable(order, func(i, k int) bool { return math.Abs(values[order[i]]) > math.Abs(values[order[k]]) })
	return order
}

// strongest returns the features that raise and lower most, -1 for none.
func strongest(values []float64, order []int) (up, down int) {
	up, down = -1, -1
	for _, j := range order {
		if values[j] > 0 && up < 0 {
			up = j
		}
		if values[j] < 0 && down < 0 {
			down = j
		}
	}
	return up, down
}
