package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// brushed returns a figure with brushed rows: those of the shown ones that is
// chooses.
func brushed(t *testing.T, f *Figure, is func(row int) bool) *Figure {
	t.Helper()
	rows := make([]bool, f.table.Rows())
	for row := range rows {
		rows[row] = is(row)
	}
	s := spec.Clone(f.s)
	s.View.Brush = spec.BrushText(rows)
	return build(t, f.b, s)
}

func brushOf(t *testing.T, f *Figure) *view.Brush {
	t.Helper()
	v, err := f.View(Want{View: "brush"})
	if err != nil {
		t.Fatal(err)
	}
	return v.(*view.Brush)
}

// TestBrushOfALinearModel brushes the rows with high values of one feature. Of
// a linear model a feature's mean parts differ by its weight times the
// difference of its mean values, and that orders the features.
func TestBrushOfALinearModel(t *testing.T) {
	f := asked(t, NewBuilder(), "diabetes", "exact-shapley", 0, spec.View{Name: "dependence", Rows: 60})
	f = brushed(t, f, func(row int) bool { return f.table.Row(row)[2] > 28 })
	h, err := f.herd()
	if err != nil {
		t.Fatal(err)
	}
	if len(h.in)+len(h.out) != 60 || len(h.in) < 5 || len(h.out) < 5 {
		t.Fatalf("%d and %d rows", len(h.in), len(h.out))
	}
	got := f.contrasts(h, 100)
	if len(got) != f.problem.D {
		t.Fatalf("%d features of %d", len(got), f.problem.D)
	}
	for at, a := range got {
		x := slices.Clone(f.origin)
		before := float64(predict(f.trainer.Model(), x)[0])
		x[a.feature] += 10
		weight := (float64(predict(f.trainer.Model(), x)[0]) - before) / 10
		var sum [2]float64
		for side, places := range [][]int{h.in, h.out} {
			for _, i := range places {
				sum[side] += float64(f.table.Row(h.rows[i])[a.feature]) / float64(len(places))
			}
		}
		if want := weight * (sum[0] - sum[1]); math.Abs(a.in-a.out-want) > 1e-3*math.Abs(want)+5e-3 {
			t.Errorf("%s: parts differ by %v, the line says %v", f.table.Columns[a.feature].Name, a.in-a.out, want)
		}
		if at > 0 && a.by > got[at-1].by {
			t.Errorf("place %d differs more than the one before", at)
		}
	}
	v := brushOf(t, f)
	first := f.table.Columns[got[0].feature].Name
	for _, part := range []string{fmt.Sprintf("%d of 60 patients brushed.", len(h.in)), "What sets them apart most is " + first + ": on average", " Next: "} {
		if !strings.Contains(v.Summary, part) {
			t.Errorf("%q is not in %q", part, v.Summary)
		}
	}
	if len(v.Table.Rows) != 8 || v.Table.Rows[0][1] != fmt.Sprint(len(h.in)) || v.Table.Rows[0][2] != fmt.Sprint(len(h.out)) || !strings.HasPrefix(v.Table.Rows[2][0], first) {
		t.Errorf("the table is %q", v.Table.Rows)
	}
}

// TestBrushCounts brushes what is predicted virginica, in a picture of all rows
// and in one of some: the counts are those of the table, one by one.
func TestBrushCounts(t *testing.T) {
	for _, name := range []string{"surface", "beeswarm"} {
		f := asked(t, NewBuilder(), "iris", "exact-shapley", 0, spec.View{Name: name, Rows: 50})
		says := func(row int) string {
			best, scores := 0, predict(f.trainer.Model(), f.table.Row(row))
			for j, v := range scores {
				if v > scores[best] {
					best = j
				}
			}
			return f.table.Classes()[best]
		}
		f = brushed(t, f, func(row int) bool { return says(row) == "virginica" })
		v := brushOf(t, f)
		shown := f.sample(50)
		if name == "surface" {
			shown = f.sample(f.table.Rows())
		}
		count, right, score := map[string]int{}, map[bool]int{}, 0.0
		for _, row := range shown {
			count[says(row)]++
			if says(row) == f.table.Classes()[int(f.table.Y[row])] {
				right[says(row) == "virginica"]++
			}
			if says(row) == "virginica" {
				score += float64(predict(f.explained, f.table.Row(row))[f.class])
			}
		}
		n, others := count["virginica"], len(shown)-count["virginica"]
		cell := func(k, of int) string { return fmt.Sprintf("%d (%s)", k, percent(float64(k)/float64(of))) }
		want := [][]string{{"rows", fmt.Sprint(n), fmt.Sprint(others)},
			{"mean probability of virginica", percent(score / float64(n)), ""},
			{"predicted setosa", cell(0, n), cell(count["setosa"], others)},
			{"predicted versicolor", cell(0, n), cell(count["versicolor"], others)},
			{"predicted virginica", cell(n, n), cell(0, others)},
			{"predicted right", cell(right[true], n), cell(right[false], others)}}
		want[1][2] = v.Table.Rows[1][2]
		if !slices.EqualFunc(v.Table.Rows[:6], want, slices.Equal) {
			t.Errorf("%s: %q, want %q", name, v.Table.Rows[:6], want)
		}
		if start := fmt.Sprintf("%d of %d flowers brushed. Their mean probability of virginica is %s, that of all ", n, len(shown), want[1][1]); !strings.HasPrefix(v.Summary, start) {
			t.Errorf("%s: %q does not start with %q", name, v.Summary, start)
		}
	}
}

// TestBrushEdges brushes no shown row, all, and one.
func TestBrushEdges(t *testing.T) {
	f := asked(t, NewBuilder(), "iris", "exact-shapley", 0, spec.View{Name: "beeswarm", Rows: 40})
	if why := f.refuseView("brush"); why == "" || slices.Contains(f.Views(), "brush") {
		t.Error("without a brush there is something to say of one")
	}
	shown := f.sample(40)
	for name, c := range map[string]struct {
		is        func(int) bool
		summary   string
		rows, and int // of the table, features aside; those of features
	}{
		"none": {func(row int) bool { return !slices.Contains(shown, row) }, "0 of 40 flowers brushed.", 0, 0},
		"all":  {func(int) bool { return true }, "40 of 40 flowers brushed. Their mean", 6, 0},
		"one":  {func(row int) bool { return row == shown[7] }, "1 of 40 flowers brushed. Their mean", 6, 6},
	} {
		v := brushOf(t, brushed(t, f, c.is))
		if !strings.HasPrefix(v.Summary, c.summary) || len(v.Table.Rows) < c.rows || len(v.Table.Rows) > c.rows+c.and {
			t.Errorf("%s: %q, %q", name, v.Summary, v.Table.Rows)
		}
		for _, line := range v.Table.Rows {
			if strings.Contains(strings.Join(line, " "), "NaN") {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

// TestBrushOfValues compares values where no attributions are shown: a number
// in standard deviations, a category by the share of the most common one.
func TestBrushOfValues(t *testing.T) {
	nan := float32(math.NaN())
	f := &Figure{table: &dataset.Table{Columns: []dataset.Column{
		{Name: "size", Kind: dataset.Number, Step: 0.1},
		{Name: "home", Kind: dataset.Category, Categories: []string{"rents", "owns"}},
		{Name: "same", Kind: dataset.Number, Step: 1},
		{Name: "gone", Kind: dataset.Number, Step: 1}},
		X: []float32{1, 1, 5, nan, 3, 1, 5, nan, 2, 0, 5, nan, 2, 0, 5, nan, 2, 0, 5, nan, nan, nan, 5, nan}}}
	h := &herd{rows: []int{0, 1, 2, 3, 4, 5}, in: []int{0, 1}, out: []int{2, 3, 4, 5}}
	got := f.contrasts(h, 3)
	want := []contrast{{feature: 1, by: 1 / math.Sqrt(0.24), in: 1, out: 0, code: 1}}
	if len(got) != 1 || got[0].feature != 1 || math.Abs(got[0].by-want[0].by) > 1e-12 || got[0].in != 1 || got[0].out != 0 || got[0].code != 1 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if text := f.tell(h, got); text != "What sets them apart most is home: owns for 100 % of them and 0 % of the others." {
		t.Error(text)
	}
	f.table.X[0] = 3 // the sizes of the brushed are 3 and 3, of the others 2, 2 and 2
	got = f.contrasts(h, 3)
	if len(got) != 2 || got[1].feature != 0 && got[0].feature != 0 {
		t.Fatalf("%+v", got)
	}
	for _, a := range got {
		if a.feature == 0 && (a.in != 3 || a.out != 2 || math.Abs(a.by-1/math.Sqrt(0.24)) > 1e-12) {
			t.Errorf("%+v", a)
		}
	}
}

// TestBrushPartsTheMeans weighs the mean magnitudes of the brushed rows and of
// the others by how many they are: that is the mean over all.
func TestBrushPartsTheMeans(t *testing.T) {
	f := asked(t, NewBuilder(), "iris", "exact-shapley", 0, spec.View{Name: "mean-attribution", Rows: 40})
	means := func(f *Figure) *view.Importance {
		v, err := f.View(Want{View: "mean-attribution"})
		if err != nil {
			t.Fatal(err)
		}
		return v.(*view.Importance)
	}
	all := means(f).Bars
	f = brushed(t, f, func(row int) bool { return row < 60 })
	h, err := f.herd()
	if err != nil {
		t.Fatal(err)
	}
	parts := means(f).Bars
	if len(parts) != 2*len(all) {
		t.Fatalf("%d bars of brushed rows and others, %d of all", len(parts), len(all))
	}
	for i, bar := range all {
		in, out := float64(len(h.in)), float64(len(h.out))
		its, theirs := parts[2*i], parts[2*i+1]
		if got := (in*its.Amount + out*theirs.Amount) / (in + out); its.Index != bar.Index || theirs.Index != bar.Index || math.Abs(got-bar.Amount) > 1e-12 {
			t.Errorf("%s: %v and %v make %v, not %v", bar.Feature, its.Amount, theirs.Amount, got, bar.Amount)
		}
	}
	if got := means(brushed(t, f, func(int) bool { return true })).Bars; len(got) != len(all) {
		t.Error("with all rows brushed there are others")
	}
}
