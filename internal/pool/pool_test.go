package pool_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/pool"
	"github.com/whybox/whybox/internal/spec"
)

// crew is a pool of helpers that are goroutines of this program.
type crew struct {
	*pool.Pool
	lost   []func()
	parts  atomic.Int64 // computed by helpers
	refuse atomic.Bool  // helpers answer nothing any more
}

// newCrew returns a pool of n helpers, made by create. late is how long a message
// takes at the most.
func newCrew(create func(open, rest func()) *pool.Pool, n int, late time.Duration) *crew {
	c := &crew{Pool: create(func() {}, func() { time.Sleep(10 * time.Microsecond) })}
	for range n {
		var h *pool.Helper
		var receive func([]byte)
		ready := make(chan struct{})
		post := line(late, func(text []byte) {
			<-ready
			if c.refuse.Load() {
				return
			}
			c.parts.Add(pool.Came(text))
			receive(text)
		})
		h = pool.NewHelper(post, func() {}, figure.NewBuilder().Help)
		var lost func()
		receive, lost = c.Join(line(late, func(text []byte) { h.Receive(text) }))
		close(ready)
		c.lost = append(c.lost, lost)
		go h.Run()
	}
	return c
}

// line carries messages in order, each after a random delay.
func line(late time.Duration, receive func([]byte)) func([]byte) {
	queue := make(chan []byte, 1000)
	go func() {
		for text := range queue {
			if late > 0 {
				time.Sleep(rand.N(late))
			}
			receive(text)
		}
	}()
	return func(text []byte) { queue <- text }
}

// numbers builds a spec with a pool, nil for none, and returns all its numbers.
func numbers(t *testing.T, b *figure.Builder, s *spec.Spec) []byte {
	t.Helper()
	f, err := b.Build(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Result()
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func with(c *crew) *figure.Builder {
	b := figure.NewBuilder()
	b.Share = c.Share
	return b
}

// catalogue returns a spec for every explainer and search over a table, and
// for those that images take over images.
func catalogue() map[string]*spec.Spec {
	out := map[string]*spec.Spec{}
	base := func(data, model string, knobs knob.Values) *spec.Spec {
		return &spec.Spec{Schema: spec.Version, Seed: 5, Data: spec.Data{Name: data}, Model: spec.Model{Name: model, Knobs: knobs}, View: spec.View{Name: "waterfall"}}
	}
	for _, e := range catalog.Explainers() {
		table := base("wine", "mlp", knob.Values{"hidden": "12,8", "epochs": 8.0})
		if e.Trees {
			table.Model = spec.Model{Name: "tree"}
		}
		if e.Causes {
			table.Data.Name = "loans"
		}
		table.Explain.Name = e.Name
		if e.Scores {
			table.Explain.Knobs = knob.Values{"rows": 10.0, "samples": 128.0}
		}
		out[e.Name] = table
		if !e.Whole() && !e.Trees && e.Limit == 0 && !slices.Contains([]string{"kernel-shap", "permutation-shap", "owen"}, e.Name) {
			image := base("digits", "cnn", knob.Values{"filters": 2.0, "epochs": 1.0})
			image.Explain.Name = e.Name
			out[e.Name+" image"] = image
		}
	}
	for _, c := range catalog.Counterfactuals() {
		s := base("wine", "mlp", knob.Values{"hidden": "12,8", "epochs": 8.0})
		s.Explain.Name = "gradient"
		s.Explain.Counterfactual = &spec.Counterfactual{Name: c.Name}
		out[c.Name] = s
	}
	tree := base("wine", "tree", nil)
	tree.Explain.Name = "kernel-shap"
	out["tree"] = tree
	return out
}

// TestPoolSizesAgree explains everything in the catalog with 0, 1 and 3 helpers
// and with messages that come at random times: the numbers are the same, bit
// for bit.
func TestPoolSizesAgree(t *testing.T) {
	for name, s := range catalogue() {
		t.Run(name, func(t *testing.T) {
			want := numbers(t, figure.NewBuilder(), s)
			for _, helpers := range []int{0, 1, 3} {
				for _, late := range []time.Duration{0, 3 * time.Millisecond} {
					c := newCrew(pool.NewIdle, helpers, late)
					if got := numbers(t, with(c), s); string(got) != string(want) {
						t.Errorf("with %d helpers, messages up to %v late:\n%s\nalone:\n%s", helpers, late, got, want)
					}
					if parts := c.parts.Load(); (parts > 0) != (helpers > 0 && shared(s)) {
						t.Errorf("%d helpers computed %d parts", helpers, parts)
					}
				}
			}
		})
	}
}

// shared reports whether a spec asks for anything that has parts.
func shared(s *spec.Spec) bool {
	return s.Explain.Counterfactual != nil || !slices.Contains([]string{"gradient", "gradient-x-input", "integrated-gradients", "tree-shap", "tree-shap-interventional"}, s.Explain.Name)
}

// slow is a spec whose explanation takes some hundred parts.
func slow(t *testing.T, samples float64) *spec.Spec {
	t.Helper()
	s, err := spec.Parse(examples.Named("breast-cancer-why"), catalog.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	s.Explain.Counterfactual = nil
	s.Explain.Name, s.Explain.Knobs = "kernel-shap", knob.Values{"samples": samples, "background": 100.0}
	return s
}

// TestPoolHelps explains rows one after another, with the weights sent once,
// and wants the helpers to have done a good part of it.
func TestPoolHelps(t *testing.T) {
	c := newCrew(pool.New, 2, 0)
	b, alone := with(c), figure.NewBuilder()
	for row := range 6 {
		s := slow(t, 4096)
		s.Explain.Row = &row
		if got, want := numbers(t, b, s), numbers(t, alone, s); string(got) != string(want) {
			t.Fatalf("row %d: %s, alone %s", row, got, want)
		}
	}
	t.Logf("helpers computed %d of %d parts", c.parts.Load(), 6*4096/128)
	if c.parts.Load() < 6*4096/128/4 {
		t.Errorf("helpers computed only %d parts", c.parts.Load())
	}
}

// TestPoolLosesHelpers loses one helper in the middle of a task and has the
// other fall silent: the numbers come all the same.
func TestPoolLosesHelpers(t *testing.T) {
	s := slow(t, 8192)
	want := numbers(t, figure.NewBuilder(), s)
	for name, hurt := range map[string]func(c *crew){
		"lost":   func(c *crew) { c.lost[0]() },
		"silent": func(c *crew) { c.refuse.Store(true) },
		"both":   func(c *crew) { c.refuse.Store(true); c.lost[1]() },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCrew(pool.New, 2, time.Millisecond)
			b := with(c)
			go func() {
				for c.parts.Load() < 5 {
					time.Sleep(100 * time.Microsecond)
				}
				hurt(c)
			}()
			if got := numbers(t, b, s); string(got) != string(want) {
				t.Errorf("%s, alone %s", got, want)
			}
			if c.parts.Load() < 5 {
				t.Error("the helpers had done nothing yet: nothing was tested")
			}
		})
	}
}

// TestPoolStops ends a task while helpers work at it, and then asks for another.
func TestPoolStops(t *testing.T) {
	c := newCrew(pool.New, 2, time.Millisecond)
	b := with(c)
	s := slow(t, 8192)
	numbers(t, b, slow(t, 512)) // trains
	calls := 0
	f, err := b.Build(s, func(stage string, done, of int) error {
		if calls++; stage == "explaining" && calls > 400 {
			return &figure.Stopped{}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Result(); !figure.IsStopped(err) {
		t.Fatalf("ended with %v", err)
	}
	s.Explain.Knobs["samples"] = 1024.0
	if got, want := numbers(t, b, s), numbers(t, figure.NewBuilder(), s); string(got) != string(want) {
		t.Errorf("after a stop: %s, alone %s", got, want)
	}
}
