package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/view"
)

// groupOf returns the group of each feature: the spec's, else the table's own;
// "" for none.
func (f *Figure) groupOf() []string {
	out := make([]string, len(f.table.Columns))
	for j, c := range f.table.Columns {
		if f.s.Explain.Groups == nil {
			out[j] = c.Group
		}
	}
	for name, features := range f.s.Explain.Groups {
		for _, feature := range features {
			if j := f.table.Column(feature); j >= 0 {
				out[j] = name
			}
		}
	}
	return out
}

// oneHot returns the category of which each feature is one column, "" for none.
func (f *Figure) oneHot() []string {
	out, _ := remember(f.b, keyOf("one-hot", f.b.dataKey), func() ([]string, error) { return f.table.OneHot(), nil })
	return out
}

// groupsOf returns what an explainer's values depend on beside its knobs.
func (f *Figure) groupsOf(e *catalog.Explainer) map[string][]string {
	if !e.Groups {
		return nil
	}
	return f.s.Explain.Groups
}

// groups lists the groups of features, for methods that share among them.
func (f *Figure) groups() []Group {
	c := f.s.Explain.Compare
	if !f.explainer().Groups && (c == nil || !catalog.ExplainerOf(c.Name).Groups) {
		return nil
	}
	names, features := explain.Unions(f.features())
	var out []Group
	for g, name := range names {
		own := Group{Name: name}
		for _, j := range features[g] {
			own.Features = append(own.Features, f.table.Columns[j].Name)
		}
		out = append(out, own)
	}
	return out
}

// joined reports whether some group has several features.
func joined(groups []explain.Group) bool {
	return slices.ContainsFunc(groups, func(g explain.Group) bool { return len(g.Members) > 1 || len(g.Members[0]) > 1 })
}

// grouped fills in a waterfall whose bars are groups of features; those that the
// spec splits are followed by their features.
func (f *Figure) grouped(v *view.Waterfall, e *catalog.Explainer, a explain.Attribution, most int) {
	sizes := make([]float64, len(a.Groups))
	for g := range a.Groups {
		sizes[g] = a.Groups[g].Value
	}
	order := byMagnitude(sizes)
	shown := order
	if len(order) > most {
		shown = order[:most-1]
	}
	for _, g := range shown {
		bar := f.groupBar(a, g)
		v.Bars = append(v.Bars, bar)
		if bar.Split {
			v.Bars = append(v.Bars, f.memberBars(a, a.Groups[g], most)...)
		}
	}
	if rest := order[len(shown):]; len(rest) > 0 {
		b := view.Bar{Feature: plural(len(rest), "other"), Index: -1}
		for _, g := range rest {
			b.Amount += a.Groups[g].Value
		}
		v.Bars = append(v.Bars, b)
	}
	v.Head = view.Head{Name: "waterfall", Title: f.whyTitle(e), Summary: f.groupSummary(e, a, order), Note: f.groupNote(e, a), Table: f.groupTable(e, a, order)}
}

// groupBar is the bar of a group, or of what stands alone.
func (f *Figure) groupBar(a explain.Attribution, g int) view.Bar {
	own := a.Groups[g]
	if len(own.Members) == 1 {
		return f.memberBar(a, own.Members[0])
	}
	return view.Bar{Feature: fmt.Sprintf("%s (%s)", own.Name, plural(len(own.Members), "feature")), Amount: own.Value, StdErr: own.StdErr,
		Index: f.problem.D + g, Split: slices.Contains(f.s.View.Split, own.Name)}
}

// memberBar is the bar of one feature, or of a category in one-hot columns.
func (f *Figure) memberBar(a explain.Attribution, columns []int) view.Bar {
	b := f.bar(a, columns[0])
	if len(columns) > 1 {
		b.Feature, b.Value = f.oneHot()[columns[0]], f.kindOf(columns)
	}
	return b
}

// kindOf names the column of a category that is 1 in the row.
func (f *Figure) kindOf(columns []int) string {
	if f.x[columns[0]] != 1 {
		return "none"
	}
	name := f.table.Columns[columns[0]].Name
	if rest, ok := strings.CutPrefix(name, f.oneHot()[columns[0]]); ok && len(rest) > 1 {
		return rest[1:]
	}
	return name
}

// memberBars are the bars within a group, largest first.
func (f *Figure) memberBars(a explain.Attribution, own explain.Group, most int) []view.Bar {
	var out []view.Bar
	for _, columns := range own.Members {
		out = append(out, f.memberBar(a, columns))
	}
	slices.SortStableFunc(out, func(x, y view.Bar) int { return cmp.Compare(math.Abs(y.Amount), math.Abs(x.Amount)) })
	if len(out) > most {
		rest := view.Bar{Feature: plural(len(out)-most+1, "other") + " of " + own.Name, Index: -1}
		for _, b := range out[most-1:] {
			rest.Amount += b.Amount
		}
		out = append(out[:most-1], rest)
	}
	for i := range out {
		out[i].Within = true
	}
	return out
}

// groupSummary says in one sentence what the groups say.
func (f *Figure) groupSummary(e *catalog.Explainer, a explain.Attribution, order []int) string {
	values := make([]float64, len(a.Groups))
	for g := range a.Groups {
		values[g] = a.Groups[g].Value
	}
	say := func(verb string, g int) string {
		b := f.groupBar(a, g)
		if b.Value != "" {
			b.Feature += " (" + b.Value + ")"
		}
		return fmt.Sprintf("%s %s, %s", verb, b.Feature, signed(b.Amount))
	}
	text := fmt.Sprintf("The model gives this %s %s, starting from %s (%s). ", f.table.Unit, f.scoreText(a.Score), f.scoreText(a.Base), e.Base)
	switch up, down := strongest(values, order); {
	case up >= 0 && down >= 0:
		return text + say("Raised most by", up) + "; " + say("lowered most by", down) + "."
	case up >= 0:
		return text + say("Raised most by", up) + "; nothing lowers it."
	case down >= 0:
		return text + say("Lowered most by", down) + "; nothing raises it."
	}
	return text + "No feature moves it."
}

// groupNote adds to the note which columns count as one feature.
func (f *Figure) groupNote(e *catalog.Explainer, a explain.Attribution) string {
	var joint []string
	for _, own := range a.Groups {
		for _, columns := range own.Members {
			if len(columns) > 1 {
				joint = append(joint, f.oneHot()[columns[0]])
			}
		}
	}
	text := f.note(e, a, 0) + " A group gets what its features get together."
	if len(joint) > 0 {
		text += fmt.Sprintf(" As exactly one column of %s is 1 in every row, they count as one feature.", list(joint))
	}
	return text
}

func (f *Figure) groupTable(e *catalog.Explainer, a explain.Attribution, order []int) view.Table {
	t := view.Table{Caption: e.Title + ", " + f.scoreName(), Columns: []string{"group", "feature", "value", "contribution"}}
	if a.StdErr != nil {
		t.Columns = append(t.Columns, "standard error")
	}
	line := func(group string, b view.Bar) {
		row := []string{group, b.Feature, b.Value, signed(b.Amount)}
		if a.StdErr != nil {
			row = append(row, number(b.StdErr))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, g := range order {
		own := a.Groups[g]
		if len(own.Members) == 1 {
			line("", f.memberBar(a, own.Members[0]))
			continue
		}
		line(own.Name, view.Bar{Feature: "together", Amount: own.Value, StdErr: own.StdErr})
		for _, b := range f.memberBars(a, own, len(own.Members)) {
			line(own.Name, b)
		}
	}
	return t
}
