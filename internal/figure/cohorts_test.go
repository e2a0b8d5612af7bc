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

// The bars of a part are plain means over its rows, with an error that is that of
// a mean and that of the estimates, and the parts weighed by their rows give the
// mean over all.
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
		mixed, all := map[int]float64{}, map[int]float64{}
		for _, b := range v.Bars {
			sum, square, stderr, n := 0.0, 0.0, 0.0, 0.0
			name := strings.Split(b.Feature, ", ")[1]
			for i, row := range c.rows {
				size := math.Abs(c.values[i][b.Index])
				if strings.HasPrefix(name, x.of(f, row)+" (") {
					sum, square, stderr, n = sum+size, square+size*size, stderr+c.errors[i][b.Index], n+1
				}
				if b.Part == 1 {
					all[b.Index] += size / 60
				}
			}
			if !strings.HasSuffix(name, fmt.Sprintf("(%v)", n)) || math.Abs(b.Amount-sum/n) > 1e-12 {
				t.Errorf("%s by %s, %s: %g, the plain mean is %g over %v", x.data, x.by, b.Feature, b.Amount, sum/n, n)
			}
			least := math.Hypot(math.Sqrt(max(0, square/n-sum/n*sum/n)/(n-1)), stderr/n)
			if b.StdErr < least*(1-1e-9) || b.StdErr > least*1.25 {
				t.Errorf("%s by %s, %s: ± %g, unwidened %g", x.data, x.by, b.Feature, b.StdErr, least)
			}
			mixed[b.Index] += b.Amount * n / 60
		}
		for j, want := range all {
			if math.Abs(mixed[j]-want) > 1e-12 {
				t.Errorf("%s by %s: the parts of feature %d give %g, all rows %g", x.data, x.by, j, mixed[j], want)
			}
		}
		if len(all) < 4 || !strings.HasSuffix(v.Title, "by "+x.by) || len(v.Table.Rows)%f.problem.D != 0 {
			t.Errorf("%s by %s: %d features, %q, %d lines", x.data, x.by, len(all), v.Title, len(v.Table.Rows))
		}
		if _, err := draw.SVG(v, draw.Size{Width: 480}); err != nil {
			t.Error(err)
		}
	}
}

// named lists the parts of a figure's rows.
func named(t *testing.T, f *Figure, by string, rows int) string {
	t.Helper()
	g := *f
	g.s = spec.Clone(f.s)
	g.s.View.By = by
	all, err := g.cohorts(g.sample(rows))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	seen := map[int]bool{}
	for _, s := range all {
		out = append(out, strings.TrimPrefix(s.name, ", "))
		for _, i := range s.rows {
			if seen[i] {
				t.Errorf("row %d is in two parts", i)
			}
			seen[i] = true
		}
	}
	if len(seen) != min(rows, f.table.Rows()) {
		t.Errorf("%d rows are in some part", len(seen))
	}
	return strings.Join(out, "; ")
}

// A number parts rows at its quartiles.
func TestCohortsOfANumber(t *testing.T) {
	f, _, err := parted(t, "wine", "proline")
	if err != nil {
		t.Fatal(err)
	}
	var all []float64
	j := f.table.Column("proline")
	for row := range f.table.Rows() {
		all = append(all, float64(f.table.Row(row)[j]))
	}
	slices.Sort(all)
	var want []string
	from, text := math.Inf(-1), "up to "
	for _, at := range []int{44, 88, 132, 177} {
		n := 0
		for _, v := range all {
			if v > from && v <= all[at] {
				n++
			}
		}
		end := valueText(&f.table.Columns[j], all[at])
		want = append(want, fmt.Sprintf("%s%s (%d)", text, end, n))
		from, text = all[at], end+" to "
	}
	if got := named(t, f, "proline", 178); got != strings.Join(want, "; ") {
		t.Errorf("%s, want %s", got, strings.Join(want, "; "))
	}
}

// Of many categories the largest stand alone, values that few numbers share are
// not parted, and missing cells are a part.
func TestCohortsOfManyCategories(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("size,town,count,sold\n")
	for i := range 120 {
		fmt.Fprintf(&csv, "%d,%s,%d,%s\n", i%37, string(rune('A'+min(i%12, 7))), i%3, []string{"no", "yes"}[one(i*i%7 > 2)])
	}
	b := NewBuilder()
	b.Files = new(shelf.Shelf)
	o, err := b.Open("towns.csv", []byte(csv.String()))
	if err != nil {
		t.Fatal(err)
	}
	f := build(t, b, &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: spec.Own, File: &o.File, Read: &spec.Reading{Target: "sold", Kinds: map[string]string{"town": "category"}}},
		Model: spec.Model{Name: "tree"}, Explain: spec.Explain{Name: "permutation-shap"}, View: spec.View{Name: "mean-attribution"}})
	if got := named(t, f, "town", 120); got != "A (10); B (10); C (10); H (50); others (40)" {
		t.Error(got)
	}
	if got := named(t, f, "count", 120); got != "up to 0 (40); 0 to 1 (40); 1 to 2 (40)" {
		t.Error(got)
	}
	table := *f.table // as rows for a model that takes missing values are
	table.X = slices.Clone(table.X)
	for row := range 12 {
		table.X[row*10*len(table.Columns)+table.Column("size")] = float32(math.NaN())
	}
	f.table = &table
	if got := named(t, f, "size", 120); !strings.HasSuffix(got, "; others (12)") || strings.Count(got, ";") != 4 {
		t.Error(got)
	}
}

// What cannot part the rows, and why; a file may be read after the spec is
// checked, so the figure says it too.
func TestCohortsThatCannotBe(t *testing.T) {
	for _, x := range []struct{ data, by string }{{"diabetes", "class"}, {"diabetes", "predicted"}, {"wine", "colour"}} {
		_, _, err := parted(t, x.data, x.by)
		if e, _ := err.(*spec.Error); e == nil || e.Path != "/view/by" || e.Why == "" || e.Fix == "" {
			t.Errorf("%s by %s: %v", x.data, x.by, err)
		}
	}
}

// TestPredictedByTheEditedModel parts rows by what the model says with its
// edits, which here changes the class of some.
func TestPredictedByTheEditedModel(t *testing.T) {
	f := build(t, NewBuilder(), example(t, "ebm-edit"))
	_, code, err := f.parts("predicted")
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for row := range f.table.Rows() {
		x := f.table.Row(row)
		if got, want := code(row), model.Best(predict(f.model, x)); got != want {
			t.Fatalf("row %d is in part %d, the model says %d", row, got, want)
		}
		if code(row) != model.Best(predict(f.trainer.Model(), x)) {
			moved++
		}
	}
	if moved == 0 {
		t.Error("the edits change no row's class: nothing is tested")
	}
}
