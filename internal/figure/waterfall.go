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
	bars := f.bars(a)
	shown := bars[:len(bars):len(bars)]
	if len(bars) > most {
		shown = bars[: most-1 : most-1]
	}
	rest := bars[len(shown):]
	for _, b := range shown {
		v.Bars = append(v.Bars, b)
		if b.Split {
			v.Bars = append(v.Bars, f.members(a, b)...)
		}
	}
	if len(rest) > 0 && v.Cumulative {
		noun := "other feature"
		if a.Groups != nil {
			noun = "other"
		}
		v.Bars = append(v.Bars, others(rest, noun))
	}
	v.Head = view.Head{Name: "waterfall", Title: f.whyTitle(e), Summary: f.attributionSummary(e, a, bars), Note: f.note(e, a, len(rest)),
		Table: f.attributionTable(e, a, bars)}
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

// bars returns the bar of every feature, or of every group of them, largest
// first.
func (f *Figure) bars(a explain.Attribution) []view.Bar {
	n := len(a.Values)
	if a.Groups != nil {
		n = len(a.Groups)
	}
	all, sizes := make([]view.Bar, n), make([]float64, n)
	for i := range all {
		if a.Groups != nil {
			all[i] = f.groupBar(a, i)
		} else {
			all[i] = f.bar(a, i)
		}
		sizes[i] = all[i].Amount
	}
	return sorted(all, sizes)
}

// sorted returns bars by the size of their values, largest first.
func sorted(all []view.Bar, values []float64) []view.Bar {
	out := make([]view.Bar, len(all))
	for i, j := range byMagnitude(values) {
		out[i] = all[j]
	}
	return out
}

func others(rest []view.Bar, noun string) view.Bar {
	b := view.Bar{Feature: plural(len(rest), noun), Index: -1}
	for _, r := range rest {
		b.Amount += r.Amount
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
func (f *Figure) attributionSummary(e *catalog.Explainer, a explain.Attribution, bars []view.Bar) string {
	var start string
	if !a.Partial {
		start = fmt.Sprintf("The model gives this %s %s, starting from %s (%s). ", f.table.Unit, f.scoreText(a.Score), f.scoreText(a.Base), e.Base)
	}
	rises, falls, unit := "raised most by", "lowered most by", ""
	if e.Name == "gradient" || e.Name == "smoothgrad" {
		rises, falls, unit = "rises fastest with", "falls fastest with", " a unit"
	}
	say := func(verb string, b *view.Bar) string {
		value := ""
		if b.Value != "" {
			value = " (" + b.Value + ")"
		}
		return fmt.Sprintf("%s %s%s, %s%s", verb, b.Feature, value, signed(b.Amount), unit)
	}
	up, down := strongest(bars)
	switch {
	case up != nil && down != nil:
		return start + capital(say(rises, up)) + "; " + say(falls, down) + "."
	case up != nil:
		return start + capital(say(rises, up)) + "; nothing lowers it."
	case down != nil:
		return start + capital(say(falls, down)) + "; nothing raises it."
	}
	return start + "No feature moves it."
}

// note states how far a complete method is from complete, and what a partial
// one does not claim.
func (f *Figure) note(e *catalog.Explainer, a explain.Attribution, hidden int) string {
	text := f.oneHotNote(a)
	if f.s.Explain.Output == "margin" {
		text = "A margin is the score before it is made a probability: the higher, the likelier. " + text
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

func (f *Figure) attributionTable(e *catalog.Explainer, a explain.Attribution, bars []view.Bar) view.Table {
	t := view.Table{Caption: e.Title + ", " + f.scoreName(), Columns: []string{"feature", "value", "contribution"}}
	if a.StdErr != nil {
		t.Columns = append(t.Columns, "standard error")
	}
	add := func(b view.Bar) {
		row := []string{b.Feature, b.Value, signed(b.Amount)}
		if a.StdErr != nil {
			row = append(row, number(b.StdErr))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, b := range bars {
		add(b)
		for _, m := range f.members(a, b) {
			m.Feature = "– " + m.Feature
			add(m)
		}
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

// strongest returns the bars that raise and lower most, of those sorted by size;
// nil for none.
func strongest(bars []view.Bar) (up, down *view.Bar) {
	for i := range bars {
		if bars[i].Amount > 0 && up == nil {
			up = &bars[i]
		}
		if bars[i].Amount < 0 && down == nil {
			down = &bars[i]
		}
	}
	return up, down
}
