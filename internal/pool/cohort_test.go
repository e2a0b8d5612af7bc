package pool_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/pool"
	"github.com/whybox/whybox/internal/spec"
)

// TestPoolSizesAgreeOnManyRows shares out the rows of a cohort: the panel is
// the same, byte for byte, and the helpers did some of them.
func TestPoolSizesAgreeOnManyRows(t *testing.T) {
	s := &spec.Spec{Schema: spec.Version, Seed: 5, Data: spec.Data{Name: "wine"},
		Model:   spec.Model{Name: "mlp", Knobs: knob.Values{"hidden": "12,8", "epochs": 8.0}},
		Explain: spec.Explain{Name: "kernel-shap", Knobs: knob.Values{"samples": 128.0}}, View: spec.View{Name: "beeswarm", Rows: 90}}
	panel := func(b *figure.Builder) string {
		f, err := b.Build(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Panel(figure.Want{View: "beeswarm", Size: draw.Size{Width: 480}})
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		return string(out) + p.Drawing.SVG
	}
	want := panel(figure.NewBuilder())
	for _, helpers := range []int{0, 1, 3} {
		c := newCrew(pool.NewIdle, helpers, 3*time.Millisecond)
		if panel(with(c)) != want {
			t.Errorf("with %d helpers the panel is another", helpers)
		}
		if parts := c.parts.Load(); (parts > 0) != (helpers > 0) {
			t.Errorf("%d helpers computed %d parts", helpers, parts)
		}
	}
}
