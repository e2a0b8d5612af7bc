package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
)

// newGroups returns a rig that asks for Owen values, of data that suggests one
// group.
func newGroups(t *testing.T) *rig {
	r := newBench(t)
	r.session.SetExplainer("owen")
	r.answer()
	r.session.status.Groups = []figure.Group{{Name: "money", Features: []string{"income", "debt"}}}
	return r
}

// grouping is the spec's groups, and checks that the spec parses.
func grouping(t *testing.T, r *rig) string {
	t.Helper()
	text := encoded(t, r.session.Spec())
	if _, err := spec.Parse(text, r.session.Menu.Vocabulary); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(r.session.Spec().Explain.Groups, r.session.Spec().View.Split)
}

func TestGroupsAreEdited(t *testing.T) {
	r := newGroups(t)
	s := r.session
	s.SplitGroup(0)
	for _, x := range []struct {
		about string
		do    func()
		want  string
	}{
		{"split", func() {}, "map[] [money]"},
		{"a third joins", func() { s.PutIn("age", "money") }, "map[money:[income debt age]] [money]"},
		{"named", func() { s.NameGroup("money", "  means ") }, "map[means:[income debt age]] []"},
		{"no name", func() { s.NameGroup("means", " ") }, "map[means:[income debt age]] []"},
		{"one leaves", func() { s.TakeOut("debt") }, "map[means:[income age]] []"},
		{"and starts another", func() { s.StartGroup("debt") }, "map[group 1:[debt] means:[income age]] []"},
		{"one moves over", func() { s.PutIn("age", "group 1") }, "map[group 1:[debt age] means:[income]] []"},
		{"no feature", func() { s.PutIn("", "means") }, "map[group 1:[debt age] means:[income]] []"},
		{"the last leaves", func() { s.TakeOut("income") }, "map[group 1:[debt age]] []"},
		{"a second new one", func() { s.StartGroup("income") }, "map[group 1:[debt age] group 2:[income]] []"},
		{"two become one", func() { s.NameGroup("group 2", "group 1") }, "map[group 1:[debt age income]] []"},
		{"a long name", func() { s.NameGroup("group 1", strings.Repeat("é", 80)) }, "map[" + strings.Repeat("é", 60) + ":[debt age income]] []"},
		{"nothing joined", func() { s.TakeOut("debt"); s.TakeOut("age"); s.TakeOut("income") }, "map[] []"},
	} {
		x.do()
		if got := grouping(t, r); got != x.want {
			t.Errorf("%s: %s, want %s", x.about, got, x.want)
		}
	}
	if g := s.Spec().Explain.Groups; g == nil || len(s.groups()) != 0 {
		t.Errorf("nothing joined is %#v", g)
	}
	s.SuggestedGroups()
	if g := s.Spec().Explain.Groups; g != nil || len(s.groups()) != 1 {
		t.Errorf("as the data suggests: %#v", g)
	}
	s.Undo()
	if s.Spec().Explain.Groups == nil {
		t.Error("undo does not bring the groups back")
	}
}

// TestBarsOfGroupsOpen clicks the bar of a group, and then that of a feature.
func TestBarsOfGroupsOpen(t *testing.T) {
	r := newGroups(t)
	b := &Bench{A: r.App}
	pick := b.pick("waterfall")
	if pick(3); !slices.Equal(r.session.Spec().View.Split, []string{"money"}) {
		t.Errorf("after a click on the group: %v", r.session.Spec().View.Split)
	}
	b.look("waterfall")(3)
	if pick(1); b.looked != 2 {
		t.Errorf("feature %d is looked at", b.looked-1)
	}
	if pick(3); len(r.session.Spec().View.Split) != 0 {
		t.Errorf("after a second click: %v", r.session.Spec().View.Split)
	}
	pick(7)
}

func TestGroupListIsThere(t *testing.T) {
	r := newGroups(t)
	c := &GroupList{S: r.session}
	page := html(t, c)
	has(t, page, "1 group of features", `aria-expanded="false"`)
	hasNot(t, page, "income")
	c.Turn()
	has(t, html(t, c), `value="money"`, "Take income out of money", "Put a feature into money", "Start a new group with", ">age<", ">debt (money)<")
	hasNot(t, html(t, c), "As the data suggests")
	r.session.TakeOut("debt")
	has(t, html(t, c), "As the data suggests", ">debt<")
	has(t, html(t, &WhyStep{S: r.session}), "1 group of features")
	r.session.SetExplainer("kernel-shap")
	hasNot(t, html(t, &WhyStep{S: r.session}), "of features<")
	r.session.SetCompare("owen")
	has(t, html(t, &WhyStep{S: r.session}), "1 group of features")
}

// TestRowsAreParted offers classes and features to part rows by, for average
// sizes only.
func TestRowsAreParted(t *testing.T) {
	r := newBench(t)
	c := &ViewTools{S: r.session}
	hasNot(t, html(t, c), `id="by"`)
	r.session.SetView("mean-attribution")
	r.answer()
	r.session.status.Data.Target = "decision"
	has(t, html(t, c), `id="by"`, ">true decision<", ">predicted class<", ">income<")
	r.session.SetBy("predicted")
	if by := r.asked().View.By; by != "predicted" {
		t.Errorf("parted by %q", by)
	}
	r.session.status.Data.Classes = nil
	hasNot(t, html(t, c), "predicted class")
}
