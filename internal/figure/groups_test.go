package figure

import (
	"fmt"
	"math"
	"math/bits"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// togetherOf explains a refused loan by Owen values of some groups.
func togetherOf(t *testing.T, groups map[string][]string, split ...string) *Figure {
	t.Helper()
	return build(t, NewBuilder(), &spec.Spec{Schema: spec.Version, Seed: 3, Data: spec.Data{Name: "loans"}, Model: spec.Model{Name: "mlp", Knobs: knob.Values{"epochs": 10.0}},
		Explain: spec.Explain{Name: "owen", Groups: groups, Knobs: knob.Values{"pairs": 100.0, "background": 10.0}}, View: spec.View{Name: "waterfall", Split: split}})
}

// A group of a figure gets the Shapley value of the group in the game whose
// players are the groups, summed here from its formula.
func TestGroupsOfAFigure(t *testing.T) {
	groups := map[string][]string{"means": {"savings", "income"}, "ties": {"dependants", "neighbourhood", "tenure"}}
	f := togetherOf(t, groups, "ties")
	a, _, err := f.main()
	if err != nil || a.StdErr != nil {
		t.Fatal(err, a.StdErr)
	}
	q := f.query("explaining", "law", 10)
	var players [][]int
	for _, own := range a.Groups {
		var all []int
		for _, columns := range own.Members {
			all = append(all, columns...)
		}
		players = append(players, all)
	}
	if len(players) != 5 || len(players[0]) != 2 || len(players[1]) != 3 {
		t.Fatalf("the groups are %v", players)
	}
	for g, want := range quotient(q, players) {
		if own := a.Groups[g]; math.Abs(own.Value-want) > 1e-6 {
			t.Errorf("%s gets %g, as one feature %g", own.Name, own.Value, want)
		}
	}
	v, err := f.waterfall(false, 10)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	at, within := v.Base, 0.0
	for _, b := range v.Bars {
		switch {
		case b.Split:
			within = b.Amount
			said = append(said, "["+b.Feature+"]")
			continue
		case b.Within:
			within -= b.Amount
		default:
			if math.Abs(within) > 1e-9 {
				t.Errorf("before %s the parts of a group are off by %g", b.Feature, within)
			}
			within = 0
		}
		said = append(said, b.Feature)
		at += b.Amount
	}
	if math.Abs(at-v.Final) > 1e-9 {
		t.Errorf("the bars end at %g, the score is %g", at, v.Final)
	}
	names := strings.Join(said, ", ")
	for _, want := range []string{"[ties (3 features)], ", "means (2 features)", "age", "debt", "group"} {
		if !strings.Contains(names, want) {
			t.Errorf("no bar %q in %s", want, names)
		}
	}
	if len(said) != 8 || len(v.Table.Rows) != 10 || v.Table.Rows[0][0] == "" {
		t.Errorf("bars %s, table %v", names, v.Table)
	}
	if _, err := draw.SVG(v, draw.Size{Width: 640}); err != nil {
		t.Error(err)
	}
}

// quotient returns the Shapley values of players that are sets of features.
func quotient(q explain.Query, players [][]int) []float64 {
	d, k := q.Dims()
	m := len(players)
	worth := make([]float64, 1<<m)
	out := make([]float32, k)
	for s := range worth {
		for b := 0; b < len(q.Background); b += d {
			row := append([]float32(nil), q.Background[b:b+d]...)
			for p, features := range players {
				for _, j := range features {
					if s>>p&1 == 1 {
						row[j] = q.X[j]
					}
				}
			}
			q.Predict(out, row, 1)
			worth[s] += float64(out[q.Class]) * float64(d) / float64(len(q.Background))
		}
	}
	values := make([]float64, m)
	for s := range worth {
		for p := range players {
			if n := bits.OnesCount(uint(s)); s>>p&1 == 0 {
				values[p] += factorial(n) * factorial(m-n-1) / factorial(m) * (worth[s|1<<p] - worth[s])
			}
		}
	}
	return values
}

// What the figure says of groups decides, what the data says only where it says
// nothing; and no groups at all are something to say.
func TestWhoseGroups(t *testing.T) {
	at := func(groups map[string][]string) *Figure {
		return asking(t, "breast_cancer", "tree", "owen", nil).with(t, groups)
	}
	if g := at(nil).groups(); len(g) != 30 || g[0] != "radius" || g[10] != "radius" || g[20] != "radius" || g[1] != "texture" {
		t.Errorf("by the data: %q", g)
	}
	if g := at(map[string][]string{}).groups(); g != nil {
		t.Errorf("none: %q", g)
	}
	f := at(map[string][]string{"size": {"mean area", "mean radius"}})
	if g := f.groups(); g[0] != "size" || g[3] != "size" || strings.Join(g, "") != "sizesize" {
		t.Errorf("the figure's: %q", g)
	}
	v, err := f.waterfall(false, 6)
	if err != nil || len(v.Bars) != 6 || v.Bars[5].Index != -1 || v.Bars[5].Feature != "24 others" {
		t.Errorf("%v: %+v", err, v.Bars)
	}
	sum := v.Base
	for _, b := range v.Bars {
		sum += b.Amount
	}
	if math.Abs(sum-v.Final) > 1e-9 {
		t.Errorf("the bars end at %g, not %g", sum, v.Final)
	}
}

// with returns the figure with other groups.
func (f *Figure) with(t *testing.T, groups map[string][]string) *Figure {
	t.Helper()
	s := spec.Clone(f.s)
	s.Explain.Groups = groups
	return build(t, f.b, s)
}

// Columns of a table of one's own of which exactly one is 1 are one feature.
func TestOneHotColumnsAreOneFeature(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("age,color_red,color_blue,color_green,sold\n")
	for i := range 90 {
		c := i % 3
		fmt.Fprintf(&csv, "%d,%d,%d,%d,%s\n", 20+i*7%40, one(c == 0), one(c == 1), one(c == 2), []string{"no", "yes"}[one(c == 1 || i%5 == 0)])
	}
	b := NewBuilder()
	b.Files = new(shelf.Shelf)
	o, err := b.Open("cars.csv", []byte(csv.String()))
	if err != nil {
		t.Fatal(err)
	}
	row := 4
	f := build(t, b, &spec.Spec{Schema: spec.Version, Seed: 1, Data: spec.Data{Name: spec.Own, File: &o.File}, Model: spec.Model{Name: "logistic"},
		Explain: spec.Explain{Name: "owen", Row: &row}, View: spec.View{Name: "waterfall"}})
	v, err := f.waterfall(false, 10)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]view.Bar{}
	for _, bar := range v.Bars {
		found[bar.Feature] = bar
	}
	if len(v.Bars) != 2 || found["color"].Value != "blue" || found["color"].Index != f.table.Column("color_blue") || found["color"].Amount == 0 {
		t.Errorf("%+v", v.Bars)
	}
	if !strings.Contains(v.Note, "One column of color is 1 in every row") {
		t.Error(v.Note)
	}
	g := f.with(t, map[string][]string{"all": {"age", "color_red", "color_blue", "color_green"}})
	if v, err = g.waterfall(false, 10); err != nil || len(v.Bars) != 1 || v.Bars[0].Feature != "all (2 features)" || math.Abs(v.Bars[0].Amount-(v.Final-v.Base)) > 1e-9 {
		t.Errorf("%v: %+v", err, v.Bars)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
