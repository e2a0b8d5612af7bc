package ui

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

// ages is the slider of the rig's feature age: 63 places.
var ages = view.Control{Feature: "age", Kind: "integer", Min: 18, Max: 80, Step: 1}

// foresaw returns the values of a feature that were asked about ahead, in order.
func (r *rig) foresaw(feature string) (values []float64) {
	r.t.Helper()
	for _, q := range r.questions {
		if q.Op != worker.Ahead {
			continue
		}
		s, err := spec.Parse(q.Spec, r.menu.Vocabulary)
		if err != nil {
			r.t.Fatalf("the page asked ahead for a spec that does not parse: %v", err)
		}
		values = append(values, s.Explain.Edit[feature])
	}
	return values
}

// shows returns how many questions were asked about the present spec.
func (r *rig) shows() (n int) {
	for _, q := range r.questions {
		if q.Op == worker.Show {
			n++
		}
	}
	return n
}

// tell answers a question with its number as the score, and says whether the
// page has to change.
func (r *rig) tell(q worker.Question) (changed bool) {
	for slot, w := range q.Want {
		p := panel(w.View)
		changed = r.Receive(worker.Answer{ID: q.ID, Kind: worker.PanelKind, Slot: slot, View: w.View, Panel: &p, SVG: "<svg></svg>"}) || changed
	}
	s := status()
	s.Scores = []float32{float32(q.ID)}
	return r.Receive(worker.Answer{ID: q.ID, Kind: worker.Done, Status: s}) || changed
}

// tellAll answers what was asked ahead until nothing more is.
func (r *rig) tellAll() {
	r.t.Helper()
	for i := 0; i < len(r.questions); i++ {
		if q := r.questions[i]; q.Op == worker.Ahead && r.tell(q) {
			r.t.Error("an answer that was not waited for changes the page")
		}
	}
}

func TestNearASliderItsPlacesAreAskedAhead(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	if n := len(r.questions); n != 2 || r.session.Busy() {
		t.Fatalf("%d questions in the air, want 2 that nobody waits for", n)
	}
	r.tellAll()
	got := r.foresaw("age")
	if len(got) != 63 || !slices.Equal(got[:5], []float64{31, 30, 32, 29, 33}) {
		t.Fatalf("asked about %v, want all 63 ages, nearest first", got)
	}
	shown := r.session.Status().Scores[0]
	r.session.EditOne("age", 40)
	if r.shows() != 0 || r.session.Busy() {
		t.Error("the answer is here, and it was asked for again")
	}
	want := float32(0)
	for _, q := range r.questions {
		if s, _ := spec.Parse(q.Spec, r.menu.Vocabulary); s.Explain.Edit["age"] == 40 {
			want = float32(q.ID)
		}
	}
	if got := r.session.Status().Scores[0]; got != want || got == shown {
		t.Errorf("the page shows the answer to question %v, want that about 40, %v", got, want)
	}
	if r.session.Spec().Explain.Edit["age"] != 40 {
		t.Error("the spec lacks the edit")
	}
	r.session.EditOne("income", 30000)
	if r.shows() != 1 {
		t.Error("another feature was not asked for")
	}
}

// TestUndoAfterForeseenSteps goes back to what was shown before the drag: no
// step of it is taken for that.
func TestUndoAfterForeseenSteps(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	r.tellAll()
	r.session.EditOne("age", 40)
	r.session.EditOne("age", 45)
	r.session.Drop()
	if r.shows() != 0 {
		t.Fatal("the steps were not foreseen")
	}
	r.session.Undo()
	if r.shows() != 1 || len(r.asked().Explain.Edit) != 0 {
		t.Fatal("the row before the drag was not asked for")
	}
	r.answer()
	if got := r.session.Status().Scores[0]; got != 0.7 {
		t.Errorf("after undo the page shows %v, want what the row has, 0.7", got)
	}
}

func TestAStepWaitsForAGuessInTheAir(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	first := r.questions[0]
	r.session.EditOne("age", 31)
	if r.shows() != 0 || !r.session.Busy() {
		t.Fatal("what is on its way was asked for again, or nobody waits for it")
	}
	if !r.tell(first) || r.session.Busy() || r.session.Status().Scores[0] != float32(first.ID) {
		t.Error("the answer that is waited for is not shown")
	}
}

func TestAMissedStepIsAskedForAtOnce(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	ahead := r.questions[:2:2]
	r.session.EditOne("age", 50)
	if r.shows() != 1 || r.asked().Explain.Edit["age"] != 50 {
		t.Fatal("a step that nobody foresaw was not asked for")
	}
	for _, q := range ahead { // the worker dropped them, or was too late
		r.tell(q)
	}
	if r.session.Status().Scores[0] != 0.7 {
		t.Error("a guess that was given up is shown")
	}
	r.answer()
	asked := len(r.foresaw("age"))
	r.tellAll()
	if got := r.foresaw("age"); len(got) <= asked || slices.Contains(got[2:], 50) || !slices.Contains(got[2:], 31) {
		t.Errorf("then asked about %v, want the rest, with those given up", got[2:])
	}
	r.session.EditOne("age", 51)
	r.session.EditOne("age", 50)
	if r.shows() != 1 {
		t.Error("the answer to a step was not kept")
	}
}

func TestADragForeseesWhereItGoes(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	for _, q := range r.questions[:2:2] {
		r.tell(q)
	}
	r.session.EditOne("age", 34)
	r.answer()
	r.session.EditOne("age", 36)
	r.answer()
	before := len(r.foresaw("age"))
	r.tellAll()
	if got := r.foresaw("age")[before:]; len(got) < 3 || got[0] < 36 || got[1] < 36 || got[2] < 36 {
		t.Errorf("dragged to the right, it asks about %v", got)
	}
}

// TestTrack finds where a mouse can take a slider of 80 px: 64 px of way.
func TestTrack(t *testing.T) {
	r := slider{"x", 0, 1000, 1}
	for _, x := range []struct {
		track Track
		want  int // places
	}{{Track{100, 80, 1}, 65}, {Track{100.5, 80, 1}, 66}, {Track{100, 80, 2}, 129}} {
		places := x.track.places(r)
		n := 0
		for _, likely := range places {
			if likely {
				n++
			}
		}
		if n != x.want || !places[0] || !places[1000] {
			t.Errorf("%+v: %d places, want %d with both ends", x.track, n, x.want)
		}
	}
	if !(Track{100, 80, 1}).places(r)[500] {
		t.Error("the middle of the way is not the middle of the range")
	}
	for _, track := range []Track{{}, {0, 10, 1}, {0, 80, 0}} {
		if track.places(r) != nil {
			t.Errorf("%+v is not a slider under a mouse", track)
		}
	}
	b := newBench(t)
	b.session.Near(ages, Track{Left: 0, Width: 26, Scale: 1}) // 10 px for 62 years
	b.tellAll()
	if got := b.foresaw("age"); len(got) > 18 || !slices.Contains(got, 80) || !slices.Contains(got, 33) {
		t.Errorf("a mouse takes it to 11 places and keys to 4 more: %v", got)
	}
}

// TestSliderValues writes them as a browser does: the decimal number of the
// step, read.
func TestSliderValues(t *testing.T) {
	r := slider{"x", 6, 30, 0.2}
	if r.places() != 121 || r.value(56) != 17.2 || r.value(120) != 30 || r.place(17.99) != 60 || r.place(math.NaN()) != 60 || r.place(99) != 120 {
		t.Errorf("%d places, %v, %v", r.places(), r.value(56), r.value(120))
	}
	for _, bad := range []slider{{}, {"x", 0, 1, 0}, {"x", 1, 1, 1}, {"x", 1, 0, 1}, {"x", math.NaN(), 1, 1}} {
		if bad.places() != 0 {
			t.Errorf("%+v has %d places", bad, bad.places())
		}
	}
}

func TestWhatIsNotForeseen(t *testing.T) {
	category := view.Control{Feature: "age", Kind: "category", Max: 3, Step: 1}
	for name, do := range map[string]func(r *rig){
		"a category": func(r *rig) { r.session.Near(category, Track{}) },
		"another parameter": func(r *rig) {
			r.session.NearParam(spec.Param{Path: "/model/knobs/epochs", Min: 1, Max: 9, Step: 1}, Track{})
		},
		"before an answer": func(r *rig) { r.session.SetExplainer("kernel-shap"); r.session.Near(ages, Track{}) },
		"after Stop": func(r *rig) {
			r.session.SetExplainer("kernel-shap")
			r.session.Stop()
			r.session.flight = 0
			r.session.Near(ages, Track{})
		},
		"beside a problem":     func(r *rig) { r.session.problems = []worker.Problem{{What: "x"}}; r.session.Near(ages, Track{}) },
		"without an engine":    func(r *rig) { r.session.Crash("gone"); r.session.Near(ages, Track{}) },
		"a param without step": func(r *rig) { r.session.NearParam(spec.Param{Path: "/explain/edit/age", Min: 1, Max: 9}, Track{}) },
	} {
		r := newBench(t)
		do(r)
		if got := r.foresaw("age"); len(got) > 0 {
			t.Errorf("%s: asked about %v", name, got)
		}
	}
	r := newBench(t)
	r.session.NearParam(spec.Param{Path: "/explain/edit/income", Min: 10000, Max: 20000, Step: 5000}, Track{})
	r.tellAll()
	if got := r.foresaw("income"); !slices.Equal(got, []float64{20000, 15000, 10000}) {
		t.Errorf("an author's slider: asked about %v", got)
	}
	r.session.AwayParam(spec.Param{Path: "/explain/edit/income"})
	if !r.session.ahead.gone {
		t.Error("the person left an author's slider, unnoticed")
	}
}

func TestForeseeingEnds(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	r.session.Away("income")
	r.tell(r.questions[0])
	n := len(r.questions)
	if n != 3 {
		t.Fatalf("%d questions after one answer, want 3: another slider was left", n)
	}
	r.session.Away("age")
	r.tell(r.questions[1])
	if len(r.questions) != n {
		t.Error("the person left, and it goes on")
	}
	r.session.Near(ages, Track{})
	if len(r.questions) != n+1 {
		t.Error("the person came back, and it does not go on")
	}
	r.now = r.now.Add(20 * time.Second) // an engine that slow
	r.tellAll()
	if got := len(r.foresaw("age")); got > 8 {
		t.Errorf("%d questions to a slow engine", got)
	}

	failing := newBench(t)
	failing.session.Near(ages, Track{})
	failing.Receive(worker.Answer{ID: failing.questions[0].ID, Kind: worker.Failed, Problems: []worker.Problem{{What: "x"}}})
	if len(failing.questions) != 2 || len(failing.session.problems) > 0 {
		t.Error("a guess that failed is told to the person, or asked again")
	}

	broken := newBench(t)
	broken.session.Near(ages, Track{})
	q := broken.questions[0]
	broken.Receive(worker.Answer{ID: q.ID, Kind: worker.PanelKind, View: q.Want[0].View, Problems: []worker.Problem{{What: "x"}}})
	broken.Receive(worker.Answer{ID: q.ID, Kind: worker.Done, Status: status()})
	broken.session.EditOne("age", 31)
	if broken.shows() != 1 {
		t.Error("an answer without one of its panels was shown")
	}
}

// TestForeseenOfAnotherSpec changes the model between the guess and the step.
func TestForeseenOfAnotherSpec(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	r.tellAll()
	r.session.SetModel("tree")
	r.answer()
	r.session.EditOne("age", 40)
	if r.asked().Explain.Edit["age"] != 40 || r.asked().Model.Name != "tree" {
		t.Error("the step shows what was foreseen of another model")
	}
}

func TestTableComesWhenItIsOpened(t *testing.T) {
	r := newBench(t)
	shut := func() bool {
		i := slices.IndexFunc(r.last().Want, func(w figure.Want) bool { return w.View == "surface" })
		return r.last().Want[i].Shut
	}
	r.session.refresh()
	if !shut() {
		t.Error("a table that is not shown is asked for")
	}
	r.answer()
	r.session.setTable("surface", true)
	if shut() {
		t.Error("a table to be shown is not asked for")
	}
}

// TestAQuietChangeLeavesTheSteps moves the row by hand: once the gesture is under
// way and the answers are here, the steps that rest look as before.
func TestAQuietChangeLeavesTheSteps(t *testing.T) {
	r := newBench(t)
	r.session.Near(ages, Track{})
	r.tellAll()
	steps := func() string {
		s := r.session
		return html(t, &DataStep{S: s}) + html(t, &ModelStep{S: s, Loss: s.Panel("loss")}) + html(t, &WhyStep{S: s}) + html(t, &ViewTools{S: s})
	}
	before := steps()
	for _, age := range []float64{32, 33, 40, 80, 32} {
		r.session.EditOne("age", age)
		if !r.Quiet() || r.Quiet() {
			t.Errorf("age %g: a step whose answer is here is not quiet, or more than once", age)
		}
		if after := steps(); after != before {
			t.Errorf("age %g: the steps differ:\n%s\nbefore:\n%s", age, after, before)
		}
	}
	for _, c := range []struct {
		name string
		do   func()
	}{
		{"a feature whose answers are not here", func() { r.session.EditOne("income", 1000); r.answer() }},
		{"a new seed", func() { r.session.SetSeed(3) }},
		{"a step while an answer is awaited", func() { r.session.EditOne("age", 33) }},
		{"the end of a gesture", func() { r.answer(); r.session.Drop() }},
		{"undo", func() { r.session.Undo() }},
	} {
		if c.do(); r.Quiet() {
			t.Errorf("%s is quiet", c.name)
		}
	}
}
