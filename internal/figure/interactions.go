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
	v.Table = view.Table{Caption: "Average size of what two features do together", Columns: []string{"feature", "with", "average size", "standard error"}}
	first, second := -1, -1
	for a, i := range shown {
		v.Features = append(v.Features, f.table.Columns[i].Name)
		row, errors := make([]float64, len(shown)), make([]float64, len(shown))
		v.Values, v.StdErr = append(v.Values, row), append(v.StdErr, errors)
		for b, j := range shown {
			row[b], errors[b] = found.means[i*d+j], found.errors[i*d+j]
			if b > a {
				v.Table.Rows = append(v.Table.Rows, []string{f.table.Columns[i].Name, f.table.Columns[j].Name, number(row[b]), number(errors[b])})
				if !v.Chance(a, b) && (first < 0 || row[b] > found.means[first*d+second]) {
					first, second = i, j
				}
			}
		}
	}
	v.Head.Name, v.Title = "interactions", "Which features work together"
	v.Summary = "No two features work together, beyond what may be chance."
	if first >= 0 {
		v.Summary = fmt.Sprintf("Most together do %s and %s: beyond what each does alone, they move the %s by %s on average.",
			f.table.Columns[first].Name, f.table.Columns[second].Name, f.scoreName(), number(found.means[first*d+second]))
	}
	v.Note = "Shapley interaction index, " + found.how() + ". The outlined squares hold what a feature does alone."
	return v, nil
}

// how says where the interactions come from.
func (p *pairs) how() string {
	over := plural(catalog.InteractionBackground, "background row")
	switch {
	case p.trees:
		return "exact, read off the trees"
	case p.exact:
		return "exact, by every subset of features over " + over
	}
	return "estimated over " + over + ", which makes small ones look larger; pale squares lie within two standard errors of 0 and may be chance"
}
