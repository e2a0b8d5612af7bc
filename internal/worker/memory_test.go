package worker

import (
	"runtime"
	"testing"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// TestMemoryIsFlat explains 1,000 rows, one after another, as a person who
// drags does. What the engine holds after them is what it held after 100.
func TestMemoryIsFlat(t *testing.T) {
	h := start(t)
	s := &spec.Spec{Schema: spec.Version, Seed: 5, Data: spec.Data{Name: "breast_cancer"}, Model: spec.Model{Name: "mlp", Knobs: knob.Values{"epochs": 2.0}},
		Explain: spec.Explain{Name: "kernel-shap", Knobs: knob.Values{"samples": 256.0, "background": 2.0}}, View: spec.View{Name: "waterfall"}}
	held := func() (heap, system float64) {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / 1e6, float64(m.Sys) / 1e6
	}
	const all, warm = 1000, 100
	var heap, system float64
	for i := range all {
		if i == warm {
			heap, system = held()
		}
		s.Explain.Edit = map[string]float64{"mean radius": 10 + float64(i)/100}
		document, err := spec.Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		q := show(i+1, document)
		q.Want = []figure.Want{{View: "what-if"}}
		h.Receive(q)
		if a, _ := h.end(i + 1); a.Kind != Done {
			t.Fatalf("explanation %d ended with %s: %v", i, a.Kind, a.Problems)
		}
	}
	heap2, system2 := held()
	t.Logf("after %d explanations the heap holds %.2f MB, after %d %.2f MB; from the system %.1f and %.1f MB", warm, heap, all, heap2, system, system2)
	if heap2 > heap*1.05 {
		t.Errorf("the heap grew from %.2f to %.2f MB", heap, heap2)
	}
}
