package worker

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
)

// BenchmarkDrag is what the engine does for one step of a slider: 30 features,
// a neural network, Shapley values from 512 coalitions, and the panels of the
// page, of which it gets what changed.
func BenchmarkDrag(b *testing.B) {
	held := map[string]*figure.Panel{}
	bytes := 0
	server := NewServer(func(a Answer) {
		if a.Panel != nil {
			p := *a.Panel
			a.SVG = ""
			text, err := json.Marshal(a)
			if err != nil {
				b.Fatal(err)
			}
			bytes += len(text)
			p.Complete(held[a.View])
			held[a.View] = &p
		}
		for _, problem := range a.Problems {
			b.Fatal(problem)
		}
	}, func() {})
	step := func(i int) {
		q := Question{ID: i, Op: Show, Spec: json.RawMessage(fmt.Sprintf(`{"$schema": "urn:whybox:figure:1", "seed": 5,
			"data": {"name": "breast_cancer"}, "model": {"name": "mlp"},
			"explain": {"name": "kernel-shap", "knobs": {"samples": 512}, "edit": {"mean radius": %v}}, "view": {"name": "surface"}}`, 10+float64(i%97)*0.1)),
			Want: []figure.Want{{View: "surface", Size: draw.Size{Width: 480, Height: 420}}, {View: "waterfall", Size: draw.Size{Width: 330}},
				{View: "what-if"}, {View: "loss", Size: draw.Size{Width: 290, Height: 232}}}}
		for i, w := range q.Want {
			if p := held[w.View]; p != nil {
				q.Want[i].Has = p.Sums()
			}
		}
		doc, err := json.Marshal(q)
		if err != nil {
			b.Fatal(err)
		}
		var again Question
		if err := json.Unmarshal(doc, &again); err != nil {
			b.Fatal(err)
		}
		server.answer(again)
	}
	step(0)
	bytes = 0
	for i := 1; b.Loop(); i++ {
		step(i)
	}
	b.ReportMetric(float64(bytes)/float64(b.N), "B/step")
}
