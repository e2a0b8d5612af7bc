package ui

import (
	"testing"
	"time"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

func TestEditsWhileAQuestionIsInTheAirBecomeOneQuestion(t *testing.T) {
	r := newBench(t)
	for _, income := range []float64{25000, 26000, 27000} {
		r.session.EditOne("income", income)
	}
	if len(r.questions) != 1 {
		t.Fatalf("asked %d questions at once, want 1", len(r.questions))
	}
	r.answerOnce()
	if len(r.questions) != 2 {
		t.Fatalf("asked %d questions in all, want 2", len(r.questions))
	}
	if got := r.asked().Explain.Edit["income"]; got != 27000 {
		t.Errorf("the second question asks about income %v, want the newest, 27000", got)
	}
	r.answer()
	if r.session.Busy() {
		t.Error("still busy with nothing left to ask")
	}
}

func TestDragIsOneUndoEntry(t *testing.T) {
	r := newBench(t)
	for i := range 5 {
		r.now = r.now.Add(3 * time.Second) // a slow hand
		r.session.dragTo("surface", 30+float64(i), 50)
		r.answer()
	}
	r.session.Drop()
	if n := len(r.session.history.past); n != 1 {
		t.Fatalf("a drag left %d undo entries, want 1", n)
	}
	if got := r.session.Spec().Explain.Edit; got["income"] != 34000 || got["debt"] != 25000 {
		t.Errorf("dragged to px 34,50 of a 0..100000 by 0..50000 frame: %v", got)
	}
	r.session.Undo()
	if len(r.session.Spec().Explain.Edit) != 0 {
		t.Errorf("undo left %v", r.session.Spec().Explain.Edit)
	}
	r.session.Redo()
	if r.session.Spec().Explain.Edit["income"] != 34000 {
		t.Error("redo did not bring the drag back")
	}
}

func TestQuickKeyPressesJoinAndLaterOnesDoNot(t *testing.T) {
	r := newBench(t)
	press := func(v float64) { r.session.EditOne("income", v); r.session.Drop() }
	press(25000)
	r.now = r.now.Add(300 * time.Millisecond)
	press(26000)
	r.now = r.now.Add(5 * time.Second)
	press(27000)
	r.session.EditOne("debt", 100)
	if n := len(r.session.history.past); n != 3 {
		t.Errorf("got %d undo entries, want 3: two quick presses, a late one, another feature", n)
	}
}

func TestAnEditForgetsWhatWasUndone(t *testing.T) {
	r := newBench(t)
	r.session.SetModel("tree")
	r.session.Undo()
	r.session.SetModel("mlp")
	if r.session.CanRedo() {
		t.Error("redo is offered after a new edit")
	}
}

func TestASlowQuestionIsStoppedByANewerEdit(t *testing.T) {
	r := newBench(t)
	r.session.SetModel("mlp")
	show := r.last()
	r.Receive(worker.Answer{ID: show.ID, Kind: worker.Progress, Stage: "training", Done: 40, Of: 900})
	r.session.SetSeed(5)
	if r.last().Op != worker.Cancel {
		t.Fatalf("while training, an edit asked %q, want a cancel first", r.last().Op)
	}
	r.session.SetSeed(6)
	if n := len(r.questions); n != 2 {
		t.Errorf("asked %d questions, want no second cancel", n)
	}
	r.Receive(worker.Answer{ID: show.ID, Kind: worker.Cancelled})
	if r.last().Op != worker.Show || r.asked().Seed != 6 {
		t.Error("after the cancel the newest spec is not asked")
	}
}

func TestAnswersToOlderQuestionsAreDropped(t *testing.T) {
	r := newBench(t)
	r.session.SetSeed(9)
	p := panel("surface")
	p.Head.Summary = "from another time"
	r.Receive(worker.Answer{ID: r.session.flight - 1, Kind: worker.PanelKind, View: "surface", Panel: &p})
	if got := r.session.Panel("surface"); got != nil && got.Head.Summary == p.Head.Summary {
		t.Error("a panel of an older question is shown")
	}
}

func TestPauseWritesWhereTrainingStands(t *testing.T) {
	r := newBench(t)
	r.session.SetModel("mlp")
	id := r.session.flight
	r.session.Pause()
	if len(r.questions) != 1 {
		t.Fatal("pausing is for training only")
	}
	r.Receive(worker.Answer{ID: id, Kind: worker.Progress, Stage: "training", Done: 12, Of: 30})
	if done, total, _ := r.session.Steps(); done != 12 || total != 30 {
		t.Errorf("steps %d of %d, want 12 of 30", done, total)
	}
	r.session.Pause()
	r.session.Pause()
	if r.last().Op != worker.Pause || len(r.questions) != 2 {
		t.Fatalf("asked %v, want one pause", r.questions)
	}
	r.Receive(worker.Answer{ID: id, Kind: worker.Done, Status: status()})
	if stop := r.session.Spec().Model.Stop; stop == nil || *stop != 12 {
		t.Errorf("stop is %v, want the 12 steps of the status", stop)
	}
}

func TestPlayStepRewind(t *testing.T) {
	r := newBench(t)
	r.session.status.Steps, r.session.status.Total, r.session.status.PerPoint = 12, 30, 5
	r.session.StepOnce()
	if got := *r.session.Spec().Model.Stop; got != 15 {
		t.Errorf("one epoch after step 12 stops at %d, want 15", got)
	}
	r.session.status.Steps = 28
	r.session.StepOnce()
	if r.session.Spec().Model.Stop != nil {
		t.Error("the last epoch should train to the end")
	}
	r.session.Rewind()
	if got := r.session.Spec().Model.Stop; got == nil || *got != 0 {
		t.Errorf("rewound to %v, want 0", got)
	}
	r.session.Play()
	if r.session.Spec().Model.Stop != nil {
		t.Error("playing should train to the end")
	}
}

func TestACrashKeepsTheStateAndAReadyWorkerIsAsked(t *testing.T) {
	r := newBench(t)
	r.session.EditOne("income", 30000)
	r.session.Drop()
	r.Crashed("out of memory")
	page := html(t, r.App)
	has(t, page, "The engine stopped", "out of memory", "Your figure is kept", "Restart", "Summary of waterfall.")
	if r.session.Spec().Explain.Edit["income"] != 30000 {
		t.Fatal("the crash lost the edit")
	}
	asked := len(r.questions)
	r.session.EditOne("income", 31000)
	if len(r.questions) != asked {
		t.Error("a dead worker was asked")
	}
	r.Ready()
	if got := r.asked().Explain.Edit["income"]; got != 31000 {
		t.Errorf("after the restart income %v is asked, want 31000", got)
	}
	hasNot(t, html(t, r.App), "The engine stopped")
}

func TestAFailureKeepsWhatWasShown(t *testing.T) {
	r := newBench(t)
	r.session.SetKnob(modelPart, "l2", 5.0)
	r.session.Drop()
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.Failed, Problems: []worker.Problem{
		{Code: "E-TRAIN-DIVERGED", Path: "/model/knobs/rate", What: "learning rate too high", Why: "the valley is narrow", Fix: "lower it", Rewind: true}}})
	page := html(t, r.App)
	has(t, page, "Learning rate too high", "The valley is narrow", "Lower it", "E-TRAIN-DIVERGED", ">Rewind<", "Undo the last change", "Summary of waterfall.")
	if r.session.Busy() {
		t.Error("busy after a failure")
	}
}

func TestADragLeavesTheCounterfactualsForItsEnd(t *testing.T) {
	r := newBench(t)
	r.session.AskFlip()
	r.answer()
	r.session.dragTo("surface", 30, 50)
	if r.asked().Explain.Counterfactual != nil {
		t.Error("counterfactuals are searched at every step of a drag")
	}
	r.answer()
	r.session.Drop()
	if r.asked().Explain.Counterfactual == nil {
		t.Error("the end of the drag does not ask for counterfactuals")
	}
}

func TestStopKeepsTheOldPictureAndSaysSo(t *testing.T) {
	r := newBench(t)
	r.session.SetExplainer("kernel-shap")
	id := r.session.flight
	r.session.Stop()
	r.Receive(worker.Answer{ID: id, Kind: worker.Cancelled})
	has(t, html(t, r.App), "Stopped: what you see is from before.", "Go on")
	r.session.Resume()
	if r.asked().Explain.Name != "kernel-shap" {
		t.Error("going on does not ask again")
	}
}

func TestPanelsThatAStatusRevealsAreAskedNext(t *testing.T) {
	r := newBench(t)
	r.Browse(true)
	want := r.last().Want
	if got := want[len(want)-1]; got != (figure.Want{View: "rows", From: 6, Count: rowsShown, Shut: true}) { // row 7 is asked about
		t.Errorf("opening the table asks for %+v", got)
	}
	r.answer()
	r.Page(12)
	if got := r.last().Want[len(want)-1].From; got != 12 {
		t.Errorf("the next page starts at %d, want 12", got)
	}
}

func TestPins(t *testing.T) {
	r := newBench(t)
	r.session.AskFlip()
	flip := func() ([]string, []string) {
		c := r.session.Spec().Explain.Counterfactual
		return c.Fixed, c.Free
	}
	r.session.TogglePin("income", false)
	if fixed, _ := flip(); len(fixed) != 1 || fixed[0] != "income" {
		t.Errorf("pinned %v, want income", fixed)
	}
	r.session.TogglePin("income", true)
	if fixed, free := flip(); len(fixed) != 0 || len(free) != 0 {
		t.Errorf("unpinning left %v and %v", fixed, free)
	}
	r.session.TogglePin("age", true)
	if _, free := flip(); len(free) != 1 || free[0] != "age" {
		t.Errorf("freed %v, want age, which the data set fixes", free)
	}
	r.session.TogglePin("age", false)
	if fixed, free := flip(); len(fixed) != 0 || len(free) != 0 {
		t.Errorf("fixing it again left %v and %v", fixed, free)
	}
}

func TestGoThereEditsTheRow(t *testing.T) {
	r := newBench(t)
	r.session.GoThere(panel("flips").Flips.Items[0])
	if got := r.asked().Explain.Edit["income"]; got != 30000 {
		t.Errorf("went to income %v, want 30000", got)
	}
}

func TestAnotherDataSetStartsWithSettingsThatSuitIt(t *testing.T) {
	r := newBench(t)
	r.session.EditOne("income", 30000)
	r.session.Drop()
	r.session.SetData("digits")
	s := r.session.Spec()
	if s.Data.Name != "digits" || s.Explain.Row != nil || len(s.Explain.Edit) != 0 || s.View.Name != "saliency" {
		t.Errorf("digits start with %+v", s)
	}
	r.session.Undo()
	if r.session.Spec().Explain.Edit["income"] != 30000 {
		t.Error("undo does not bring the old data set back with its edits")
	}
}

// TestQuestionsSayWhatThePageHas asks twice for the same panels: the second
// question names what came with the first, and an answer that leaves it out
// shows the same.
func TestQuestionsSayWhatThePageHas(t *testing.T) {
	r := newBench(t)
	whole := panel("surface")
	whole.Twin = "table"
	whole.Drawing.Lead = &draw.Lead{Sum: "marks", Count: 2}
	whole.Drawing.Parts = []draw.Part{{Sum: "ground", At: 0, Size: 4}, {Sum: "points", At: 4, Size: 3}}
	r.session.SetSeed(2)
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.PanelKind, View: "surface", Panel: &whole, SVG: "<p/><q>"})
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.Done, Status: status()})
	r.session.SetSeed(3)
	has := ""
	for _, w := range r.last().Want {
		if w.View == "surface" {
			has = w.Has
		}
	}
	if has != "table ground points marks" {
		t.Fatalf("the question says that the page has %q", has)
	}
	less := panel("surface")
	less.Head.Table, less.Twin = view.Table{}, "table"
	less.Drawing.Marks, less.Drawing.Lead = nil, &draw.Lead{Sum: "marks"}
	less.Drawing.Parts = []draw.Part{{Sum: "ground"}, {Sum: "moved", At: 0, Size: 3}}
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.PanelKind, View: "surface", Panel: &less, SVG: "<r>"})
	p := r.session.Panel("surface")
	if p.Drawing.Parts[0].SVG != "<p/>" || p.Drawing.Parts[1].SVG != "<r>" || len(p.Drawing.Marks) != 2 || len(p.Head.Table.Rows) != 1 {
		t.Errorf("the page shows %+v with %d marks and the table %v", p.Drawing.Parts, len(p.Drawing.Marks), p.Head.Table.Rows)
	}
}

// TestADragDimsOnlyWhatIsLate drags with an engine that answers soon, then with
// one that does not.
func TestADragDimsOnlyWhatIsLate(t *testing.T) {
	r := newBench(t)
	r.session.EditOne("income", 25000)
	if r.session.Panel("surface").Stale || r.session.laboring() {
		t.Error("a step of a drag dims the page at once")
	}
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.Progress, Stage: "explaining", Done: 1, Of: 9})
	if r.session.Panel("surface").Stale {
		t.Error("the first progress dims the page")
	}
	r.now = r.now.Add(patience + time.Millisecond)
	r.Receive(worker.Answer{ID: r.session.flight, Kind: worker.Progress, Stage: "explaining", Done: 2, Of: 9})
	if !r.session.Panel("surface").Stale || !r.session.laboring() {
		t.Error("a late answer dims nothing")
	}
	r.answer()
	if r.session.Panel("surface").Stale || r.session.laboring() {
		t.Error("an answer leaves the page dimmed")
	}
	r.session.Drop()
	r.session.SetSeed(4)
	if !r.session.Panel("surface").Stale || !r.session.laboring() {
		t.Error("a change by itself does not dim at once")
	}
}
