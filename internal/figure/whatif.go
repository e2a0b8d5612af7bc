package figure

import (
	"fmt"
	"slices"
	"sort"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/view"
)

// whatIf lays the row out for editing.
func (f *Figure) whatIf() (*view.WhatIf, error) {
	v := &view.WhatIf{Outcome: f.outcome(f.scores)}
	for j, s := range f.scores {
		label, text := "predicted", valueText(&f.table.Target, float64(s))
		if !f.table.Regression() {
			label, text = f.table.Classes()[j], percent(float64(s))
		}
		v.Scores = append(v.Scores, view.Score{Label: label, Value: float64(s), Text: text})
	}
	var amounts []float64
	if a, ok, err := f.main(); err != nil {
		if IsStopped(err) {
			return nil, err
		}
	} else if ok {
		amounts = a.Values
	}
	for j := range f.table.Columns {
		v.Controls = append(v.Controls, f.control(j, amounts))
	}
	v.Head = f.whatIfHead(v)
	return v, nil
}

func (f *Figure) control(j int, amounts []float64) view.Control {
	c := &f.table.Columns[j]
	out := view.Control{Feature: c.Name, Index: j, Help: c.Help, Unit: c.Unit, Kind: string(c.Kind), Min: c.Min, Max: c.Max, Step: c.Step,
		Categories: c.Categories, Value: view.Value(f.x[j]), Row: view.Value(f.origin[j]), Text: valueText(c, float64(f.x[j])), Fixed: f.fixed(j), Fixable: f.x[j] == f.x[j], Gaps: f.mayMiss(j)}
	if amounts != nil {
		out.Amount = amounts[j]
	}
	return out
}

func (f *Figure) whatIfHead(v *view.WhatIf) view.Head {
	h := view.Head{Name: "what-if", Title: fmt.Sprintf("What if this %s were different?", f.table.Unit)}
	h.Table = view.Table{Caption: "The row", Columns: []string{"feature", "in the data", "now"}}
	var changed []string
	for j := range f.table.Columns {
		c := &f.table.Columns[j]
		was, now := valueText(c, float64(f.origin[j])), valueText(c, float64(f.x[j]))
		h.Table.Rows = append(h.Table.Rows, []string{c.Name, was, now})
		if !same(f.x[j], f.origin[j]) {
			changed = append(changed, fmt.Sprintf("%s %s → %s", c.Name, was, now))
		}
	}
	before := f.outcome(predict(f.model, f.origin))
	switch {
	case len(changed) == 0:
		h.Summary = fmt.Sprintf("Row %d as in the data: the model says %s.", f.row, before)
	case len(changed) > 3:
		h.Summary = fmt.Sprintf("With %s changed the model goes from %s to %s.", plural(len(changed), "feature"), before, v.Outcome)
	default:
		h.Summary = fmt.Sprintf("With %s the model goes from %s to %s.", list(changed), before, v.Outcome)
	}
	return h
}

// flips lists the counterfactuals in words and numbers.
func (f *Figure) flips() (*view.Flips, error) {
	v := &view.Flips{Head: view.Head{Name: "flips", Title: "What would flip it?"}}
	v.Table = view.Table{Caption: "Counterfactuals", Columns: []string{"outcome", "feature", "from", "to"}}
	if f.s.Explain.Counterfactual == nil {
		v.Summary = "Not asked yet."
		return v, nil
	}
	found, err := f.counterfactuals()
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		item := view.Flip{Outcome: f.outcome(c.Scores), Cost: c.Cost, X: c.X}
		for _, j := range c.Changed {
			col := &f.table.Columns[j]
			ch := view.Change{Feature: col.Name, Index: j, Min: col.Min, Max: col.Max, A: float64(f.x[j]), B: float64(c.X[j]),
				From: valueText(col, float64(f.x[j])), To: changedText(col, float64(f.x[j]), float64(c.X[j]))}
			item.Changes = append(item.Changes, ch)
			v.Table.Rows = append(v.Table.Rows, []string{item.Outcome, ch.Feature, ch.From, ch.To})
		}
		v.Items = append(v.Items, item)
	}
	v.Summary = f.flipsSummary(v.Items)
	if slices.ContainsFunc(f.x, func(x float32) bool { return x != x }) {
		v.Note = "What is missing stays so. "
	}
	v.Note += "Checked: the model itself decides so for each of these rows. What changes a model's answer need not change the world."
	return v, nil
}

// changedText writes the new value with as many decimals as it takes to tell
// it from the old.
func changedText(c *dataset.Column, from, to float64) string {
	text := valueText(c, to)
	if c.Kind != dataset.Number || text != valueText(c, from) {
		return text
	}
	finer := *c
	for finer.Step > 1e-6 && valueText(&finer, to) == valueText(&finer, from) {
		finer.Step /= 10
	}
	return valueText(&finer, to)
}

func (f *Figure) flipsSummary(items []view.Flip) string {
	if len(items) == 0 {
		return "Nothing found that flips it."
	}
	var parts []string
	changes := items[0].Changes
	for i, c := range changes {
		if i == 3 && len(changes) > 4 {
			parts = append(parts, plural(len(changes)-3, "further change"))
			break
		}
		parts = append(parts, fmt.Sprintf("%s from %s to %s", c.Feature, c.From, c.To))
	}
	return fmt.Sprintf("The smallest change found: %s makes it %s.", list(parts), items[0].Outcome)
}

// rows is one page of the data table.
func (f *Figure) rows(from, count int) (*view.Rows, error) {
	const most = 100
	if count <= 0 || count > most {
		count = 12
	}
	n := f.table.Rows()
	from = max(0, min(from, n-1))
	v := &view.Rows{From: from, Of: n, Present: f.row}
	columns := f.tellingColumns()
	v.Head = view.Head{Name: "rows", Title: "Pick a row", Summary: fmt.Sprintf("%s: %s.", f.table.Title, plural(n, "row"))}
	v.Table = view.Table{Caption: f.table.Title, Columns: []string{"row", "true", "predicted"}}
	for _, j := range columns {
		v.Table.Columns = append(v.Table.Columns, labelOf(&f.table.Columns[j]))
	}
	predicted, err := f.predictions()
	if err != nil {
		return nil, err
	}
	k := f.problem.K
	for i := from; i < min(n, from+count); i++ {
		cells := []string{fmt.Sprint(i), valueText(&f.table.Target, float64(f.table.Y[i])), f.outcome(predicted[i*k : (i+1)*k])}
		for _, j := range columns {
			bare := f.table.Columns[j]
			bare.Unit = "" // the head of the column has it
			cells = append(cells, valueText(&bare, float64(f.table.Row(i)[j])))
		}
		v.Index = append(v.Index, i)
		v.Table.Rows = append(v.Table.Rows, cells)
	}
	return v, nil
}

// tellingColumns picks the few columns that fit beside the answers: none for
// images, else those on the plane and the first ones.
func (f *Figure) tellingColumns() []int {
	if f.table.Height > 0 {
		return nil
	}
	jx, jy := f.plane()
	out := []int{jx, jy}
	for j := 0; j < len(f.table.Columns) && len(out) < 5; j++ {
		if j != jx && j != jy {
			out = append(out, j)
		}
	}
	sort.Ints(out)
	return out
}
