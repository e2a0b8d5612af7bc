package examples

import "testing"

func TestEachExampleStandsUnderOneQuestion(t *testing.T) {
	under := map[string]string{}
	for _, q := range Questions() {
		if q.Title == "" || q.Help == "" || len(q.Names) == 0 {
			t.Errorf("the question %q says or holds nothing", q.Title)
		}
		for _, name := range q.Names {
			if Named(name) == nil {
				t.Errorf("%q lists %q, which is no example", q.Title, name)
			}
			if other := under[name]; other != "" {
				t.Errorf("%s stands under %q and under %q", name, other, q.Title)
			}
			under[name] = q.Title
		}
	}
	for _, e := range All() {
		if under[e.Name] == "" {
			t.Errorf("%s stands under no question; put it into questions.go", e.Name)
		}
	}
}
