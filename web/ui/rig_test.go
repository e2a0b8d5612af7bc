package ui

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/staticrender"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

// rig is an app whose worker is the test: it sees the questions and answers
// them by hand. The clock stands still unless moved.
type rig struct {
	*App
	t         *testing.T
	questions []worker.Question
	hashes    []string
	replaced  []bool
	copied    string
	restarts  int
	now       time.Time
}

func newRig(t *testing.T, hash string) *rig {
	r := &rig{t: t, now: time.Unix(1000, 0)}
	r.App = &App{
		Ask:     func(q worker.Question) { r.questions = append(r.questions, q) },
		SetHash: func(h string, replace bool) { r.hashes, r.replaced = append(r.hashes, h), append(r.replaced, replace) },
		Restart: func() { r.restarts++ },
		Copy:    func(text string) { r.copied = text },
		Media:   func(q string) bool { return q == "(min-width: 1181px)" || q == "(min-width: 1000px)" },
	}
	r.Start(hash)
	r.session.clock = func() time.Duration { return r.now.Sub(time.Unix(0, 0)) }
	return r
}

// newBench returns a rig whose workbench shows the loans on a surface, answered.
func newBench(t *testing.T) *rig {
	r := newRig(t, "")
	r.Ready()
	r.answer()
	r.OpenExample("loans-why")
	r.answer()
	s := spec.Clone(r.session.Spec())
	s.View, s.Params, s.Explain.Counterfactual = spec.View{Name: "surface"}, nil, nil
	r.session.Load(s)
	r.answer()
	if r.session.Busy() {
		t.Fatal("still busy after the answers")
	}
	r.hashes, r.replaced = r.hashes[len(r.hashes)-1:], []bool{false}
	r.questions = nil
	return r
}

func (r *rig) last() worker.Question {
	r.t.Helper()
	if len(r.questions) == 0 {
		r.t.Fatal("nothing was asked")
	}
	return r.questions[len(r.questions)-1]
}

// asked returns the spec of the last Show.
func (r *rig) asked() *spec.Spec {
	r.t.Helper()
	for i := len(r.questions) - 1; i >= 0; i-- {
		if q := r.questions[i]; q.Op == worker.Show {
			s, err := spec.Parse(q.Spec, r.menu.Vocabulary)
			if err != nil {
				r.t.Fatalf("the page asked for a spec that does not parse: %v", err)
			}
			return s
		}
	}
	r.t.Fatal("no Show was asked")
	return nil
}

// status is what a worker would say about the loans example.
func status() *figure.Status {
	return &figure.Status{
		Setting: figure.Setting{
			Data: figure.DataStatus{Name: "loans", Title: "Loans", Unit: "applicant", Features: []string{"age", "income", "debt"},
				Classes: []string{"refused", "granted"}, Rows: 800, Train: 600, Test: 200},
			Refused: map[string]string{"saliency": "needs image data", "cnn": "it needs images, and these are not"},
			Views:   []string{"surface", "waterfall", "what-if", "flips", "effect", "importance", "loss", "confusion", "rows"},
		},
		Steps: 12, Total: 30, PerPoint: 1, Trained: false, Row: 7, Class: "refused", Predicted: "refused",
		Scores: []float32{0.7, 0.3}, X: []float32{31, 24000, 9000}, Values: []float64{0.05, 0.2, -0.01},
		Target: "granted",
	}
}

// panel is a picture of 100×100 px with two marks.
func panel(name string) figure.Panel {
	p := figure.Panel{Head: view.Head{Name: name, Title: "Title of " + name, Summary: "Summary of " + name + ".",
		Table: view.Table{Caption: "Twin of " + name, Columns: []string{"feature", "value"}, Rows: [][]string{{"income", "24,000"}}}}}
	switch name {
	case "what-if":
		p.WhatIf = &view.WhatIf{Head: p.Head, Outcome: "refused, 70 %", Controls: []view.Control{
			{Feature: "age", Index: 0, Unit: "years", Kind: "integer", Min: 18, Max: 80, Step: 1, Value: 31, Row: 31, Amount: 0.05, Fixed: true, Fixable: true},
			{Feature: "income", Index: 1, Unit: "USD", Kind: "number", Min: 0, Max: 110000, Step: 100, Value: 24000, Row: 24000, Amount: 0.2, Fixable: true},
			{Feature: "debt", Index: 2, Unit: "USD", Kind: "number", Min: 0, Max: 60000, Step: 100, Value: 9000, Row: 9000, Amount: -0.01, Fixable: true},
		}}
	case "flips":
		p.Flips = &view.Flips{Head: p.Head, Items: []view.Flip{{Outcome: "granted, 55 %", X: []float32{31, 30000, 9000},
			Changes: []view.Change{{Feature: "income", Index: 1, From: "24000 USD", To: "30000 USD", Min: 0, Max: 110000, A: 24000, B: 30000}}}}}
	case "rows":
		p.Rows = &view.Rows{Head: p.Head, From: 0, Of: 800, Index: []int{0, 1}, Present: 1}
		p.Rows.Table.Columns = []string{"row", "true"}
		p.Rows.Table.Rows = [][]string{{"0", "granted"}, {"1", "refused"}}
	default:
		p.Drawing = &draw.Drawing{Frame: draw.Frame{Width: 100, Height: 100, Left: 0, Top: 0, Right: 100, Bottom: 100, X0: 0, X1: 100000, Y0: 0, Y1: 50000},
			Marks: []draw.Mark{{X: 20, Y: 20, Index: 3, Label: "row 3"}, {X: 80, Y: 70, Index: 5, Label: "row 5"}}}
		if name == "surface" {
			p.Axes = []int{1, 2}
		}
	}
	return p
}

// answer ends the question in the air, and those that follow from it, with
// every panel it wants.
func (r *rig) answer() {
	for range 5 {
		if !r.session.Busy() {
			return
		}
		r.answerOnce()
	}
}

func (r *rig) answerOnce() {
	id := r.session.flight
	for slot, w := range r.session.flying {
		p := panel(w.View)
		r.Receive(worker.Answer{ID: id, Kind: worker.PanelKind, Slot: slot, View: w.View, Panel: &p, SVG: "<svg viewBox=\"0 0 100 100\"></svg>"})
	}
	r.Receive(worker.Answer{ID: id, Kind: worker.Done, Status: status()})
}

// html renders a component as vugu does without a browser.
func html(t *testing.T, c vugu.Builder) string {
	t.Helper()
	env, err := vugu.NewBuildEnv()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := staticrender.New(&b).Render(env.RunBuild(c)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is missing in:\n%s", p, text)
		}
	}
}

func hasNot(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%q should not be in:\n%s", p, text)
		}
	}
}
