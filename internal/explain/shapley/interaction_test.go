package shapley

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// In the game that is worth 1 to whoever holds all of t players, the interaction
// index of a pair of them is 1/(t-1): Grabisch and Roubens 1999. Half of it
// stands on either side of the diagonal, and each of the t gets 1/t in all.
func TestInteractionUnanimity(t *testing.T) {
	const d = 6
	for size := 2; size <= d; size++ {
		q := coalitions(d, func(in []bool) float64 {
			for _, yes := range in[:size] {
				if !yes {
					return 0
				}
			}
			return 1
		})
		a, err := Interaction(q, InteractionParams{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range d {
			for j := range d {
				want := 0.0
				switch {
				case i >= size || j >= size:
				case i != j:
					want = 0.5 / float64(size-1)
				default:
					want = 1/float64(size) - 0.5
				}
				if v := a.Values[i*d+j]; math.Abs(v-want) > 1e-12 {
					t.Errorf("%d of %d players: pair %d, %d gets %g, want %g", size, d, i, j, v, want)
				}
			}
		}
	}
}

// A model of terms of one and two features: a pair gets its term over the
// background, half on either side, and nothing else.
func TestInteractionOfPairs(t *testing.T) {
	const d = 5
	r := rand.New(rand.NewPCG(31, 1))
	q := ask(r, function{d, func(x []float32) float64 {
		return float64(x[0])*float64(x[1]) + 3*float64(x[2])*float64(x[2]) - float64(x[3])
	}}, 1)
	a, err := Interaction(q, InteractionParams{})
	if err != nil {
		t.Fatal(err)
	}
	pair := float64(q.X[0]-q.Background[0]) * float64(q.X[1]-q.Background[1])
	for i := range d {
		for j := range i {
			want := 0.0
			if i == 1 && j == 0 {
				want = pair / 2
			}
			if v := a.Values[i*d+j]; math.Abs(v-want) > 1e-5 || a.Values[j*d+i] != v {
				t.Errorf("pair %d, %d gets %g and %g, want %g", i, j, v, a.Values[j*d+i], want)
			}
		}
	}
}

// Rows sum to the Shapley values, for any number of features.
func TestInteractionRows(t *testing.T) {
	for d := 1; d <= 9; d++ {
		r := rand.New(rand.NewPCG(32, uint64(d)))
		q := ask(r, network(r, d), 3)
		a, err := Interaction(q, InteractionParams{})
		if err != nil {
			t.Fatal(err)
		}
		exact := must(Exact(q, ExactParams{}))
		rows := make([]float64, d)
		for i := range rows {
			rows[i] = sum(a.Values[i*d : (i+1)*d])
		}
		if off := far(rows, exact.Values); off > 1e-12 || a.Base != exact.Base || a.Score != exact.Score {
			t.Errorf("%d features: off by %g", d, off)
		}
	}
}

func TestInteractionRefuses(t *testing.T) {
	q := ask(rand.New(rand.NewPCG(1, 1)), largest(16), 1)
	if _, err := Interaction(q, InteractionParams{}); !errors.Is(err, explain.ErrTooMany) {
		t.Error(err)
	}
}
