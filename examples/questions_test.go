package examples

import "testing"

func TestEachExampleStandsUnderOneQuestion(t *testing.T) {
	under := map[string]string{}
	for _, q := range Questions() {
		if q.Title == "" || q.Help == "" || len(q.Examples) == 0 {
			t.Errorf("the question %q says or holds nothing", q.Title)
		}
		for _, e := range q.Examples {
			if Named(e.Name) == nil {
				t.Errorf("%q lists what is no example", q.Title)
			}
			if other := under[e.Name]; other != "" {
				t.Errorf("%s stands under %q and under %q", e.Name, other, q.Title)
			}
			under[e.Name] = q.Title
		}
	}
	for _, e := range All() {
		if under[e.Name] == "" {
			t.Errorf("%s stands under no question; put it into questions.go", e.Name)
		}
	}
}
