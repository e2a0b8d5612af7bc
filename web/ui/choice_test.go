package ui

import (
	"slices"
	"strings"
	"testing"
)

func texts(options []Option) string {
	var out []string
	for _, o := range options {
		out = append(out, o.Text)
	}
	return strings.Join(out, ", ")
}

// treeViews are those of an ensemble of trees over a table.
var treeViews = []string{"surface", "waterfall", "force", "what-if", "flips", "effect", "importance", "beeswarm", "mean-attribution", "dependence", "heatmap",
	"forces", "decision", "violin", "interactions", "tree-outline", "loss", "confusion", "rows"}

func TestViewsAreChosenByTheirQuestion(t *testing.T) {
	r := newBench(t)
	r.session.status.Views = treeViews
	c := &ViewTools{S: r.session}
	page := html(t, c)
	if got := texts(c.families); got != "This row, All rows, One feature, The model, Is it right?" {
		t.Errorf("the questions are %s", got)
	}
	if got := texts(c.relatives); got != "Decision surface, Importance, Interactions, Tree" {
		t.Errorf("beside the surface stand %s", got)
	}
	has(t, page, `role="radiogroup" aria-label="What the large picture is about"`, `checked="checked" name="family" value="surface"`, "Drag the ringed point.")
	found := map[string]bool{}
	for _, f := range c.families {
		r.session.SetView(f.Value)
		c.Compute()
		for _, v := range c.relatives {
			if found[v.Value] {
				t.Errorf("%s is offered twice", v.Value)
			}
			found[v.Value] = true
		}
	}
	for _, v := range treeViews {
		if found[v] != mainly(v) {
			t.Errorf("%s is offered: %v, want %v", v, found[v], mainly(v))
		}
	}
	hasNot(t, html(t, c), `name="view"`) // one picture tells whether it is right
	r.session.SetView("heatmap")
	page = html(t, c)
	if n := strings.Count(page, `name="view"`); n != 6 {
		t.Errorf("%d pictures of all rows", n)
	}
	if n := strings.Count(page, "checked="); n != 2 {
		t.Errorf("%d words are chosen, want the question and the picture", n)
	}
}

func TestAViewWithAPlaceOfItsOwnIsOfferedWhileItIsLarge(t *testing.T) {
	r := newBench(t)
	c := &ViewTools{S: r.session}
	for name, want := range map[string]int{"loss": 3, "flips": 0, "rows": 1} {
		r.session.SetView(name)
		c.Compute()
		if family(name) != want || !slices.ContainsFunc(c.relatives, func(o Option) bool { return o.Value == name }) {
			t.Errorf("%s stands under %q among %s", name, families[family(name)], texts(c.relatives))
		}
	}
}

func TestViewsPassedByArrowKeysAreOneStepToUndo(t *testing.T) {
	r := newBench(t)
	for _, name := range []string{"effect", "importance", "confusion"} {
		r.session.SetView(name)
	}
	r.session.Undo()
	if got := r.session.Spec().View.Name; got != "surface" {
		t.Errorf("undo shows %s", got)
	}
}

func TestMethodsStandInGroups(t *testing.T) {
	r := newBench(t)
	r.session.status.Refused["tree-shap"] = "needs a model made of trees"
	r.session.status.Refused["owen"] = "needs <b>groups</b>"
	var heads []string
	for _, o := range r.session.methods(true) {
		if len(heads) == 0 || heads[len(heads)-1] != o.Group {
			heads = append(heads, o.Group)
		}
	}
	if want := []string{byShares, byCauses, byChanges, ofModel}; !slices.Equal(heads, want) {
		t.Errorf("the groups come as %q, want each once: %q", heads, want)
	}
	list := string(r.session.glossary())
	if n := strings.Count(list, "<dt>"); n != len(r.menu.Explainers) {
		t.Errorf("%d methods are listed, want %d", n, len(r.menu.Explainers))
	}
	has(t, list, "(TreeSHAP) – needs a model made of trees</dt>", r.menu.explainer("causal-shapley").Help, "needs &lt;b&gt;groups")
	for _, o := range r.session.methods(false) {
		if o.Group == ofModel {
			t.Errorf("%s speaks of the model and cannot be compared", o.Value)
		}
	}
}

func TestTheGalleryCanShowOneQuestion(t *testing.T) {
	r := newRig(t, "")
	home := &Home{A: r.App}
	page := html(t, home)
	has(t, page, "Why this one?", "What matters over all?", "What would change it?", `checked="checked" name="question" value=""`)
	all := strings.Count(page, `class="card"`)
	home.Ask("What would change it?")
	page = html(t, home)
	has(t, page, "gallery/moons-flip.svg", "Why this one?</span>")
	hasNot(t, page, "gallery/loans-why.svg", "Why this one?</h3>")
	home.Ask("")
	if n := strings.Count(html(t, home), `class="card"`); n != all {
		t.Errorf("%d examples, before %d", n, all)
	}
}
