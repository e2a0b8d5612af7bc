package ui

import (
	"testing"

	"github.com/whybox/whybox/internal/spec"
)

// TestModelWithoutGradients goes from a network, asked in every way that needs
// gradients, to a decision tree: nothing is asked of the tree that it lacks,
// and one undo brings all of it back.
func TestModelWithoutGradients(t *testing.T) {
	r := newBench(t)
	s := spec.Clone(r.session.Spec())
	s.Model = spec.Model{Name: "mlp"}
	s.Explain.Name, s.Explain.Output = "integrated-gradients", "margin"
	s.Explain.Compare = &spec.Choice{Name: "gradient"}
	s.Explain.Counterfactual = &spec.Counterfactual{Name: "wachter", Fixed: []string{"debt"}}
	r.session.Load(s)
	r.answer()
	r.session.SetModel("tree")
	e := r.asked().Explain
	if e.Name != "exact-shapley" || e.Output != "" || e.Compare != nil || e.Counterfactual.Name != firstSearch {
		t.Errorf("a tree is asked for %+v", e)
	}
	if len(e.Counterfactual.Fixed) != 1 {
		t.Error("the pinned feature is forgotten")
	}
	r.answer()
	r.session.Undo()
	if e := r.asked().Explain; e.Name != "integrated-gradients" || e.Output != "margin" || e.Compare == nil || e.Counterfactual.Name != "wachter" {
		t.Errorf("undo asks for %+v", e)
	}
}

// TestModelKeepsWhatItCan goes to another model with gradients: the question
// stays as it is.
func TestModelKeepsWhatItCan(t *testing.T) {
	r := newBench(t)
	s := spec.Clone(r.session.Spec())
	s.Explain.Name, s.Explain.Output = "integrated-gradients", "margin"
	r.session.Load(s)
	r.answer()
	r.session.SetModel("mlp")
	if e := r.asked().Explain; e.Name != "integrated-gradients" || e.Output != "margin" {
		t.Errorf("a network is asked for %+v", e)
	}
}
