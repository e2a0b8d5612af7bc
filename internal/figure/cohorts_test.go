package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// parted builds the average sizes of a tree's Shapley values, by something.
func parted(t *testing.T, data, by string) (*Figure, *view.Importance, error) {
	t.Helper()
	f := build(t, NewBuilder(), &spec.Spec{Schema: spec.Version, Seed: 3, Data: spec.Data{Name: data}, Model: spec.Model{Name: "tree"},
		Explain: spec.Explain{Name: "permutation-shap"}, View: spec.View{Name: "mean-attribution", Rows: 60, By: by}})
	v, err := f.View(Want{View: "mean-attribution"})
	if err != nil {
		return f, nil, err
	}
	return f, v.(*view.Importance), nil
}

// The bars of a part are plain means over its rows, every row is in one part, and
// the parts weighed by their rows give the bar of all.
func TestCohortsArePlainMeans(t *testing.T) {
	for _, x := range []struct {
		data, by string
		of       func(f *Figure, row int) string
	}{
		{"wine", "class", func(f *Figure, row int) string { return f.table.Classes()[int(f.table.Y[row])] }},
		{"wine", "predicted", func(f *Figure, row int) string {
			return f.table.Classes()[model.Best(predict(f.trainer.Model(), f.table.Row(row)))]
		}},
		{"loans", "group", func(f *Figure, row int) string {
			j := f.table.Column("group")
			return valueText(&f.table.Columns[j], float64(f.table.Row(row)[j]))
		}},
	} {
		f, v, err := parted(t, x.data, x.by)
		if err != nil {
			t.Fatal(err)
		}
		c, err := f.cohort()
		if err != nil {
			t.Fatal(err)
		}
		rows, mixed := 0, make([]float64, len(v.Bars))
		for _, part := range v.Shares {
			rows += part.Rows
			for b, bar := range v.Bars {
				sum, square, stderr, n := 0.0, 0.0, 0.0, 0.0
				for i, row := range c.rows {
					if x.of(f, row) == part.Name {
						size := math.Abs(c.values[i][bar.Index])
						sum, square, stderr, n = sum+size, square+size*size, stderr+c.errors[i][bar.Index], n+1
					}
				}
				if int(n) != part.Rows || math.Abs(part.Amounts[b]-sum/n) > 1e-12 {
					t.Errorf("%s by %s, %s: %s is %g over %d rows, the plain mean %g over %g", x.data, x.by, part.Name, bar.Feature, part.Amounts[b], part.Rows, sum/n, n)
				}
				least := math.Hypot(math.Sqrt(max(0, square/n-sum/n*sum/n)/(n-1)), stderr/n)
				if e := part.StdErrs[b]; n > 1 && (e < least*(1-1e-9) || e > least*1.5) {
					t.Errorf("%s by %s, %s: %s ± %g over %g rows, unwidened %g", x.data, x.by, part.Name, bar.Feature, e, n, least)
				}
				mixed[b] += part.Amounts[b] * n / 60
			}
		}
		for b, bar := range v.Bars {
			if math.Abs(mixed[b]-bar.Amount) > 1e-12 {
				t.Errorf("%s by %s: the parts of %s give %g, all rows %g", x.data, x.by, bar.Feature, mixed[b], bar.Amount)
			}
		}
		if rows != 60 || len(v.Shares) < 2 || v.Summary == "" || v.Table.Columns[1] == "" || len(v.Table.Rows) != len(v.Shares)*f.problem.D {
			t.Errorf("%s by %s: %d rows in %d parts, %q, %d lines", x.data, x.by, rows, len(v.Shares), v.Summary, len(v.Table.Rows))
		}
		if _, err := draw.SVG(v, draw.Size{Width: 480}); err != nil {
			t.Error(err)
		}
	}
}

// A number parts rows at its quartiles, or by its values where they are few.
func TestCohortsOfANumber(t *testing.T) {
	f, v, err := parted(t, "wine", "proline")
	if err != nil {
		t.Fatal(err)
	}
	j, all := f.table.Column("proline"), []float64{}
	for row := range f.table.Rows() {
		all = append(all, float64(f.table.Row(row)[j]))
	}
	slices.Sort(all)
	n, from := 0, math.Inf(-1)
	c, _ := f.cohort()
	for k, part := range v.Shares {
		to := all[[]int{44, 88, 132, 177}[k]]
		in := 0
		for _, row := range c.rows {
			if x := float64(f.table.Row(row)[j]); x > from && x <= to {
				in++
			}
		}
		if part.Rows != in || !strings.Contains(part.Name, valueText(&f.table.Columns[j], to)) {
			t.Errorf("part %d, %s: %d rows, up to %g there are %d", k, part.Name, part.Rows, to, in)
		}
		n, from = n+part.Rows, to
	}
	if n != 60 || len(v.Shares) != 4 {
		t.Errorf("%d rows in %d parts", n, len(v.Shares))
	}
}

// Of many categories the largest stand alone, and missing cells are a part.
func TestCohortsOfManyCategories(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("size,town,count,sold\n")
	for i := range 120 {
		town := string(rune('A' + min(i%12, 7)))
		fmt.Fprintf(&csv, "%d,%s,%d,%s\n", i%37, town, i%3, []string{"no", "yes"}[one(i*i%7 > 2)])
	}
	b := NewBuilder()
	b.Files = new(shelf.Shelf)
	o, err := b.Open("towns.csv", []byte(csv.String()))
	if err != nil {
		t.Fatal(err)
	}
	var last *Figure
	named := func(by string) string {
		f := build(t, b, &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Target: "sold", Kinds: map[string]string{"town": "category"}}},
			Model: spec.Model{Name: "tree"}, Explain: spec.Explain{Name: "permutation-shap"}, View: spec.View{Name: "mean-attribution", Rows: 120, By: by}})
		v, err := f.View(Want{View: "mean-attribution"})
		if err != nil {
			t.Fatal(err)
		}
		last = f
		var out []string
		for _, part := range v.(*view.Importance).Shares {
			out = append(out, fmt.Sprintf("%s %d", part.Name, part.Rows))
		}
		return strings.Join(out, ", ")
	}
	if got := named("town"); got != "A 10, B 10, C 10, H 50, 4 others 40" {
		t.Error(got)
	}
	if got := named("count"); got != "0 40, 1 40, 2 40" {
		t.Error(got)
	}
	if got := named("size"); strings.Count(got, ",") != 3 {
		t.Error(got)
	}
	table := *last.table // as rows for a model that takes missing values are
	table.X = slices.Clone(table.X)
	for row := range 12 {
		table.X[row*10*len(table.Columns)+table.Column("size")] = float32(math.NaN())
	}
	last.table = &table
	shares, what, err := last.shareOut(last.sample(120))
	if err != nil || what != "size" || len(shares) != 5 || shares[4].name != "missing" || len(shares[4].rows) != 12 {
		t.Errorf("%v: %+v by %s", err, shares, what)
	}
}

// What cannot part the rows, and why; a file may be read after the spec is
// checked, so the figure says it too.
func TestCohortsThatCannotBe(t *testing.T) {
	for _, x := range []struct{ data, by, want string }{{"diabetes", "class", "has no classes"}, {"diabetes", "predicted", "has no classes"}, {"wine", "colour", `no feature called "colour"`}} {
		_, _, err := parted(t, x.data, x.by)
		var e *spec.Error
		if err == nil {
			t.Errorf("%s is parted by %s", x.data, x.by)
		} else if e, _ = err.(*spec.Error); e == nil || e.Path != "/view/by" || !strings.Contains(e.Error(), x.want) {
			t.Errorf("%s by %s: %v", x.data, x.by, err)
		}
	}
}
