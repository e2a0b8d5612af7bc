package shapley

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// With a memory of the rows before, a row that is edited step by step is
// explained to the same bits, and the model is asked only of the coalitions
// that have an edited feature: half of them, where it is one.
func TestMemory(t *testing.T) {
	const d, m, steps = 10, 4, 6
	for name, explainer := range map[string]func(explain.Query) (explain.Attribution, error){
		"exact":       func(q explain.Query) (explain.Attribution, error) { return Exact(q, ExactParams{}) },
		"kernel":      func(q explain.Query) (explain.Attribution, error) { return Kernel(q, KernelParams{Samples: 160}) },
		"all pairs":   func(q explain.Query) (explain.Attribution, error) { return Kernel(q, KernelParams{Samples: 1<<d - 2}) },
		"permutation": func(q explain.Query) (explain.Attribution, error) { return Permutation(q, PermutationParams{Pairs: 8}) },
		"owen":        func(q explain.Query) (explain.Attribution, error) { return Owen(q, OwenParams{Pairs: 8}) },
	} {
		r := rand.New(rand.NewPCG(11, 1))
		rows := 0
		q := ask(r, network(r, d), m)
		q.Features = make([]explain.Feature, d)
		q.Model = counter{q.Model.(function), &rows}
		answer := func(memory *explain.Memory) explain.Attribution {
			rows = 0
			q.Memory, q.Rand = memory, rand.New(rand.NewPCG(11, 2))
			return must(explainer(q))
		}
		var memory explain.Memory
		for step := range steps {
			got := answer(&memory)
			asked := rows
			want := answer(nil)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s, step %d: %v with a memory, %v without", name, step, got, want)
			}
			if share := float64(asked) / float64(rows); step == 0 && share != 1 || step > 0 && (share < 0.4 || share > 0.6) {
				t.Errorf("%s, step %d: %d of %d rows were asked of the model", name, step, asked, rows)
			}
			q.X[3*step%d] += 0.25
		}
	}
}

// What a stopped explanation left behind is not taken for an answer.
func TestMemoryOfAStop(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	var memory explain.Memory
	q := ask(r, network(r, 9), 300)
	q.Memory = &memory
	must(Exact(q, ExactParams{}))
	q.X[2]++
	left := 20
	q.Pace = func(int, int) error {
		if left--; left < 0 {
			return explain.ErrNoneFound
		}
		return nil
	}
	if _, err := Exact(q, ExactParams{}); err != explain.ErrNoneFound {
		t.Fatal(err)
	}
	q.Pace = nil
	got := must(Exact(q, ExactParams{}))
	q.Memory = nil
	if want := must(Exact(q, ExactParams{})); !reflect.DeepEqual(got, want) {
		t.Errorf("%v after a stop, %v anew", got, want)
	}
}
