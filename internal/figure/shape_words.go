package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/view"
)

// shapeHead puts a curve into words and a table.
func (f *Figure) shapeHead(v *view.Shape, j int, now, was *catalog.Term) view.Head {
	c := &f.table.Columns[j]
	h := view.Head{Name: "shape", Title: fmt.Sprintf("What %s adds to the %s", c.Name, f.sumName()), Summary: f.shapeSummary(v, j, now)}
	h.Table = view.Table{Caption: h.Title, Columns: []string{labelOf(c), "adds", "as trained", "± between models", "training rows"}}
	line := func(label string, value, was, spread float64, rows int) {
		h.Table.Rows = append(h.Table.Rows, []string{label, signed(value), signed(was), number(spread), fmt.Sprint(rows)})
	}
	for _, s := range v.Steps {
		line(s.Label, s.Value, s.Was, s.Spread, s.Rows)
	}
	if now.Bins[0].Missing {
		line("missing", float64(now.Value[f.class]), float64(was.Value[f.class]), float64(was.Spread[f.class]), now.Rows[0])
	}
	h.Note = f.shapeNote(v, now)
	return h
}

func (f *Figure) shapeSummary(v *view.Shape, j int, now *catalog.Term) string {
	c := &f.table.Columns[j]
	adds := signed(f.adds(now, f.x[j]))
	text := fmt.Sprintf("For this %s, %s is %s, which adds %s.", f.table.Unit, c.Name, valueText(c, float64(f.x[j])), adds)
	if v.Absent {
		text = fmt.Sprintf("For this %s, %s is missing, which adds %s.", f.table.Unit, c.Name, adds)
	}
	least := slices.MinFunc(v.Steps, func(a, b view.Step) int { return cmp.Compare(a.Value, b.Value) })
	most := slices.MaxFunc(v.Steps, func(a, b view.Step) int { return cmp.Compare(a.Value, b.Value) })
	if least.Value == most.Value {
		text += fmt.Sprintf(" It adds %s everywhere.", signed(most.Value))
	} else {
		text += fmt.Sprintf(" The curve goes from %s (%s) to %s (%s).", signed(least.Value), least.Label, signed(most.Value), most.Label)
	}
	if v.Curve.Says == "" {
		return text
	}
	var parts []string
	for _, m := range v.Curve.Measures {
		part := fmt.Sprintf("%s goes from %s to %s", m.Label, m.Was, m.Now)
		if m.Was == m.Now {
			part = fmt.Sprintf("%s stays at %s", m.Label, m.Was)
		}
		parts = append(parts, part)
	}
	return fmt.Sprintf("%s With the edits by hand, %s; %s", text, list(parts), v.Curve.Says)
}

// shapeNote says what the band is, what a missing value adds, and what pairs of
// features add on top.
func (f *Figure) shapeNote(v *view.Shape, now *catalog.Term) string {
	var notes []string
	if slices.ContainsFunc(v.Steps, func(s view.Step) bool { return s.Spread > 0 }) {
		notes = append(notes, "The band is how far the models that were averaged differ: a standard deviation up and down.")
	}
	if now.Bins[0].Missing {
		notes = append(notes, fmt.Sprintf("Where the value is missing, %s is added.", signed(float64(now.Value[f.class]))))
	}
	terms := catalog.CurvesOf(f.model).Terms()
	var pairs []string
	for i := range terms[f.problem.D:] {
		t := &terms[f.problem.D+i]
		pairs = append(pairs, fmt.Sprintf("%s with %s (%s)", f.table.Columns[t.Features[0]].Name, f.table.Columns[t.Features[1]].Name, number(f.weight(t))))
	}
	if len(pairs) > 0 {
		notes = append(notes, fmt.Sprintf("Pairs of features add what none of them says alone, on average over the training rows: %s.", list(pairs)))
	}
	return strings.Join(notes, " ")
}
