package worker

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
)

// harness runs a server in its own goroutine and collects its answers.
type harness struct {
	t *testing.T
	*Server
	answers chan Answer
}

func start(t *testing.T) *harness {
	h := &harness{t: t, answers: make(chan Answer, 10000)}
	h.Server = NewServer(func(a Answer) { h.answers <- a }, func() { time.Sleep(time.Millisecond) })
	go h.Run()
	return h
}

// end waits for the answer that ends question id and returns it with all that
// came before it.
func (h *harness) end(id int) (last Answer, before []Answer) {
	h.t.Helper()
	deadline := time.After(60 * time.Second)
	for {
		select {
		case a := <-h.answers:
			if a.ID == id && (a.Kind == Done || a.Kind == Cancelled || a.Kind == Failed) {
				return a, before
			}
			before = append(before, a)
		case <-deadline:
			h.t.Fatalf("question %d was never answered", id)
		}
	}
}

func show(id int, spec []byte, views ...string) Question {
	q := Question{ID: id, Op: Show, Spec: spec}
	for _, v := range views {
		q.Want = append(q.Want, figure.Want{View: v, Size: draw.Size{Width: 480}})
	}
	return q
}

// long is a spec whose training takes far longer than the tests wait.
func long(t *testing.T) []byte {
	t.Helper()
	s := string(examples.Named("spirals-learn"))
	out := strings.Replace(s, `"epochs": 120`, `"epochs": 1000`, 1)
	out = strings.Replace(out, `"24,24"`, `"256,256"`, 1)
	if out == s || !strings.Contains(out, "256,256") {
		t.Fatal("the example has changed: nothing to make long")
	}
	return []byte(out)
}

func TestShow(t *testing.T) {
	h := start(t)
	h.Receive(show(1, examples.Named("moons-flip"), "surface", "waterfall", "what-if", "flips", "saliency"))
	last, before := h.end(1)
	if last.Kind != Done || last.Status == nil || len(last.Status.Scores) != 2 {
		t.Fatalf("got %+v", last)
	}
	panels := map[string]Answer{}
	for _, a := range before {
		if a.Kind == PanelKind {
			panels[a.View] = a
		}
	}
	for _, v := range []string{"surface", "waterfall"} {
		if a := panels[v]; a.Panel == nil || !strings.HasPrefix(a.SVG, "<svg") {
			t.Errorf("no picture of the %s: %+v", v, a.Problems)
		}
	}
	if a := panels["what-if"]; a.Panel == nil || a.Panel.WhatIf == nil || len(a.Panel.WhatIf.Controls) != 2 {
		t.Errorf("no controls in the what-if panel")
	}
	if a := panels["flips"]; a.Panel == nil || a.Panel.Flips == nil || len(a.Panel.Flips.Items) == 0 {
		t.Errorf("no counterfactuals: %+v", a.Problems)
	}
	if a := panels["saliency"]; a.Panel != nil || len(a.Problems) != 1 || a.Problems[0].Code != "E-VIEW-FIT" {
		t.Errorf("a saliency map of two numbers: %+v", a)
	}
	if _, err := json.Marshal(last); err != nil {
		t.Error(err)
	}
}

func TestNewestWins(t *testing.T) {
	h := start(t)
	h.Receive(show(1, long(t)))
	time.Sleep(50 * time.Millisecond)
	began := time.Now()
	h.Receive(show(2, examples.Named("moons-flip")))
	if a, _ := h.end(1); a.Kind != Cancelled {
		t.Errorf("the older question ended with %s", a.Kind)
	}
	t.Logf("cancelled after %v", time.Since(began))
	if a, _ := h.end(2); a.Kind != Done {
		t.Errorf("the newer question ended with %s: %v", a.Kind, a.Problems)
	}
}

func TestCancel(t *testing.T) {
	h := start(t)
	h.Receive(show(1, long(t)))
	time.Sleep(50 * time.Millisecond)
	h.Receive(Question{Op: Cancel})
	if a, _ := h.end(1); a.Kind != Cancelled {
		t.Errorf("ended with %s", a.Kind)
	}
}

func TestPauseAndGoOn(t *testing.T) {
	h := start(t)
	h.Receive(show(1, long(t), "loss"))
	looks := 0
	for deadline := time.After(60 * time.Second); looks < 2; {
		select {
		case a := <-h.answers:
			if a.Kind == PanelKind && a.View == "loss" {
				looks++
			}
		case <-deadline:
			t.Fatalf("the loss curve was shown %d times while training", looks)
		}
	}
	h.Receive(Question{Op: Pause})
	if a, _ := h.end(1); a.Kind != Done || a.Status.Steps == 0 || a.Status.Trained {
		t.Fatalf("paused: %s, %+v", a.Kind, a.Status)
	}
}

func TestBadSpec(t *testing.T) {
	h := start(t)
	for id, text := range []string{``, `{`, `{"veiw":1}`, `[]`, `{"$schema":"urn:whybox:figure:1"}`} {
		h.Receive(show(id, []byte(text)))
		a, _ := h.end(id)
		if a.Kind != Failed || len(a.Problems) == 0 || a.Problems[0].What == "" {
			t.Errorf("%q: %+v", text, a)
		}
	}
	h.Receive(show(99, examples.Named("iris-tree"), "surface"))
	if a, _ := h.end(99); a.Kind != Done {
		t.Errorf("after bad specs a good one: %+v", a.Problems)
	}
}

// TestWatch asks for training that takes its time, and pauses it on the way:
// the numbers are those of training at full speed.
func TestWatch(t *testing.T) {
	h := start(t)
	began := time.Now()
	q := show(1, examples.Named("xor-slope"), "loss")
	q.Watch = 400
	h.Receive(q)
	slow, before := h.end(1)
	if took := time.Since(began); slow.Kind != Done || took < 400*time.Millisecond {
		t.Errorf("training to watch took %v and ended with %s", took, slow.Kind)
	}
	looks := 0
	for _, a := range before {
		if a.Kind == PanelKind {
			looks++
		}
	}
	if looks < 3 {
		t.Errorf("%d pictures of the loss in 400 ms", looks)
	}
	h2 := start(t)
	h2.Receive(show(1, examples.Named("xor-slope")))
	if fast, _ := h2.end(1); fast.Status.Scores[0] != slow.Status.Scores[0] {
		t.Errorf("watched it ends at %v, unwatched at %v", slow.Status.Scores, fast.Status.Scores)
	}
}
