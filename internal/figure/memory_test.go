package figure

import (
	"reflect"
	"testing"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// A row that is edited step by step, as under a slider, is explained as it is
// in a program that has seen none of the steps before: by every method, also
// when the class, the output and the method change on the way.
func TestEditedRow(t *testing.T) {
	for _, e := range catalog.Explainers() {
		if e.Whole() {
			continue
		}
		for _, name := range []string{"mlp", "tree"} {
			knobs := knob.Values{"epochs": 3.0}
			if name == "tree" {
				knobs = nil
			}
			stepped := NewBuilder()
			tried := 0
			for step := range 5 {
				s := &spec.Spec{Schema: spec.Version, Seed: 3, Data: spec.Data{Name: "loans"}, Model: spec.Model{Name: name, Knobs: knobs},
					Explain: spec.Explain{Name: e.Name, Edit: map[string]float64{"income": 30000 + 5000*float64(step)}}, View: spec.View{Name: "waterfall"}}
				if step >= 2 {
					s.Explain.Edit["debt"] = 12000
				}
				if step == 3 {
					s.Explain.Class = "repaid"
				}
				f, alone := build(t, stepped, s), build(t, NewBuilder(), s)
				if f.refuseExplainer(&e) != "" {
					break
				}
				got, err := f.attribution("/explain/name", e.Name, nil)
				if err != nil {
					t.Fatal(name, e.Name, err)
				}
				want, err := alone.attribution("/explain/name", e.Name, nil)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%s of %s, step %d: %v, alone %v (%v)", e.Name, name, step, got, want, err)
				}
				tried++
			}
			t.Logf("%s of %s: %d steps", e.Name, name, tried)
		}
	}
}
