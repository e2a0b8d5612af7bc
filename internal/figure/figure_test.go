package figure

import (
	"encoding/json"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/golden"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

func example(t *testing.T, name string) *spec.Spec {
	t.Helper()
	s, err := spec.Parse(examples.Named(name), catalog.Vocabulary())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

func build(t *testing.T, b *Builder, s *spec.Spec) *Figure {
	t.Helper()
	f, err := b.Build(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestExamples compares every number of every example with its golden file:
// scores bit for bit, explanations to 6 digits. It runs natively and as
// WebAssembly against the same files.
func TestExamples(t *testing.T) {
	for _, e := range examples.All() {
		t.Run(e.Name, func(t *testing.T) {
			f := build(t, NewBuilder(), example(t, e.Name))
			r, err := f.Result()
			if err != nil {
				t.Fatal(err)
			}
			for _, shares := range []*Shares{r.Attribution, r.Compare} {
				if shares != nil && shares.Gap != nil { // a rest: beyond the 6th digit of the score it is noise
					unit := math.Abs(shares.Score) * 1e-6
					*shares.Gap = math.Round(*shares.Gap/unit)*unit + 0
				}
			}
			exact, err := json.Marshal(r.Scores)
			if err != nil {
				t.Fatal(err)
			}
			all, err := json.MarshalIndent(r, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			out := append([]byte("scores, bit for bit: "), exact...)
			out = append(append(out, '\n'), golden.Round(all)...)
			golden.Compare(t, filepath.Join("..", "..", "examples", e.Name, "golden.txt"), append(out, '\n'))
			drawAll(t, f)
		})
	}
}

// drawAll draws every view the figure says makes sense, at a phone's width and
// at a desk's.
func drawAll(t *testing.T, f *Figure) {
	t.Helper()
	names := f.Views()
	if f.s.Explain.Compare != nil {
		base := "waterfall"
		if f.table.Height > 0 {
			base = "saliency"
		}
		names = append(names, base+Compare)
	}
	for _, name := range names {
		for _, width := range []int{320, 960} {
			p, err := f.Panel(Want{View: name, Size: draw.Size{Width: width}})
			if err != nil {
				t.Errorf("%s at %d px: %v", name, width, err)
				continue
			}
			if p.Head.Title == "" || p.Head.Summary == "" || len(p.Head.Table.Columns) == 0 {
				t.Errorf("%s lacks a title, a sentence or a table", name)
			}
		}
	}
}

// TestCoverage holds the examples to one at least of each data set, model,
// explainer and search.
func TestCoverage(t *testing.T) {
	used := map[string]bool{}
	for _, e := range examples.All() {
		s := example(t, e.Name)
		used[s.Data.Name], used[s.Model.Name], used[s.Explain.Name] = true, true, true
		if c := s.Explain.Counterfactual; c != nil {
			used[c.Name] = true
		}
	}
	v := catalog.Vocabulary()
	for _, terms := range [][]spec.Term{v.Data, v.Models, v.Explainers, v.Counterfactuals} {
		for _, term := range terms {
			if !used[term.Name] {
				t.Errorf("no example uses %q", term.Name)
			}
		}
	}
}

// TestRewind trains on, goes back, and goes on again: every stop gives the
// numbers that a fresh start gives.
func TestRewind(t *testing.T) {
	s := example(t, "moons-flip")
	fresh := func(stop int) []float32 {
		c := spec.Clone(s)
		c.Model.Stop = &stop
		return build(t, NewBuilder(), c).scores
	}
	b := NewBuilder()
	for _, stop := range []int{40, 90, 13, 0, 40} {
		c := spec.Clone(s)
		c.Model.Stop = &stop
		if got, want := build(t, b, c).scores, fresh(stop); !slices.Equal(got, want) {
			t.Errorf("stopped at %d: %v, from a fresh start %v", stop, got, want)
		}
	}
}

// TestKeep edits the row and asks for another explainer: the trained model is
// kept, another seed trains anew.
func TestKeep(t *testing.T) {
	s := example(t, "moons-flip")
	b := NewBuilder()
	first := build(t, b, s).trainer
	c := spec.Clone(s)
	c.Explain.Edit = map[string]float64{"x": 0.5}
	c.Explain.Name = "occlusion"
	f := build(t, b, c)
	if f.trainer != first {
		t.Error("an edit of the row trained the model anew")
	}
	if f.x[0] != 0.5 || f.x[1] != f.origin[1] {
		t.Errorf("x = %v with x edited to 0.5 in %v", f.x, f.origin)
	}
	d := spec.Clone(s)
	d.Seed++
	if build(t, b, d).trainer == first {
		t.Error("another seed kept the old model")
	}
}

func TestPause(t *testing.T) {
	s := example(t, "moons-flip")
	f, err := NewBuilder().Build(s, func(stage string, done, of int) error {
		if stage == "training" && done == 30 {
			return ErrPause
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if f.steps() != 30 {
		t.Errorf("paused after 30 steps, the figure stands at %d", f.steps())
	}
	if last := f.last(); last.Step != 30 {
		t.Errorf("the loss curve ends at step %d", last.Step)
	}
}

// TestStoppedWhileMeasuring drops a build in the middle of a point of the loss
// curve, the first one and a later one, and builds again.
func TestStoppedWhileMeasuring(t *testing.T) {
	s := example(t, "moons-flip")
	want := build(t, NewBuilder(), s).scores
	for _, at := range []struct {
		stage string
		call  int
	}{{"data", 2}, {"training", 9}, {"explaining", 1}} {
		b, calls := NewBuilder(), 0
		_, err := b.Build(s, func(stage string, done, of int) error {
			if stage == at.stage {
				if calls++; calls == at.call {
					return &Stopped{}
				}
			}
			return nil
		})
		if at.stage != "explaining" && !IsStopped(err) {
			t.Errorf("stopped in %s: %v", at.stage, err)
		}
		if got := build(t, b, s).scores; !slices.Equal(got, want) {
			t.Errorf("after a stop in %s: %v, want %v", at.stage, got, want)
		}
	}
}

// TestDiverged asks for a learning rate that explodes and for a sane one
// afterwards.
func TestDiverged(t *testing.T) {
	s := example(t, "diabetes-bmi")
	s.Model = spec.Model{Name: "mlp", Knobs: knob.Values{"optimizer": "sgd", "rate": 100.0, "activation": "relu"}}
	b := NewBuilder()
	_, err := b.Build(s, nil)
	var e *spec.Error
	if !errors.As(err, &e) || e.Code != "E-TRAIN-DIVERGED" {
		t.Fatalf("rate 100: %v", err)
	}
	s.Model.Knobs["rate"] = 0.001
	if f := build(t, b, s); math.IsNaN(float64(f.scores[0])) {
		t.Error("the divergence stuck to the next model")
	}
}

// TestRefusals asks for what does not fit and wants the reason and a way out.
func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		example string
		change  func(*spec.Spec)
		view    string
		code    string
	}{
		"classifier on numbers": {"diabetes-bmi", func(s *spec.Spec) { s.Model = spec.Model{Name: "logistic"} }, "fit", "E-MODEL-DATA"},
		"cnn on a table":        {"iris-tree", func(s *spec.Spec) { s.Model = spec.Model{Name: "cnn"} }, "surface", "E-MODEL-DATA"},
		"gradient of a tree":    {"iris-tree", func(s *spec.Spec) { s.Explain.Name = "gradient" }, "waterfall", "E-EXPLAIN-NEEDS"},
		"margin of a tree":      {"iris-tree", func(s *spec.Spec) { s.Explain.Output = "margin" }, "waterfall", "E-EXPLAIN-NEEDS"},
		"2^30 subsets":          {"breast-cancer-why", func(s *spec.Spec) { s.Explain.Name = "exact-shapley" }, "waterfall", "E-EXPLAIN-NEEDS"},
		"surface of an image":   {"digits-draw", func(*spec.Spec) {}, "surface", "E-VIEW-FIT"},
		"confusion of numbers":  {"diabetes-bmi", func(*spec.Spec) {}, "confusion", "E-VIEW-FIT"},
		"saliency of a table":   {"iris-tree", func(*spec.Spec) {}, "saliency", "E-VIEW-FIT"},
		"flip to the same": {"iris-tree", func(s *spec.Spec) {
			row := 0
			s.Explain.Row, s.Explain.Counterfactual.Target = &row, "setosa"
		}, "flips", "E-FLIP-MET"},
		"everything pinned": {"moons-flip", func(s *spec.Spec) { s.Explain.Counterfactual.Fixed = []string{"x", "y"} }, "flips", "E-FLIP-NONE"},
	} {
		t.Run(name, func(t *testing.T) {
			s := example(t, c.example)
			c.change(s)
			f, err := NewBuilder().Build(s, nil)
			if err == nil {
				_, err = f.View(Want{View: c.view})
			}
			var e *spec.Error
			if !errors.As(err, &e) || e.Code != c.code || e.What == "" || e.Why == "" || e.Fix == "" {
				t.Errorf("got %v, want %s with what, why and fix", err, c.code)
			}
		})
	}
}

// TestOneFix asks that a reader is told one way out: the method's where it knows
// one.
func TestOneFix(t *testing.T) {
	s := example(t, "moons-flip")
	s.Explain.Counterfactual.Fixed = []string{"x", "y"}
	f := build(t, NewBuilder(), s)
	_, err := f.View(Want{View: "flips"})
	const want = "free one that may change"
	var e *spec.Error
	if !errors.As(err, &e) || e.Fix != want || strings.Contains(e.Why, ";") || strings.Count(e.Error(), "free") != 1 {
		t.Errorf("got %v, want the one fix %q", err, want)
	}
	if err := wrap(errors.New("it broke"), "E-X", "/view", "no picture", "try again"); !errors.As(err, &e) || e.Why != "it broke" || e.Fix != "try again" {
		t.Errorf("got %v", err)
	}
}

func TestStopped(t *testing.T) {
	stages := map[string]bool{}
	for _, at := range []string{"training", "explaining", "searching"} {
		s := example(t, "breast-cancer-why")
		s.Explain.Name, s.Explain.Knobs = "kernel-shap", nil
		s.Explain.Counterfactual = &spec.Counterfactual{Name: "growing-spheres"}
		f, err := NewBuilder().Build(s, func(stage string, done, of int) error {
			stages[stage] = true
			if stage == at {
				return &Stopped{}
			}
			return nil
		})
		if err == nil {
			_, err = f.Result()
		}
		if !IsStopped(err) {
			t.Errorf("stopped while %s: %v", at, err)
		}
	}
	for _, stage := range []string{"data", "training", "explaining", "searching"} {
		if !stages[stage] {
			t.Errorf("no progress was reported while %s", stage)
		}
	}
}

func TestDefectIsReported(t *testing.T) {
	s := example(t, "moons-flip")
	s.Explain.Name = "no such method" // breaks Build's contract
	f, err := NewBuilder().Build(s, nil)
	if err == nil {
		_, err = f.View(Want{View: "waterfall"})
	}
	var e *spec.Error
	if !errors.As(err, &e) || e.Code != "E-BUG" {
		t.Errorf("got %v", err)
	}
}
