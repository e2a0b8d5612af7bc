package figure

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

func treeOf(t *testing.T, f *Figure, number int) *view.Tree {
	t.Helper()
	f.s.View.Tree = number
	v, err := f.View(Want{View: "tree-outline"})
	if err != nil {
		t.Fatal(err)
	}
	return v.(*view.Tree)
}

// way returns the nodes on the row's way.
func way(v *view.Tree) []view.TreeNode {
	return slices.DeleteFunc(slices.Clone(v.Nodes), func(n view.TreeNode) bool { return !n.OnPath })
}

// ended sums what the leaves of all trees on the row's way add to the base.
func ended(t *testing.T, f *Figure) float64 {
	t.Helper()
	sum := f.grove().base
	for number := 1; number <= len(f.grove().of); number++ {
		v := treeOf(t, f, number)
		nodes := way(v)
		last := nodes[len(nodes)-1]
		if v.Number != number || v.Of != len(f.grove().of) || last.Leaf == "" || nodes[0].Index != 0 {
			t.Fatalf("tree %d of %d goes from node %d to %q", v.Number, v.Of, nodes[0].Index, last.Leaf)
		}
		sum += last.Amount
		readable(t, f, v)
	}
	return sum
}

// readable answers each question on the row's way by its words alone: the
// answer is the one that the way goes on with.
func readable(t *testing.T, f *Figure, v *view.Tree) {
	t.Helper()
	nodes := way(v)
	for i, n := range nodes[:len(nodes)-1] {
		yes := false
		switch sign, rest, _ := strings.Cut(n.Asks, " "); {
		case n.Value == "missing":
			yes = n.Missing == "yes"
		case n.Asks == "is known":
			yes = true
		case sign == "is":
			yes = slices.Contains(strings.Split(strings.ReplaceAll(rest, " or ", ", "), ", "), n.Value)
		default:
			at, x := spoken(t, rest), spoken(t, n.Value)
			yes = x < at || sign == "≤" && x == at
		}
		if next := nodes[i+1]; yes != next.Yes || next.Depth != n.Depth+1 {
			t.Errorf("%s %s? The row has %s, and the way goes on with yes: %v", n.Feature, n.Asks, n.Value, next.Yes)
		}
		if row := v.Table.Rows[i]; row[0] != n.Feature+" "+n.Asks+"?" || row[1] != n.Value || row[2] != yesNo(yes) {
			t.Errorf("the table says %q of %s %s?", row, n.Feature, n.Asks)
		}
	}
	if len(v.Table.Rows) != len(nodes) {
		t.Errorf("%d lines of the table for %d nodes", len(v.Table.Rows), len(nodes))
	}
}

// spoken reads a value with its unit.
func spoken(t *testing.T, text string) float64 {
	t.Helper()
	number, _, _ := strings.Cut(strings.ReplaceAll(text, ",", ""), " ")
	x, err := strconv.ParseFloat(number, 64)
	if err != nil {
		t.Fatalf("%q is no value", text)
	}
	return x
}

// TestTreesAddUpToTheScore walks through every tree of trained models: the
// leaves and the base are what Predict gives.
func TestTreesAddUpToTheScore(t *testing.T) {
	for _, m := range catalog.Models() {
		if !m.Trees {
			continue
		}
		for _, data := range []string{"iris", "loans", "diabetes", "wine"} {
			b := NewBuilder()
			for _, row := range []int{0, 7, 80, 130} {
				s := &spec.Spec{Schema: spec.Version, Seed: 31, Data: spec.Data{Name: data}, Model: spec.Model{Name: m.Name},
					Explain: spec.Explain{Name: "permutation-shap", Row: &row}, View: spec.View{Name: "tree-outline"}}
				switch m.Name {
				case "boosting":
					s.Model.Knobs = knob.Values{"rounds": 12.0}
				case "tree":
				default:
					s.Model.Knobs = knob.Values{"trees": 12.0}
				}
				f := build(t, b, s)
				model := f.explained
				if margin, ok := marginOf(f.trainer.Model()); ok {
					model = margin
				}
				want := float64(predict(model, f.x)[f.class])
				if got := ended(t, f); math.Abs(got-want) > 2e-6*max(1, math.Abs(want)) {
					t.Errorf("%s, %s row %d: the trees add up to %v, the model says %v", m.Name, data, row, got, want)
				}
				if status, err := f.Status(); err != nil || status.Trees != len(f.grove().of) || status.Trees == 0 {
					t.Errorf("%s, %s: the status counts %d trees (%v)", m.Name, data, status.Trees, err)
				}
			}
		}
	}
}

// own builds a figure of files.
func own(t *testing.T, b *Builder, rows, model string, knobs knob.Values, row int, class, gaps string) *Figure {
	t.Helper()
	if b.Files == nil {
		b.Files = &shelf.Shelf{}
	}
	open := func(name string) *spec.File {
		data, err := os.ReadFile(name)
		if err != nil {
			data, name = []byte(name), "rows.csv"
		}
		o, err := b.Open(name, data)
		if err != nil {
			t.Fatal(err)
		}
		return &o.File
	}
	s := &spec.Spec{Schema: spec.Version, Data: spec.Data{Name: spec.Own, File: open(rows)}, Model: spec.Model{Name: model, Knobs: knobs},
		Explain: spec.Explain{Name: "permutation-shap", Row: &row, Class: class}, View: spec.View{Name: "tree-outline"}}
	if gaps != "" {
		s.Data.Read = &spec.Reading{Gaps: gaps}
	}
	if strings.HasSuffix(model, ".json") {
		s.Model = spec.Model{Name: spec.Own, File: open(model)}
	}
	return build(t, b, s)
}

// TestTreesOfXGBoost reads models and margins of XGBoost 1.7.4: base and leaves
// of the ways that are drawn add up to its margins.
func TestTreesOfXGBoost(t *testing.T) {
	for name, classes := range map[string]int{"binary_breast_cancer_50x4": 1, "multiclass_wine_30x3": 3, "regression_diabetes_100x6": 0} {
		folder := "../importer/testdata/xgboost/" + name + "/"
		text, err := os.ReadFile(folder + "expected.json")
		if err != nil {
			t.Fatal(err)
		}
		var want struct{ Margin []any }
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		b, worst := NewBuilder(), 0.0
		for row, margins := range want.Margin {
			all, ok := margins.([]any)
			if !ok {
				all = []any{margins}
			}
			for k, margin := range all {
				class := ""
				if classes == 1 {
					class = "class 1"
				} else if classes > 1 {
					class = fmt.Sprint("class ", k)
				}
				f := own(t, b, folder+"X20.csv", folder+"model.json", nil, row, class, "")
				m := margin.(float64)
				worst = max(worst, math.Abs(ended(t, f)-m)/max(1, math.Abs(m)))
			}
		}
		t.Logf("%s: off by %.2g", name, worst)
		if len(want.Margin) != 20 || !(worst <= 1e-6) {
			t.Errorf("%s: %d rows, off by %v", name, len(want.Margin), worst)
		}
	}
}

// TestTreesAskOfGapsAndCategories trains on a table with both, and reads the
// answers.
func TestTreesAskOfGapsAndCategories(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	var text strings.Builder
	w := csv.NewWriter(&text)
	w.Write([]string{"height", "housing", "children", "grade"})
	housing := []string{"rents", "owns", "parents", "shared"}
	for range 240 {
		h, kind, kids := float64(150+r.IntN(400)/10), r.IntN(4), r.IntN(5)
		grade := []string{"low", "high"}[(kind%2+kids/3+r.IntN(2))/2]
		cell := strconv.FormatFloat(h, 'f', 1, 64)
		if r.IntN(4) == 0 {
			cell, grade = "", "high"
		}
		w.Write([]string{cell, housing[kind], strconv.Itoa(kids), grade})
	}
	w.Flush()
	for model, knobs := range map[string]knob.Values{"boosting": {"rounds": 20.0}, "forest": {"trees": 20.0}, "extra-trees": {"trees": 20.0}, "tree": nil} {
		gaps := "keep"
		if model == "tree" {
			gaps = "fill"
		}
		b, missing, among := NewBuilder(), 0, 0
		for row := range 40 {
			f := own(t, b, text.String(), model, knobs, row, "high", gaps)
			ended(t, f)
			for _, n := range way(treeOf(t, f, 1+row%20)) {
				if n.Missing != "" {
					missing++
				}
				if strings.HasPrefix(n.Asks, "is ") {
					among++
				}
			}
		}
		if among == 0 || missing == 0 && gaps == "keep" {
			t.Errorf("%s: %d questions of categories, %d of what is missing somewhere", model, among, missing)
		}
	}
}

// TestTreeOpensAndCloses turns nodes of one tree and compares what is shown
// with the whole tree.
func TestTreeOpensAndCloses(t *testing.T) {
	f := asking(t, "loans", "forest", "permutation-shap", knob.Values{})
	first := treeOf(t, f, 2)
	g := f.grove()
	_, right, _, _ := g.Nodes(g.of[1])
	feature, _, _, cover := g.Nodes(g.of[1])
	questions := func(from, to int) (n int) {
		for _, j := range feature[from:to] {
			if j >= 0 {
				n++
			}
		}
		return n
	}
	end := func(i int) int { // of the subtree
		for feature[i] >= 0 {
			i = int(right[i])
		}
		return i + 1
	}
	var closed []view.TreeNode
	for _, n := range first.Nodes {
		if n.Leaf != "" {
			continue
		}
		if n.Open != n.OnPath {
			t.Errorf("at first node %d is open: %v, on the way: %v", n.Index, n.Open, n.OnPath)
		}
		if want := questions(n.Index+1, end(n.Index)); n.Below != want {
			t.Errorf("below node %d are %d questions, not %d", n.Index, want, n.Below)
		}
		if want := float64(cover[n.Index]) / float64(cover[0]); n.Share != want || first.Share != "training rows" {
			t.Errorf("node %d: %v of the %s, want %v", n.Index, n.Share, first.Share, want)
		}
		if !n.Open && n.Below > 0 {
			closed = append(closed, n)
		}
	}
	if len(closed) == 0 {
		t.Fatal("nothing is closed")
	}
	f.s.View.Open = []int{closed[0].Index, 999999}
	opened := treeOf(t, f, 2)
	if len(opened.Nodes) != len(first.Nodes)+2 || len(opened.Table.Rows) != len(first.Table.Rows) {
		t.Errorf("%d lines, and %d with one more node open", len(first.Nodes), len(opened.Nodes))
	}
	f.s.View.Open = []int{0}
	if shut := treeOf(t, f, 2); len(shut.Nodes) != 1 || shut.Nodes[0].Open || shut.Summary != first.Summary {
		t.Errorf("with the root closed: %+v", shut.Nodes)
	}
	f.s.View.Open = nil
	for i, j := range feature {
		if j >= 0 && !slices.ContainsFunc(first.Nodes, func(n view.TreeNode) bool { return n.Index == i && n.OnPath }) {
			f.s.View.Open = append(f.s.View.Open, i)
		}
	}
	if all := treeOf(t, f, 2); len(all.Nodes) != len(feature) {
		t.Errorf("with all open %d of %d nodes are shown", len(all.Nodes), len(feature))
	}
	last := treeOf(t, f, 9999)
	if last.Number != last.Of || !strings.Contains(last.Note, "There is no tree 9999") {
		t.Errorf("asked for tree 9999: tree %d, %q", last.Number, last.Note)
	}
}

// TestTreeSentences compares sentences with the amounts.
func TestTreeSentences(t *testing.T) {
	for _, x := range []struct{ data, model, note string }{
		{"loans", "boosting", "The model starts at "},
		{"diabetes", "boosting", "the progression is "},
		{"iris", "tree", ""},
		{"iris", "forest", "The model takes the mean of its 60 trees: "},
		{"diabetes", "forest", "The model starts at "},
	} {
		v := treeOf(t, asking(t, x.data, x.model, "permutation-shap", nil), map[bool]int{true: 1, false: 3}[x.model == "tree"])
		nodes := way(v)
		amount := nodes[len(nodes)-1].Amount
		asked := fmt.Sprintf("asks %s of", plural(len(nodes)-1, "question"))
		verb := "gives it"
		if v.Adds {
			verb = map[bool]string{true: "raises the ", false: "lowers the "}[amount > 0] + v.Score + " by " + number(math.Abs(amount))
		}
		if !strings.Contains(v.Note, x.note) || x.note == "" && v.Note != "" {
			t.Errorf("%s of %s is noted %q, want %q", x.model, x.data, v.Note, x.note)
		}
		if !strings.Contains(v.Summary, asked) || !strings.Contains(v.Summary, verb) {
			t.Errorf("%s of %s: %q, want %q and %q", x.model, x.data, v.Summary, asked, verb)
		}
	}
}

func TestModelsWithoutTreesAreRefused(t *testing.T) {
	for _, name := range []string{"loans-why", "digits-draw", "wine-importance"} {
		f := build(t, NewBuilder(), example(t, name))
		_, err := f.View(Want{View: "tree-outline"})
		trees := f.family.Trees
		if refused := f.refuseView("tree-outline"); trees != (refused == "") || trees != (err == nil) {
			t.Errorf("%s: made of trees: %v, refused with %q, %v", name, trees, refused, err)
		}
	}
	s := example(t, "iris-tree")
	stop := 0
	s.Model = spec.Model{Name: "boosting", Stop: &stop}
	if f := build(t, NewBuilder(), s); f.refuseView("tree-outline") != "draws a tree of the model, and none has grown yet" {
		t.Errorf("an untrained model: %q", f.refuseView("tree-outline"))
	}
}

// TestQuestionWords puts values close to thresholds: what is written gives the
// answer.
func TestQuestionWords(t *testing.T) {
	width := &dataset.Column{Name: "width", Unit: "mm", Kind: dataset.Number, Step: 0.1}
	age := &dataset.Column{Name: "age", Unit: "years", Kind: dataset.Integer, Step: 1}
	home := &dataset.Column{Name: "home", Kind: dataset.Category, Step: 1, Categories: []string{"rents", "owns", "parents"}}
	nan := float32(math.NaN())
	for _, x := range []struct {
		c           *dataset.Column
		q           test
		x           float32
		asks, value string
	}{
		{width, test{threshold: 4.8}, 5.1, "< 4.8 mm", "5.1 mm"},
		{width, test{threshold: 4.85}, 4.8, "< 4.85 mm", "4.8 mm"},
		{width, test{threshold: 4.8, closed: true}, 4.8, "≤ 4.8 mm", "4.8 mm"},
		{width, test{threshold: 4.8}, 4.79, "< 4.8 mm", "4.79 mm"},
		{width, test{threshold: 4.8, closed: true}, 4.8001, "≤ 4.8 mm", "4.8001 mm"},
		{width, test{threshold: 4.8}, nan, "< 4.8 mm", "missing"},
		{width, test{threshold: math.Nextafter32(4.8, 5)}, 4.8, "< 4.800001 mm", "4.8 mm"},
		{width, test{threshold: math.MaxFloat32}, 3, "is known", "3.0 mm"},
		{width, test{threshold: float32(math.Inf(-1))}, 3, "< −∞", "3.0 mm"},
		{age, test{threshold: 34.5}, 34, "≤ 34 years", "34 years"},
		{age, test{threshold: 34}, 34, "≤ 33 years", "34 years"},
		{age, test{threshold: 34, closed: true}, 34, "≤ 34 years", "34 years"},
		{age, test{threshold: -0.5}, 1, "≤ -1 years", "1 year"},
		{age, test{threshold: 34.5}, nan, "< 34.5 years", "missing"},
		{home, test{threshold: 1.5}, 2, "is rents or owns", "parents"},
		{home, test{threshold: 0, closed: true}, 2, "is rents", "parents"},
		{home, test{categorical: true, codes: []int32{0, 2, 7}}, 2, "is rents, parents or 7", "parents"},
		{home, test{categorical: true}, 2, "is none of its values", "parents"},
		{width, test{categorical: true, codes: []int32{3}}, 3, "is 3", "3.0 mm"},
	} {
		asks, value := questionText(x.c, x.q, x.x)
		if asks != x.asks || value != x.value {
			t.Errorf("%s %+v with %v: %q, %q; want %q, %q", x.c.Name, x.q, x.x, asks, value, x.asks, x.value)
		}
	}
	many := test{categorical: true}
	for code := range int32(40) {
		many.codes = append(many.codes, code)
	}
	if asks, _ := questionText(width, many, 1); !strings.HasSuffix(asks, "9, 10 or one of 29 others") {
		t.Errorf("40 categories: %q", asks)
	}
}
