package ui

import (
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
)

// ownModel is a page with a table and a model from files.
func ownModel(t *testing.T, check *figure.Check, classes ...string) (*rig, *ModelStep) {
	t.Helper()
	r := newBench(t)
	rows, model := spec.File{Title: "rows.csv", Sum: "0123456789abcdef"}, spec.File{Title: "model.json", Sum: "fedcba9876543210"}
	table := &shelf.Opened{File: rows}
	for _, name := range []string{"age", "income", "debt", "label", "before", "after", "later", "kind"} {
		kind := "number"
		if name == "kind" {
			kind = "category"
		}
		table.Columns = append(table.Columns, shelf.Column{Name: name, Kind: kind})
	}
	r.App.files.known = []held{{Opened: table}, {Opened: &shelf.Opened{File: model, Model: true}}}
	r.session.change("", func(s *spec.Spec) {
		s.Data, s.Model = spec.Data{Name: spec.Own, File: &rows}, spec.Model{Name: spec.Own, File: &model}
		s.Explain, s.View = spec.Explain{Name: "kernel-shap"}, spec.View{Name: "beeswarm"}
	})
	s := *status()
	s.Data.Name, s.Data.Target, s.Check = spec.Own, "label", check
	s.Data.Classes = classes
	r.session.status, r.session.known = s, true
	return r, &ModelStep{S: r.session}
}

// TestCheckLine: the sentence, and the columns that may hold expected scores.
func TestCheckLine(t *testing.T) {
	r, c := ownModel(t, &figure.Check{Says: "All 20 rows agree with column before to 3e-8.", Expected: []string{"before"}}, "no", "yes")
	page := html(t, c)
	has(t, page, "Check: All 20 rows agree with column before to 3e-8.", "Expected scores", "none: compare by eye", "Compare the rows")
	var offered []string
	for _, o := range c.scored() {
		offered = append(offered, o.Value)
	}
	if !slices.Equal(offered, []string{"", "before", "after", "later"}) || c.expected() != "before" {
		t.Errorf("%q offered, %q chosen", offered, c.expected())
	}
	c.Expect("later")
	if got := r.session.Spec().Data.Read.Expected; !slices.Equal(got, []string{"later"}) {
		t.Errorf("%q", got)
	}
	c.Expect("")
	if got := r.session.Spec().Data.Read.Expected; got == nil || len(got) != 0 {
		t.Errorf("none is %#v", got)
	}
}

// TestExpectedOfClasses: of three classes, three columns are chosen together.
func TestExpectedOfClasses(t *testing.T) {
	r, c := ownModel(t, &figure.Check{Says: "Compare these scores."}, "a", "b", "c")
	if o := c.scored(); len(o) != 2 || o[1].Value != "before" || o[1].Text != "before to later" {
		t.Errorf("%+v", o)
	}
	c.Expect("before")
	if got := r.session.Spec().Data.Read.Expected; !slices.Equal(got, []string{"before", "after", "later"}) {
		t.Errorf("%q", got)
	}
}

// TestNoCheck: a model that is trained here has nothing to be compared with.
func TestNoCheck(t *testing.T) {
	r := newBench(t)
	hasNot(t, html(t, &ModelStep{S: r.session}), "Check:", "Expected scores")
}

// TestPanelWithoutPicture shows the table alone.
func TestPanelWithoutPicture(t *testing.T) {
	p := panel("surface")
	p.Drawing = nil
	page := html(t, &Panel{Name: "parity", Shown: &Shown{Panel: p}})
	has(t, page, "<caption>Twin of surface</caption>", "Summary of surface.")
	hasNot(t, page, "Show as", "plot-picture")
}
