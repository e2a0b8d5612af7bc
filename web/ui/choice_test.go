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
	c.Compute()
	if got := texts(c.families()); got != "This row, All rows, One feature, The model, Is it right?" {
		t.Errorf("the questions are %s", got)
	}
	if got := c.family(); got != "The model" {
		t.Errorf("the surface is about %q", got)
	}
	found := map[string]bool{}
	for _, f := range c.families() {
		c.Turn(f.Value)
		c.Compute()
		if c.family() != f.Value {
			t.Errorf("turned to %q, it shows %s", f.Value, r.session.mainView())
		}
		for _, v := range c.relatives() {
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
	page := html(t, c)
	has(t, page, `role="radiogroup" aria-label="What the large picture is about"`, `checked="checked" name="family"`, `name="family" value="Is it right?"`)
	hasNot(t, page, `name="view"`) // one picture answers that question
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
	for name, want := range map[string]string{"loss": "The model", "flips": "This row", "rows": "All rows"} {
		r.session.SetView(name)
		c.Compute()
		if c.family() != want || !slices.ContainsFunc(c.relatives(), func(o Option) bool { return o.Value == name }) {
			t.Errorf("%s stands under %q among %s", name, c.family(), texts(c.relatives()))
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
	var heads []string
	for _, o := range r.session.methods(true) {
		if o.Group == "" || o.Help == "" {
			t.Errorf("%s has group %q and sentence %q", o.Value, o.Group, o.Help)
		}
		if len(heads) == 0 || heads[len(heads)-1] != o.Group {
			heads = append(heads, o.Group)
		}
	}
	if want := []string{byShares, byCauses, byChanges, ofModel}; !slices.Equal(heads, want) {
		t.Errorf("the groups come as %q, want each once: %q", heads, want)
	}
	c := &MethodList{S: r.session}
	hasNot(t, html(t, c), "<li")
	c.Toggle()
	page := html(t, c)
	if n := strings.Count(page, "<li"); n != len(r.menu.Explainers) {
		t.Errorf("%d methods are listed, want %d", n, len(r.menu.Explainers))
	}
	has(t, page, "Not here: needs a model made of trees.", `aria-expanded="true"`, byCauses, `aria-current="true"`)
	for _, o := range r.session.methods(false) {
		if o.Group == ofModel {
			t.Errorf("%s speaks of the model and cannot be compared", o.Value)
		}
	}
}

func TestTheGalleryCanShowOneKindOfData(t *testing.T) {
	r := newRig(t, "")
	home := &Home{A: r.App}
	page := html(t, home)
	has(t, page, "Why this one?", "What matters over all?", "What would change it?", "All data", "Images")
	all := strings.Count(page, `class="card"`)
	home.Show("Images")
	page = html(t, home)
	if n := strings.Count(page, `class="card"`); n == 0 || n >= all {
		t.Errorf("%d of %d examples are of images", n, all)
	}
	has(t, page, "digits-draw")
	hasNot(t, page, "gallery/loans-why.svg", "What would change it?") // no question without examples
	home.Show("")
	if n := strings.Count(html(t, home), `class="card"`); n != all {
		t.Errorf("%d examples, before %d", n, all)
	}
}
