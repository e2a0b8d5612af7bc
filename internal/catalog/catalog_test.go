package catalog

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/laws"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/knob"
)

// TestExplainersKeepTheirLaws runs every law over every explainer of the
// catalog, at the knobs' defaults but for an integral's steps: the laws hold
// for the integral, and the sum comes as near to it as its knob allows.
func TestExplainersKeepTheirLaws(t *testing.T) {
	for _, e := range Explainers() {
		if e.Whole() {
			continue
		}
		t.Run(e.Name, func(t *testing.T) {
			knobs := knob.Fill(nil, e.Knobs)
			for _, k := range e.Knobs {
				if k.Name == "steps" {
					knobs[k.Name] = k.Max
				}
			}
			run := func(q explain.Query) (explain.Attribution, error) { return e.Attribute(q, knobs) }
			claims := laws.Claims{Complete: e.Complete, Gap: 1e-3}
			if !e.Trees {
				for _, err := range laws.All(run, claims) {
					t.Error(err)
				}
			}
			if !e.Gradient {
				for _, err := range laws.TreeToo(run, claims) {
					t.Error(err)
				}
			}
		})
	}
}

// TestPartial ties the catalog's claim of completeness to what the explainer
// says of its own values.
func TestPartial(t *testing.T) {
	for _, e := range Explainers() {
		if e.Whole() {
			continue
		}
		m := explain.Model(laws.Product(3))
		if e.Trees {
			m = laws.Steps()
		}
		a, err := e.Attribute(laws.Query(m, []float32{1, 2, 3}, 5), knob.Fill(nil, e.Knobs))
		if err != nil {
			t.Fatal(err)
		}
		if a.Partial == e.Complete {
			t.Errorf("%s: the catalog says complete = %v, the attribution says partial = %v", e.Name, e.Complete, a.Partial)
		}
	}
}

// TestGradientNeed puts every explainer to a model without gradients: those
// the catalog lists as needing them must refuse, the others must not.
func TestGradientNeed(t *testing.T) {
	q := laws.Query(laws.Steps(), []float32{1.5, -0.75, 0.5}, 12)
	for _, e := range Explainers() {
		if e.Whole() {
			continue
		}
		if _, err := e.Attribute(q, knob.Fill(nil, e.Knobs)); (err != nil) != e.Gradient {
			t.Errorf("%s: needs gradients = %v, on a tree: %v", e.Name, e.Gradient, err)
		}
	}
}

// TestTreesAndCausesNeed puts every explainer to a model without trees, and to
// data whose causes nobody knows: those the catalog lists as needing them must
// say so, the others must not mind.
func TestTreesAndCausesNeed(t *testing.T) {
	for _, e := range Explainers() {
		if e.Whole() {
			continue
		}
		q := laws.Query(laws.Product(3), []float32{1, 2, 3}, 5)
		if _, err := e.Attribute(q, knob.Fill(nil, e.Knobs)); (err != nil) != e.Trees || e.Trees && !errors.Is(err, shapley.ErrNeedsTrees) {
			t.Errorf("%s: needs trees = %v, without: %v", e.Name, e.Trees, err)
		}
		if e.Trees {
			q = laws.Query(laws.Steps(), []float32{1, 2, 3}, 5)
		}
		q.Causes = nil
		if _, err := e.Attribute(q, knob.Fill(nil, e.Knobs)); (err != nil) != e.Causes || e.Causes && !errors.Is(err, explain.ErrNeedsCauses) {
			t.Errorf("%s: needs causes = %v, without: %v", e.Name, e.Causes, err)
		}
	}
}

// TestKnobsFillParams ties the knobs to the parameter struct, one to one. The
// knobs "background" and "against" fill the query and "count" the goal instead;
// a list is more than a knob can hold.
func TestKnobsFillParams(t *testing.T) {
	check := func(name string, params any, knobs []knob.Knob) {
		fields := map[string]reflect.Kind{}
		for _, f := range reflect.VisibleFields(reflect.TypeOf(params)) {
			if f.Type.Kind() != reflect.Slice {
				fields[f.Name] = f.Type.Kind()
			}
		}
		for _, k := range knobs {
			if k.Name == "background" || k.Name == "against" || k.Name == "count" {
				continue
			}
			kind, ok := fields[camel(k.Name)]
			if !ok {
				t.Errorf("%s: no parameter for the knob %q", name, k.Name)
			}
			if want := map[knob.Kind]reflect.Kind{knob.Number: reflect.Float64, knob.Integer: reflect.Int, knob.Choice: reflect.String}[k.Kind]; kind != want {
				t.Errorf("%s: the knob %q fills a %v", name, k.Name, kind)
			}
			delete(fields, camel(k.Name))
		}
		if name != "partial-dependence" { // its feature comes with the view
			for f := range fields {
				t.Errorf("%s: no knob for the parameter %s", name, f)
			}
		}
	}
	for _, e := range Explainers() {
		check(e.Name, e.Params, e.Knobs)
	}
}

func camel(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// TestRows holds every row to what the page needs to show it.
func TestRows(t *testing.T) {
	v := Vocabulary()
	seen := map[string]bool{}
	for _, terms := range [][]string{names(v.Data), names(v.Models), names(v.Explainers), names(v.Counterfactuals), names(v.Views)} {
		for _, n := range terms {
			if seen[n] {
				t.Errorf("the name %q stands twice", n)
			}
			seen[n] = true
		}
	}
	for _, e := range Explainers() {
		set := 0
		for _, ok := range []bool{e.Attribute != nil, e.Rank != nil, e.Trace != nil} {
			if ok {
				set++
			}
		}
		if set != 1 || e.Paper == "" || e.Formula == "" || e.Help == "" || e.Title == "" || e.Base == "" {
			t.Errorf("%s lacks something", e.Name)
		}
	}
	var knobs []knob.Knob
	for _, d := range DataSets() {
		knobs = append(knobs, d.Knobs...)
	}
	for _, m := range Models() {
		knobs = append(knobs, m.Knobs...)
	}
	for _, e := range Explainers() {
		knobs = append(knobs, e.Knobs...)
	}
	for _, k := range knobs {
		if k.Label == "" || k.Help == "" || !fits(k) {
			t.Errorf("knob %+v lacks something", k)
		}
	}
}

// fits reports whether a knob's default is a value it takes.
func fits(k knob.Knob) bool {
	switch d := k.Default.(type) {
	case float64:
		return (k.Kind == knob.Number || k.Kind == knob.Integer) && d >= k.Min && d <= k.Max && k.Min < k.Max
	case string:
		return k.Kind == knob.Sizes || slices.Contains(k.Choices, d)
	}
	return false
}

func names[T any](terms []T) []string {
	out := make([]string, len(terms))
	for i, term := range terms {
		out[i] = reflect.ValueOf(term).FieldByName("Name").String()
	}
	return out
}
