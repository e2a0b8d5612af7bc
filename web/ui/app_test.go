package ui

import (
	"strings"
	"testing"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
)

func TestTheGalleryOpensWithALivingExample(t *testing.T) {
	r := newRig(t, "")
	if len(r.questions) != 0 {
		t.Fatal("asked before the worker was ready")
	}
	has(t, html(t, r.App), "See why a model decides", "Nothing you load leaves this tab", "Drag the ringed point", "More to look into")
	r.Ready()
	if r.asked().Data.Name != "moons" {
		t.Errorf("the living example uses %s", r.asked().Data.Name)
	}
	r.answer()
	page := html(t, r.App)
	has(t, page, "Summary of surface.", "Summary of waterfall.", "What would flip this?", `src="gallery/loans-why.svg"`)
	if got := strings.Count(page, `class="card"`); got != len(examples.All()) {
		t.Errorf("%d cards, want one an example, %d", got, len(examples.All()))
	}
	r.session.dragTo("surface", 40, 40)
	r.session.Drop()
	r.answer()
	if len(r.hashes) != 0 {
		t.Errorf("playing on the gallery changed the address to %v", r.hashes)
	}
}

func TestAnExampleOpensAndItsLinkOpensItAgain(t *testing.T) {
	r := newBench(t)
	if !strings.HasPrefix(r.hash, "#1.") {
		t.Fatalf("opening an example set the address %q", r.hash)
	}
	r.session.SetModel("tree")
	r.answer()
	link := r.hashes[len(r.hashes)-1]
	if len(r.hashes) != 2 || r.replaced[1] {
		t.Fatalf("an edit set %v %v, want one more address", r.hashes, r.replaced)
	}
	other := newRig(t, link)
	if other.page != benchPage || !same(other.session.Spec(), r.session.Spec()) {
		t.Error("the link does not open the same figure")
	}
}

func TestKeyPressesThatJoinReplaceTheAddress(t *testing.T) {
	r := newBench(t)
	for _, v := range []float64{25000, 26000} {
		r.session.EditOne("income", v)
		r.session.Drop()
		r.answer()
	}
	if n := len(r.hashes); n != 3 || r.replaced[1] || !r.replaced[2] {
		t.Errorf("addresses replaced %v, want a new one and then the same again", r.replaced)
	}
}

func TestTheBackButtonUndoes(t *testing.T) {
	r := newBench(t)
	before := r.hashes[len(r.hashes)-1]
	r.session.SetModel("tree")
	r.answer()
	r.HashChanged(before)
	if r.session.Spec().Model.Name == "tree" || !r.session.CanRedo() || r.session.CanUndo() {
		t.Error("going back should step back in the undo list")
	}
	r.answer()
	r.HashChanged("")
	if r.page != homePage {
		t.Error("an empty address is the gallery")
	}
}

func TestBadLinksSayWhatIsWrongAndOpenNothing(t *testing.T) {
	good, err := spec.Link(&spec.Spec{Schema: spec.Version, Data: spec.Data{Name: "moons"}, Model: spec.Model{Name: "no-such"},
		Explain: spec.Explain{Name: "gradient"}, View: spec.View{Name: "surface"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, hash := range map[string]string{
		"another version": "#9.abc", "not base64": "#1.!!!", "cut off": good[:len(good)/2], "a name that is not there": good,
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, hash)
			r.Ready()
			page := html(t, r.App)
			has(t, page, "This link cannot be opened", "trouble-what", "To the gallery", "E-")
			hasNot(t, page, `class="bench"`)
			if len(r.questions) != 0 {
				t.Errorf("a bad link asked %v", r.questions)
			}
			r.GoHome()
			has(t, html(t, r.App), "See why a model decides")
		})
	}
}

func TestALinkThatTheWorkerRefusesOpensNothing(t *testing.T) {
	s, err := spec.Parse(examples.Named("loans-why"), NewMenu().Vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	row := 99999
	s.Explain.Row = &row
	link, err := spec.Link(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, link)
	r.Ready()
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.Failed, Problems: []worker.Problem{{Code: "E-SPEC-RANGE", Path: "/explain/row", What: "row 99999 is out of range"}}})
	page := html(t, r.App)
	has(t, page, "This link cannot be opened", "Row 99999 is out of range")
	hasNot(t, page, `class="bench"`)
}

func TestTheSkipLinkLeavesTheAddress(t *testing.T) {
	r := newBench(t)
	link := r.hash
	r.HashChanged("#main")
	if r.page != benchPage || r.hashes[len(r.hashes)-1] != link || !r.replaced[len(r.replaced)-1] {
		t.Error("the skip link should leave page and address as they are")
	}
}

func TestUndoKeys(t *testing.T) {
	r := newBench(t)
	r.session.SetModel("tree")
	r.Key("z", true, false, true)
	if r.session.Spec().Model.Name != "tree" {
		t.Error("a field that undoes by itself was undone around")
	}
	r.Key("z", true, false, false)
	if r.session.Spec().Model.Name == "tree" {
		t.Error("Ctrl+Z does not undo")
	}
	r.Key("Z", true, true, false)
	if r.session.Spec().Model.Name != "tree" {
		t.Error("Ctrl+Shift+Z does not redo")
	}
}

func TestCopyLinkAndTheme(t *testing.T) {
	r := newBench(t)
	r.CopyLink()
	if !strings.HasPrefix(r.copied, "#1.") || r.copied != r.hash {
		t.Errorf("copied %q, address %q", r.copied, r.hash)
	}
	has(t, html(t, r.App), "Link copied")
	bar := &TopBar{A: r.App}
	bar.Theme()
	has(t, html(t, r.App), `data-theme="light"`)
	bar.Theme()
	has(t, html(t, r.App), `data-theme="dark"`)
	bar.Theme()
	hasNot(t, html(t, r.App), `data-theme`)
}

func TestTheLiveRegionSpeaksWhenThingsSettle(t *testing.T) {
	r := newBench(t)
	r.said = ""
	r.session.dragTo("surface", 40, 40)
	r.answer()
	if r.said != "" {
		t.Errorf("said %q in the midst of a drag", r.said)
	}
	r.session.Drop()
	if want := "The model says refused, 70 %. Summary of waterfall."; r.said != want {
		t.Errorf("said %q, want %q", r.said, want)
	}
}

func TestARefusedChoiceIsGreyedWithItsReason(t *testing.T) {
	r := newBench(t)
	has(t, html(t, r.App), `disabled="disabled" value="cnn">Convolutional network – it needs images, and these are not</option>`)
}

func TestTheWorkbenchNamesWhatItShows(t *testing.T) {
	r := newBench(t)
	page := html(t, r.App)
	has(t, page, "<h1", "Data</span>", "Model</span>", "Row</span>", "Why?</span>", "What would flip it?</span>",
		`aria-label="Undo"`, `aria-label="Rewind to the untrained model"`, `role="status"`, `id="main"`, `href="#main"`)
	if n := strings.Count(page, "<h1"); n != 1 {
		t.Errorf("%d headings of the first level", n)
	}
	if n := strings.Count(page, "<main"); n != 1 {
		t.Errorf("%d main landmarks", n)
	}
}

func TestIDsAreUnique(t *testing.T) {
	r := newBench(t)
	r.session.AskFlip()
	r.session.SetCompare("occlusion")
	r.answer()
	bench := &Bench{A: r.App}
	for _, step := range []string{"data", "row"} {
		bench.Toggle(step)
	}
	page := html(t, bench)
	seen := map[string]bool{}
	for _, part := range strings.Split(page, ` id="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		if seen[id] {
			t.Errorf("id %q twice", id)
		}
		seen[id] = true
	}
	for _, part := range strings.Split(page, ` for="`)[1:] {
		if id, _, _ := strings.Cut(part, `"`); !seen[id] {
			t.Errorf("a label is for %q, which is not there", id)
		}
	}
}
