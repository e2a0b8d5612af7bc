package figure

import (
	"fmt"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/view"
)

// interactions shows how far pairs of features move the score together.
func (f *Figure) interactions(most int) (*view.Interactions, error) {
	found, err := f.pairs()
	if err != nil {
		return nil, err
	}
	d := f.problem.D
	weights := make([]float64, d)
	for i := range d {
		for j := range d {
			weights[i] += found.means[i*d+j]
		}
	}
	shown := byMagnitude(weights)[:min(most, d)]
	v := &view.Interactions{Indices: shown, Unit: f.scoreName()}
	pick := func(of []float64) [][]float64 {
		out := make([][]float64, len(shown))
		for a, i := range shown {
			for _, j := range shown {
				out[a] = append(out[a], of[i*d+j])
			}
		}
		return out
	}
	v.Values = pick(found.means)
	if found.errors != nil {
		v.StdErr = pick(found.errors)
	}
	for _, i := range shown {
		v.Features = append(v.Features, f.table.Columns[i].Name)
	}
	v.Head = view.Head{Name: "interactions", Title: "Which features work together", Summary: f.pairSummary(v), Note: f.pairNote(found), Table: pairTable(v)}
	return v, nil
}

// pairSummary names the pair that does most together.
func (f *Figure) pairSummary(v *view.Interactions) string {
	first, second := -1, -1
	for a := range v.Features {
		for b := range a {
			if v.Values[a][b] > 0 && !v.Chance(a, b) && (first < 0 || v.Values[a][b] > v.Values[first][second]) {
				first, second = b, a
			}
		}
	}
	switch {
	case len(v.Features) < 2:
		return "There is only one feature: nothing to work together with."
	case first < 0 && v.StdErr == nil:
		return "No two features work together: what each does to the " + f.scoreName() + " is the same whatever the others are."
	case first < 0:
		return "No two features move the " + f.scoreName() + " together by more than chance would."
	}
	return fmt.Sprintf("Most together do %s and %s: beyond what each does alone, they move the %s by %s on average.",
		v.Features[first], v.Features[second], f.scoreName(), number(v.Values[first][second]))
}

// pairNote says how the interactions were found.
func (f *Figure) pairNote(found *pairs) string {
	const alone = " The outlined squares hold what a feature does alone."
	over := fmt.Sprintf("over %s", plural(catalog.InteractionBackground, "background row"))
	switch {
	case catalog.InTrees(f.explained) == nil:
		return "Shapley interaction index, exact, read off the trees." + alone
	case found.errors == nil:
		return "Shapley interaction index, exact, by every subset of features " + over + "." + alone
	}
	return fmt.Sprintf("Shapley interaction index, estimated from %d sets of orders %s, which makes small ones look larger. Pale squares lie within two standard errors of 0 and may be chance.",
		catalog.InteractionRounds, over) + alone
}

func pairTable(v *view.Interactions) view.Table {
	t := view.Table{Caption: "Average size of what two features do together", Columns: []string{"feature", "with", "average size"}}
	if v.StdErr != nil {
		t.Columns = append(t.Columns, "standard error", "beyond chance")
	}
	for a, name := range v.Features {
		for b := a + 1; b < len(v.Features); b++ {
			row := []string{name, v.Features[b], number(v.Values[a][b])}
			if v.StdErr != nil {
				row = append(row, number(v.StdErr[a][b]), map[bool]string{true: "no", false: "yes"}[v.Chance(a, b)])
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
