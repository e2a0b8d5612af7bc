package figure

import (
	"fmt"
	"slices"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/view"
)

// groupOf returns the group of a feature: the spec's, else the table's own; ""
// for none.
func (f *Figure) groupOf(j int) string {
	c := &f.table.Columns[j]
	if f.s.Explain.Groups == nil {
		return c.Group
	}
	for name, features := range f.s.Explain.Groups {
		if slices.Contains(features, c.Name) {
			return name
		}
	}
	return ""
}

// groupsOf returns what an explainer's values depend on beside its knobs.
func (f *Figure) groupsOf(e *catalog.Explainer) map[string][]string {
	if !e.Groups {
		return nil
	}
	return f.s.Explain.Groups
}

// groups returns the group of each feature, nil where there are none.
func (f *Figure) groups() []string {
	out, some := make([]string, len(f.table.Columns)), false
	for j := range out {
		out[j] = f.groupOf(j)
		some = some || out[j] != ""
	}
	if !some {
		return nil
	}
	return out
}

// groupBar is the bar of a group, or of what stands alone.
func (f *Figure) groupBar(a explain.Attribution, g int) view.Bar {
	own := &a.Groups[g]
	if len(own.Members) == 1 {
		return f.memberBar(a, own.Members[0])
	}
	return view.Bar{Feature: fmt.Sprintf("%s (%d features)", own.Name, len(own.Members)), Amount: own.Value, StdErr: own.StdErr,
		Index: len(a.Values) + g, Split: slices.Contains(f.s.View.Split, own.Name)}
}

// memberBar is the bar of one feature, or of a category in one-hot columns, whose
// value is the kind that the row is of.
func (f *Figure) memberBar(a explain.Attribution, columns []int) view.Bar {
	b := f.bar(a, columns[0])
	if len(columns) > 1 {
		kind := b.Feature
		b.Feature = f.table.Columns[columns[0]].OneHot
		b.Value = "none"
		if f.x[columns[0]] == 1 {
			b.Value = kind
			if len(kind) > len(b.Feature)+1 && kind[:len(b.Feature)] == b.Feature {
				b.Value = kind[len(b.Feature)+1:]
			}
		}
	}
	return b
}

// members are the bars within one, largest first; none within a feature's.
func (f *Figure) members(a explain.Attribution, b view.Bar) []view.Bar {
	g := b.Index - len(a.Values)
	if g < 0 {
		return nil
	}
	var all []view.Bar
	var sizes []float64
	for _, columns := range a.Groups[g].Members {
		m := f.memberBar(a, columns)
		m.Within = true
		all, sizes = append(all, m), append(sizes, m.Amount)
	}
	return sorted(all, sizes)
}

// oneHotNote says which columns count as one feature.
func (f *Figure) oneHotNote(a explain.Attribution) string {
	text := ""
	for _, own := range a.Groups {
		for _, columns := range own.Members {
			if len(columns) > 1 {
				text += "One column of " + f.table.Columns[columns[0]].OneHot + " is 1 in every row: they are one feature. "
			}
		}
	}
	return text
}
