package worker

import (
	"testing"
	"time"

	"github.com/whybox/whybox/examples"
)

// ahead is a question that may come.
func ahead(id int, spec []byte, views ...string) Question {
	q := show(id, spec, views...)
	q.Op = Ahead
	return q
}

func TestAheadIsAnsweredAsShowIs(t *testing.T) {
	h := start(t)
	h.Receive(show(1, examples.Named("loans-why"), "waterfall"))
	want, _ := h.end(1)
	h.Receive(ahead(2, examples.Named("loans-why"), "waterfall"))
	h.Receive(ahead(3, examples.Named("iris-tree"), "surface"))
	got, before := h.end(2)
	if got.Kind != Done || got.Status.Scores[0] != want.Status.Scores[0] || before[len(before)-1].Panel == nil {
		t.Errorf("asked ahead: %s, %+v", got.Kind, got.Status)
	}
	if got, _ := h.end(3); got.Kind != Done || got.Status.Data.Name != "iris" {
		t.Errorf("the second asked ahead: %s", got.Kind)
	}
}

// TestShowDropsAhead asks about something long ahead, and more behind it.
func TestShowDropsAhead(t *testing.T) {
	h := start(t)
	h.Receive(ahead(1, long(t)))
	h.Receive(ahead(2, examples.Named("iris-tree")))
	time.Sleep(50 * time.Millisecond)
	h.Receive(show(3, examples.Named("moons-flip")))
	a, before := h.end(3)
	if a.Kind != Done {
		t.Errorf("the question ended with %s: %v", a.Kind, a.Problems)
	}
	for _, b := range before {
		if b.ID == 2 || b.ID == 1 && b.Kind == Done {
			t.Errorf("question %d, asked ahead, was answered: %s", b.ID, b.Kind)
		}
	}
}

// TestCancelEndsAhead answers each question, since the page may wait for one.
func TestCancelEndsAhead(t *testing.T) {
	h := start(t)
	h.Receive(ahead(1, long(t)))
	h.Receive(ahead(2, examples.Named("iris-tree")))
	time.Sleep(50 * time.Millisecond)
	h.Receive(Question{Op: Cancel})
	ended := map[int]Kind{}
	for deadline := time.After(60 * time.Second); len(ended) < 2; {
		select {
		case a := <-h.answers:
			if a.Kind != Progress && a.Kind != PanelKind {
				ended[a.ID] = a.Kind
			}
		case <-deadline:
			t.Fatalf("ended: %v", ended)
		}
	}
	if ended[1] != Cancelled || ended[2] != Cancelled {
		t.Errorf("ended: %v", ended)
	}
}

func TestStatusLeavesOutWhatThePageHas(t *testing.T) {
	h := start(t)
	h.Receive(show(1, examples.Named("loans-why")))
	whole, _ := h.end(1)
	q := show(2, examples.Named("loans-why"))
	q.Has = whole.Status.Sum
	h.Receive(q)
	part, _ := h.end(2)
	if part.Status.Data.Name != "" || len(part.Status.Views) > 0 || len(part.Status.Refused) > 0 {
		t.Error("what the page has came again")
	}
	if part.Status.Complete(nil) || !part.Status.Complete(whole.Status) || part.Status.Data.Name != "loans" {
		t.Error("it cannot be completed from what the page has")
	}
	h.Receive(show(3, examples.Named("iris-tree")))
	other, _ := h.end(3)
	part.Status.Setting = other.Status.Setting
	part.Status.Data.Name = ""
	if part.Status.Complete(other.Status) {
		t.Error("it is completed from another figure's")
	}
}
