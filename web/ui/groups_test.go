package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// newGroups returns a rig that asks for Owen values, of data that suggests one
// group.
func newGroups(t *testing.T) *rig {
	r := newBench(t)
	r.session.SetExplainer("owen")
	r.answer()
	r.session.status.Groups = []string{"", "money", "money"}
	return r
}

// grouping is the spec's groups, and checks that the spec parses.
func grouping(t *testing.T, r *rig) string {
	t.Helper()
	text := encoded(t, r.session.Spec())
	if _, err := spec.Parse(text, r.session.Menu.Vocabulary); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(r.session.Spec().Explain.Groups)
}

func TestGroupsAreEdited(t *testing.T) {
	r := newGroups(t)
	c := &WhyStep{S: r.session}
	set := func(place, value string) func() { return func() { c.SetKnob(explainPart, memberKnob+place, value) } }
	name := func(old, name string) func() {
		return func() {
			_, names := r.session.groups()
			c.SetKnob(explainPart, nameKnob+strconv.Itoa(slices.Index(names, old)), name)
		}
	}
	from := func(value string) func() { return func() { c.SetKnob(explainPart, groupsKnob, value) } }
	values := func() knob.Values { return c.values(r.session.Spec().Explain.Knobs) }
	for _, x := range []struct {
		about string
		do    func()
		want  string
	}{
		{"a third joins", set("0", "money"), "map[money:[age income debt]]"},
		{"named", name("money", "  means "), "map[means:[age income debt]]"},
		{"no name", name("means", " "), "map[means:[age income debt]]"},
		{"one leaves", set("2", alone), "map[means:[age income]]"},
		{"and starts another", set("2", newGroup), "map[group 1:[debt] means:[age income]]"},
		{"one moves over", set("0", "group 1"), "map[group 1:[age debt] means:[income]]"},
		{"the last leaves", set("1", alone), "map[group 1:[age debt]]"},
		{"a second new one", set("1", newGroup), "map[group 1:[age debt] group 2:[income]]"},
		{"two become one", name("group 2", "group 1"), "map[group 1:[age income debt]]"},
		{"a long name", name("group 1", strings.Repeat("é", 80)), "map[" + strings.Repeat("é", 30) + ":[age income debt]]"},
		{"a long name, cut in a letter", name(strings.Repeat("é", 30), "x"+strings.Repeat("é", 80)), "map[x" + strings.Repeat("é", 29) + ":[age income debt]]"},
		{"none", from(noGroups), "map[]"},
		{"one to begin with", from(ownGroups), "map[group 1:[age]]"},
		{"the last leaves again", set("0", alone), "map[]"},
	} {
		x.do()
		if got := grouping(t, r); got != x.want {
			t.Errorf("%s: %s, want %s", x.about, got, x.want)
		}
	}
	if v := values(); r.session.Spec().Explain.Groups == nil || v[groupsKnob] != noGroups || v["in-1"] != alone {
		t.Errorf("nothing joined is %#v, %v", r.session.Spec().Explain.Groups, v)
	}
	from(suggested)()
	if v := values(); r.session.Spec().Explain.Groups != nil || v[groupsKnob] != suggested || v["in-1"] != "money" {
		t.Errorf("as the data suggests: %v", v)
	}
	from(ownGroups)()
	if got := grouping(t, r); got != "map[money:[income debt]]" || values()[groupsKnob] != ownGroups {
		t.Errorf("my own begin as %s", got)
	}
	r.session.Undo()
	if r.session.Spec().Explain.Groups != nil {
		t.Error("undo does not take them back")
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

func TestGroupsAreListed(t *testing.T) {
	r := newGroups(t)
	c := &WhyStep{S: r.session}
	page := html(t, c)
	has(t, page, `id="knob-explain-groups"`, ">as the data suggests<", `id="knob-explain-pairs"`)
	hasNot(t, page, "knob-explain-in")
	c.SetKnob(explainPart, groupsKnob, ownGroups)
	has(t, html(t, c), `value="money"`, `for="knob-explain-name-0"`, `for="knob-explain-in-1"`, ">income<", ">(a new group)<")
	c.SetKnob(explainPart, "pairs", 40.0)
	if v := r.session.Spec().Explain.Knobs["pairs"]; v != 40.0 {
		t.Errorf("the knob of the method stands at %v", v)
	}
	r.session.SetExplainer("kernel-shap")
	hasNot(t, html(t, c), "knob-explain-groups", "money")
	r.session.SetCompare("owen")
	has(t, html(t, c), "knob-compare-groups", `value="money"`)
}

// TestRowsAreParted offers classes and features to part rows by, for average
// sizes only.
func TestRowsAreParted(t *testing.T) {
	r := newBench(t)
	c := &ViewTools{S: r.session}
	hasNot(t, html(t, c), "Parted by")
	r.session.SetView("mean-attribution")
	r.answer()
	has(t, html(t, c), "Parted by", ">nothing<", ">class<", ">predicted<", ">income<")
	c.SetOrder("predicted")
	if by := r.asked().View.By; by != "predicted" || c.order() != by {
		t.Errorf("parted by %q", by)
	}
	r.session.status.Data.Classes = nil
	hasNot(t, html(t, c), ">class<")
}
